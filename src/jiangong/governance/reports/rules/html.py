"""A document as a safe HTML fragment: its title is an h2, the page around it has the h1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from jiangong.governance.reports.rules.blocks import (
    Annex,
    Block,
    Document,
    Heading,
    PictureBlock,
    Run,
    TableBlock,
    chinese_date,
    printable,
)


def to_html(document: Document) -> str:
    return "\n".join(_document(document))


def _document(document: Document) -> Iterator[str]:
    yield '<article class="official" lang="zh-Hans">'
    yield f'<h2 class="official-title">{_safe(document.title)}</h2>'
    if document.subtitle:
        yield f'<p class="official-subtitle">{_safe(document.subtitle)}</p>'
    if document.recipient:
        yield f'<p class="official-recipient">{_safe(document.recipient)}</p>'
    yield from _blocks(document.blocks)
    if document.annexes:
        names = "".join(f"<li>{_safe(annex.title)}</li>" for annex in document.annexes)
        yield f'<div class="official-annexes"><p>附件：</p><ol>{names}</ol></div>'
    if document.organ or document.dated_on:
        yield from _signature(document)
    for number, annex in enumerate(document.annexes, start=1):
        yield from _annex(annex, label=f"附件{number}" if len(document.annexes) > 1 else "附件")
    yield "</article>"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            tag = f"h{block.level + 2}"
            yield f'<{tag} class="official-heading-{block.level}">{_safe(block.text)}</{tag}>'
        elif isinstance(block, PictureBlock):
            yield _picture(block)
        elif isinstance(block, TableBlock):
            yield _table(block)
        else:
            yield f"<p>{''.join(_run(run) for run in block.runs)}</p>"


def _picture(block: PictureBlock) -> str:
    caption = _safe(block.caption)
    return (
        f'<figure class="official-picture"><img src="{_safe(block.href)}" alt="{caption}" loading="lazy">'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def _table(block: TableBlock) -> str:
    heads = "".join(f'<th scope="col">{_safe(head)}</th>' for head in block.heads)
    rows = "".join(f"<tr>{''.join(f'<td>{_safe(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
    return f'<table class="official-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _run(run: Run) -> str:
    text = _safe(run.text)
    if run.bold:
        text = f"<strong>{text}</strong>"
    if run.figure is None:
        return text
    title = f' title="{_safe(run.figure.label)}"' if run.figure.label else ""
    return (
        f'<a class="figure" data-trail href="{_safe(run.figure.href)}" '
        f'data-figure-code="{_safe(run.figure.code)}"{title}>{text}</a>'
    )


def _signature(document: Document) -> Iterator[str]:
    yield '<div class="official-signature">'
    if document.organ:
        yield f'<p class="official-organ">{_safe(document.organ)}</p>'
    if document.dated_on:
        day = document.dated_on
        yield f'<p class="official-date"><time datetime="{day.isoformat()}">{chinese_date(day)}</time></p>'
    yield "</div>"


def _annex(annex: Annex, *, label: str) -> Iterator[str]:
    yield '<section class="official-annex">'
    yield f'<p class="official-annex-label">{label}</p>'
    yield f'<h3 class="official-annex-title">{_safe(annex.title)}</h3>'
    yield from _blocks(annex.blocks)
    yield "</section>"


def _safe(text: str) -> str:
    return escape(printable(text), quote=True)
