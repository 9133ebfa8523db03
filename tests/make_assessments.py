"""Builders for questions, quizzes and attempts."""

from collections.abc import Sequence

QUIZ_KEY = "block-v1:LanToa+C1+2026+type@quiz+block@c1-quiz"


def option_olx(name: str, *, correct: bool = False) -> str:
    right = ' correct="true"' if correct else ""
    return (
        f'<option name="{name}"{right}><vi>Lựa chọn {name}</vi><en>Choice {name}</en>'
        f'<why lang="vi">Vì sao {name}</why><why lang="en">Why {name}</why></option>'
    )


def question_olx(
    name: str = "c1-q01",
    *,
    kind: str = "single",
    outcome: str = "C1.1",
    options: Sequence[str] = ("a", "b", "c"),
    right: Sequence[str] = ("b",),
    stem: str = "Câu hỏi",
) -> str:
    return (
        f'<question name="{name}" type="{kind}" outcome="{outcome}" difficulty="2">'
        f'<stem lang="vi">{stem} {name}?</stem><stem lang="en">Question {name}?</stem>'
        + "".join(option_olx(option, correct=option in right) for option in options)
        + f'<explanation lang="vi">Giải thích {name}.</explanation>'
        f'<explanation lang="en">Explanation {name}.</explanation>'
        '<cite source="S3" lines="16"/></question>'
    )


def truefalse_olx(name: str = "c1-q02", *, right: str = "true") -> str:
    return question_olx(name, kind="truefalse", options=("true", "false"), right=(right,))


def quiz_olx(
    *items: str,
    kind: str = "module",
    url_name: str = "c1-quiz",
    rules: str = 'pass_percent="80" attempts="3" cooling_off_hours="24" time_limit_minutes="20"',
) -> str:
    return (
        f'<quiz url_name="{url_name}" kind="{kind}" display_name="Kiểm tra C1" '
        f'display_name_en="Quiz C1" {rules}>' + "".join(items) + "</quiz>"
    )


def bank_olx(*questions: str, url_name: str = "c1-bank") -> str:
    return f'<question_bank url_name="{url_name}">' + "".join(questions) + "</question_bank>"
