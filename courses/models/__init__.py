"""Tracks, modules and their versions, enrolments, block state and progress."""

from courses.models.block_state import BlockState, SharedBlockState, UserPreference
from courses.models.course_import import CourseImport, ImportState
from courses.models.editor_draft import EditorDraft
from courses.models.enrolment import Enrolment
from courses.models.media import MediaItem, MediaUpload, PictureBand
from courses.models.media_choices import (
    AiLabel,
    Consent,
    ContentLanguage,
    Licence,
    MediaKind,
    UploadState,
)
from courses.models.outline import Component, Module, Programme, ProgrammeModule, Track
from courses.models.progress import (
    BlockCompletion,
    BlockScore,
    ModuleCompletion,
    ReadingPlace,
    UnitCompletion,
)
from courses.models.review import OPEN_STATES, ReviewRequest, ReviewState, ReviewStep
from courses.models.top_up import TopUp, TopUpReading
from courses.models.version import Asset, BlockVersion, ChangeClass, ModuleVersion, Step

__all__ = [
    "OPEN_STATES",
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
    "CourseImport",
    "EditorDraft",
    "Enrolment",
    "ImportState",
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
    "ReviewRequest",
    "ReviewState",
    "ReviewStep",
    "SharedBlockState",
    "Step",
    "TopUp",
    "TopUpReading",
    "Track",
    "UnitCompletion",
    "UploadState",
    "UserPreference",
]
