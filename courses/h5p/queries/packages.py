"""Packages that are here."""

from collections.abc import Iterable

from courses.h5p.models import Package


def package_of(sha256: str) -> Package | None:
    """The package of an .h5p file, by the file's hash. One query, without the content."""
    return Package.objects.defer("params", "manifest").filter(sha256=sha256).first()


def known_of(hashes: Iterable[str]) -> set[str]:
    """Those of the hashes that are packages here. One query."""
    return set(Package.objects.filter(sha256__in=set(hashes)).values_list("sha256", flat=True))
