"""A report of the clerk's unit, written by the head of the federation."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

import pytest

from jiangong.governance.reports import operations
from jiangong.governance.reports.models import Comment, Issue, Publication, Report
from jiangong.governance.reports.queries.comments import Passage
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from tests.conftest import MakeRecord, World

AT = datetime(2020, 5, 5, 2, tzinfo=UTC)
DATED = date(2020, 5, 5)
TEXT = "# 工作成效\n\n开展大讲堂{{activities.held@lecture}}，受众{{activities.audience|floor}}。\n"
PERIOD = (date(2020, 1, 1), date(2020, 5, 4))


class MakeReport(Protocol):
    def __call__(
        self,
        *,
        text: str = TEXT,
        unit: Unit | None = None,
        title: str = "大讲堂工作情况",
        uuid: UUID | None = None,
    ) -> Report: ...


class MakeIssue(Protocol):
    def __call__(self, report: Report, *, reason: str = "") -> Issue: ...


@pytest.fixture
def make_report(world: World, cast: dict[str, Actor]) -> MakeReport:
    def make(
        *, text: str = TEXT, unit: Unit | None = None, title: str = "大讲堂工作情况", uuid: UUID | None = None
    ) -> Report:
        since, until = PERIOD
        return operations.write_report(
            actor=cast["head"],
            uuid=uuid or uuid4(),
            unit_id=(unit or world.union).pk,
            content=ReportContent(title=title, since=since, until=until, text=text, organ="高邮市总工会"),
            at=AT,
        )

    return make


@pytest.fixture
def make_issue(cast: dict[str, Actor]) -> MakeIssue:
    def make(report: Report, *, reason: str = "") -> Issue:
        report.refresh_from_db()
        return operations.issue_report(
            actor=cast["head"],
            uuid=report.uuid,
            version=report.version,
            dated_on=DATED,
            at=AT,
            reason=reason,
        )

    return make


class Desk:
    """What the cast does with one report, step by step, each an hour after the one before."""

    def __init__(self, cast: dict[str, Actor], report: Report) -> None:
        self.cast, self.report = cast, report
        self.at = AT

    def later(self, **time: int) -> datetime:
        self.at += timedelta(**(time or {"hours": 1}))
        return self.at

    def now(self) -> Report:
        self.report.refresh_from_db()
        return self.report

    def save(self, text: str, *, by: str = "clerk", **time: int) -> Report:
        report = self.now()
        content = ReportContent(title=report.title, since=report.since, until=report.until, text=text)
        return operations.change_report(
            actor=self.cast[by],
            uuid=report.uuid,
            version=report.version,
            unit_id=report.unit_id,
            content=content,
            at=self.later(**time),
        )

    def send(self, *, by: str = "clerk") -> Report:
        return operations.send_report(
            actor=self.cast[by], uuid=self.report.uuid, version=self.now().version, at=self.later()
        )

    def check(self, *, by: str = "reviewer", opinion: str = "") -> Report:
        return operations.check_report(
            actor=self.cast[by],
            uuid=self.report.uuid,
            version=self.now().version,
            opinion=opinion,
            at=self.later(),
        )

    def return_(self, opinion: str = "请补数据来源", *, by: str = "reviewer") -> Report:
        return operations.return_report(
            actor=self.cast[by],
            uuid=self.report.uuid,
            version=self.now().version,
            opinion=opinion,
            at=self.later(),
        )

    def issue(self, *, by: str = "head", with_trail: bool = False) -> Issue:
        return operations.issue_report(
            actor=self.cast[by],
            uuid=self.report.uuid,
            version=self.now().version,
            dated_on=DATED,
            at=self.later(),
            with_trail=with_trail,
        )

    def withdraw(self, number: int, reason: str = "数据有误") -> None:
        operations.withdraw_issue(
            actor=self.cast["head"], uuid=self.report.uuid, number=number, reason=reason, at=self.later()
        )

    def publish(self, number: int, *, names_agreed: bool = False) -> Publication:
        return operations.publish_issue(
            actor=self.cast["head"],
            uuid=self.report.uuid,
            number=number,
            at=self.later(),
            names_agreed=names_agreed,
        )

    def comment(self, text: str = "请核对", *, by: str = "reviewer", **passage: Any) -> Comment:
        return operations.comment_on(
            actor=self.cast[by],
            uuid=self.report.uuid,
            comment_uuid=uuid4(),
            passage=Passage(**passage),
            text=text,
            at=self.later(),
        )


@pytest.fixture
def desk(world: World, cast: dict[str, Actor], make_record: MakeRecord) -> Desk:
    """A report of the clerk's unit, begun by the clerk, with 80 in the audience."""
    make_record(audience=80)
    since, until = PERIOD
    report = operations.write_report(
        actor=cast["clerk"],
        uuid=uuid4(),
        unit_id=world.union.pk,
        content=ReportContent(title="大讲堂工作情况", since=since, until=until, text=TEXT),
        at=AT,
    )
    return Desk(cast, report)


def verbs() -> list[str]:
    """What was audited about reports, in order."""
    events = AuditEvent.objects.filter(subject_type="report").order_by("number")
    return list(events.values_list("verb", flat=True))


def details() -> str:
    """All that the audit log says about reports, as one text."""
    return str(list(AuditEvent.objects.filter(subject_type="report").values_list("detail", flat=True)))
