"""Answers of an OAI-PMH 2.0 repository as XML."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree
from lxml.etree import Element, SubElement, _Element

from courses.oai.request import ProtocolError, datestamp

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = {
    OAI: "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd",
    OAI_DC: "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
    OAI_IDENTIFIER: "http://www.openarchives.org/OAI/2.0/oai-identifier.xsd",
}
# What XML 1.0 cannot hold, not even escaped
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Record:
    """One item. `dublin_core` is (element, text, language or ""), in the order of the schema's choice."""

    identifier: str
    changed_at: datetime
    sets: tuple[str, ...]
    is_deleted: bool = False
    dublin_core: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Resumption:
    """How a list goes on. The last part of a list in parts has an empty token."""

    token: str
    total: int
    given_before: int


@dataclass(frozen=True)
class Repository:
    """What Identify tells."""

    name: str
    address: str
    email: str
    namespace: str
    earliest: datetime
    sample: str
    formats: Mapping[str, tuple[str, str]] = field(
        default_factory=lambda: {"oai_dc": (SCHEMA[OAI_DC], OAI_DC)}
    )


class Answer:
    """An answer to one request; `arguments` are repeated in it unless they were wrong."""

    def __init__(self, address: str, arguments: Mapping[str, str], at: datetime) -> None:
        self.root = Element(_name(OAI, "OAI-PMH"), nsmap={None: OAI, "xsi": XSI})  # type: ignore[dict-item]
        self.root.set(_name(XSI, "schemaLocation"), f"{OAI} {SCHEMA[OAI]}")
        _add(self.root, "responseDate", datestamp(at))
        self.request = _add(self.root, "request", address)
        self.arguments = arguments

    def to_bytes(self) -> bytes:
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")

    def error(self, problem: ProtocolError) -> None:
        if problem.code not in {"badVerb", "badArgument"}:
            self._repeat()
        _add(self.root, "error", problem.message).set("code", problem.code)

    def identify(self, repository: Repository) -> None:
        verb = self._verb("Identify")
        _add(verb, "repositoryName", repository.name)
        _add(verb, "baseURL", repository.address)
        _add(verb, "protocolVersion", "2.0")
        _add(verb, "adminEmail", repository.email)
        _add(verb, "earliestDatestamp", datestamp(repository.earliest))
        _add(verb, "deletedRecord", "persistent")
        _add(verb, "granularity", "YYYY-MM-DDThh:mm:ssZ")
        scheme = SubElement(
            SubElement(verb, _name(OAI, "description")),
            _name(OAI_IDENTIFIER, "oai-identifier"),
            nsmap={None: OAI_IDENTIFIER},  # type: ignore[dict-item]
        )
        scheme.set(_name(XSI, "schemaLocation"), f"{OAI_IDENTIFIER} {SCHEMA[OAI_IDENTIFIER]}")
        for name, text in (
            ("scheme", "oai"),
            ("repositoryIdentifier", repository.namespace),
            ("delimiter", ":"),
            ("sampleIdentifier", repository.sample),
        ):
            SubElement(scheme, _name(OAI_IDENTIFIER, name)).text = text

    def formats(self, repository: Repository) -> None:
        verb = self._verb("ListMetadataFormats")
        for prefix, (schema, namespace) in repository.formats.items():
            one = SubElement(verb, _name(OAI, "metadataFormat"))
            _add(one, "metadataPrefix", prefix)
            _add(one, "schema", schema)
            _add(one, "metadataNamespace", namespace)

    def sets(self, names: Mapping[str, str]) -> None:
        verb = self._verb("ListSets")
        for spec, name in names.items():
            one = SubElement(verb, _name(OAI, "set"))
            _add(one, "setSpec", spec)
            _add(one, "setName", name)

    def identifiers(self, records: Sequence[Record], resumption: Resumption | None) -> None:
        verb = self._verb("ListIdentifiers")
        for record in records:
            _header(verb, record)
        _resume(verb, resumption)

    def records(self, records: Sequence[Record], resumption: Resumption | None) -> None:
        verb = self._verb("ListRecords")
        for record in records:
            _record(verb, record)
        _resume(verb, resumption)

    def record(self, record: Record) -> None:
        _record(self._verb("GetRecord"), record)

    def _verb(self, name: str) -> _Element:
        self._repeat()
        return SubElement(self.root, _name(OAI, name))

    def _repeat(self) -> None:
        for name, value in self.arguments.items():
            self.request.set(name, clean(value))


def _record(parent: _Element, record: Record) -> None:
    element = SubElement(parent, _name(OAI, "record"))
    _header(element, record)
    if record.is_deleted:
        return
    body = SubElement(
        SubElement(element, _name(OAI, "metadata")),
        _name(OAI_DC, "dc"),
        nsmap={"oai_dc": OAI_DC, "dc": DC},
    )
    body.set(_name(XSI, "schemaLocation"), f"{OAI_DC} {SCHEMA[OAI_DC]}")
    for name, text, language in record.dublin_core:
        fact = SubElement(body, _name(DC, name))
        fact.text = clean(text)
        if language:
            fact.set(XML_LANGUAGE, language)


def _header(parent: _Element, record: Record) -> None:
    header = SubElement(parent, _name(OAI, "header"))
    if record.is_deleted:
        header.set("status", "deleted")
    _add(header, "identifier", record.identifier)
    _add(header, "datestamp", datestamp(record.changed_at))
    _add_all(header, "setSpec", record.sets)


def _resume(parent: _Element, resumption: Resumption | None) -> None:
    if resumption is None:
        return
    element = _add(parent, "resumptionToken", resumption.token)
    element.set("completeListSize", str(resumption.total))
    element.set("cursor", str(resumption.given_before))


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def _add(parent: _Element, name: str, text: str) -> _Element:
    element = SubElement(parent, _name(OAI, name))
    element.text = clean(text)
    return element


def _add_all(parent: _Element, name: str, texts: Iterable[str]) -> None:
    for text in texts:
        _add(parent, name, text)


def _name(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"
