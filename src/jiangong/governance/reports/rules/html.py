"""A document as a safe HTML fragment: its title is an h2, the page around it has the h1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from jiangong.governance.reports.rules import layout
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
from jiangong.governance.reports.rules.heads import Form, Head
from jiangong.governance.reports.rules.layout import annex_label, sentence


def to_html(document: Document) -> str:
    return "\n".join(_document(document))


def _document(document: Document) -> Iterator[str]:
    yield f'<article class="official official-{document.head.form.value}" lang="zh-Hans">'
    yield from _head(document)
    yield f'<h2 class="official-title">{_safe(document.title)}</h2>'
    if document.subtitle:
        yield f'<p class="official-subtitle">{_safe(document.subtitle)}</p>'
    if document.recipient:
        yield f'<p class="official-recipient">{_safe(document.recipient)}</p>'
    yield from _blocks(document.blocks)
    yield from _annex_note(document)
    yield from _attendance(document.head)
    if document.head.form is not Form.MINUTES and layout.is_signed(document):
        yield from _signature(document)
    for number, annex in document.printed_annexes:
        yield from _annex(annex, label=annex_label(number=number, count=len(document.annexes)))
    yield from _colophon(document.head)
    yield "</article>"


def _head(document: Document) -> Iterator[str]:
    """Mark, number and signers above the red rule."""
    head = document.head
    if head.form is Form.PLAIN:
        return
    number = str(head.number) if head.number else ""
    yield f'<p class="official-mark">{_safe(head.mark)}</p>'
    yield '<div class="official-head">'
    if number:
        yield f'<p class="official-number">{_safe(number)}</p>'
    if head.signers:
        yield f'<p class="official-signers">签发人：<span>{_safe("、".join(head.signers))}</span></p>'
    if head.form is Form.MINUTES:
        day = chinese_date(document.dated_on) if document.dated_on else ""
        yield f'<p class="official-issuer"><span>{_safe(document.organ)}</span><span>{day}</span></p>'
    yield "</div>"


def _annex_note(document: Document) -> Iterator[str]:
    if document.annexes:
        names = "".join(f"<li>{_safe(annex.title)}</li>" for annex in document.annexes)
        yield f'<div class="official-annexes"><p>附件：</p><ol>{names}</ol></div>'


def _attendance(head: Head) -> Iterator[str]:
    for word, names in head.attendance:
        yield f'<p class="official-attendance"><span>{word}：</span>{_safe(names)}</p>'


def _colophon(head: Head) -> Iterator[str]:
    if not head.has_colophon:
        return
    yield '<div class="official-colophon">'
    if head.cc:
        yield f"<p>抄送：{_safe(sentence(head.cc))}</p>"
    if head.printed_by:
        day = f"{chinese_date(head.printed_on)}印发" if head.printed_on else ""
        yield f"<p><span>{_safe(head.printed_by)}</span><span>{day}</span></p>"
    yield "</div>"


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
    name = document.head.stamp or document.organ
    if name:
        yield f'<p class="official-organ">{_safe(name)}</p>'
    if document.dated_on:
        day = document.dated_on
        yield f'<p class="official-date"><time datetime="{day.isoformat()}">{chinese_date(day)}</time></p>'
    yield "</div>"
    if document.head.remark:
        yield f'<p class="official-remark">{_safe(layout.remark(document.head.remark))}</p>'


def _annex(annex: Annex, *, label: str) -> Iterator[str]:
    yield '<section class="official-annex">'
    yield f'<p class="official-annex-label">{label}</p>'
    yield f'<h3 class="official-annex-title">{_safe(annex.title)}</h3>'
    yield from _blocks(annex.blocks)
    yield "</section>"


def _safe(text: str) -> str:
    return escape(printable(text), quote=True)
