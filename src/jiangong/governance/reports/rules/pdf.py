"""PDF in the layout of GB/T 9704-2012 by Typst: the template is ours, document and measures come as data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst
from pylopdf_fonts_zh_cn import sans_path, serif_path

from jiangong.governance.reports.rules import faces, layout
from jiangong.governance.reports.rules.blocks import (
    Block,
    Document,
    Heading,
    Paragraph,
    PictureBlock,
    Run,
    TableBlock,
    chinese_date,
    printable,
)
from jiangong.governance.reports.rules.faces import Face
from jiangong.governance.reports.rules.heads import Head
from jiangong.governance.reports.rules.titling import title_lines

TEMPLATE: Final = Path(__file__).with_name("official.typ")
COMPILING: Final = Lock()
FREE_TITLE_STROKE: Final = 0.45
"""Points by which the free face is made as dark as 小标宋."""
MOST_MOVED_LINES: Final = layout.LINES // 2

Folders = tuple[str | Path, ...]


def to_pdf(document: Document, *, base_url: str, font_folders: Folders = ()) -> bytes:
    """`base_url` is put before the figures' paths; `font_folders` hold the licensed official faces.

    The same document with the same faces gives the same bytes.
    """
    made, _breaks = _compiled(document, base_url, font_folders)
    return made


def missing_faces(*, font_folders: Folders = ()) -> tuple[Face, ...]:
    """Official faces that PDF has to replace by free ones."""
    return faces.missing(_compiler(_named(font_folders))[1])


def replaced_faces(*, font_folders: Folders = ()) -> list[tuple[Face, str]]:
    """Those with the family that PDF shows in their place."""
    families = _compiler(_named(font_folders))[1]
    return [
        (face, next((one for one in face.substitutes if one in families), face.substitutes[-1]))
        for face in faces.missing(families)
    ]


def pages_before_colophon(document: Document, *, font_folders: Folders = ()) -> int:
    """How many page breaks bring the colophon to the last page, an even one: 0, 1, or 2 with a blank page between."""
    return _compiled(document, "", font_folders)[1] if document.head.has_colophon else 0


def _named(folders: Folders) -> tuple[str, ...]:
    return tuple(str(folder) for folder in folders)


def _compiled(document: Document, base_url: str, font_folders: Folders) -> tuple[bytes, int]:
    compiler, families = _compiler(_named(font_folders))
    data = _document(document, base_url=base_url.rstrip("/"))
    data["title-stroke"] = FREE_TITLE_STROKE if faces.TITLE in faces.missing(families) else 0
    with COMPILING:
        made = _set(compiler, data | {"keeps-last": False})
        if _is_short(document.blocks) and True in _noted(compiler, "<alone>"):
            made = _set(compiler, data | {"keeps-last": True})
        breaks = _noted(compiler, "<breaks>")
    return made, int(breaks[0]) if breaks else 0


def _set(compiler: typst.Compiler, data: dict[str, Any]) -> bytes:
    given = {"document": json.dumps(data, ensure_ascii=False)}
    made = compiler.compile(format="pdf", sys_inputs=given, timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


def _noted(compiler: typst.Compiler, label: str) -> list[Any]:
    """What the template noted while it was set."""
    return list(json.loads(compiler.query(label, field="value")))


@cache
def _compiler(font_folders: tuple[str, ...]) -> tuple[typst.Compiler, frozenset[str]]:
    """Kept, because reading the faces costs more than setting a page."""
    folders = [str(path) for path in {Path(sans_path()).parent, Path(serif_path()).parent}]
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[*font_folders, *folders]
    )
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts), frozenset(fonts.families())


@cache
def _measures() -> dict[str, Any]:
    """What the template measures with: millimetres for the page, points for type."""
    lengths = {
        name.replace("_", "-"): float(getattr(layout, name.upper()).mm)
        for name in (
            "page_width",
            "page_height",
            "top",
            "right",
            "bottom",
            "left",
            "area_width",
            "area_height",
            "mark_top",
            "letter_mark_top",
            "rule_gap",
            "red_rule",
            "letter_rule_width",
            "letter_foot",
            "thick_rule",
            "thin_rule",
            "page_number_gap",
        )
    }
    return lengths | {
        "character": float(layout.CHARACTER),
        "tracking": float(layout.TRACKING),
        "pitch": float(layout.PITCH),
        "letter-number-gap": float(layout.LETTER_NUMBER_GAP),
        "double-rule": [float(width) for width in layout.DOUBLE_RULE],
        "size2": layout.SIZE_2,
        "size3": layout.SIZE_3,
        "size4": layout.SIZE_4,
        "red": layout.RED,
        "faces": {face.code: face.stack for face in faces.ALL},
    }


def _document(document: Document, *, base_url: str) -> dict[str, Any]:
    signature = layout.signature(document)
    return {
        "measures": _measures(),
        "head": _head(document.head),
        "title": printable(document.title),
        "title-lines": title_lines(printable(document.title)),
        "subtitle": printable(document.subtitle),
        "recipient": printable(document.recipient),
        "blocks": _blocks(document.blocks, base_url=base_url),
        "organ": printable(document.organ),
        "date": signature.date,
        "signature": {
            "name": signature.name,
            "above": signature.above,
            "between": signature.between,
            "name-indent": float(signature.name_indent),
            "date-indent": float(signature.date_indent),
            "remark": layout.remark(document.head.remark) if document.head.remark else "",
        },
        "annex-lines": [
            {"number": number, "text": text} for number, text in layout.annex_titles(document) if text
        ],
        "annexes": [
            {
                "label": layout.annex_label(number=number, count=len(document.annexes)),
                "title-lines": title_lines(printable(annex.title)),
                "blocks": _blocks(annex.blocks, base_url=base_url),
            }
            for number, annex in document.printed_annexes
        ],
    }


def _is_short(blocks: Sequence[Block]) -> bool:
    """Whether the last block may move to the signature's page without leaving half a page empty."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph):
        return last is not None
    return layout.text_width("".join(run.text for run in last.runs)) < MOST_MOVED_LINES * layout.CHARACTERS


def _head(head: Head) -> dict[str, Any]:
    mark = printable(head.mark)
    return {
        "form": head.form.value,
        "mark": mark,
        "mark-size": layout.mark_size(mark),
        "number": str(head.number) if head.number else "",
        "signer-rows": layout.signer_rows(head.signers),
        "attendance": [[word, printable(names)] for word, names in head.attendance],
        "cc": printable(layout.sentence(head.cc)),
        "printed-by": printable(head.printed_by),
        "printed-on": f"{chinese_date(head.printed_on)}印发" if head.printed_on else "",
    }


def _blocks(blocks: Iterable[Block], *, base_url: str) -> list[dict[str, Any]]:
    return [_block(block, base_url=base_url) for block in blocks]


def _block(block: Block, *, base_url: str) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": printable(block.text)}
    if isinstance(block, PictureBlock):
        return {
            "kind": "picture",
            "content": list(block.content),
            "width": block.width_mm,
            "caption": printable(block.caption),
        }
    if isinstance(block, TableBlock):
        cells = [printable(cell) for row in (block.heads, *block.rows) for cell in row]
        return {"kind": "table", "widths": block.widths, "cells": cells}
    return {"kind": "paragraph", "runs": [_run(run, base_url=base_url) for run in block.runs]}


def _run(run: Run, *, base_url: str) -> dict[str, Any]:
    link = None if run.figure is None else base_url + run.figure.href
    return {"text": printable(run.text), "bold": run.bold, "link": link}
