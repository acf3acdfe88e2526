"""The document that the tests of the page makers share."""

from __future__ import annotations

from datetime import date

from jiangong.governance.reports.rules.blocks import (
    Annex,
    Block,
    Document,
    FigureRef,
    Heading,
    Paragraph,
    PictureBlock,
    Run,
    numbered,
    text_paragraph,
)

BASE_URL = "https://ledger.example.org"
HOSTILE = (
    """</a><script>alert('x')</script> & "q" #let x = 1; *b* _i_ $m$ \\ [c] // n <l> @r `raw` """
    """{{7*7}} ]]> \0\x0b"""
)


def figure(text: str, *, code: str = "activities.audience") -> Run:
    return Run(
        text,
        figure=FigureRef(
            code=code, href=f"/ledger/figures/{code}/?since=2018-01-01&unit=1", label="2018—2020"
        ),
    )


def report(*, pictures: tuple[PictureBlock, ...] = (), annexes: int = 0, hostile: str = "") -> Document:
    body: tuple[Block, ...] = (
        Heading(1, "坚持目标导向，提高创建工作成效"),
        Heading(2, "思想引领"),
        Paragraph((Run("三年来，", bold=True), Run("受众职工"), figure("1万多人次"), Run("。"))),
        Heading(2, "共建联建"),
        Heading(3, "结对社区"),
        Paragraph((Run("入户走访"), figure("300多户", code="activities.households"), Run("。" + hostile))),
        Heading(4, "入户"),
        *pictures,
    )
    return Document(
        title="团结广大职工在全国文明城市创建中建功立业" + hostile,
        subtitle="立足自身职能",
        recipient="市文明办：",
        blocks=numbered(body),
        organ="高邮市总工会",
        dated_on=date(2020, 12, 31),
        annexes=tuple(Annex(f"一览表{place}", (text_paragraph("详见台账。"),)) for place in range(annexes)),
    )
