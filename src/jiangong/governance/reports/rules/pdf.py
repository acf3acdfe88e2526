"""PDF in the layout of GB/T 9704-2012 by Typst: the template is ours, the document comes as data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst
from pylopdf_fonts_zh_cn import sans_path, serif_path

from jiangong.governance.reports.rules.blocks import (
    Block,
    Document,
    Heading,
    PictureBlock,
    Run,
    TableBlock,
    chinese_date,
    printable,
)
from jiangong.governance.reports.rules.layout import annex_label, annex_titles, signature_indents

TEMPLATE: Final = Path(__file__).with_name("official.typ")
TITLE_FACES: Final = {"FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"}
COMPILING: Final = Lock()


def to_pdf(document: Document, *, base_url: str, font_folders: tuple[str | Path, ...] = ()) -> bytes:
    """`base_url` is put before the figures' paths; `font_folders` hold the licensed official faces.

    The same document with the same faces gives the same bytes.
    """
    compiler, faces = _compiler(tuple(str(folder) for folder in font_folders))
    data = _document(document, base_url=base_url.rstrip("/"))
    data["title-stroke"] = 0 if TITLE_FACES & faces else 0.45
    with COMPILING:
        made = compiler.compile(
            format="pdf", sys_inputs={"document": json.dumps(data, ensure_ascii=False)}, timestamp=0
        )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


@cache
def _compiler(font_folders: tuple[str, ...]) -> tuple[typst.Compiler, frozenset[str]]:
    """Kept, because reading the faces costs more than setting a page."""
    folders = [str(path) for path in {Path(sans_path()).parent, Path(serif_path()).parent}]
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[*font_folders, *folders]
    )
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts), frozenset(fonts.families())


def _document(document: Document, *, base_url: str) -> dict[str, Any]:
    indents = signature_indents(document)
    return {
        "title": printable(document.title),
        "subtitle": printable(document.subtitle),
        "recipient": printable(document.recipient),
        "blocks": _blocks(document.blocks, base_url=base_url),
        "organ": printable(document.organ),
        "organ-indent": float(indents.organ),
        "date": chinese_date(document.dated_on) if document.dated_on else "",
        "date-indent": float(indents.date),
        "annex-lines": [{"number": number, "text": text} for number, text in annex_titles(document)],
        "annexes": [
            {
                "label": annex_label(number=number, count=len(document.annexes)),
                "title": printable(annex.title),
                "blocks": _blocks(annex.blocks, base_url=base_url),
            }
            for number, annex in enumerate(document.annexes, start=1)
        ],
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
