"""Every answer of the OAI-PMH provider against the protocol's schemas.

The rules of OAI-PMH.xsd, oai-identifier.xsd and oai_dc.xsd stand here as a table: children in their
order with how often they may come, attributes, and the form of texts. The schemas themselves have no
licence that lets us keep them; with `LANTOA_OAI_SCHEMAS` naming a folder that holds them (and
simpledc20021212.xsd) the same answers are validated against them too.
"""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from courses.actions.media import withdraw_item
from courses.web import oai
from lms.shared.actors import SYSTEM
from tests import make_media

pytestmark = pytest.mark.django_db

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
DC = "http://purl.org/dc/elements/1.1/"
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MANY = 10_000

MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
SET = r"([A-Za-z0-9\-_.!~*'()])+(:[A-Za-z0-9\-_.!~*'()]+)*"
PREFIX = r"[A-Za-z0-9\-_.!~*'()]+"
ADDRESS = r"[a-z]+:[^\s<>\"{}|\\^`]+"
# Element → its children in order: name, least, most.
CHILDREN: dict[str, list[tuple[str, int, int]]] = {
    "Identify": [
        ("repositoryName", 1, 1),
        ("baseURL", 1, 1),
        ("protocolVersion", 1, 1),
        ("adminEmail", 1, MANY),
        ("earliestDatestamp", 1, 1),
        ("deletedRecord", 1, 1),
        ("granularity", 1, 1),
        ("compression", 0, MANY),
        ("description", 0, MANY),
    ],
    "ListMetadataFormats": [("metadataFormat", 1, MANY)],
    "metadataFormat": [("metadataPrefix", 1, 1), ("schema", 1, 1), ("metadataNamespace", 1, 1)],
    "ListSets": [("set", 1, MANY), ("resumptionToken", 0, 1)],
    "set": [("setSpec", 1, 1), ("setName", 1, 1), ("setDescription", 0, MANY)],
    "GetRecord": [("record", 1, 1)],
    "ListRecords": [("record", 1, MANY), ("resumptionToken", 0, 1)],
    "ListIdentifiers": [("header", 1, MANY), ("resumptionToken", 0, 1)],
    "record": [("header", 1, 1), ("metadata", 0, 1), ("about", 0, MANY)],
    "header": [("identifier", 1, 1), ("datestamp", 1, 1), ("setSpec", 0, MANY)],
    "metadata": [("dc", 1, 1)],
    "description": [("oai-identifier", 1, 1)],
    "oai-identifier": [
        ("scheme", 1, 1),
        ("repositoryIdentifier", 1, 1),
        ("delimiter", 1, 1),
        ("sampleIdentifier", 1, 1),
    ],
}
TEXTS = {
    "responseDate": MOMENT,
    "request": ADDRESS,
    "baseURL": ADDRESS,
    "protocolVersion": r"2\.0",
    "adminEmail": r"\S+@(\S+\.)+\S+",
    "earliestDatestamp": MOMENT,
    "deletedRecord": "no|persistent|transient",
    "granularity": "YYYY-MM-DD|YYYY-MM-DDThh:mm:ssZ",
    "metadataPrefix": PREFIX,
    "schema": ADDRESS,
    "metadataNamespace": ADDRESS,
    "setSpec": SET,
    "identifier": ADDRESS,
    "datestamp": rf"{MOMENT}|\d{{4}}-\d\d-\d\d",
    "scheme": "oai",
    "repositoryIdentifier": r"[a-zA-Z][a-zA-Z0-9\-]*(\.[a-zA-Z][a-zA-Z0-9\-]*)+",
    "delimiter": ":",
    "sampleIdentifier": r"oai:[a-zA-Z][a-zA-Z0-9\-]*(\.[a-zA-Z][a-zA-Z0-9\-]*)+:[\w\-.!~*'();/?:@&=+$,%]+",
}
VERBS = {"Identify", "ListMetadataFormats", "ListSets", "GetRecord", "ListIdentifiers", "ListRecords"}
ERRORS = {
    *("cannotDisseminateFormat", "idDoesNotExist", "badArgument", "badVerb", "noMetadataFormats"),
    *("noRecordsMatch", "badResumptionToken", "noSetHierarchy"),
}
ATTRIBUTES: dict[str, dict[str, str]] = {
    "OAI-PMH": {LOCATION: ".*"},
    "request": {
        "verb": "|".join(VERBS),
        "identifier": rf"{ADDRESS}|[^\s<>\"{{}}|\\^`:]+",
        "metadataPrefix": PREFIX,
        "from": rf"{MOMENT}|\d{{4}}-\d\d-\d\d",
        "until": rf"{MOMENT}|\d{{4}}-\d\d-\d\d",
        "set": SET,
        "resumptionToken": ".*",
    },
    "error": {"code": "|".join(ERRORS)},
    "header": {"status": "deleted"},
    "resumptionToken": {"completeListSize": r"[1-9]\d*", "cursor": r"\d+", "expirationDate": MOMENT},
    "oai-identifier": {LOCATION: ".*"},
    "dc": {LOCATION: ".*"},
}
DC_ELEMENTS = {
    *("title", "creator", "subject", "description", "publisher", "contributor", "date", "type"),
    *("format", "identifier", "source", "language", "relation", "coverage", "rights"),
}


def check(element: etree._Element) -> None:
    """The element and all it holds keep the rules."""
    name = etree.QName(element)
    if name.namespace == DC:
        assert name.localname in DC_ELEMENTS
        assert set(element.attrib) <= {LANGUAGE}
        assert len(element) == 0
        return
    wanted = {"oai-identifier": OAI_IDENTIFIER, "dc": OAI_DC}
    inside = etree.QName(element.getparent()).namespace if element.getparent() is not None else OAI
    assert name.namespace == wanted.get(name.localname, OAI_IDENTIFIER if inside == OAI_IDENTIFIER else OAI)
    for attribute, value in element.attrib.items():
        assert re.fullmatch(ATTRIBUTES[name.localname][str(attribute)], str(value)), (attribute, value)
    if name.localname in TEXTS:
        assert re.fullmatch(TEXTS[name.localname], element.text or ""), etree.tostring(element)
    children = [etree.QName(child).localname for child in element]
    if name.localname == "dc":
        assert children
    elif name.localname == "OAI-PMH":
        check_envelope(element, children)
    else:
        assert_in_order(children, CHILDREN.get(name.localname, []))
    for child in element:
        check(child)


def check_envelope(root: etree._Element, children: list[str]) -> None:
    assert children[:2] == ["responseDate", "request"]
    assert set(children[2:]) == {"error"} or (len(children) == 3 and children[2] in VERBS)
    said = {error.get("code") for error in root.findall(f"{{{OAI}}}error")}
    request = root.find(f"{{{OAI}}}request")
    assert request is not None
    # "In cases where the request … generated a badVerb or badArgument error …, no attributes"
    assert not (said & {"badVerb", "badArgument"} and request.attrib)


def assert_in_order(children: list[str], rules: list[tuple[str, int, int]]) -> None:
    rest = list(children)
    for name, least, most in rules:
        number = next((place for place, child in enumerate(rest) if child != name), len(rest))
        assert least <= number <= most, (name, children)
        rest = rest[number:]
    assert not rest, children


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema | None:
    """The schemas of the protocol as one, where somebody has put them."""
    folder = os.environ.get("LANTOA_OAI_SCHEMAS")
    if not folder:
        return None
    files = {OAI: "OAI-PMH.xsd", OAI_DC: "oai_dc.xsd", OAI_IDENTIFIER: "oai-identifier.xsd"}
    imports = "".join(
        f'<xs:import namespace="{namespace}" schemaLocation="{(Path(folder) / file).resolve().as_uri()}"/>'
        for namespace, file in files.items()
    )
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_NoNetwork())
    whole = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(whole, parser))


class _NoNetwork(etree.Resolver):
    """`xml:lang` is declared at w3.org; here is what the Dublin Core schema needs of it."""

    def resolve(self, url: Any, public_id: Any, context: Any) -> Any:  # type: ignore[override]  # noqa: ARG002
        if url.endswith("xml.xsd"):
            text = (
                '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" '
                'targetNamespace="http://www.w3.org/XML/1998/namespace">'
                '<xs:attribute name="lang" type="xs:string"/></xs:schema>'
            )
            return self.resolve_string(text, context, base_url=url)
        return None


def answer(method: str = "get", **arguments: Any) -> bytes:
    response = getattr(Client(), method)(reverse("courses:oai"), arguments)
    assert response.status_code == 200
    return bytes(response.content)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> int:
    """Items of each kind in more than one page, one of them withdrawn, with every fact said."""
    monkeypatch.setattr(oai, "ON_A_PAGE", 3)
    first = make_media.item(
        is_public=True,
        title={"vi": "Cờ & sao <đỏ>", "en": "Flag", "de": "Fahne"},
        keywords=("nghị quyết 57", "cờ"),
        creator="Báo Sơn La",
        publisher="Sở",
        ai_label="generated",
        ai_tool="Máy vẽ",
        description="Dòng một\x0bhai",
    )
    make_media.item(is_public=True, content=make_media.mp3(), name="a.mp3")
    gone = make_media.item(is_public=True)
    for _ in range(4):
        make_media.item(is_public=True)
    withdraw_item(item=gone, reason="Sai", by=SYSTEM)
    return first.pk


ASKED: list[dict[str, str]] = [
    {"verb": "Identify"},
    {"verb": "ListMetadataFormats"},
    {"verb": "ListMetadataFormats", "identifier": "oai:lan-toa.localhost:{pk}"},
    {"verb": "ListSets"},
    {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:lan-toa.localhost:{pk}"},
    {"verb": "ListRecords", "metadataPrefix": "oai_dc"},
    {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"},
    {
        "verb": "ListRecords",
        "metadataPrefix": "oai_dc",
        "from": "2020-01-01",
        "until": "2099-01-01",
        "set": "image",
    },
    {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "from": "2020-01-01T00:00:00Z"},
    {},
    {"verb": "Nonsense", "x": "y"},
    {"verb": "ListRecords"},
    {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "yesterday"},
    {"verb": "ListRecords", "metadataPrefix": "marc"},
    {"verb": "ListRecords", "metadataPrefix": "một hai <b>"},
    {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "nothing"},
    {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "không có : gì"},
    {"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "1990-01-01"},
    {"verb": "ListRecords", "resumptionToken": "không của ta <&"},
    {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:lan-toa.localhost:99999"},
    {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": 'a b <"{}|^`> %zz'},
    {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": ""},
    {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "9"},
    {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "9:x"},
    {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "urn:x:%20:y"},
    {"verb": "ListMetadataFormats", "identifier": "::::"},
]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: "-".join(asked.values()) or "nothing")
def test_every_answer_keeps_the_schema(
    library: int, schema: etree.XMLSchema | None, method: str, asked: dict[str, str]
) -> None:
    arguments = {name: value.replace("{pk}", str(library)) for name, value in asked.items()}
    root = etree.fromstring(answer(method, **arguments))

    check(root)
    if schema is not None:
        schema.assertValid(root)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_every_page_of_a_list_keeps_the_schema(schema: etree.XMLSchema | None, verb: str) -> None:
    root = etree.fromstring(answer(verb=verb, metadataPrefix="oai_dc"))
    pages, deleted = 0, 0
    while True:
        pages += 1
        check(root)
        if schema is not None:
            schema.assertValid(root)
        deleted += len(root.findall(f".//{{{OAI}}}header[@status='deleted']"))
        token = root.findtext(f".//{{{OAI}}}resumptionToken")
        if not token:
            break
        root = etree.fromstring(answer(verb=verb, resumptionToken=token))

    assert (pages, deleted) == (3, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        f'<OAI-PMH xmlns="{OAI}"><request>https://x/</request><responseDate>x</responseDate></OAI-PMH>',
        f'<OAI-PMH xmlns="{OAI}"><responseDate>2026-01-01T00:00:00Z</responseDate><request>https://x/</request>'
        "<GetRecord><record><metadata/></record></GetRecord></OAI-PMH>",
        f'<OAI-PMH xmlns="{OAI}"><responseDate>2026-01-01</responseDate><request>https://x/</request>'
        '<error code="badVerb"/></OAI-PMH>',
        f'<OAI-PMH xmlns="{OAI}"><responseDate>2026-01-01T00:00:00Z</responseDate>'
        '<request verb="Identify">https://x/</request><error code="badVerb"/></OAI-PMH>',
    ],
)
def test_the_check_sees_what_is_wrong(wrong: str) -> None:
    with pytest.raises(AssertionError):
        check(etree.fromstring(wrong))
