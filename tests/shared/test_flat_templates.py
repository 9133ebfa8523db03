"""A flat template says to the letter what Django's own would say."""

import re
from typing import Any

import pytest
from django.template import Context, Engine
from django.test import Client
from django.urls import NoReverseMatch
from django.utils import translation
from django.utils.functional import SimpleLazyObject

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
    "lookups.html": (
        "{{ thing.name }}|{{ thing.method }}|{{ thing.needs }}|{{ thing.delete }}|{{ thing.missing }}|"
        "{{ thing.inner.name }}|{{ table.name }}|{{ table.items }}|{{ table.inner.name }}|{{ table.none.x }}|"
        "{{ numbers.1 }}|{{ numbers.9 }}|{{ called }}|{{ called.upper }}|{{ Kind.name }}|{{ lazy.name }}|"
        "{{ missing.name }}|{{ name.upper }}|{{ none.name }}|{{ thing.silent }}"
    ),
    "conditions.html": (
        "{% if thing.name == name and not none %}a{% elif number > 3 or yes %}b{% else %}c{% endif %}"
        "{% if missing %}d{% elif missing.deep is None %}e{% endif %}"
        "{% if 'a' in number %}f{% else %}g{% endif %}"
        "{% if table.name in numbers %}h{% endif %}{% if numbers|length >= 2 %}i{% endif %}"
        "{% if 'An' in name %}j{% endif %}{% if number != 3 %}k{% endif %}{% if thing.silent %}l{% endif %}"
    ),
    "addresses.html": (
        '{% url "assessments:question" one 3 %}|{% url "assessments:question" 31700 31700 %}|'
        '{% url "courses:unit" "C1&" word %}|{% url "courses:unit" name one %}|'
        '{% url "assessments:result" attempt_id=one %}|{% url by_name one %}|'
        '{% url "nobody:nothing" one as nowhere %}[{{ nowhere }}]|'
        '{% url "assessments:result" one as somewhere %}{{ somewhere }}'
    ),
    "tokens.html": (
        "{% csrf_token %}{% with token=csrf_token %}{{ token }}{% endwith %}"
        "{% for one in numbers %}{% csrf_token %}{% endfor %}"
    ),
    "language.html": (
        '{% load i18n %}{% translate "Home" %}{% language "de" %}{% translate "Home" %}{% endlanguage %}'
        '{% translate "Home" %}'
    ),
}


class Quiet(Exception):
    silent_variable_failure = True


class Thing:
    name = "a thing"

    def __init__(self, inner: "Thing | None" = None) -> None:
        self.inner = inner

    def method(self) -> str:
        return "<said>"

    def needs(self, word: str) -> str:
        return word

    def delete(self) -> str:
        raise AssertionError("templates change nothing")

    delete.alters_data = True  # type: ignore[attr-defined]

    @property
    def silent(self) -> str:
        raise Quiet


FACTS: dict[str, Any] = {
    "thing": Thing(Thing()),
    "lazy": SimpleLazyObject(Thing),
    "Kind": Thing,
    "table": {"name": "<in a table>", "items": "key before method", "inner": Thing(), "none": None},
    "called": lambda: "by itself",
    "one": 1,
    "by_name": "assessments:result",
    "csrf_token": "abc",
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


def test_an_address_that_is_none_is_refused_as_usual() -> None:
    wrong = {"wrong.html": '{% url "assessments:question" one %}'}
    loader = ("lms.shared.flat_templates.Loader", [("django.template.loaders.locmem.Loader", wrong)])
    with pytest.raises(NoReverseMatch):
        Engine(loaders=[loader]).get_template("wrong.html").render(Context(FACTS))


def test_a_mistake_in_a_property_shows() -> None:
    class Broken:
        @property
        def name(self) -> str:
            raise AttributeError("a mistake of ours")

    with pytest.raises(AttributeError, match="a mistake of ours"):
        FLAT.get_template("lookups.html").render(Context({**FACTS, "thing": Broken()}))
