"""What can be wrong with OLX, said in one typed line instead of a traceback."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was not read. `code` is for programs, `detail` is plain English for the author."""

    code: str  # "broken-xml", "missing-file", …
    path: str  # the file, with the element's name behind "#"
    detail: str = ""

    def to_json(self) -> dict[str, str]:
        return asdict(self)


class OlxRefused(Exception):
    """Nothing of this file or archive can be used."""

    def __init__(self, code: str, path: str, detail: str = "") -> None:
        super().__init__(f"{code}: {path} {detail}".rstrip())
        self.problem = Problem(code, path, detail)
