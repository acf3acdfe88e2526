"""docs/operating.md names every setting with its default and range, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.docs.documents import SOURCE, rows

NAME = re.compile(r"JIANGONG_[A-Z_]+|DATABASE_URL")
READERS = {"text", "flag", "number", "words", "one_of", "address", "time_zone", "roles", "link"}


def constants(name: str = "**/*.py") -> Iterator[ast.Constant]:
    for path in sorted((SOURCE / "config").glob(name)):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node


def settings_read() -> set[str]:
    return {str(node.value) for node in constants() if NAME.fullmatch(str(node.value))}


def documented() -> dict[str, str]:
    return {
        match[1]: " | ".join(row)
        for row in rows("docs/operating.md")
        if (match := re.match(r"`(\w+)`", row[0]))
    }


def read_with_limits() -> Iterator[tuple[str, str, dict[str, Any], list[Any]]]:
    """Each call of a typed reader in the settings: name, reader, keyword arguments, further arguments."""
    tree = ast.parse((SOURCE / "config" / "settings.py").read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READERS:
            values = [ast.literal_eval(argument) for argument in node.args]
            keywords = {str(word.arg): ast.literal_eval(word.value) for word in node.keywords}
            yield values[0], node.func.attr, keywords, values[1:]


def test_every_setting_is_documented_and_no_other() -> None:
    names = {name for name in documented() if NAME.fullmatch(name)}
    assert names == settings_read()


@pytest.mark.parametrize("name,reader,keywords,more", list(read_with_limits()), ids=str)
def test_defaults_and_ranges_are_those_of_the_code(
    name: str, reader: str, keywords: dict[str, Any], more: list[Any]
) -> None:
    row = documented()[name]
    if reader == "flag":
        assert f"`{'yes' if keywords['default'] else 'no'}`" in row
    elif reader == "number":
        assert f"`{more[0]}`" in row
        assert f"{keywords['least']} to {keywords['most']}" in row
    elif more[0]:
        assert f"`{more[0]}`" in row
