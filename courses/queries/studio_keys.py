"""Which names a module ever gave to a section, a unit or a block."""

from django.db.models import TextField
from django.db.models.functions import Cast

from courses.models import BlockVersion, Module, UnitCompletion


def was_used(module: Module, name: str) -> bool:
    """Did any version of the module have it, however long ago? Progress may still hang on it."""
    blocks = module.course_key.replace("course-v1:", "block-v1:", 1) + "+type@"
    # The trees are searched as text by the database: no version is read into memory for it.
    versions = module.versions.annotate(text=Cast("outline", TextField()))
    return (
        versions.filter(text__contains=f'"{name}"').exists()
        or BlockVersion.objects.filter(
            usage_key__startswith=blocks, usage_key__endswith=f"+block@{name}"
        ).exists()
        or UnitCompletion.objects.filter(module=module, unit_key=name).exists()
    )
