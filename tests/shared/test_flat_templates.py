"""A flat template says to the letter what Django's own would say."""

import re
from typing import Any

import pytest
from django.template import Context, Engine
from django.test import Client
from django.utils import translation

from lms.people.models import Person
from lms.shared import flat_templates
from tests import make

LIBRARIES = {
    "i18n": "django.templatetags.i18n",
    "l10n": "django.templatetags.l10n",
    "ui": "lms.shared.templatetags.ui",
}
BASE = (
    '{% load i18n %}<title>{% block title %}{% translate "Home" %}{% endblock %}</title>'
    "{% block outer %}<div>{% block inner %}base{% endblock %}</div>{% endblock %}"
    "[{{ word }}]{# nothing #}"
)
TEMPLATES = {
    "base.html": BASE,
    "middle.html": '{% extends "base.html" %}{% block outer %}<p>'
    "{% block inner %}mid{% endblock %}</p>{% endblock %}",
    "child.html": '{% extends "middle.html" %}{% block inner %}{{ name }} {{ number }}{% endblock %}',
    "sets.html": (
        '{% extends "base.html" %}{% load i18n %}'
        '{% block inner %}{% translate "Home" as word %}{{ word }}{% endblock %}'
    ),
    "super.html": '{% extends "base.html" %}{% block inner %}{{ block.super }}+{% endblock %}',
    "by_name.html": "{% extends parent %}{% block inner %}{{ name }}{% endblock %}",
    "piece.html": '{% load ui %}<i>{% icon "check" %}{{ word }}{{ name }}</i>',
    "includes.html": (
        '{% include "piece.html" %}{% include "piece.html" with word=name %}'
        '{% include "piece.html" with word="x" only %}{% include other %}[{{ word }}]'
    ),
    "tree.html": "{{ depth }}{% if deeper %}{% with deeper=False depth=2 %}"
    '{% include "tree.html" %}{% endwith %}{% endif %}',
    "loops.html": (
        "{% load i18n ui %}{% for one in numbers %}{% if forloop.first %}<b>{% endif %}{{ one }}"
        '{% icon "flag" %}{% translate "Home" %}{% empty %}none{% endfor %}'
        "{% for one in nothing %}x{% empty %}{% if name %}none{% else %}?{% endif %}{% endfor %}"
    ),
    "sentences.html": (
        "{% load i18n %}{% blocktranslate %}Page {{ number }}{% endblocktranslate %}"
        "{% blocktranslate with number=name %}Page {{ number }}{% endblocktranslate %}[{{ number }}]"
        "{% blocktranslate count count=number %}{{ count }} question.{% plural %}"
        "{{ count }} questions.{% endblocktranslate %}"
        "{% blocktranslate asvar said %}Page {{ number }}{% endblocktranslate %}({{ said }})"
        "{% blocktranslate %}100% {{ missing }}{% endblocktranslate %}"
    ),
    "values.html": (
        "{% load l10n %}{{ name }}{{ safe }}{{ number }}{{ fraction }}{{ yes }}{{ none }}{{ missing }}"
        "{{ name|upper }}{{ number|unlocalize }}{% localize off %}{{ number }}{% endlocalize %}"
        "{% autoescape off %}{{ name }}{{ number }}{% endautoescape %}"
    ),
    "language.html": (
        '{% load i18n %}{% translate "Home" %}{% language "de" %}{% translate "Home" %}{% endlanguage %}'
        '{% translate "Home" %}'
    ),
}
FACTS: dict[str, Any] = {
    "name": "<An & 'Bình'>",
    "number": 12_345,
    "fraction": 0.5,
    "yes": True,
    "none": None,
    "numbers": [1, 2000],
    "word": "outside",
    "parent": "base.html",
    "other": "piece.html",
    "depth": 1,
    "deeper": True,
}


def engine(loader: str) -> Engine:
    inner = ("django.template.loaders.locmem.Loader", TEMPLATES)
    return Engine(loaders=[(loader, [inner])], libraries=LIBRARIES)


FLAT = engine("lms.shared.flat_templates.Loader")
USUAL = engine("django.template.loaders.cached.Loader")


@pytest.mark.parametrize("language", ["vi", "en", "de"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_says_the_same(name: str, language: str) -> None:
    with translation.override(language):
        flat, usual = (one.get_template(name).render(Context(FACTS)) for one in (FLAT, USUAL))
        again = FLAT.get_template(name).render(Context({**FACTS, "name": "Other", "number": 1}))
        fresh = USUAL.get_template(name).render(Context({**FACTS, "name": "Other", "number": 1}))
    assert flat == usual
    assert again == fresh


def test_without_escaping_nothing_is_escaped() -> None:
    facts = Context(FACTS, autoescape=False)
    assert "<An & 'Bình'>" in FLAT.get_template("values.html").render(facts)
    assert "<An" not in FLAT.get_template("child.html").render(Context(FACTS))


def test_parents_and_pieces_become_one_list() -> None:
    kinds = [type(node).__name__ for node in FLAT.get_template("child.html").nodelist]
    assert kinds == [
        "Folded",
        "FastVariable",
        "TextNode",
        "FastVariable",
        "TextNode",
        "FastVariable",
        "TextNode",
    ]


@pytest.mark.parametrize("name", ["super.html", "by_name.html", "language.html"])
def test_what_is_known_only_later_is_left_to_django(name: str) -> None:
    assert FLAT.get_template(name).nodelist == FLAT.template_loaders[0].as_written(name).nodelist  # type: ignore[attr-defined]


def test_debugging_sees_the_templates_as_written() -> None:
    debugged = Engine(
        loaders=[
            ("lms.shared.flat_templates.Loader", [("django.template.loaders.locmem.Loader", TEMPLATES)])
        ],
        libraries=LIBRARIES,
        debug=True,
    )
    assert type(debugged.get_template("child.html").nodelist[0]).__name__ == "ExtendsNode"


CHANGING = re.compile(r'(csrfmiddlewaretoken" value=|name="uuid" value=)"[^"]+"')


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "de"])
@pytest.mark.parametrize("address", ["/", "/tracks/", "/account/", "/help/", "/nowhere/"])
def test_pages_say_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: str, language: str
) -> None:
    person: Person = make.person()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = language
    flat = client.get(address)
    with monkeypatch.context() as patch:
        patch.setattr(flat_templates.Loader, "get_template", flat_templates.Loader.as_written)
        usual = client.get(address)
    assert flat.status_code == usual.status_code
    assert CHANGING.sub("", flat.content.decode()) == CHANGING.sub("", usual.content.decode())
