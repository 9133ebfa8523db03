"""Background work of courses."""

from django_tasks import task

from courses.actions.course_import import delete_old, read_course, write_course
from courses.actions.media_filing import file_upload as file_one
from courses.actions.media_uploads import delete_stale_uploads
from courses.actions.progress import settle_module
from courses.h5p.actions.clean_up import delete_unnamed_files
from courses.models import CourseImport, MediaUpload, Module
from lms.shared.actors import SYSTEM


@task()
def settle_completions(module_id: int) -> int:
    """Finish a newly published module for those with nothing left to do in it."""
    return settle_module(module=Module.objects.get(pk=module_id), by=SYSTEM)


@task()
def read_import(pk: int) -> None:
    """Read an uploaded course and say what it would change. Safe to repeat."""
    read_course(course=CourseImport.objects.get(pk=pk), by=SYSTEM)


@task()
def write_import(pk: int) -> None:
    """Import an uploaded course as a draft. Safe to repeat."""
    write_course(course=CourseImport.objects.get(pk=pk), by=SYSTEM)


@task()
def file_upload(pk: str) -> None:
    """Put a large file that arrived completely into the library. Safe to repeat."""
    if upload := MediaUpload.objects.select_related("person").filter(pk=pk).first():
        file_one(upload=upload, by=SYSTEM)


@task()
def delete_old_imports() -> None:
    """Delete what imports left behind. Safe to repeat."""
    delete_old(by=SYSTEM)


@task()
def delete_unnamed_h5p_files() -> None:
    """Delete files of H5P packages and libraries that nothing names. Safe to repeat."""
    delete_unnamed_files(by=SYSTEM)


@task()
def delete_old_uploads() -> None:
    """Delete parts of files that nobody went on sending. Safe to repeat."""
    delete_stale_uploads(by=SYSTEM)
