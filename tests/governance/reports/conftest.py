"""A report of the clerk's unit, written by the head of the federation."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol
from uuid import UUID, uuid4

import pytest

from jiangong.governance.reports import operations
from jiangong.governance.reports.models import Issue, Report
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from tests.conftest import World

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
