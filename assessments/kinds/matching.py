"""Matching: each prompt belongs to one option; an option may belong to several prompts or to none.

Body: `prompts` [{"name", "text", "match": option name}], `options` [{"name", "text"}]. Response: "p1 a" for
each prompt that was answered (a directed pair).
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from lxml import etree

from assessments.kinds import xml
from assessments.kinds.base import BadResponse, Body, Fault, Kind, Part, Pick, Texts


class Matching(Kind):
    """A share of the mark for each right pair."""

    name = "matching"

    def read(self, element: xml.Readable) -> Body:
        prompts = [
            {**xml.read_item(found), "match": found.get("match", "").strip()}
            for found in element.findall("prompt")
        ]
        return {"prompts": prompts, "options": [xml.read_item(found) for found in element.findall("option")]}

    def write(self, element: etree._Element, body: Body) -> None:
        for prompt in body["prompts"]:
            made = etree.SubElement(element, "prompt", name=prompt["name"], match=prompt["match"])
            xml.write_words(made, prompt["text"])
        for option in body["options"]:
            xml.write_option(element, option)

    def faults(self, body: Body) -> list[Fault]:
        faults: list[Fault] = []
        for part in ("prompts", "options"):
            names = Counter(item["name"] for item in body[part])
            faults += [("duplicate-option", name) for name, times in names.items() if times > 1]
            if "" in names or any(" " in name for name in names):
                faults.append(("option-without-name", ""))
        options = {option["name"] for option in body["options"]}
        faults += [("no-right-answer", p["name"]) for p in body["prompts"] if p["match"] not in options]
        if len(body["prompts"]) < 2:
            faults.append(("too-few-prompts", ""))
        if len(options) < 2:
            faults.append(("no-wrong-option", ""))
        return faults

    def texts(self, body: Body) -> list[tuple[str, Texts]]:
        return [(item["name"], item["text"]) for part in ("prompts", "options") for item in body[part]]

    def names(self, body: Body) -> list[str]:
        return [option["name"] for option in body["options"]]

    def clean(self, body: Body, sent: Sequence[str]) -> tuple[str, ...]:
        options = set(self.names(body))
        pairs: dict[str, str] = {}
        for pair in sent:
            prompt, _space, option = pair.partition(" ")
            if option not in options or prompt in pairs:
                raise BadResponse("unknown-option")
            pairs[prompt] = option
        known = [prompt["name"] for prompt in body["prompts"]]
        if not pairs.keys() <= set(known):
            raise BadResponse("unknown-option")
        return tuple(f"{name} {pairs[name]}" for name in known if name in pairs)

    def mark(self, body: Body, response: Sequence[str]) -> Fraction:
        given = dict(pair.split(" ", 1) for pair in response)
        right = sum(given.get(prompt["name"]) == prompt["match"] for prompt in body["prompts"])
        return Fraction(right, len(body["prompts"]))

    def right(self, body: Body) -> tuple[str, ...]:
        return tuple(f"{prompt['name']} {prompt['match']}" for prompt in body["prompts"])

    def parts(self, body: Body, response: Sequence[str], pick: Pick) -> tuple[Part, ...]:
        texts = {option["name"]: pick(option["text"]) for option in body["options"]}
        given = dict(pair.split(" ", 1) for pair in response)
        return tuple(
            Part(
                prompt=pick(prompt["text"]),
                given=texts.get(given.get(prompt["name"], ""), ""),
                right=(texts[prompt["match"]],),
                earned=Fraction(int(given.get(prompt["name"]) == prompt["match"])),
            )
            for prompt in body["prompts"]
        )

    def said(self, body: Body, response: Sequence[str], pick: Pick) -> list[str]:
        return [f"{part.prompt} → {part.given}" for part in self.parts(body, response, pick) if part.given]
