"""Tracks, modules and their versions, enrolments, block state and progress."""

from courses.models.block_state import BlockState, SharedBlockState, UserPreference
from courses.models.course_import import CourseImport, ImportState
from courses.models.enrolment import Enrolment
from courses.models.outline import Component, Module, Programme, ProgrammeModule, Track
from courses.models.progress import (
    BlockCompletion,
    BlockScore,
    ModuleCompletion,
    ReadingPlace,
    UnitCompletion,
)
from courses.models.version import Asset, BlockVersion, ChangeClass, ModuleVersion

__all__ = [
    "Asset",
    "BlockCompletion",
    "BlockScore",
    "BlockState",
    "BlockVersion",
    "ChangeClass",
    "Component",
    "CourseImport",
    "Enrolment",
    "ImportState",
    "Module",
    "ModuleCompletion",
    "ModuleVersion",
    "Programme",
    "ProgrammeModule",
    "ReadingPlace",
    "SharedBlockState",
    "Track",
    "UnitCompletion",
    "UserPreference",
]
