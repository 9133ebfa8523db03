"""Habits a linter cannot see."""

import ast
import inspect
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import FunctionType

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ["courses", "assessments", "certificates", "lms.audit", "lms.people", "lms.indicator", "lms.hr"]


def actions() -> list[tuple[str, FunctionType]]:
    """Every public function of every `actions` module."""
    found = []
    for app in APPS:
        try:
            package = import_module(f"{app}.actions")
        except ModuleNotFoundError:
            continue
        names = [package.__name__]
        if hasattr(package, "__path__"):
            names += [m.name for m in walk_packages(package.__path__, f"{package.__name__}.")]
        for name in names:
            for label, member in inspect.getmembers(import_module(name), inspect.isfunction):
                if member.__module__ == name and not label.startswith("_"):
                    found.append((f"{name}.{label}", member))
    return found


@pytest.mark.parametrize(("name", "action"), actions())
def test_every_action_says_who_acts(name: str, action: FunctionType) -> None:
    assert "by" in inspect.signature(action).parameters, f"{name} takes no `by`"


@pytest.mark.parametrize(("name", "action"), actions())
def test_every_action_explains_itself(name: str, action: FunctionType) -> None:
    assert (action.__doc__ or "").strip(), f"{name} has no docstring"


def test_no_file_is_a_drawer_for_anything() -> None:
    forbidden = {"utils.py", "helpers.py", "misc.py", "common.py"}
    found = [
        p for app in ("lms", "courses", "assessments", "certificates") for p in (ROOT / app).rglob("*.py")
    ]
    assert [str(p) for p in found if p.name in forbidden] == []


def test_no_model_overrides_save_or_orders_by_default() -> None:
    """Rules live in actions; an implicit order hides a sort from the reader and the database."""
    offenders = []
    for app in APPS:
        folder = ROOT / app.replace(".", "/")
        for path in [*folder.glob("models.py"), *folder.glob("models/*.py")]:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef) and node.name == "save":
                    offenders.append(f"{path}: save()")
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "ordering":
                    offenders.append(f"{path}: ordering")
    assert offenders == []
