"""A document of 30 pages with 100 bound figures, to Word and to PDF, in a warm process; and its layout measured.

Every time it is a different document, so that nothing is taken from what was set before.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from itertools import count

from bench.common import SCALE, heading, line, median_ms, start

PAGES, FIGURES, TIMES = 30, 100, 9
ADDRESS = "https://jiangong.example.org"
SENTENCE = (
    "认真落实全国文明城市创建各项任务，明确责任分工，细化工作措施，团结引导全市广大职工积极参与，全年受众职工"
)


def main() -> None:
    start()
    from jiangong.governance.reports.rules.blocks import Document
    from jiangong.governance.reports.rules.docx import to_docx
    from jiangong.governance.reports.rules.measuring import measured
    from jiangong.governance.reports.rules.pdf import pages_before_colophon, to_pdf

    def word(document: Document) -> bytes:
        return to_docx(document, base_url=ADDRESS, breaks=pages_before_colophon(document))

    numbers = count()
    made, pdf = word(_document(next(numbers))), to_pdf(_document(next(numbers)), base_url=ADDRESS)

    def warm(make: Callable[[Document], object]) -> str:
        return f"{median_ms(lambda: make(_document(next(numbers))), times=TIMES):.0f} ms"

    heading(f"Documents: {_pages(pdf)} pages, {FIGURES // SCALE} bound figures, red head and colophon")
    line("to Word, with the page of its colophon found by setting it", warm(word), "≤ 500 ms")
    line("to PDF", warm(lambda document: to_pdf(document, base_url=ADDRESS)), "≤ 1,000 ms")
    line("the same words by python-docx, without layout and links (baseline)", warm(_plain))
    checked = median_ms(lambda: measured(io.BytesIO(made)), times=TIMES)
    line("the layout of that Word file measured", f"{checked:.0f} ms")
    line("departures found in it", str(len(measured(io.BytesIO(made)).departures)), "0")
    line("size of Word, of PDF", f"{len(made) / 1024:.0f} KB, {len(pdf) / 1024:.0f} KB")


def _document(number: int):  # type: ignore[no-untyped-def]
    from jiangong.governance.reports.rules import heads
    from jiangong.governance.reports.rules.blocks import (
        Document,
        FigureRef,
        Heading,
        Paragraph,
        Run,
        numbered,
    )

    head = heads.Head(
        form=heads.Form.REPORT,
        number=heads.DocumentNumber("高工发", 2020, number + 1),
        signers=("王建国",),
        recipients="市委",
        sealed=True,
        cc="市文明办",
        printed_by="高邮市总工会办公室",
    )
    reference = FigureRef("activities.audience", "/ledger/figures/activities.audience/?unit=1")
    body: list[Heading | Paragraph] = []
    for place in range(FIGURES // SCALE):
        if place % 5 == 0:
            body.append(Heading(1, "加强组织领导"))
        runs = (
            Run(SENTENCE * 2),
            Run(f"{place + number}万多人次", reference),
            Run(f"。{SENTENCE}{number}人。"),
        )
        body.append(Paragraph(runs))
    return Document(
        title=f"高邮市总工会关于2020年全国文明城市创建工作情况的第{number}份报告",
        blocks=numbered(body),
        recipient="市委：",
        organ="高邮市总工会",
        dated_on=date(2020, 12, 31),
        head=heads.fitted(head, organ="高邮市总工会", dated_on=date(2020, 12, 31)),
    )


def _plain(document) -> bytes:  # type: ignore[no-untyped-def]
    import docx

    word = docx.Document()
    word.add_paragraph(document.title)
    for block in document.blocks:
        word.add_paragraph(getattr(block, "text", "") or "".join(run.text for run in block.runs))
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _pages(pdf: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


if __name__ == "__main__":
    main()
