"""The example's official documents: one of each form, drafted, checked and issued, their numbers bound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from uuid import uuid5

from jiangong.config.example import places
from jiangong.config.example.loading import NAMESPACE, moment
from jiangong.config.example.people import Cast
from jiangong.governance.reports import operations as reports
from jiangong.governance.reports.models import TextKind
from jiangong.governance.reports.rules import drafts
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.governance.reports.rules.heads import Attachment, DocumentNumber, Form, Head
from jiangong.ground.organization.models import Unit

OFFICE = "高邮市总工会办公室"
UNIONS = "各镇（街道、园区）总工会，市各系统工会，各直属基层工会"
KINDS = {
    Form.NOTICE: TextKind.NOTICE,
    Form.LETTER: TextKind.LETTER,
    Form.MINUTES: TextKind.MINUTES,
}
TEAM_LIST = """单位名称：
志愿服务队名称：
负责人及联系电话：
队员人数：
"""


@dataclass(frozen=True)
class Told:
    """A document of the example: its file, the period of its figures, the day it went out, what stands around it."""

    name: str
    since: date
    until: date
    dated_on: date
    head: Head

    @property
    def content(self) -> ReportContent:
        return drafts.from_file(text_of(self.name), since=self.since, until=self.until, head=self.head)


def text_of(name: str) -> str:
    return files("jiangong.config.example").joinpath("documents", f"{name}.txt").read_text(encoding="utf-8")


def load(*, cast: Cast, federation: Unit) -> None:
    for document in _documents(signer=cast.head.name):
        _send_out(document, cast, federation)


def _send_out(document: Told, cast: Cast, federation: Unit) -> None:
    """The office writes it, the deputy checks it, the head signs it, all on one day."""
    uuid, day = uuid5(NAMESPACE, document.name), document.dated_on
    written = reports.write_report(
        actor=cast.office,
        uuid=uuid,
        unit_id=federation.pk,
        content=document.content,
        at=moment(day, 9),
        text_kind=KINDS.get(document.head.form, TextKind.OTHER),
    )
    sent = reports.send_report(actor=cast.office, uuid=uuid, version=written.version, at=moment(day, 10))
    checked = reports.check_report(actor=cast.deputy, uuid=uuid, version=sent.version, at=moment(day, 11))
    reports.issue_report(
        actor=cast.head, uuid=uuid, version=checked.version, dated_on=day, at=moment(day, 15)
    )


def _documents(*, signer: str) -> tuple[Told, ...]:
    since, _until = places.CAMPAIGN
    whole_year = date(2020, 1, 1), date(2020, 12, 31)
    return (
        Told("notice", since, date(2018, 2, 28), date(2018, 3, 1), _notice()),
        Told("letter", date(2019, 1, 1), date(2019, 4, 30), date(2019, 5, 6), _letter()),
        Told("minutes", since, date(2020, 4, 7), date(2020, 4, 9), _minutes()),
        Told("report", *whole_year, date(2021, 1, 5), _report(signer)),
    )


def _notice() -> Head:
    return Head(
        form=Form.NOTICE,
        number=DocumentNumber("高工发", 2018, 8),
        recipients=UNIONS,
        attachments=(
            Attachment("“门前四包”责任区域划分表"),
            Attachment("职工志愿服务队名单（样式）", TEAM_LIST),
        ),
        sealed=True,
        cc="市文明办，市城市管理局",
        printed_by=OFFICE,
    )


def _letter() -> Head:
    return Head(
        form=Form.LETTER,
        number=DocumentNumber("高工函", 2019, 3),
        recipients="市文明办",
        sealed=True,
        cc="团市委，市妇联",
    )


def _minutes() -> Head:
    names = [places.person_name(number) for number in range(20, 31)]
    return Head(
        form=Form.MINUTES,
        number=DocumentNumber("高工纪", 2020, 4),
        present="\u3000".join(names[:8]),
        absent=names[8],
        observers="\u3000".join(names[9:]),
        cc="市文明办",
        printed_by=OFFICE,
    )


def _report(signer: str) -> Head:
    return Head(
        form=Form.REPORT,
        number=DocumentNumber("高工发", 2021, 1),
        signers=(signer,),
        recipients="扬州市总工会",
        sealed=True,
        printed_by=OFFICE,
    )
