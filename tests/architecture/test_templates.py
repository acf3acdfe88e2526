"""Templates: `extends` first, named endblocks, own app or layout only, nothing inline (CSP)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "jiangong"
TEMPLATES = sorted(SOURCE.glob("*/*/templates/**/*.html"))
REFERENCE = re.compile(r"""{%-?\s*(?:extends|include)\s+["']([^"']+)["']""")
SHARED_FOLDERS = ("layout/", "components/")
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<style\b|<[^>]*\sstyle\s*=", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
OUTSIDE = re.compile(r"""\b(?:src|href|action)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.DOTALL)


def by_path(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def source_of(path: Path) -> str:
    return COMMENT.sub("", path.read_text("utf-8"))


def app_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[1]


def is_standalone(path: Path) -> bool:
    """Documents that leave the house, such as an issued report, carry their own style."""
    return "documents" in path.parts


@pytest.mark.parametrize("path", TEMPLATES, ids=by_path)
def test_extends_comes_first(path: Path) -> None:
    text = source_of(path)
    if re.search(r"{%\s*extends\b", text):
        assert re.match(r"\s*{%\s*extends\b", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=by_path)
def test_endblocks_are_named(path: Path) -> None:
    assert not re.search(r"{%\s*endblock\s*%}", source_of(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=by_path)
def test_nothing_is_inline(path: Path) -> None:
    text = source_of(path)
    if not is_standalone(path):
        assert INLINE_STYLE.findall(text) == []
    assert HANDLER.findall(text) == []
    assert "javascript:" not in text
    assert list(inline_scripts(text)) == []


def inline_scripts(text: str) -> Iterator[str]:
    for attributes, content in SCRIPT.findall(text):
        if content.strip() or ("src=" not in attributes):
            yield attributes.strip() or content.strip()[:60]


@pytest.mark.parametrize("path", TEMPLATES, ids=by_path)
def test_nothing_comes_from_another_host(path: Path) -> None:
    assert OUTSIDE.findall(source_of(path)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=by_path)
def test_only_own_and_shared_templates_are_used(path: Path) -> None:
    allowed = (*SHARED_FOLDERS, f"{app_of(path)}/")
    foreign = [name for name in REFERENCE.findall(source_of(path)) if not name.startswith(allowed)]
    assert foreign == []


@pytest.mark.parametrize("path", TEMPLATES, ids=by_path)
def test_templates_stand_in_the_folder_of_their_app(path: Path) -> None:
    folder = path.parts[path.parts.index("templates") + 1]
    allowed = {app_of(path), "layout", "components"} if app_of(path) == "shared" else {app_of(path)}
    assert folder in allowed or path.parent.name == "templates", "errors such as 404.html alone stand on top"


@pytest.mark.parametrize("path", TEMPLATES, ids=by_path)
def test_included_parts_begin_with_an_underscore(path: Path) -> None:
    included = re.findall(r"""{%-?\s*include\s+["']([^"']+)["']""", source_of(path))
    plain = [name for name in included if not name.rsplit("/", 1)[-1].startswith("_")]
    assert [name for name in plain if not name.startswith(SHARED_FOLDERS)] == []
