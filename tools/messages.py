"""Compile the translations, or list what is missing: every app has its own catalogue beside its code.

`python tools/messages.py` compiles each django.po whose .mo is older. `--missing` prints, app by app, entries
ready to paste into the app's catalogue, and ends with 1 if there are any; name apps to see only theirs.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po
from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split
from django.utils.translation import trim_whitespace

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "jiangong"
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
FLOORS = ("ground", "books", "work", "governance", "doors")
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: zh_Hans\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=1; plural=0;\\n"\n'
)
SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
NAMED = re.compile(r"%\((\w+)\)|\{(\w+)(?:[:!][^}]*)?\}")
UNNAMED = re.compile(r"(?<!%)(?:%%)*%[-+0 #]*\d*(?:\.\d+)?[sdifr](?![a-zA-Z])|\{\}")
LITERAL = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")
INLINE = re.compile(rf"_\(\s*({LITERAL.pattern})\s*\)")


@dataclass
class Marked:
    path: Path
    line: int
    text: str
    plural: str | None = None
    context: str | None = None

    def place(self, root: Path) -> str:
        return f"{self.path.relative_to(root)}:{self.line}"

    @property
    def placeholders(self) -> set[str]:
        return placeholders(self.text) | placeholders(self.plural or "")

    @property
    def has_unnamed_placeholders(self) -> bool:
        return bool(UNNAMED.search(self.text) or UNNAMED.search(self.plural or ""))


@dataclass
class Misuse:
    path: Path
    line: int
    why: str


def placeholders(text: str) -> set[str]:
    return {name for match in NAMED.finditer(text) for name in match.groups() if name}


def marked_in(path: Path) -> Iterator[Marked | Misuse]:
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        yield from marked_in_python(path, text)
    else:
        yield from marked_in_template(path, text)


def marked_in_python(path: Path, text: str) -> Iterator[Marked | Misuse]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            kind = _called(node.func)
            places = _argument_places(kind)
            if places:
                yield from _marked_call(path, node, places)


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _argument_places(kind: str) -> tuple[str, ...]:
    """What the leading arguments of a marking function mean."""
    if kind in SINGLE:
        return ("text",)
    if kind in PLURAL:
        return ("text", "plural")
    if kind in CONTEXT:
        return ("context", "text")
    return ("context", "text", "plural") if kind in CONTEXT_PLURAL else ()


def _marked_call(path: Path, node: ast.Call, places: tuple[str, ...]) -> Iterator[Marked | Misuse]:
    found: dict[str, str] = {}
    for place, argument in zip(places, node.args, strict=False):
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            found[place] = argument.value
        elif isinstance(argument, ast.JoinedStr | ast.BinOp):
            yield Misuse(
                path, node.lineno, "a marked string must be one plain literal with named placeholders"
            )
    if found.get("text") and set(found) == set(places):
        yield Marked(path, node.lineno, found["text"], found.get("plural"), found.get("context"))


def marked_in_template(path: Path, text: str) -> Iterator[Marked | Misuse]:
    tokens = iter(Lexer(text).tokenize())
    for token in tokens:
        if token.token_type not in {TokenType.BLOCK, TokenType.VAR}:
            continue
        for match in INLINE.finditer(token.contents):
            yield Marked(path, token.lineno or 0, _unquoted(match[1]))
        words = list(smart_split(token.contents)) if token.token_type is TokenType.BLOCK else []
        if words and words[0] in {"translate", "trans"}:
            yield from _translate_tag(path, token, words)
        elif words and words[0] in {"blocktranslate", "blocktrans"}:
            yield from _translate_block(path, token, words, tokens)


def _translate_tag(path: Path, token: Token, words: list[str]) -> Iterator[Marked]:
    if words[1][0] in "\"'":
        yield Marked(path, token.lineno or 0, _unquoted(words[1]), context=_context(words))


def _translate_block(
    path: Path, token: Token, words: list[str], rest: Iterator[Token]
) -> Iterator[Marked | Misuse]:
    parts = [""]
    for inner in rest:
        name = inner.contents.split(" ", 1)[0]
        if inner.token_type is TokenType.BLOCK and name.startswith("end"):
            break
        if inner.token_type is TokenType.BLOCK and name == "plural":
            parts.append("")
            continue
        if inner.token_type is TokenType.VAR and not inner.contents.isidentifier():
            yield Misuse(path, inner.lineno or 0, f"{{{{ {inner.contents} }}}}: name it with `with` first")
        elif inner.token_type is TokenType.BLOCK:
            yield Misuse(path, inner.lineno or 0, f"{{% {name} %}} cannot stand inside blocktranslate")
        parts[-1] += _block_text(inner)
    texts = [trim_whitespace(part) for part in parts] if "trimmed" in words else parts
    yield Marked(path, token.lineno or 0, texts[0], texts[1] if len(texts) > 1 else None, _context(words))


def _block_text(token: Token) -> str:
    if token.token_type is TokenType.TEXT:
        return token.contents.replace("%", "%%")
    return f"%({token.contents})s" if token.token_type is TokenType.VAR else ""


def _context(words: list[str]) -> str | None:
    return _unquoted(words[words.index("context") + 1]) if "context" in words else None


def _unquoted(literal: str) -> str:
    """A template's literal as the catalogue knows it: percent signs doubled."""
    found = LITERAL.match(literal)
    quote, inner = (literal[0], found[0][1:-1]) if found else ("", literal)
    return inner.replace(f"\\{quote}", quote).replace("\\\\", "\\").replace("%", "%%")


@dataclass
class App:
    """One app's marked strings beside its catalogue, and what does not agree between the two."""

    folder: Path
    marked: dict[tuple[str | None, str], Marked] = field(default_factory=dict)
    misuses: list[Misuse] = field(default_factory=list)

    @property
    def name(self) -> str:
        return ".".join(self.folder.relative_to(SOURCE).parts)

    @property
    def catalogue_path(self) -> Path:
        return self.folder / CATALOGUE

    def catalogue(self) -> Catalog:
        if not self.catalogue_path.exists():
            return Catalog(locale="zh_Hans")
        with self.catalogue_path.open("rb") as handle:
            return read_po(handle, locale="zh_Hans")

    def translations(self) -> dict[tuple[str | None, str], list[str]]:
        entries = [
            entry for entry in self.catalogue() if entry.id and not entry.fuzzy and all(texts_of(entry))
        ]
        return {(entry.context or None, singular(entry.id)): texts_of(entry) for entry in entries}

    def missing(self) -> list[Marked]:
        catalogue = self.catalogue()
        found = [marked for marked in self.marked.values() if not is_translated(catalogue, marked)]
        return sorted(found, key=lambda marked: (marked.path, marked.line))

    def leftovers(self) -> list[str]:
        """Entries that no source asks for; a translator's comment on an entry keeps it."""
        entries = [entry for entry in self.catalogue() if entry.id and not entry.user_comments]
        keys = {(entry.context or None, singular(entry.id)): entry for entry in entries}
        return sorted(key[1] for key in keys if key not in self.marked)

    def wrong_placeholders(self) -> list[str]:
        """Translations whose named placeholders differ from those of the source."""
        wrong: list[str] = []
        for entry in self.catalogue():
            marked = self.marked.get((entry.context or None, singular(entry.id))) if entry.id else None
            if marked and any(text and placeholders(text) != marked.placeholders for text in texts_of(entry)):
                wrong.append(marked.text)
        return wrong

    def unnamed_placeholders(self) -> list[Marked]:
        return [marked for marked in self.marked.values() if marked.has_unnamed_placeholders]


def singular(message_id: str | list[str] | tuple[str, ...]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def is_translated(catalogue: Catalog, marked: Marked) -> bool:
    entry = catalogue.get(marked.text, marked.context)
    if entry is None or entry.fuzzy:
        return False
    if marked.plural is not None and not entry.pluralizable:
        return False
    return bool(texts_of(entry)) and all(texts_of(entry))


def texts_of(entry: Message) -> list[str]:
    return [entry.string] if isinstance(entry.string, str) else list(entry.string or ())


def app_folder(path: Path) -> Path:
    """The folder of the app that a source file belongs to; what stands above the floors is config's."""
    parts = path.relative_to(SOURCE).parts
    return SOURCE.joinpath(*parts[:2]) if parts[0] in FLOORS and len(parts) > 2 else SOURCE / "config"


def apps() -> list[App]:
    found: dict[Path, App] = {}
    for path in source_files():
        folder = app_folder(path)
        app = found.setdefault(folder, App(folder))
        for item in marked_in(path):
            if isinstance(item, Misuse):
                app.misuses.append(item)
            else:
                known = app.marked.setdefault((item.context, item.text), item)
                known.plural = known.plural or item.plural
    return [found[folder] for folder in sorted(found)]


def source_files() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*")):
        is_template = "templates" in path.parts and path.suffix in {".html", ".txt", ".xml"}
        if path.is_file() and (is_template or path.suffix == ".py"):
            yield path


def contradictions() -> list[str]:
    """Messages that two catalogues translate differently: Django merges them, so one would win silently."""
    seen: dict[tuple[str | None, str], tuple[str, object]] = {}
    clashes: list[str] = []
    for app in apps():
        for entry in app.catalogue():
            if not entry.id:
                continue
            first = seen.setdefault((entry.context or None, singular(entry.id)), (app.name, entry.string))
            if first[1] != entry.string:
                clashes.append(
                    f"{singular(entry.id)!r}: {first[0]} has {first[1]!r}, {app.name} {entry.string!r}"
                )
    return clashes


def as_entry(marked: Marked) -> str:
    lines = [f"#: {marked.place(ROOT)}"]
    if marked.context:
        lines.append(f"msgctxt {normalize(marked.context)}")
    lines.append(f"msgid {normalize(marked.text)}")
    if marked.plural is None:
        lines.append('msgstr ""')
    else:
        lines += [f"msgid_plural {normalize(marked.plural)}", 'msgstr[0] ""']
    return "\n".join(lines) + "\n"


def report_missing(*, names: list[str]) -> int:
    count = 0
    for app in apps():
        missing = app.missing() if not names or app.name in names else []
        if not missing:
            continue
        count += len(missing)
        print(f"# {'-' * 76}\n# {app.catalogue_path.relative_to(ROOT)}: {len(missing)} missing\n")
        if not app.catalogue_path.exists():
            print(HEADER)
        print("\n".join(as_entry(marked) for marked in missing))
    return 1 if count else 0


def compile_all() -> None:
    for source in sorted(SOURCE.rglob("locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        with source.open("rb") as handle:
            catalogue = read_po(handle, locale=source.parts[-3], abort_invalid=True)
        with target.open("wb") as handle:
            write_mo(handle, catalogue)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--missing", action="store_true", help="print what has no translation yet")
    parser.add_argument("apps", nargs="*", help="only these, such as books.ledger")
    options = parser.parse_args()
    if options.missing:
        return report_missing(names=options.apps)
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
