"""What the documents point at is there: files, headings, modules, pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.documents import DOCUMENTS, READMES, ROOT, SOURCE, anchors, by_path, code_spans, text_of

LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"[\w./-]+/[\w.-]+\.(?:py|md|toml|txt|js|mjs|css|html|typ|lock|json)|[\w./-]+/")
ROOTS = (ROOT, SOURCE)
MADE = ("var/", "dist/", "files/", "progress/", "docs/images/")


def links(document: Path, *, pictures: bool) -> list[str]:
    found = LINK.findall(document.read_text("utf-8"))
    own = [(mark, target) for mark, target in found if not target.startswith(("http:", "https:", "mailto:"))]
    return [target for mark, target in own if bool(mark) == pictures]


@pytest.mark.parametrize("document", DOCUMENTS, ids=by_path)
def test_links_lead_to_files_and_headings(document: Path) -> None:
    broken = []
    for target in links(document, pictures=False):
        name, _sharp, mark = target.partition("#")
        file = (document.parent / name).resolve() if name else document
        if not file.exists() or (mark and mark not in anchors(file.read_text("utf-8"))):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("name", READMES)
def test_pictures_are_there_and_small(name: str) -> None:
    for target in links(ROOT / name, pictures=True):
        picture = ROOT / target
        assert picture.exists(), f"{target} has to be made"
        assert picture.stat().st_size < 400_000, f"{target} is too large for a page that people open to read"


@pytest.mark.parametrize("document", DOCUMENTS, ids=by_path)
def test_paths_in_back_ticks_are_in_the_tree(document: Path) -> None:
    named = {span for span in code_spans(document.read_text("utf-8")) if PATH.fullmatch(span)}
    lost = [
        path
        for path in named
        if not path.startswith(("/", *MADE)) and not any((root / path).exists() for root in ROOTS)
    ]
    assert sorted(lost) == []


def test_every_decision_has_its_page_and_its_place() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    listed = text_of("ARCHITECTURE.md")
    assert [page.name for page in pages if f"(docs/decisions/{page.name})" not in listed] == []
    for page in pages:
        titles = re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE)
        assert titles == ["Context", "Decision", "Consequence"], page.name


def test_the_changelog_has_a_place_for_what_is_not_released() -> None:
    text = text_of("CHANGELOG.md")
    assert re.search(r"^## \[?Unreleased\]?$", text, re.MULTILINE)
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= {
        *("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"),
    }
