"""Other people's blocks, unmodified, in our runtime: read, shown, answered, edited and written back."""

import json
import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import webob
from opaque_keys.edx.keys import UsageKey

from courses.actions.import_olx import import_module
from courses.models import BlockScore, Module
from courses.olx.problems import OlxRefused
from courses.xblocks.catalogue import OTHERS
from courses.xblocks.fields import ReadOnlyContent
from courses.xblocks.keys import scope_ids
from courses.xblocks.registry import is_supported
from courses.xblocks.runtime import Mode, PlatformRuntime, authored_to_olx, block_to_olx, parse_block
from lms.people.models import Person
from lms.shared.actors import SYSTEM
from tests import make, make_courses
from tests.make_courses import usage_key

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    # The packages themselves use what Python and XBlock deprecate.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
COURSE = Path(__file__).resolve().parent.parent / "fixtures" / "blocks"


@dataclass(frozen=True)
class Case:
    """One block of the course in tests/fixtures/blocks, and what to do with it."""

    name: str
    shows: str  # in the student's view
    handler: str = ""
    answer: Any = None  # a dict is sent as JSON, a str as a form
    says: str = ""  # in the handler's answer
    then_shows: str = ""  # in the student's view afterwards
    score: float | None = None
    completion: float | None = None
    save: str = ""  # the studio's handler
    saved: dict[str, Any] = field(default_factory=dict)
    kept: str = ""  # in the OLX after saving
    suffix: str = ""


def problem(name: str, shows: str, answer: str) -> Case:
    """A question of Open edX, answered rightly."""
    key = f"block-v1:LanToa+KHOI+2026+type@problem+block@{name}"
    return Case(
        name,
        shows,
        handler="xmodule_handler",
        suffix="problem_check",
        answer=answer.replace("KEY", f"input_{hash_of(key)}_2_1"),
        says="correct",
        then_shows="checked" if "choice" in answer else "correct",
        score=1,
    )


def hash_of(key: str) -> str:
    """The name CAPA gives a problem's fields."""
    return str(UsageKey.from_string(key).block_id)


CASES = (
    Case(
        "feedback",
        "Anh/chị đánh giá bài này thế nào?",
        handler="feedback",
        answer={"vote": 1, "freeform": "Nên có thêm ví dụ"},
        says="Cảm ơn anh/chị",
        then_shows="Nên có thêm ví dụ",
        save="studio_submit",
        saved={"freeform": "Còn thiếu gì nữa?", "display_name": "Góp ý", "voting_message": "a"},
        kept="Còn thiếu gì nữa?",
    ),
    Case(
        "freetextresponse",
        "Viết một câu thông báo",
        handler="submit",
        answer={"student_answer": "Sáng thứ hai có tiêm chủng", "can_record_response": False},
        says="Đã nhận bài làm",
        then_shows="Sáng thứ hai có tiêm chủng",
        score=1,
        save="submit_studio_edits",
        saved={"values": {"prompt": "Viết hai câu."}, "defaults": []},
        kept="Viết hai câu.",
    ),
    Case(
        "submit-and-compare",
        "viết lời mở đầu bản tin",
        handler="student_submit",
        answer={"answer": "Kính thưa bà con", "action": "submit"},
        says="true",
        then_shows="Kính thưa bà con",
        score=1,
        save="studio_submit",
        saved={
            "display_name": "So sánh",
            "weight": "1",
            "max_attempts": "2",
            "your_answer_label": "A",
            "our_answer_label": "B",
            "submit_button_label": "C",
            "data": "<submit_and_compare><body>x</body><explanation>Bài mẫu mới</explanation>"
            "</submit_and_compare>",
        },
        kept="Bài mẫu mới",
    ),
    Case(
        "image-explorer",
        "Bấm vào từng điểm",
        handler="publish_event",
        answer={"event_type": "xblock.image-explorer.hotspot.opened", "item_id": "diem-1"},
        says="success",
        then_shows="visited",
        score=1,
        save="studio_submit",
        saved={
            "display_name": "Ảnh",
            "data": "<image_explorer><background src='/static/moi.png'/><hotspots/></image_explorer>",
        },
        kept="/static/moi.png",
    ),
    Case(
        "imagemodal",
        "Sơ đồ các kênh",
        save="submit_studio_edits",
        saved={"values": {"alt_text": "Sơ đồ mới"}, "defaults": []},
        kept="Sơ đồ mới",
    ),
    Case(
        "flashcards",
        "Tin giả",
        save="studio_submit",
        saved={"title": "Thẻ", "flashcards": [{"front": "Loa", "back": "Phát"}], "styling": {}},
        kept="Loa",
    ),
    Case(
        "accordion",
        "Ai được phát loa?",
        save="studio_save",
        saved={"panels": [{"title": "Hỏi mới", "contents": "<p>Đáp</p>"}], "styling": {"a": 1}},
        kept="Hỏi mới",
    ),
    Case(
        "markdown",
        "<strong>nguồn tin</strong>",
        save="update_content",
        saved={"content": "# Mới"},
        kept="# Mới",
    ),
    Case(
        "branching_xblock",
        "vỡ đập",
        handler="select_choice",
        answer={"choice_index": 0},
        says="Xã xác nhận đập an toàn",
        then_shows='"current_node": {"id": "goi"',
        score=0,
        completion=1,
        save="studio_submit",
        saved={
            "nodes": [{"id": "a", "content": "Bắt đầu lại", "media": {}, "choices": []}],
            "enable_undo": False,
            "display_name": "Rẽ nhánh",
        },
        kept="Bắt đầu lại",
    ),
    problem("problem-mc", "Kiểm tra nguồn tin", "KEY=choice_1"),
    problem("problem-cb", "Công văn có dấu", "KEY[]=choice_0&KEY[]=choice_1"),
    problem(
        "problem-dd",
        "Trưởng thôn",
        "KEY=Ch%E1%BB%A7%20t%E1%BB%8Bch%20%E1%BB%A6y%20ban%20nh%C3%A2n%20d%C3%A2n%20x%C3%A3",
    ),
    problem("problem-num", "mấy lần một ngày", "KEY=2"),
    problem("problem-text", "gọi là gì", "KEY=Tin%20gi%E1%BA%A3"),
    Case(
        "word_cloud",
        "truyền thông cơ sở",
        handler="handle_submit_state",
        answer={"student_words": ["loa", "bản tin", ""]},
        says="bản tin",
        then_shows="display: none",
        save="submit_studio_edits",
        saved={"values": {"instructions": "Viết ba từ."}, "defaults": []},
        kept="Viết ba từ.",
    ),
    Case(
        "annotatable",
        "theo thông báo của Ủy ban",
        save="submit_studio_edits",
        saved={"data": "<annotatable><p>Bài mới</p></annotatable>"},
        kept="Bài mới",
    ),
    Case(
        "pdf",
        "Lịch phát thanh",
        handler="on_download",
        answer={},
        says="null",
        save="save_pdf",
        saved={
            "display_name": "Lịch",
            "url": "/static/moi.pdf",
            "allow_download": "False",
            "source_text": "",
            "source_url": "",
        },
        kept="/static/moi.pdf",
    ),
    Case("scorm", ""),
    Case("h5pxblock", "Chưa có nội dung H5P"),
)


@pytest.fixture
def course() -> Module:
    return import_module(COURSE, by=SYSTEM).module


@pytest.fixture
def learner() -> Person:
    return make.person()


def tag_of(name: str) -> str:
    return "problem" if name.startswith("problem") else name


def runtime_for(person: Person, module: Module, mode: Mode = Mode.PUBLISHED) -> PlatformRuntime:
    return PlatformRuntime(person=person, module=module, mode=mode)


def block_of(runtime: PlatformRuntime, name: str) -> Any:
    return runtime.get_block(usage_key(runtime.module, name, tag_of(name)))


def request(body: Any) -> webob.Request:
    asked = webob.Request.blank("/", method="POST")
    asked.body = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    asked.content_type = "application/x-www-form-urlencoded" if isinstance(body, str) else "application/json"
    return asked


def page(runtime: PlatformRuntime, block: Any, view: str = "student_view") -> str:
    """What a view puts into the page: its HTML and what it hands its script."""
    html = runtime.render(block, view, {}).content
    arguments = "".join(
        json.dumps(json.loads(text), ensure_ascii=False)
        for text in re.findall(r"xblock_json_init_args\">(.*?)</script>", html, re.DOTALL)
    )
    return unescape(html) + arguments


def looked_at(runtime: PlatformRuntime, block: Any, case: Case) -> str:
    """What the learner sees; questions of Open edX fetch theirs when the page is there."""
    html = page(runtime, block)
    if case.suffix:
        answer = runtime.handle(block, case.handler, request({}), "problem_get")
        html += unescape(json.loads(answer.body)["html"])
    return html


def case_id(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_learner_sees_answers_and_finds_the_answer_again(
    case: Case, course: Module, learner: Person
) -> None:
    runtime = runtime_for(learner, course)
    block = block_of(runtime, case.name)
    assert case.shows in looked_at(runtime, block, case)
    if not case.handler:
        return

    answer = runtime.handle(block, case.handler, request(case.answer), case.suffix)

    assert answer.status_code == 200
    assert case.says in json.dumps(json.loads(answer.body), ensure_ascii=False)
    if case.then_shows:
        again = runtime_for(learner, course)
        assert case.then_shows in looked_at(again, block_of(again, case.name), case)


@pytest.mark.parametrize("case", [case for case in CASES if case.score is not None], ids=case_id)
def test_the_answer_reaches_the_learners_progress(case: Case, course: Module, learner: Person) -> None:
    runtime = runtime_for(learner, course)
    block = block_of(runtime, case.name)

    runtime.handle(block, case.handler, request(case.answer), case.suffix)

    score = BlockScore.objects.get(person=learner, usage_key=str(block.scope_ids.usage_id))
    assert score.earned / score.possible == case.score


@pytest.mark.parametrize("case", [case for case in CASES if case.save], ids=case_id)
def test_an_author_edits_and_the_block_becomes_olx_again(case: Case, course: Module) -> None:
    author = make.person()
    runtime = runtime_for(author, course, Mode.DRAFT)
    block = block_of(runtime, case.name)
    assert len(page(runtime, block, "studio_view")) > 300

    answer = runtime.handle(block, case.save, request(case.saved))

    assert answer.status_code == 200, answer.body
    usage = str(block.scope_ids.usage_id)
    # As the studio saves: out of what was written, without the block.

    written = authored_to_olx(usage, runtime._authored.values(usage))
    assert case.kept in unescape(written)
    read = parse_block(written, scope_ids(str(author.pk), str(block.scope_ids.usage_id)))
    assert case.kept in str(read)


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_what_is_written_is_read_as_the_same_block(case: Case, course: Module) -> None:
    runtime = runtime_for(make.person(), course, Mode.DRAFT)
    block = block_of(runtime, case.name)
    keys = scope_ids(None, str(block.scope_ids.usage_id))
    once = block_to_olx(block)

    again = parse_block(once, keys)
    first = runtime.authored_fields(str(keys.usage_id))
    assert meaning(again) == meaning({name: first.get(name, value) for name, value in again.items()})
    assert first.keys() <= again.keys()


def meaning(values: Any) -> dict[str, Any]:
    """Field values; XML in them without the difference that white space between elements makes."""
    return {
        name: re.sub(r">\s+<", "><", value).strip() if isinstance(value, str) else value
        for name, value in values.items()
        if name not in {"xml_attributes", "children"}
    }


@pytest.mark.parametrize("case", [case for case in CASES if case.save], ids=case_id)
def test_a_learner_cannot_edit_whatever_the_handler_is_called(
    case: Case, course: Module, learner: Person
) -> None:
    runtime = runtime_for(learner, course)
    block = block_of(runtime, case.name)

    with pytest.raises(ReadOnlyContent):
        runtime.handle(block, case.save, request(case.saved))


def test_every_type_of_ours_can_be_loaded_and_its_starter_read(course: Module) -> None:
    for entry in OTHERS:
        assert is_supported(entry.tag), entry.tag
        parse_block(entry.new, scope_ids(None, f"block-v1:LanToa+K+2026+type@{entry.tag}+block@moi"))


@pytest.mark.parametrize(
    "inside",
    [
        '<script type="loncapa/python">import os; os.system("id")</script>',
        "<customresponse cfn='f'><textline/></customresponse>",
        '<multiplechoiceresponse/><jsinput html_file="/static/x.html"/>',
        "<coderesponse/>",
        "<NewFashionedResponse/>",
    ],
)
def test_problems_with_programs_are_refused_with_the_reason(tmp_path: Path, inside: str) -> None:
    folder = make_courses.olx(
        tmp_path,
        {"u1": f'<problem url_name="p">{inside}</problem><text url_name="t"><body lang="vi"/></text>'},
    )

    imported = import_module(folder, by=SYSTEM)

    assert [problem.code for problem in imported.refused] == ["script"]
    assert imported.imported == 2  # kept for the export, under a tag of its own
    with pytest.raises(OlxRefused, match="script-problem"):
        parse_block(
            f"<problem>{inside}</problem>", scope_ids(None, usage_key(imported.module, "p", "problem"))
        )


@pytest.mark.parametrize("event_type", ["grade", "completion"])
def test_a_script_cannot_publish_its_own_marks(event_type: str, course: Module, learner: Person) -> None:
    runtime = runtime_for(learner, course)
    block = block_of(runtime, "image-explorer")

    runtime.handle(
        block, "publish_event", request({"event_type": event_type, "value": 1, "max_value": 1, "item_id": ""})
    )

    assert not BlockScore.objects.exists()
