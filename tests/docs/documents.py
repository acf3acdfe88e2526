"""Reading the documents: their tables, links and commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "jiangong"
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = [
    *(ROOT / name for name in (*READMES, "ARCHITECTURE.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]


def by_path(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def rows(name: str) -> Iterator[list[str]]:
    """The rows of every table in a document, without heads and rules."""
    lines = text_of(name).splitlines()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        is_row = line.startswith("|") and not set(line) <= set("|-: ")
        if is_row and not (following.startswith("|") and set(following) <= set("|-: ")):
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def code_spans(text: str) -> list[str]:
    """What stands between back-ticks or in fenced blocks, line by line."""
    fenced = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [line for block in fenced for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", rest)


def anchors(text: str) -> set[str]:
    """The marks that headings get, as GitHub makes them."""
    titles = re.findall(r"^#{1,6}\s+(.+?)\s*$", text, re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", title.replace("`", "")).strip().lower().replace(" ", "-") for title in titles
    }
