"""Tracks, modules and their versions, enrolments, block state and progress."""

from courses.models.block_state import BlockState, SharedBlockState, UserPreference
from courses.models.enrolment import Enrolment
from courses.models.media import (
    AiLabel,
    Consent,
    ContentLanguage,
    Licence,
    MediaItem,
    MediaKind,
    MediaUpload,
    PictureBand,
)
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
    "AiLabel",
    "Asset",
    "BlockCompletion",
    "BlockScore",
    "BlockState",
    "BlockVersion",
    "ChangeClass",
    "Component",
    "Consent",
    "ContentLanguage",
    "Enrolment",
    "Licence",
    "MediaItem",
    "MediaKind",
    "MediaUpload",
    "Module",
    "ModuleCompletion",
    "ModuleVersion",
    "PictureBand",
    "Programme",
    "ProgrammeModule",
    "ReadingPlace",
    "SharedBlockState",
    "Track",
    "UnitCompletion",
    "UserPreference",
]
