"""The example's effect report: the seed report restored, bound to the ledger, checked, issued and published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid5

from jiangong.config.example import official, places
from jiangong.config.example.loading import NAMESPACE, moment
from jiangong.config.example.people import Cast
from jiangong.governance.reports import operations as reports
from jiangong.governance.reports import queries
from jiangong.governance.reports.models import Publication, Report, Template, TextKind
from jiangong.governance.reports.queries.comments import Passage
from jiangong.governance.reports.rules import drafts
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.rules.periods import Period

BEGUN, SENT, RETURNED = date(2020, 12, 28), date(2020, 12, 29), date(2020, 12, 30)
DATED = date(2021, 1, 5)
UUID = uuid5(NAMESPACE, "effect report")
DOUBTFUL = "列入每月工作例会部署落实"
COMMENT = "请核对例会是否每月召开。"
ANSWER = "已核对，会议记录齐全。"
OPINION = "请补写第四部分“坚持目标导向，提高创建工作成效”，用台账数据说明成效。"
LAST_PART = "# 坚持目标导向"
NAMED = ("张兆珍", "吴战宇", "张文凤")
AGREED, BASIS = date(2020, 12, 25), "本人签字的同意书"
SAVED_AT = (moment(BEGUN, 15), moment(DATED, 9))


def load(*, cast: Cast, federation: Unit) -> None:
    """From the template to the public page, as the office, the deputy and the head would."""
    since, until = places.CAMPAIGN
    whole = drafts.from_file(official.text_of("effect_report"), since=since, until=until)
    report = _begin(cast, federation, whole)
    report = _save(cast, report, replace(whole, text=whole.text.partition(LAST_PART)[0]), SAVED_AT[0])
    report = _return(cast, report)
    report = _save(cast, report, whole, SAVED_AT[1])
    for person in NAMED:
        reports.record_consent(
            actor=cast.office,
            uuid=UUID,
            name=person,
            given_on=AGREED,
            basis=BASIS,
            at=moment(DATED, 9, 15),
        )
    _sign(cast, report)


def _begin(cast: Cast, federation: Unit, whole: ReportContent) -> Report:
    template = Template.objects.get(unit=federation, code=TextKind.EFFECT)
    begun = queries.begun(template=template, unit=federation, period=Period(whole.since, whole.until))
    return reports.write_report(
        actor=cast.office,
        uuid=UUID,
        unit_id=federation.pk,
        content=replace(whole, title=begun.title, text=begun.text),
        at=moment(BEGUN, 9),
        text_kind=TextKind.EFFECT,
    )


def _save(cast: Cast, report: Report, content: ReportContent, at: datetime) -> Report:
    return reports.change_report(
        actor=cast.office,
        uuid=UUID,
        version=report.version,
        unit_id=report.unit_id,
        content=content,
        at=at,
    )


def _return(cast: Cast, report: Report) -> Report:
    """The deputy asks about one sentence and sends the text back for its last part; the office answers."""
    sent = reports.send_report(actor=cast.office, uuid=UUID, version=report.version, at=moment(SENT, 9))
    asked = reports.comment_on(
        actor=cast.deputy,
        uuid=UUID,
        comment_uuid=uuid5(NAMESPACE, "comment"),
        passage=Passage(quote=DOUBTFUL),
        text=COMMENT,
        at=moment(RETURNED, 10),
    )
    returned = reports.return_report(
        actor=cast.deputy, uuid=UUID, version=sent.version, opinion=OPINION, at=moment(RETURNED, 11)
    )
    answer = uuid5(NAMESPACE, "answer")
    reports.reply(
        actor=cast.office,
        uuid=UUID,
        comment_uuid=answer,
        to=asked.uuid,
        text=ANSWER,
        at=moment(RETURNED, 15),
    )
    reports.settle_comment(actor=cast.deputy, uuid=UUID, comment=asked.uuid, at=moment(RETURNED, 16))
    return returned


def _sign(cast: Cast, report: Report) -> None:
    sent = reports.send_report(actor=cast.office, uuid=UUID, version=report.version, at=moment(DATED, 9, 30))
    checked = reports.check_report(actor=cast.deputy, uuid=UUID, version=sent.version, at=moment(DATED, 10))
    issued = reports.issue_report(
        actor=cast.head,
        uuid=UUID,
        version=checked.version,
        dated_on=DATED,
        at=moment(DATED, 11),
        with_trail=True,
    )
    reports.publish_issue(
        actor=cast.head, uuid=UUID, number=issued.number, at=moment(DATED, 14), names_agreed=True
    )


def is_loaded() -> bool:
    """That the report is public is the last thing that a load writes."""
    return Publication.objects.filter(issue__report__uuid=UUID).exists()
