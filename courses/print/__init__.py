"""Print packs: a module as a handout and as a loudspeaker script. Plain Python: no Django, no clock.

`pieces` reads authored HTML, `handout` and `script` turn a `PrintModule` into the bytes of a PDF. The
same module always gives the same bytes.
"""

from courses.print.handout import render_handout
from courses.print.module import HandoutWords, PrintModule, PrintSource, PrintUnit, ScriptWords
from courses.print.script import render_script

__all__ = [
    "HandoutWords",
    "PrintModule",
    "PrintSource",
    "PrintUnit",
    "ScriptWords",
    "render_handout",
    "render_script",
]
