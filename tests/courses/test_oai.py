"""OAI-PMH 2.0: every verb and error, and a harvester that knows only the protocol."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from courses.actions.media import edit_item, withdraw_item
from courses.models import MediaItem
from courses.oai.answer import Answer, Record
from courses.oai.request import ProtocolError, read_question
from courses.web import oai
from lms.shared import clock
from lms.shared.actors import SYSTEM
from tests import make_media

pytestmark = pytest.mark.django_db
NS = {
    "o": "http://www.openarchives.org/OAI/2.0/",
    "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
DC_ELEMENTS = {
    *("title", "creator", "subject", "description", "publisher", "contributor", "date", "type"),
    *("format", "identifier", "source", "language", "relation", "coverage", "rights"),
}


def ask(method: str = "get", **arguments: Any) -> etree._Element:
    """The answer, after checking what every answer must be (schema OAI-PMH.xsd, by hand)."""
    arguments = {name.rstrip("_"): value for name, value in arguments.items()}
    response = getattr(Client(), method)(reverse("courses:oai"), arguments)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(response.content)
    assert root.tag == f"{{{NS['o']}}}OAI-PMH"
    names = [etree.QName(child).localname for child in root]
    assert names[:2] == ["responseDate", "request"]
    assert len(names) >= 3
    moment(root.findtext("o:responseDate", namespaces=NS) or "")
    assert (root.findtext("o:request", namespaces=NS) or "").endswith("/oai/")
    return root


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def errors(root: etree._Element) -> list[str]:
    return [error.get("code", "") for error in root.findall("o:error", NS)]


def harvested(verb: str = "ListRecords", **arguments: Any) -> Iterator[etree._Element]:
    """A client by the book: asks on until a token is missing or empty."""
    root = ask(verb=verb, metadataPrefix="oai_dc", **arguments)
    seen = 0
    while True:
        part = root.find(f"o:{verb}", NS)
        assert part is not None, errors(root)
        found = part.findall("o:record" if verb == "ListRecords" else "o:header", NS)
        yield from found
        token = part.find("o:resumptionToken", NS)
        if token is None:
            return
        assert token.get("cursor") == str(seen)
        seen += len(found)
        if not token.text:
            return
        root = ask(verb=verb, resumptionToken=token.text)


def identifiers(records: Iterator[etree._Element]) -> list[str]:
    return [record.findtext(".//o:identifier", namespaces=NS) or "" for record in records]


def public_item(**said: Any) -> MediaItem:
    return make_media.item(is_public=True, **said)


@pytest.fixture
def three_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oai, "ON_A_PAGE", 3)


def at(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment(text))


def test_identify_says_what_the_protocol_wants() -> None:
    verb = ask(verb="Identify").find("o:Identify", NS)
    assert verb is not None
    said = {etree.QName(child).localname: child.text for child in verb}
    assert list(said)[:7] == [
        *("repositoryName", "baseURL", "protocolVersion", "adminEmail"),
        *("earliestDatestamp", "deletedRecord", "granularity"),
    ]
    assert (said["protocolVersion"], said["deletedRecord"]) == ("2.0", "persistent")
    assert said["granularity"] == "YYYY-MM-DDThh:mm:ssZ"


def test_formats_and_sets() -> None:
    item = public_item()
    root = ask(verb="ListMetadataFormats", identifier=f"oai:lan-toa.localhost:{item.pk}")
    assert root.findtext(".//o:metadataPrefix", namespaces=NS) == "oai_dc"
    specs = [spec.text for spec in ask(verb="ListSets").findall(".//o:setSpec", NS)]
    assert specs == ["image", "audio", "video", "document", "captions"]


def test_get_record_is_dublin_core_without_names_of_staff() -> None:
    trainer = make_media.trainer()
    item = make_media.item(
        by=trainer,
        is_public=True,
        title={"vi": "Cờ & sao <đỏ>", "en": "Flag"},
        keywords=("nghị quyết 57",),
        creator="Báo Sơn La",
        ai_label="generated",
        ai_tool="Máy vẽ",
        description="Dòng một\x0bhai",
    )
    root = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=f"oai:lan-toa.localhost:{item.pk}")
    body = root.find(".//oai_dc:dc", NS)
    assert body is not None
    facts: dict[str, list[str]] = {}
    for child in body:
        assert etree.QName(child).namespace == NS["dc"]
        facts.setdefault(etree.QName(child).localname, []).append(child.text or "")
    assert set(facts) <= DC_ELEMENTS
    assert facts["title"] == ["Cờ & sao <đỏ>", "Flag"]
    assert facts["description"] == ["Dòng mộthai", "Generated by AI: Máy vẽ"]
    assert facts["rights"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert facts["type"] == ["StillImage"]
    assert facts["identifier"][1] == f"hash://sha256/{item.sha256}"
    response = Client().get(reverse("courses:media_public_file", args=[item.sha256]))
    assert (response.status_code, b"".join(response)[:4]) == (200, b"\x89PNG")
    assert facts["identifier"][0].endswith(f"/media/{item.sha256}/")
    assert trainer.full_name not in etree.tostring(root, encoding="unicode")


@pytest.mark.usefixtures("three_a_page")
@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_harvest_brings_every_offered_item_once(verb: str) -> None:
    offered = [public_item() for _ in range(7)]
    make_media.item()  # not offered
    make_media.item(licence="own")
    found = identifiers(harvested(verb))
    size = ask(verb=verb, metadataPrefix="oai_dc").find(".//o:resumptionToken", NS)
    assert size is not None
    assert size.get("completeListSize") == "7"
    assert found == [f"oai:lan-toa.localhost:{item.pk}" for item in offered]


@pytest.mark.usefixtures("three_a_page")
def test_harvest_of_one_full_page_needs_no_token() -> None:
    for _ in range(3):
        public_item()
    root = ask(verb="ListRecords", metadataPrefix="oai_dc")
    assert root.find(".//o:resumptionToken", NS) is None


@pytest.mark.usefixtures("three_a_page")
def test_harvest_misses_nothing_that_changes_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2026-11-01T08:00:00Z")
    items = [public_item() for _ in range(5)]
    records = harvested()
    first = next(records)
    at(monkeypatch, "2026-11-01T09:00:00Z")
    edit_item(item=items[0], facts=make_media.facts(is_public=True, creator="Khác"), by=SYSTEM)
    found = {first.findtext(".//o:identifier", namespaces=NS), *identifiers(records)}
    assert found == {f"oai:lan-toa.localhost:{item.pk}" for item in items}


def test_harvest_by_dates_and_set(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2026-11-01T08:00:00Z")
    old = public_item()
    at(monkeypatch, "2026-11-02T08:00:00Z")
    new = public_item(content=make_media.mp3(), name="a.mp3")
    names = {f"oai:lan-toa.localhost:{old.pk}": "old", f"oai:lan-toa.localhost:{new.pk}": "new"}

    def found(**asked: Any) -> list[str]:
        return [names[name] for name in identifiers(harvested("ListIdentifiers", **asked))]

    assert found(from_="2026-11-02") == found(set="audio") == ["new"]
    assert found(until="2026-11-01") == found(set="image") == ["old"]
    assert found(from_="2026-11-01T08:00:00Z", until="2026-11-01T08:00:00Z") == ["old"]
    assert found(from_="2026-11-01T08:00:01Z") == ["new"]
    assert found(from_="2026-11-01", until="2026-11-02") == ["old", "new"]


def test_harvest_tells_what_went(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2026-11-01T08:00:00Z")
    gone, closed = public_item(), public_item()
    at(monkeypatch, "2026-11-03T08:00:00Z")
    withdraw_item(item=gone, reason="Sai", by=SYSTEM)
    edit_item(item=closed, facts=make_media.facts(is_public=False), by=SYSTEM)
    records = list(harvested(from_="2026-11-03"))
    assert [record.find("o:header", NS).get("status") for record in records] == ["deleted", "deleted"]  # type: ignore[union-attr]
    assert [record.find("o:metadata", NS) for record in records] == [None, None]


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("badVerb", {}),
        ("badVerb", {"verb": "Nonsense"}),
        ("badVerb", {"verb": ["Identify", "Identify"]}),
        ("badArgument", {"verb": "Identify", "until": "2026-11-01"}),
        ("badArgument", {"verb": "ListRecords"}),
        ("badArgument", {"verb": "GetRecord", "metadataPrefix": "oai_dc"}),
        ("badArgument", {"verb": "ListRecords", "metadataPrefix": ["oai_dc", "oai_dc"]}),
        ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "01/11/2026"}),
        ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2026-13-01"}),
        (
            "badArgument",
            {
                "verb": "ListRecords",
                "metadataPrefix": "oai_dc",
                "from_": "2026-11-01",
                "until": "2026-11-01T00:00:00Z",
            },
        ),
        (
            "badArgument",
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2026-11-02", "until": "2026-11-01"},
        ),
        ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "resumptionToken": "x"}),
        ("badArgument", {"verb": "Identify", "resumptionToken": "x"}),
        ("badResumptionToken", {"verb": "ListRecords", "resumptionToken": "x"}),
        ("badResumptionToken", {"verb": "ListSets", "resumptionToken": "x"}),
        ("cannotDisseminateFormat", {"verb": "ListRecords", "metadataPrefix": "marc"}),
        (
            "idDoesNotExist",
            {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:lan-toa.localhost:9"},
        ),
        ("idDoesNotExist", {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "9"}),
        ("idDoesNotExist", {"verb": "ListMetadataFormats", "identifier": "oai:other:1"}),
        ("noRecordsMatch", {"verb": "ListRecords", "metadataPrefix": "oai_dc"}),
        ("noRecordsMatch", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "nothing"}),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_errors_of_the_protocol(method: str, code: str, arguments: dict[str, Any]) -> None:
    root = ask(method, **arguments)
    assert errors(root) == [code]
    repeated = root.find("o:request", NS).attrib  # type: ignore[union-attr]
    assert bool(repeated) == (code not in {"badVerb", "badArgument"})


def test_a_repository_without_sets_says_so() -> None:
    with pytest.raises(ProtocolError) as problem:
        read_question([("verb", "ListSets")], formats=["oai_dc"], sets=(), state_of=lambda _: None)
    assert problem.value.code == "noSetHierarchy"


@pytest.mark.usefixtures("three_a_page")
def test_a_token_of_another_verb_or_changed_is_refused() -> None:
    for _ in range(4):
        public_item()
    token = ask(verb="ListRecords", metadataPrefix="oai_dc").findtext(".//o:resumptionToken", "", NS)
    assert errors(ask(verb="ListIdentifiers", resumptionToken=token)) == ["badResumptionToken"]
    assert errors(ask(verb="ListRecords", resumptionToken=token[:-1])) == ["badResumptionToken"]
    assert errors(ask(verb="ListRecords", resumptionToken=token)) == []


def test_post_works_like_get() -> None:
    item = public_item()
    root = ask("post", verb="ListRecords", metadataPrefix="oai_dc")
    assert root.findtext(".//o:header/o:identifier", namespaces=NS) == f"oai:lan-toa.localhost:{item.pk}"


def test_a_page_costs_the_same_queries_for_few_and_many() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            ask(verb="ListRecords", metadataPrefix="oai_dc")
        return len(captured)

    public_item()
    few = queries()
    for _ in range(9):
        public_item()
    assert queries() == few == 1


def test_answer_writes_the_last_part_with_an_empty_token() -> None:
    now = datetime(2026, 11, 1, tzinfo=UTC)
    answer = Answer("https://x/oai/", {"verb": "ListRecords"}, now)
    answer.records([Record("oai:x:1", now - timedelta(days=1), ("image",), True)], None)
    root = etree.fromstring(answer.to_bytes())
    assert root.findtext(".//o:datestamp", namespaces=NS) == "2026-10-31T00:00:00Z"
