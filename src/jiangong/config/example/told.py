"""The example's documents: the seed report restored, and one of each official form; all issued, numbers bound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from uuid import uuid5

from jiangong.config.example import places
from jiangong.config.example.loading import NAMESPACE, moment
from jiangong.config.example.people import Cast
from jiangong.governance.reports import operations as reports
from jiangong.governance.reports.models import Report
from jiangong.governance.reports.rules import drafts
from jiangong.governance.reports.rules.heads import Attachment, DocumentNumber, Form, Head
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor

DATED = date(2021, 1, 5)
UUID = uuid5(NAMESPACE, "effect report")
OFFICE = "高邮市总工会办公室"
UNIONS = "各镇（街道、园区）总工会，市各系统工会，各直属基层工会"
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

    def write(self, *, actor: Actor, unit_id: int) -> None:
        text = files("jiangong.config.example").joinpath("documents", f"{self.name}.txt").read_text("utf-8")
        content = drafts.from_file(text, since=self.since, until=self.until, head=self.head)
        report = reports.write_report(
            actor=actor,
            uuid=uuid5(NAMESPACE, self.name.replace("_", " ")),
            unit_id=unit_id,
            content=content,
            at=moment(self.dated_on, 9),
        )
        reports.issue_report(
            actor=actor,
            uuid=report.uuid,
            version=report.version,
            dated_on=self.dated_on,
            at=moment(self.dated_on, 10),
        )


def load(*, cast: Cast, federation: Unit) -> None:
    for document in _documents(signer=cast.head.name):
        document.write(actor=cast.head, unit_id=federation.pk)


def is_loaded() -> bool:
    """The effect report is the last thing that a load writes."""
    return Report.objects.filter(uuid=UUID, state="issued").exists()


def _documents(*, signer: str) -> tuple[Told, ...]:
    since, until = places.CAMPAIGN
    return (
        Told("notice", since, date(2018, 2, 28), date(2018, 3, 1), _notice()),
        Told("letter", date(2019, 1, 1), date(2019, 4, 30), date(2019, 5, 6), _letter()),
        Told("minutes", since, date(2020, 4, 7), date(2020, 4, 9), _minutes()),
        Told("report", date(2020, 1, 1), date(2020, 12, 31), DATED, _report(signer)),
        Told("effect_report", since, until, DATED, Head()),
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
