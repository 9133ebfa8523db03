"""What a unit costs its learner: minutes, megabytes, effort of reading. Plain Python.

These are heuristics that help an author see a unit that is too long or too hard; they prove nothing
about a reader. Each rule and its limits: docs/how-to/read-the-cost-meter.md.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree
from lxml import html as lxml_html

from courses.olx.clean import body_html
from courses.olx.edit_media import read_media
from courses.olx.outline import Outline, Unit
from courses.olx.xml import parse_xml

Level = Literal["easy", "medium", "hard"]

SYLLABLES_PER_MINUTE = 200  # reading to learn; Vietnamese writes each syllable as a word of its own
WORDS_PER_MINUTE = {"vi": SYLLABLES_PER_MINUTE, "en": 180, "de": 160}
MINUTES_PER_QUESTION = 0.75
MINUTES_PER_PICTURE = 0.2
MINUTES_PER_EXERCISE = 2.0  # of H5P, whose inside is not read here
MOST_MINUTES = 12
BUDGETS = {"text": 1_000_000, "audio": 8_000_000, "video": 60_000_000}  # bytes
LONG_SENTENCE = 30  # syllables
EASY_MEAN, HARD_MEAN = 18, 25  # syllables in a sentence
EASY_SHARE, HARD_SHARE = 0.10, 0.30  # of sentences that are long

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘(]?[^\W\d_a-zà-ỹ])|\n+")
_WORD = re.compile(r"[^\W_]+(?:[.,/:\-–][^\W_]+)*%?")
_CLAIM = re.compile(
    r"\d|(?:nghị quyết|quyết định|nghị định|thông tư|chỉ thị|kế hoạch số|luật )", re.IGNORECASE
)
_STATEMENTS = ("p", "li", "tr", "dd", "figcaption")
_APART = ("p", "li", "td", "th", "dd", "dt", "h3", "h4", "caption", "figcaption", "blockquote", "br")


@dataclass(frozen=True)
class Reading:
    """How hard the text reads: long sentences are what tires a reader first."""

    sentences: int = 0
    mean: float = 0.0  # syllables in a sentence
    long_share: float = 0.0  # of sentences longer than LONG_SENTENCE
    longest: str = ""

    @property
    def level(self) -> Level:
        if self.mean > HARD_MEAN or self.long_share > HARD_SHARE:
            return "hard"
        if self.mean > EASY_MEAN or self.long_share > EASY_SHARE:
            return "medium"
        return "easy"


@dataclass(frozen=True)
class Cited:
    """A source named in a unit: which place, how often."""

    source_id: str
    lines: str
    times: int


@dataclass(frozen=True)
class UnitCost:
    """One unit in one language. `sizes` holds only the ways the unit has."""

    minutes: int
    planned_minutes: int
    words: int
    media_seconds: int
    sizes: dict[str, int] = field(default_factory=dict)  # "text", "audio", "video" -> bytes
    reading: Reading = field(default_factory=Reading)
    cited: tuple[Cited, ...] = ()
    without_source: tuple[str, ...] = ()  # statements that name a figure or a document and no source

    @property
    def is_too_long(self) -> bool:
        return self.minutes > MOST_MINUTES

    @property
    def is_too_heavy(self) -> bool:
        return any(size > BUDGETS[kind] for kind, size in self.sizes.items())


def cost_of(
    unit: Unit, outline: Outline, bodies: Mapping[str, str], media_seconds: Mapping[str, float], language: str
) -> UnitCost:
    """The cost of `unit`. `bodies` and `media_seconds` go by usage key; the latter is from captions."""
    texts: list[str] = []
    seconds, questions, pictures, exercises = 0.0, 0, 0, 0
    sizes: dict[str, int] = {}
    for ref in unit.blocks:
        olx = bodies.get(ref.usage_key, "")
        if ref.type == "text":
            markup = _body(olx, language)
            texts.append(markup)
            found = _pictures(markup, outline)
            pictures += len(found)
            sizes["text"] = sizes.get("text", 0) + len(markup.encode()) + sum(found)
        elif ref.type == "video":
            kind, size, stated = _medium(olx, outline, language)
            if size:
                sizes[kind] = sizes.get(kind, 0) + size
            seconds += stated or media_seconds.get(ref.usage_key, 0)
        elif ref.type == "quiz":
            questions += _questions(olx)
        elif ref.type == "h5p":
            exercises += 1
    words = sum(len(words_of(markup)) for markup in texts)
    reading_minutes = words / WORDS_PER_MINUTE.get(language, SYLLABLES_PER_MINUTE)
    reading_minutes += pictures * MINUTES_PER_PICTURE
    # Sound and film are another way to the same text, so a learner takes one of the two.
    minutes = max(reading_minutes, seconds / 60) + questions * MINUTES_PER_QUESTION
    minutes += exercises * MINUTES_PER_EXERCISE
    whole = "\n".join(texts)
    return UnitCost(
        minutes=-int(-minutes // 1),
        planned_minutes=unit.minutes,
        words=words,
        media_seconds=round(seconds),
        sizes=sizes,
        reading=reading_of(whole),
        cited=cited_in(whole),
        without_source=tuple(statement for markup in texts for statement in without_source(markup)),
    )


def words_of(markup: str) -> list[str]:
    """Words of the text; in Vietnamese each is a syllable."""
    return _WORD.findall(_plain(markup))


def reading_of(markup: str) -> Reading:
    """Sentences of running text, without headings; a table cell or list item ends one."""
    lengths = [(len(_WORD.findall(sentence)), sentence) for sentence in _sentences(markup)]
    lengths = [(length, sentence) for length, sentence in lengths if length > 3]
    if not lengths:
        return Reading()
    total = sum(length for length, _sentence in lengths)
    long = [one for one in lengths if one[0] > LONG_SENTENCE]
    return Reading(
        sentences=len(lengths),
        mean=total / len(lengths),
        long_share=len(long) / len(lengths),
        longest=max(long, default=(0, ""))[1],
    )


def cited_in(markup: str) -> tuple[Cited, ...]:
    """Each source and place named in the text, in order."""
    times: dict[tuple[str, str], int] = {}
    for mark in _tree(markup).iter("sup"):
        if mark.get("class") == "cite" and (source := mark.get("data-source", "")):
            key = source, (mark.get("data-lines") or "").strip()
            times[key] = times.get(key, 0) + 1
    return tuple(Cited(source, lines, number) for (source, lines), number in times.items())


def without_source(markup: str) -> list[str]:
    """Paragraphs, list items and rows that state a figure or name a document, and cite nothing.

    Examples and notes (`case`, `note`) are the author's own words and are left out.
    """
    found = []
    for element in _tree(markup).iter(*_STATEMENTS):
        if any(child.tag in _STATEMENTS for child in element.iterdescendants()) or _is_own_words(element):
            continue
        if element.tag == "tr" and element.find("td") is None:
            continue
        text = " ".join(" ".join(str(piece) for piece in element.itertext()).split())
        if _CLAIM.search(text) and not element.xpath('.//sup[@class="cite"]'):
            found.append(text)
    return found


def _is_own_words(element: etree._Element) -> bool:
    chain = [element, *element.iterancestors()]
    return any({"case", "note"} & set((one.get("class") or "").split()) for one in chain)


def _tree(markup: str) -> etree._Element:
    root: etree._Element = lxml_html.fragment_fromstring(markup, create_parent="div")
    return root


def _plain(markup: str) -> str:
    root = _tree(markup)
    for element in root.iter(*_APART):
        element.tail = f"\n{element.tail or ''}"
    return "".join(str(piece) for piece in root.itertext())


def _sentences(markup: str) -> Iterable[str]:
    root = _tree(markup)
    for heading in [*root.iter("h3", "h4", "caption", "th")]:
        for child in list(heading):
            heading.remove(child)
        heading.text = ""
    for element in root.iter(*_APART):
        element.tail = f"\n{element.tail or ''}"
    text = "".join(str(piece) for piece in root.itertext())
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return (part.strip() for line in lines if line for part in _SENTENCE_END.split(line) if part)


def _body(olx: str, language: str) -> str:
    bodies = {b.get("lang", "vi"): body_html(b) for b in parse_xml(olx.encode(), "text").iterchildren("body")}
    for code in (language, "vi", *bodies):
        if bodies.get(code, "").strip():
            return bodies[code]
    return ""


def _pictures(markup: str, outline: Outline) -> list[int]:
    """The size of each picture of the module in the text."""
    paths = [img.get("src", "").removeprefix("/static/") for img in _tree(markup).iter("img")]
    return [outline.assets[path].size for path in paths if path in outline.assets]


def _medium(olx: str, outline: Outline, language: str) -> tuple[str, int, int]:
    """Kind, bytes and stated seconds of the recording in `language`, else in any."""
    draft = read_media(olx, outline.language)
    kind = "audio" if draft.kind == "audio" else "video"
    order: Sequence[str] = (language, outline.language, *draft.files)
    for code in order:
        asset = outline.assets.get(draft.files.get(code, "").removeprefix("/static/"))
        if asset is not None:
            return kind, asset.size, draft.seconds.get(code, 0)
    return kind, 0, next(iter(draft.seconds.values()), 0)


def _questions(olx: str) -> int:
    element = parse_xml(olx.encode(), "quiz")
    pools = (pool.get("count", "1") for pool in element.iterchildren("pool"))
    drawn = sum(int(count) for count in pools if count.isascii() and count.isdecimal() and len(count) < 5)
    return len(element.findall("question")) + drawn
