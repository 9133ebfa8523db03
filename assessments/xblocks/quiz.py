"""The quiz block: practice questions inside a unit, or the way to a quiz that counts."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import webob
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from lxml import etree

from assessments import grading, olx
from assessments.actions.recap import note_practice
from assessments.drawing import option_order
from assessments.kinds import KINDS, BadResponse
from assessments.kinds.sent import response_from
from assessments.models import Quiz
from assessments.queries.asked import Asked
from assessments.queries.results import cites_of, reviewed_parts
from assessments.queries.standing import published_quiz, standing
from courses.olx.xml import parse_xml, to_text
from courses.queries.version_cache import VersionCache
from courses.xblocks.blocks.base import Fragment, Scope, String, TitledBlock, XBlock
from courses.xblocks.runtime import Mode
from lms.shared import clock
from lms.shared.languages import localised

FIELD = "choice"  # the name of the controls of a practice question
RULES = (
    *("kind", "pass_percent", "attempts", "cooling_off_hours", "time_limit_minutes", "double_marking"),
    *("opens", "closes", "review", "supervised"),
)
_read: VersionCache[int, olx.QuizSource] = VersionCache(300)
# A question that is not answered yet looks the same to everybody, but for the token of her form.
_open_questions: VersionCache[tuple[int, str, str], SafeString] = VersionCache(1000)


@dataclass(frozen=True)
class PractisedOption:
    """A choice of a practice question that has been answered."""

    name: str
    text: str
    is_chosen: bool
    is_right: bool


class QuizBlock(TitledBlock):
    """`kind` practice asks here and explains at once; module and final lead to pages of their own.

    Practice answers are the block's own state, {"c1-p01": {"chosen": ["a"], "at": "2026-…"}}; they
    are never marked for anybody else. A question taken up again keeps its place in "seen".
    """

    kind = String(scope=Scope.settings, default="practice")
    pass_percent = String(scope=Scope.settings, default="")
    attempts = String(scope=Scope.settings, default="")
    cooling_off_hours = String(scope=Scope.settings, default="")
    time_limit_minutes = String(scope=Scope.settings, default="")
    double_marking = String(scope=Scope.settings, default="")
    opens = String(scope=Scope.settings, default="")
    closes = String(scope=Scope.settings, default="")
    review = String(scope=Scope.settings, default="")
    supervised = String(scope=Scope.settings, default="")
    items = String(scope=Scope.content, default="")  # the questions, pools and stimuli, as XML
    answers = String(scope=Scope.user_state, default="{}")
    ATTRIBUTES = (*TitledBlock.ATTRIBUTES, *RULES)

    def read_children(self, node: etree._Element) -> None:
        self.items = "".join(to_text(child) for child in node.iterchildren(*olx.ITEMS))

    def add_xml_to_node(self, node: etree._Element) -> None:
        super().add_xml_to_node(node)
        node.extend(parse_xml(f"<quiz>{self.items}</quiz>".encode(), "quiz"))

    @property
    def has_state(self) -> bool:
        return bool(self.kind == "practice")

    @property
    def source(self) -> olx.QuizSource:
        """What the questions say, read once per version and process."""
        version = self.runtime.block_version_id(self)
        kept = _read.get(version)
        return kept or _read.keep(version, olx.parse(f'<quiz kind="{self.kind}">{self.items}</quiz>'))

    def student_view(self, context: dict[str, Any]) -> Fragment:
        return Fragment(self._practice(context) if self.kind == "practice" else self._panel())

    @XBlock.handler  # type: ignore[untyped-decorator]
    def answer(self, request: webob.Request, suffix: str = "") -> webob.Response:
        """Take the answer to the question named in the address; `again` takes it back."""
        question = next((q for q in self.source.questions if q.name == suffix), None)
        if self.kind != "practice" or question is None:
            return webob.Response(status=404)
        answers = json.loads(self.answers)
        before = answers.get(suffix, {})
        if "again" in request.POST:
            answers[suffix] = {**before, "chosen": []}
        elif chosen := _response(question, request.POST):
            answers[suffix] = {"chosen": list(chosen), "at": clock.now().isoformat()}
            self._note(question, chosen)
        self.answers = json.dumps(answers)
        if all(q.name in answers for q in self.source.questions):
            self.runtime.publish(self, "completion", {"completion": 1.0})
        return webob.Response(status=303, location=f"{_own_path(request.POST.get('back', ''))}#{suffix}")

    def _note(self, question: olx.QuestionSource, chosen: tuple[str, ...]) -> None:
        """A mistake comes back in the learner's recap; one that an author makes in the preview does not."""
        if self.runtime.mode == Mode.PUBLISHED:
            note_practice(
                name=question.name,
                kind=question.kind,
                body=question.body,
                response=chosen,
                by=self.runtime.person,
            )

    def _practice(self, context: dict[str, Any]) -> SafeString:
        answers = json.loads(self.answers)
        token, back = get_token(context["request"]), context["request"].path
        shown = []
        for question in self.source.questions:
            given = answers.get(question.name, {})
            inside = (
                self._answered(question, given)
                if given.get("chosen")
                else self._open(question, context["language"])
            )
            url = self.runtime.handler_url(self, "answer", question.name)
            shown.append((question.name, url, token, back, inside))
        return _forms(shown)

    def _open(self, question: olx.QuestionSource, language: str) -> SafeString:
        key = (self.runtime.block_version_id(self), question.name, language)
        kept = _open_questions.get(key)
        if kept is not None:
            return kept
        facts = {**self._facts(question), "asked": self._asked(question), "field": FIELD}
        return _open_questions.keep(key, render_to_string("assessments/blocks/practice_open.html", facts))

    def _answered(self, question: olx.QuestionSource, given: dict[str, Any]) -> SafeString:
        body, chosen = question.body, tuple(given["chosen"])
        asked = self._asked(question, chosen)
        earned = grading.mark(question.kind, body, chosen)
        assert earned is not None, "practice is marked by the machine"
        facts = {
            **self._facts(question),
            "asked": asked,
            "options": _practised(asked),
            "parts": () if asked.is_choice else reviewed_parts(asked, sees_key=True),
            "percent": grading.whole_percent(earned, out_of=grading.FULL),
            "whys": _whys(asked),
            "explanation": localised(body["explanation"]),
            "cites": cites_of(body),
            "saved_at": datetime.fromisoformat(given["at"]),
        }
        return render_to_string("assessments/blocks/practice_answered.html", facts)

    def _asked(self, question: olx.QuestionSource, response: tuple[str, ...] = ()) -> Asked:
        src = question.body.get("picture", {}).get("src", "")
        url = self.runtime.asset_url(src.removeprefix("/static/")) if src else ""
        return Asked(question.kind, question.body, response, _practice_order(question), url)

    def _facts(self, question: olx.QuestionSource) -> dict[str, Any]:
        return {"title": self.runtime.reference(self).title, "stem": localised(question.body["stem"])}

    def _panel(self) -> SafeString:
        """Where the reader stands with a quiz that counts, and the link to it."""
        usage_key = str(self.scope_ids.usage_id)
        quiz: Quiz | None = None
        if self.runtime.mode == Mode.PUBLISHED:
            quiz = published_quiz(usage_key)
        facts: dict[str, Any] = {"title": self.runtime.reference(self).title, "quiz": quiz}
        if quiz is not None:  # the unit page opens only for those who learn the module
            now = standing(quiz, self.runtime.person, at=clock.now(), is_learner=True)
            facts |= {"standing": now, "version": now.version, "best": now.best_percent}
        return render_to_string("assessments/blocks/quiz_panel.html", facts)


def _forms(shown: list[tuple[str, str, str, str, SafeString]]) -> SafeString:
    """One form per question, each an anchor of its own to come back to."""
    form = (
        '<section class="act" id="{}"><form method="post" action="{}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="back" value="{}">{}</form></section>'
    )
    forms = [format_html(form, *one) for one in shown]
    return format_html('<div class="stack">{}</div>', SafeString("".join(forms)))


def _response(question: olx.QuestionSource, sent: webob.multidict.MultiDict) -> tuple[str, ...]:
    """What the form says, or nothing when it is no answer to this question."""
    given = {name: sent.getall(name) for name in sent}
    try:
        return KINDS[question.kind].clean(question.body, response_from(given, FIELD))
    except BadResponse:
        return ()


def _practice_order(question: olx.QuestionSource) -> list[str]:
    """A choice stands as its author wrote it; what is to be sorted must not come sorted."""
    names = KINDS[question.kind].names(question.body)
    if question.kind not in ("matching", "ordering"):
        return names
    return option_order(names, kind=question.kind, seed=0, position=len(question.name))


def _practised(asked: Asked) -> list[PractisedOption]:
    right = {o["name"] for o in asked.body["options"] if o["correct"]} if asked.is_choice else set()
    return [PractisedOption(o.name, o.text, o.is_chosen, o.name in right) for o in asked.options]


def _whys(asked: Asked) -> list[str]:
    """Why what was chosen is right or wrong."""
    if not asked.is_choice:
        return []
    return [localised(o["why"]) for o in asked.body["options"] if o["name"] in asked.response]


def _own_path(back: str) -> str:
    """Only a path of this site: whatever a stranger put into the form leads nowhere else."""
    parts = urlsplit(back)
    is_ours = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    return parts.path if is_ours and not parts.path.startswith("//") else "/"
