"""Print packs: a module as a handout and as a loudspeaker script. Plain Python: no Django, no clock.

`pieces` reads authored HTML, `handout` and `script` turn a `PrintModule` into the bytes of a PDF. The
same module always gives the same bytes.
"""

from courses.print.module import HandoutWords, PrintModule, PrintSource, PrintUnit, ScriptWords

__all__ = [
    "HandoutWords",
    "PrintModule",
    "PrintSource",
    "PrintUnit",
    "ScriptWords",
    "render_handout",
    "render_script",
]

# ReportLab and Pillow come with the first drawing: most processes never draw one.


def render_handout(module: PrintModule, words: HandoutWords) -> bytes:
    """The handout as a PDF."""
    from courses.print.handout import render_handout as draw  # noqa: PLC0415

    return draw(module, words)


def render_script(module: PrintModule, words: ScriptWords) -> bytes:
    """The loudspeaker script as a PDF."""
    from courses.print.script import render_script as draw  # noqa: PLC0415

    return draw(module, words)
