"""Every refusal can be told: its sentence takes its values in both languages, and whoever raises it gives them all."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.utils import translation

import jiangong
from jiangong.ground.shared.errors import DomainError, Several

NAMED = re.compile(r"%\((\w+)\)")
SOURCE = Path(jiangong.__file__).parent
MODULES = [
    name
    for _finder, name, _is_package in pkgutil.walk_packages([str(SOURCE)], "jiangong.")
    if not re.search(r"\.(migrations|__main__)\b", name)
]


def refusals() -> list[type[DomainError]]:
    for name in MODULES:
        importlib.import_module(name)
    found, left = [], [DomainError]
    while left:
        one = left.pop()
        left += one.__subclasses__()
        found.append(one)
    ours = {one for one in found if one.__module__.startswith("jiangong.")}
    return sorted(ours, key=lambda one: (one.__module__, one.__qualname__))


def placeholders(refusal: type[DomainError]) -> set[str]:
    with translation.override("en"):
        return set(NAMED.findall(str(refusal.message)))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_sentence_of_every_refusal_takes_its_values(language: str) -> None:
    broken = []
    with translation.override(language):
        for refusal in refusals():
            if issubclass(refusal, Several):
                continue
            given = dict.fromkeys(placeholders(refusal), 7)
            try:
                said = str(refusal.message) % given
            except (KeyError, TypeError, ValueError) as error:
                broken.append(f"{refusal.__qualname__}: {error!r}")
            else:
                broken += [f"{refusal.__qualname__}: {said}"] if "%(" in said or not said.strip() else []
    assert broken == []


def test_whoever_refuses_gives_all_values_of_the_sentence() -> None:
    assert len(refusals()) > 100
    raised = list(_raised())
    assert len(raised) > 300
    assert [
        f"{module}:{call.lineno}: {refusal.__qualname__} lacks {', '.join(sorted(lacking))}"
        for module, call, refusal in raised
        if (lacking := placeholders(refusal) - _given(call))
    ] == []


def _given(call: ast.expr) -> set[str]:
    return {word.arg for word in call.keywords if word.arg} if isinstance(call, ast.Call) else set()


def _raised() -> Iterator[tuple[str, ast.expr, type[DomainError]]]:
    """Where refusals are made, or raised as they are; those that pass values on (**) are left to whom they pass for."""
    for name in MODULES:
        module = importlib.import_module(name)
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            made: ast.expr
            if isinstance(node, ast.Call) and all(word.arg for word in node.keywords):
                made, named = node, node.func
            elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name | ast.Attribute):
                made, named = node.exc, node.exc
            else:
                continue
            refusal = _named(module, named)
            if refusal:
                yield name, made, refusal


def _named(module: ModuleType, said: ast.expr) -> type[DomainError] | None:
    found: object = None
    if isinstance(said, ast.Name):
        found = getattr(module, said.id, None)
    elif isinstance(said, ast.Attribute) and isinstance(said.value, ast.Name):
        found = getattr(getattr(module, said.value.id, None), said.attr, None)
    return found if isinstance(found, type) and issubclass(found, DomainError) else None
