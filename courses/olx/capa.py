"""Which Open edX problems may run here: those without anybody's program in them."""

from lxml import etree

from courses.olx.problems import OlxRefused

# Graders that compare. Every other …response runs an author's code or calls a service.
SAFE_RESPONSES = {
    "annotationresponse",
    "choiceresponse",
    "choicetextresponse",
    "formularesponse",
    "imageresponse",
    "multiplechoiceresponse",
    "numericalresponse",
    "optionresponse",
    "stringresponse",
    "truefalseresponse",
}
PROGRAMS = {
    "script",
    "jsinput",
    "jsme",
    "javascriptinput",
    "matlabinput",
    "codeinput",
    "schematic",
    "filesubmission",
}


def program_in(problem: etree._Element) -> str:
    """The first element of a problem that would need a program of its author; "" when there is none."""
    for element in problem.iter():
        tag = str(element.tag).lower() if isinstance(element.tag, str) else ""
        if tag in PROGRAMS or (tag.endswith("response") and tag not in SAFE_RESPONSES):
            return tag
    return ""


def refuse_programs(problem: etree._Element, path: str) -> None:
    """OlxRefused for a problem with a program in it."""
    if tag := program_in(problem):
        raise OlxRefused("script-problem", path, f"<{tag}> would run a program of the author")
