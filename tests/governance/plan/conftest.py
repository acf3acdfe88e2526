"""A campaign of the small federation, with a programme and what a task needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest

from jiangong.books.evidence.operations import Upload
from jiangong.books.ledger import operations as ledger
from jiangong.governance.plan import operations
from jiangong.governance.plan.models import Campaign, CampaignKind, Closing, Task, TitleSought
from jiangong.governance.plan.operations import CampaignContent, Recheck
from jiangong.governance.plan.rules import ProgressContent, TaskContent
from jiangong.ground.organization.models import Account
from jiangong.ground.shared.actors import Actor
from tests.conftest import AT, DAY, TODAY, World, photo

START, END = date(2020, 1, 1), date(2020, 12, 31)
CONTENT = CampaignContent(
    "创建全国文明城市（2020年）", CampaignKind.CREATION, TitleSought.NATIONAL_CITY, START, END, "2018年版"
)


@dataclass(frozen=True)
class Planning:
    """The head's desk: a draft programme of an open campaign."""

    world: World
    cast: dict[str, Actor]
    campaign: Campaign
    content: TaskContent

    @property
    def head(self) -> Actor:
        return self.cast["head"]

    def add(self, title: str = "开展职工大讲堂活动", *, parent: Task | None = None, **changes: Any) -> Task:
        return operations.add_task(
            actor=self.head,
            campaign=self.campaign.uuid,
            uuid=uuid4(),
            parent=parent.uuid if parent else None,
            content=replace(self.content, title=title, **changes),
            at=AT,
        )

    def issue(self) -> None:
        operations.issue_programme(actor=self.head, uuid=self.campaign.uuid, issued_on=START, at=AT)

    def issue_with(self, title: str) -> Task:
        """The programme issued with one task of the clerk's union."""
        task = self.add(title)
        self.issue()
        return task

    def change(self, task: Task, **changes: Any) -> Task:
        content = replace(self.content, title=task.title, **changes)
        return operations.change_task(
            actor=self.head, uuid=task.uuid, version=task.version, content=content, at=AT
        )


@pytest.fixture
def planning(world: World, cast: dict[str, Actor], accounts: dict[str, Account]) -> Planning:
    campaign = operations.open_campaign(
        actor=cast["head"], uuid=uuid4(), federation_id=world.federation.pk, content=CONTENT, at=AT
    )
    operations.write_programme(
        actor=cast["head"],
        uuid=campaign.uuid,
        version=0,
        title="实施方案",
        document_number="邮工发〔2020〕1号",
        at=AT,
    )
    content = TaskContent(
        title="",
        since=START,
        until=END,
        lead_unit_ids=(world.union.pk,),
        person_ids=(accounts["clerk"].person_id,),
    )
    return Planning(world, cast, campaign, content)


def posted(planning: Planning, **changes: Any) -> dict[str, Any]:
    """What the form of a task sends."""
    sent: dict[str, Any] = {
        "uuid": str(uuid4()),
        "title": "开展职工大讲堂活动",
        "lead_unit": planning.world.union.pk,
        "persons": list(planning.content.person_ids),
        "since": START.isoformat(),
        "until": END.isoformat(),
    }
    return sent | changes


@dataclass(frozen=True)
class Reporting:
    """An issued task of the clerk's union that is reported by hand."""

    planning: Planning
    task: Task

    def report(
        self,
        percent: int = 100,
        *,
        by: str = "clerk",
        photos: int = 1,
        confirm: bool = True,
        day: date = DAY,
        reason: str = "",
        seen: bool = True,
        at: datetime = AT,
        seed: int = 0,
    ) -> operations.Reported:
        """Confirmed by the head, so that the reviewer may still check; whole without a photo over its finding."""
        cast = self.planning.cast
        data = [photo(100 + seed + turn) for turn in range(photos)]
        reported = operations.report_progress(
            actor=cast[by],
            uuid=uuid4(),
            task=self.task.uuid,
            unit_id=self.planning.world.union.pk,
            content=ProgressContent(day, percent, "做了一些工作。", reason),
            files=[Upload("现场.jpg", len(one), BytesIO(one)) for one in data],
            submit=True,
            at=at,
            today=TODAY,
            seen=seen,
        )
        if confirm:
            ledger.confirm_record(
                actor=cast["head"], record_id=reported.record.pk, at=at, override="" if photos else "见附件"
            )
        return reported

    def ask(self, by: str = "clerk", **changes: Any) -> Closing:
        asked: dict[str, Any] = {"task": self.task.uuid, "uuid": uuid4(), "text": "全部完成", "at": AT}
        return operations.ask_closing(actor=self.planning.cast[by], **(asked | changes))

    def check(self, closing: Closing, by: str = "reviewer") -> Closing:
        actor = self.planning.cast[by]
        return operations.check_closing(
            actor=actor, uuid=closing.uuid, version=closing.version, text="属实", at=AT
        )

    def strike_off(self, closing: Closing, by: str = "head", **changes: Any) -> Closing:
        recheck = replace(Recheck(TODAY, "市供电公司", "情况属实"), **changes)
        struck, _refused = operations.strike_off(
            actor=self.planning.cast[by],
            uuid=closing.uuid,
            version=closing.version,
            recheck=recheck,
            at=AT,
            today=TODAY,
        )
        return struck

    def struck_off(self) -> Closing:
        self.report()
        return self.strike_off(self.check(self.ask()))


@pytest.fixture
def reporting(planning: Planning) -> Reporting:
    task = planning.add("排定门前四包责任区域")
    planning.issue()
    return Reporting(planning, task)
