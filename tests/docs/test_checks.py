"""Every check has its section in docs/checks.md, and every section its check."""

from __future__ import annotations

import re

import pytest

from tests.docs.documents import SOURCE, text_of

PACKAGE = SOURCE / "books" / "figures" / "rules" / "checks"
SECTION = re.compile(r"^## (P\d+) .*?\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
SECTIONS = dict(SECTION.findall(text_of("docs/checks.md")))
TOLD = ("**Compares**", "**Why:**", "**Severity:**", "**Bound:**", "**Example:**")


def in_code() -> set[str]:
    sources = [path.read_text("utf-8") for path in PACKAGE.glob("*.py")]
    return {code for source in sources for code in re.findall(r'"(P\d+)"', source)}


def test_every_check_has_its_section_and_the_other_way_round() -> None:
    assert set(SECTIONS) == in_code()


@pytest.mark.parametrize("code", SECTIONS)
def test_a_section_says_what_why_how_grave_whence_and_an_example(code: str) -> None:
    assert [word for word in TOLD if word not in SECTIONS[code]] == []


def test_every_check_names_its_source() -> None:
    sourced = {
        code
        for path in PACKAGE.glob("*.py")
        for code in re.findall(r"domain\.md §11\.2, (P\d+)", path.read_text("utf-8"))
    }
    assert sourced == in_code()
