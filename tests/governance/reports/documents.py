"""The document that the tests of the page makers share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

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
from jiangong.governance.reports.rules.heads import Attachment, DocumentNumber, Form, Head, fitted

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


def official(
    form: Form,
    *,
    paragraphs: int = 4,
    annex_text: str = "第一条内容。",
    copies: str = "市文明办",
    **around: Any,
) -> Document:
    """A document of a form with everything around it that the form asks for; `around` stands for it in the head."""
    head = Head(
        form=form,
        number=DocumentNumber("高工发", 2020, 12),
        signers=("张建国", "李文华", "王小明"),
        recipients="各镇（街道、园区）总工会，市各系统工会",
        attachments=(Attachment("创建工作任务分解表", annex_text), Attachment("名单")),
        sealed=form is not Form.LETTER,
        present="王立新\u3000张海燕\u3000陈明\u3000吴强",
        absent="刘伟",
        observers="孙丽\u3000钱进",
        cc=copies,
        printed_by="高邮市总工会办公室",
    )
    head = fitted(replace(head, **around), organ="高邮市总工会", dated_on=date(2020, 12, 31))
    body: list[Block] = [text_paragraph("为做好全国文明城市创建工作，现将有关事项通知如下：")]
    for number in range(paragraphs):
        body.append(Heading(1, "加强组织领导"))
        if number % 2:
            body += [Heading(2, "落实责任分工"), Heading(3, "责任区域"), Heading(4, "门前责任区")]
        body.append(text_paragraph("明确各部室工作目标任务，明确牵头责任人，确保各项工作落到实处。" * 4))
    return Document(
        title="高邮市总工会关于开展2020年全国文明城市创建志愿服务月活动的通知",
        blocks=numbered(body),
        recipient=f"{head.recipients}：" if head.recipients else "",
        organ="高邮市总工会",
        dated_on=date(2020, 12, 31),
        annexes=tuple(
            Annex(item.name, tuple(text_paragraph(line) for line in item.text.splitlines()))
            for item in head.attachments
        ),
        head=head,
    )
