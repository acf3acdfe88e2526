"""Commands, make targets, sign-ins, checks and bench sections in the documents are those of the code."""

from __future__ import annotations

import argparse
import ast
import re
from pathlib import Path

import pytest

from bench.__main__ import SECTIONS
from jiangong.config import commands
from jiangong.config.example import places
from jiangong.config.example.people import SHOWN
from tests.docs.documents import DOCUMENTS, READMES, SOURCE, by_path, code_spans, rows, text_of

COMMAND = re.compile(r"\bjiangong ([a-z]+(?:-[a-z]+)*)((?: +[^|`;&]+)*)")
OPTION = re.compile(r"(?<!\S)--[a-z][a-z-]*")


def parsers() -> dict[str, argparse.ArgumentParser]:
    branches = argparse.ArgumentParser().add_subparsers()
    for command in commands.ALL:
        command.add_to(branches)
    return dict(branches.choices)


def named_in(document: Path) -> list[tuple[str, list[str]]]:
    """Each `jiangong COMMAND --option …` of a document."""
    spans = code_spans(document.read_text("utf-8"))
    return [(found[1], OPTION.findall(found[2])) for span in spans for found in COMMAND.finditer(span)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=by_path)
def test_commands_and_their_options_exist(document: Path) -> None:
    known = parsers()
    for name, options in named_in(document):
        assert name in known, f"jiangong {name}"
        taken = known[name].format_help()
        assert [option for option in options if not re.search(rf"{option}\b", taken)] == [], name


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_in_the_readme(readme: str) -> None:
    listed = {found[1] for row in rows(readme) if (found := COMMAND.search(row[0]))}
    assert listed == set(parsers())


@pytest.mark.parametrize("document", DOCUMENTS, ids=by_path)
def test_make_targets_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    spans = code_spans(document.read_text("utf-8"))
    named = {found for span in spans for found in re.findall(r"^make ([a-z-]+)", span)}
    assert named - targets == set()


@pytest.mark.parametrize("readme", READMES)
def test_sign_ins_are_those_of_the_example(readme: str) -> None:
    text = text_of(readme)
    listed = {row[0].strip("`") for row in rows(readme)}
    assert {username for username, _chinese, _english in SHOWN} <= listed
    assert f"`{places.PASSWORD}`" in text


def findings_made() -> set[str]:
    """Codes given to a Finding, or to a remark in a report's text."""
    codes: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                codes |= _codes(node)
    return codes


def _codes(call: ast.Call) -> set[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    given = call.args[:1] if name in {"Finding", "InText"} else []
    if name in {"Finding", "remark"}:
        given += [word.value for word in call.keywords if word.arg == "code"]
    texts = [node.value for node in given if isinstance(node, ast.Constant)]
    return {text for text in texts if isinstance(text, str)}


def test_every_check_is_described_and_no_other() -> None:
    described = {row[0].strip("`") for row in rows("docs/checks.md") if re.fullmatch(r"`[A-Z]+\d*`", row[0])}
    assert described == findings_made()


def test_every_section_of_the_bench_has_its_table() -> None:
    spans = set(code_spans(text_of("docs/performance.md")))
    assert {section for section in SECTIONS if f"python -m bench {section}" not in spans} == set()
