"""What blocks of other people say is said in Vietnamese and German, with the same blanks to fill."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from courses.xblocks.texts import fixed_words, script_texts

LOCALE = Path(__file__).resolve().parent.parent.parent / "courses" / "xblocks" / "locale"
BLANK = re.compile(r"%\(\w+\)s|\{\w*\}|%s")
# What people read in each block, beside what stands in the catalogues.
PEOPLE_READ = {
    "django": [
        "Submit Feedback",
        "Submit",
        "Checking...",
        "Hint ({number} of {total}): {hint}",
        "Zoom In",
        "Fullscreen",
        "not attempted",
        "No content. Please upload H5P content.",
        "Download the PDF",
        "Your words were:",
        "Collapse Instructions",
        "I have completed this",
        "You have already voted in this poll.",
        "Max number of attempts reached",
        "Not yet answered.",
        "Show answer",
        "You have used %(attempts_used)s of %(num_total)s attempt.",
        "You have used {count_attempts} of {max_attempts} submission",
        "Correct ({progress} point)",
    ],
    "djangojs": [
        "{num_points} point possible (ungraded)",
        "{possible} point possible (ungraded)",
        "Show Annotations",
        "You have used {used} of {total} attempts.",
        "Results",
    ],
    "editors": ["Question/Prompt", "Problem text", "Add Choice", "Node #"],
    "fixed": ["Expand all", "START", "Choose Next Step:", "Resubmit", "Table of contents"],
}


@pytest.mark.parametrize("language", ["vi", "de"])
@pytest.mark.parametrize("domain", list(PEOPLE_READ))
def test_every_text_is_translated_and_keeps_its_blanks(language: str, domain: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)

    for message in catalogue:
        if not message.id:
            continue
        wanted = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(said), message.id
        assert len(said) == (catalogue.num_plurals if isinstance(message.id, tuple) else 1), message.id
        for text in said:
            blanks = sorted(BLANK.findall(str(text)))
            assert blanks in [sorted(BLANK.findall(str(form))) for form in wanted], message.id
    assert all(catalogue.get(text) for text in PEOPLE_READ[domain])


def test_the_two_languages_say_the_same() -> None:
    def ids(language: str, domain: str) -> set[object]:
        with (LOCALE / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
            return {message.id for message in read_po(file, locale=language)}

    for domain in PEOPLE_READ:
        assert ids("vi", domain) == ids("de", domain)


def test_pages_scripts_and_fixed_words_find_their_texts() -> None:
    with translation.override("vi"):
        assert translation.gettext("Submit Feedback") == "Gửi góp ý"
    assert script_texts("annotatable", "vi")["Show Annotations"] == "Hiện lời bình"
    assert script_texts("problem", "de")["{num_points} point possible (ungraded)"] == [
        "{num_points} Punkt möglich (Übung)",
        "{num_points} Punkte möglich (Übung)",
    ]
    assert fixed_words("vi")["Expand all"] == "Mở tất cả"
    assert fixed_words("en") == {}


def test_only_editors_carry_the_words_of_editors() -> None:
    learner, editor = fixed_words("vi"), fixed_words("vi", "studio_view")
    assert learner.items() <= editor.items()
    assert "Question/Prompt" not in learner
    assert editor["Question/Prompt"] == "Câu hỏi"
    # templates break their lines anywhere; the page compares words
    assert all(text == " ".join(text.split()) for text in editor)
