"""The engine once more, with a switch at each of its checks. For tests of the tests.

Every statement that names a problem ("refuse(…)", "findings.add(…)", "yield Problem(…)") gets a number,
and so does each alternative of a condition "A or B or C" in front of one. Switched off, the statement does
nothing and the alternative is false; everything else is the engine as it is.
"""

import ast
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import courses.h5p.engine as engine
from courses.h5p.engine.messages import MESSAGES

ALIAS = "engine_with_switches"
NAMES = {"refuse", "add", "Problem"}


@dataclass(frozen=True)
class Check:
    """Where a problem is named, or one of the conditions under which it is."""

    place: str  # "listing.py:61"
    code: str
    words: str  # of the source


@dataclass
class Switches:
    checks: list[Check] = field(default_factory=list)
    off: int | None = None
    reached: set[int] = field(default_factory=set)

    def is_on(self, number: int) -> bool:
        self.reached.add(number)
        return number != self.off


@contextmanager
def engine_with_switches() -> Iterator[Switches]:
    """While this is open, `ALIAS` can be imported like the engine."""
    switches = Switches()
    finder = _Finder(switches)
    sys.meta_path.insert(0, finder)
    try:
        yield switches
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name == ALIAS or name.startswith(f"{ALIAS}.")]:
            del sys.modules[name]


def module(name: str) -> ModuleType:
    return importlib.import_module(f"{ALIAS}.{name}")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, switches: Switches) -> None:
        self.switches = switches
        self.folder = Path(str(engine.__file__)).parent

    def find_spec(self, name: str, _path: Any, _target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if name != ALIAS and not name.startswith(f"{ALIAS}."):
            return None
        return importlib.util.spec_from_loader(name, self, is_package=name == ALIAS)

    def exec_module(self, module: ModuleType) -> None:
        file = self.folder / f"{module.__name__.rpartition('.')[2]}.py"
        if module.__name__ == ALIAS:
            return
        source = file.read_text(encoding="utf-8").replace("courses.h5p.engine", ALIAS)
        tree = _Switched(file.name, self.switches.checks).visit(ast.parse(source))
        module.__dict__["_is_on"] = self.switches.is_on
        exec(compile(ast.fix_missing_locations(tree), str(file), "exec"), module.__dict__)


class _Switched(ast.NodeTransformer):
    def __init__(self, file: str, checks: list[Check]) -> None:
        self.file, self.checks = file, checks

    def visit_If(self, node: ast.If) -> ast.AST:
        codes = [code for statement in node.body if (code := _code(statement))]
        if codes and isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.Or):
            node.test.values = [self._alternative(value, codes[0]) for value in node.test.values]
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        code = _code(node)
        if code is None:
            return node
        return ast.If(test=self._switch(node, code), body=[node], orelse=[])

    def _alternative(self, value: ast.expr, code: str) -> ast.expr:
        return ast.BoolOp(op=ast.And(), values=[value, self._switch(value, code)])

    def _switch(self, node: ast.stmt | ast.expr, code: str) -> ast.expr:
        self.checks.append(Check(f"{self.file}:{node.lineno}", code, ast.unparse(node)))
        call = ast.parse(f"_is_on({len(self.checks) - 1})", mode="eval").body
        return ast.copy_location(call, node)


def _code(statement: ast.stmt) -> str | None:
    """The problem that a statement names, if it is a plain one."""
    if not isinstance(statement, ast.Expr):
        return None
    for node in ast.walk(statement):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            if name in NAMES and node.args[0].value in MESSAGES:
                return str(node.args[0].value)
    return None
