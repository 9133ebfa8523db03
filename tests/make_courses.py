"""Courses for tests: OLX folders, imported modules, programmes, enrolments."""

import os
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from courses.actions.import_olx import import_module
from courses.models import Enrolment, Module, Programme, ProgrammeModule, Track
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from tests.conftest import CORPUS

_numbers = count(1)
WITHOUT_CORPUS = (
    "no OLX courses here: set LANTOA_OLX_CORPUS to a folder with exported .tar.gz courses, "
    "or put the shared corpus beside the repository"
)
TEXT = '<text url_name="{name}" display_name="Chữ"><body lang="vi"><![CDATA[<p>{words}</p>]]></body></text>'

# Every type of ours that learners see in the page itself, with something to show.
NATIVE = (
    TEXT,
    '<video url_name="{name}" kind="audio"><source src="/static/a.mp3" lang="vi"/>'
    '<transcript src="/static/a.vtt" language="vi"/></video>',
    '<quiz url_name="{name}" kind="practice"><question name="{name}-1" type="single" outcome="C1.1" '
    'difficulty="1"><stem lang="vi">Câu hỏi?</stem><stem lang="en">Question?</stem>'
    '<option name="a" correct="true"><vi>Một</vi><en>One</en><why lang="vi">Đúng</why>'
    '<why lang="en">Right</why></option><option name="b"><vi>Hai</vi><en>Two</en><why lang="vi">Sai</why>'
    '<why lang="en">Wrong</why></option><explanation lang="vi">Giải thích</explanation>'
    '<explanation lang="en">Because</explanation><cite source="S3" lines="16"/></question></quiz>',
    '<html url_name="{name}"><![CDATA[<p>{words}</p>]]></html>',
    '<file url_name="{name}" src="/static/a.mp3" licence="own"/>',
    '<session url_name="{name}" starts_at="2030-01-02T09:00" minutes="60"><how lang="vi">{words}</how>'
    "</session>",
    '<discussion url_name="{name}" discussion_category="{words}"/>',
    '<h5p url_name="{name}" display_name="{words}" package="/static/a.h5p"/>',
)
NATIVE_FILES = {
    "a.mp3": b"mp3",
    "a.vtt": b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nXin ch\xc3\xa0o\n",
}


def native_blocks(number: int, prefix: str = "b") -> str:
    """So many of our own blocks, each type in turn; their files are NATIVE_FILES.

    Names of questions are taken once per platform: each module needs its own prefix.
    """
    return "".join(
        NATIVE[place % len(NATIVE)].format(name=f"{prefix}{place}", words=f"Lời {place}")
        for place in range(number)
    )


def corpus_olx() -> Path:
    """The folder of real exported courses; it may be missing."""
    return Path(os.environ.get("LANTOA_OLX_CORPUS") or CORPUS / "olx")


def text_block(name: str, words: str = "Nội dung") -> str:
    return TEXT.format(name=name, words=words)


def olx(
    folder: Path,
    units: Mapping[str, str] | None = None,
    *,
    code: str = "T1",
    files: Mapping[str, bytes] | None = None,
) -> Path:
    """A course folder. `units` is unit key → blocks; each unit takes 5 minutes."""
    units = units if units is not None else {"u1": text_block("u1-text"), "u2": text_block("u2-text")}
    for name in ("course", "vertical", "static"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for old in (folder / "vertical").iterdir():
        old.unlink()
    write(folder / "course.xml", f'<course url_name="2026" org="LanToa" course="{code}"/>')
    pointers = "".join(f'<vertical url_name="{key}"/>' for key in units)
    write(
        folder / "course" / "2026.xml",
        f'<course display_name="Mô-đun {code}" display_name_en="Module {code}" language="vi" component="DC">'
        f'<chapter url_name="ch" display_name="Học"><sequential url_name="seq" display_name="Phần 1">'
        f"{pointers}</sequential></chapter></course>",
    )
    for key, blocks in units.items():
        write(
            folder / "vertical" / f"{key}.xml",
            f'<vertical display_name="Bài {key}" display_name_en="Unit {key}" minutes="5" '
            f'review_by="2027-06-30">{blocks}</vertical>',
        )
    for path, content in (files or {}).items():
        (folder / "static" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "static" / path).write_bytes(content)
    return folder


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def module(folder: Path, units: Mapping[str, str] | None = None, **options: Any) -> Module:
    """An imported, published module."""
    return import_module(olx(folder, units, **options), by=SYSTEM).module


def usage_key(module: Module, name: str, block_type: str = "text") -> str:
    return f"{module.course_key.replace('course-v1', 'block-v1')}+type@{block_type}+block@{name}"


def programme(
    *required: Module, announced: tuple[Module, ...] = (), exam: Module | None = None, **facts: Any
) -> Programme:
    """An open programme of a new track."""
    number = next(_numbers)
    track = Track.objects.create(
        code=facts.pop("code", f"T{number % 1000}"),
        title={"vi": "Thông tin cơ sở", "en": "Grassroots"},
        duty=facts.pop("duty", f"D{number}"),
        position=number % 1000,
    )
    facts = {
        "version": "2026-1",
        "title": {"vi": "Chương trình mẫu"},
        "components": ["DC"],
        "hours": 6,
    } | facts
    made = Programme.objects.create(track=track, exam_module=exam, **facts)
    for position, part in enumerate((*required, *announced), start=1):
        ProgrammeModule.objects.create(
            programme=made,
            module=part,
            position=position,
            is_core=position == 1,
            is_required=part not in announced,
        )
    return made


def announced_module(code: str) -> Module:
    """A module without content."""
    return Module.objects.create(
        code=code, course_key=f"course-v1:LanToa+{code}+2026", title={"vi": f"Mô-đun {code}"}, component="DC"
    )


def enrolment(person: Person, programme: Programme, **facts: Any) -> Enrolment:
    facts = {"rule": "chosen", "enrolled_at": clock.now()} | facts
    return Enrolment.objects.create(person=person, programme=programme, **facts)
