"""Content types as their semantics.json describes them: read, check, clean, begin, show."""

from courses.h5p.engine.checking import check
from courses.h5p.engine.cleaning import clean
from courses.h5p.engine.fields import Field, Option, Rule, ShowWhen, parse
from courses.h5p.engine.showing import defaults, shown

__all__ = ["Field", "Option", "Rule", "ShowWhen", "check", "clean", "defaults", "parse", "shown"]
