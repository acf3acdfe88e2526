"""What no form offers and somebody sends all the same: refused with a sentence, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db.models import Model
from django.urls import reverse

from jiangong.books.figures.queries import FigureUnknown, all_keys
from jiangong.books.ledger import operations as ledger
from jiangong.governance.plan import operations
from jiangong.governance.plan.models import Campaign, Meeting, Task
from jiangong.governance.plan.operations import errors
from jiangong.governance.plan.operations.notices import NoticeContent
from jiangong.governance.plan.operations.walls import FigureNotOffered
from jiangong.governance.plan.queries.calendar import Entry, _event
from jiangong.governance.plan.rules import ItemContent, MilestoneTooLong, milestones_in
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Unit
from tests.conftest import AT, DAY, SYSTEM, MakeRecord
from tests.doors.desk.asking import ClientOf
from tests.governance.plan.conftest import CONTENT, END, START, Planning, Reporting, posted
from tests.governance.plan.test_meetings import CALL, Office, office

__all__ = ["office"]


@dataclass(frozen=True)
class Pair:
    """Two of each thing that a form may stand in; the first is the one that sends first."""

    office: Office
    federations: tuple[Unit, Unit]
    campaigns: tuple[Campaign, Campaign]
    tasks: tuple[Task, Task]
    meetings: tuple[Meeting, Meeting]


@pytest.fixture
def pair(office: Office) -> Pair:
    planning = office.planning
    other = organization.found_federation(actor=SYSTEM, code="QT", name="别市总工会", since=START, at=AT)
    ledger.open_book(actor=SYSTEM, federation_id=other.pk, at=AT)
    second = open_campaign(uuid4(), planning.world.federation)
    operations.write_programme(
        actor=SYSTEM, uuid=second.uuid, version=0, title="方案", document_number="", at=AT
    )
    return Pair(
        office,
        (planning.world.federation, other),
        (planning.campaign, second),
        (office.task, planning.add("建立书屋")),
        (office.held(), office.held()),
    )


def open_campaign(uuid: UUID, federation: Unit) -> Campaign:
    return operations.open_campaign(
        actor=SYSTEM, uuid=uuid, federation_id=federation.pk, content=CONTENT, at=AT
    )


def add_task(pair: Pair, uuid: UUID, turn: int) -> Model:
    planning, of = pair.office.planning, pair.campaigns[turn]
    content = replace(planning.content, title="甲")
    return operations.add_task(
        actor=planning.head, campaign=of.uuid, uuid=uuid, parent=None, content=content, at=AT
    )


def call_meeting(pair: Pair, uuid: UUID, turn: int) -> Model:
    content = replace(CALL, member_ids=pair.office.person_ids)
    of = pair.campaigns[turn].uuid
    return operations.call_meeting(actor=pair.office.office, campaign=of, uuid=uuid, content=content, at=AT)


def add_item(pair: Pair, uuid: UUID, turn: int) -> Model:
    of, content = pair.meetings[turn].uuid, ItemContent("研究进度", "张部长")
    return operations.add_item(actor=pair.office.office, meeting=of, uuid=uuid, content=content, at=AT)


def add_decision(pair: Pair, uuid: UUID, turn: int) -> Model:
    return pair.office.decide(pair.meetings[turn], uuid)


def ask_closing(pair: Pair, uuid: UUID, turn: int) -> Model:
    reporting = Reporting(pair.office.planning, pair.tasks[turn])
    reporting.report(seed=turn)
    return reporting.ask(uuid=uuid)


def open_one(pair: Pair, uuid: UUID, turn: int) -> Model:
    return open_campaign(uuid, pair.federations[turn])


def raise_difficulty(pair: Pair, uuid: UUID, turn: int) -> Model:
    of, clerk = pair.tasks[turn].uuid, pair.office.planning.cast["clerk"]
    return operations.raise_difficulty(actor=clerk, task=of, uuid=uuid, said="没有场地", asks="请协调", at=AT)


def raise_another_difficulty(pair: Pair, uuid: UUID, turn: int) -> Model:
    of, clerk = pair.tasks[0].uuid, pair.office.planning.cast["clerk"]
    said = ("没有场地", "没有经费")[turn]
    return operations.raise_difficulty(actor=clerk, task=of, uuid=uuid, said=said, asks="", at=AT)


def issue_notice(pair: Pair, uuid: UUID, turn: int) -> Model:
    of, content = pair.tasks[turn].uuid, NoticeContent("yellow", "请抓紧办理。", END)
    return operations.issue_notice(
        actor=pair.office.planning.head, task=of, uuid=uuid, content=content, at=AT
    )


def add_robot(pair: Pair, uuid: UUID, turn: int) -> Model:
    return operations.add_robot(
        actor=SYSTEM,
        federation_id=pair.federations[turn].pk,
        uuid=uuid,
        name="群",
        kind="feishu",
        address="https://open.feishu.cn/hook/1",
        secret="",
        rhythm="daily",
        at=AT,
    )


MAKERS = (
    add_task,
    call_meeting,
    add_item,
    add_decision,
    ask_closing,
    open_one,
    raise_difficulty,
    raise_another_difficulty,
    issue_notice,
    add_robot,
)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_a_form_that_made_something_else_is_refused(
    pair: Pair, make: Callable[[Pair, UUID, int], Model]
) -> None:
    uuid = uuid4()
    made = make(pair, uuid, 0)
    count = type(made)._default_manager.count()
    with pytest.raises(errors.FormElsewhere):
        make(pair, uuid, 1)
    assert make(pair, uuid, 0).pk == made.pk
    assert type(made)._default_manager.count() == count


def test_a_feed_of_another_account_is_refused(planning: Planning) -> None:
    uuid = uuid4()
    operations.make_feed(actor=planning.cast["clerk"], uuid=uuid, unit_id=None, at=AT)
    with pytest.raises(errors.FormElsewhere):
        operations.make_feed(actor=planning.head, uuid=uuid, unit_id=None, at=AT)


def test_the_page_says_that_the_form_made_something_else(planning: Planning, client_of: ClientOf) -> None:
    other = open_campaign(uuid4(), planning.world.federation)
    operations.write_programme(
        actor=SYSTEM, uuid=other.uuid, version=0, title="方案", document_number="", at=AT
    )
    sent = posted(planning)
    client = client_of("head")
    assert client.post(reverse("plan:add_task", args=[planning.campaign.uuid]), sent).status_code == 302
    answer = client.post(reverse("plan:add_task", args=[other.uuid]), sent)
    assert answer.status_code == 422
    assert "此表单已用于提交其他内容" in answer.content.decode()


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        (START, date.max, "until"),
        (date.min, END, "since"),
        (date(1989, 12, 31), date(1990, 12, 31), "since"),
        (date(2100, 1, 1), date(2101, 1, 1), "until"),
        (date(2020, 2, 29), date(2032, 2, 29), "until"),
    ],
)
def test_days_beyond_any_campaign_are_refused(
    planning: Planning, since: date, until: date, field: str
) -> None:
    content = replace(CONTENT, since=since, until=until)
    with pytest.raises(errors.CampaignDaysUnfit) as refused:
        operations.change_campaign(
            actor=planning.head, uuid=planning.campaign.uuid, version=1, content=content, at=AT
        )
    assert refused.value.field == field


def test_twelve_years_are_a_campaign(planning: Planning) -> None:
    content = replace(CONTENT, since=START, until=date(2031, 12, 31))
    operations.open_campaign(
        actor=planning.head, uuid=uuid4(), federation_id=planning.world.federation.pk, content=content, at=AT
    )
    assert Campaign.objects.filter(until=date(2031, 12, 31)).exists()


@pytest.mark.parametrize("scale", ["", "month", "quarter", "year"])
def test_a_campaign_at_the_edges_of_the_calendar_breaks_no_page(
    planning: Planning, client_of: ClientOf, scale: str
) -> None:
    planning.add()
    Campaign.objects.update(since=date.min, until=date.max)
    Task.objects.update(since=date.min, until=date.max)
    client, of = client_of("head"), [planning.campaign.uuid]
    for address in (
        reverse("plan:campaigns"),
        reverse("plan:campaign", args=of),
        reverse("plan:timeline", args=of) + f"?scale={scale}",
        reverse("plan:wall", args=of),
    ):
        assert client.get(address).status_code == 200, address


def test_an_event_on_the_last_day_of_the_calendar_is_written() -> None:
    entry = Entry(uuid4(), 1, date.max, date.max, "截止", "", "", AT)
    assert "99991231" in _event(entry).to_ical().decode()


@pytest.mark.parametrize("day", ["", "2020-13-45", "明天"])
def test_a_programme_is_not_issued_on_a_day_that_cannot_be_read(
    planning: Planning, client_of: ClientOf, day: str
) -> None:
    planning.add()
    address = reverse("plan:issue_programme", args=[planning.campaign.uuid])
    answer = client_of("head").post(address, {"issued_on": day}, follow=True)
    assert "印发日期无法识别" in answer.content.decode()
    planning.campaign.programme.refresh_from_db()
    assert planning.campaign.programme.issued_on is None


LONG = "阶" * 120


def test_milestones_that_differ_in_their_ends_only_are_refused(
    planning: Planning, client_of: ClientOf
) -> None:
    lines = f"2020-06-30 {LONG}甲\n2020-06-30 {LONG}乙"
    with pytest.raises(MilestoneTooLong):
        milestones_in(lines)
    with pytest.raises(MilestoneTooLong) as refused:
        planning.add(milestones=((DAY, f"{LONG}甲"), (DAY, f"{LONG}乙")))
    assert refused.value.field == "milestones"
    address = reverse("plan:add_task", args=[planning.campaign.uuid])
    answer = client_of("head").post(address, posted(planning, milestones=lines))
    assert answer.status_code == 422
    assert "超过120个字" in answer.content.decode()
    planning.add(milestones=((DAY, LONG),))
    assert Task.objects.get().milestones.get().title == LONG


def target(planning: Planning, figure: str) -> Task:
    return planning.add(
        figure=figure,
        target_value=Decimal(10),
        target_unit_id=planning.world.union.pk,
        target_period="task",
    )


@pytest.mark.parametrize("figure", ["activities.held@nosuch", "activities.held@没有"])
def test_a_part_that_does_not_exist_is_no_figure(planning: Planning, figure: str) -> None:
    with pytest.raises(FigureUnknown):
        target(planning, figure)
    with pytest.raises(FigureNotOffered):
        set_wall(planning, figure)


def set_wall(planning: Planning, figure: str) -> None:
    operations.set_wall(
        actor=planning.head, campaign=planning.campaign.uuid, version=0, figures=(figure,), at=AT
    )


def test_a_part_that_was_booked_is_one(planning: Planning, make_record: MakeRecord) -> None:
    make_record()
    figure = next(
        str(key)
        for key in all_keys(unit_id=planning.world.federation.pk)
        if key.code == "activities.held" and key.facet
    )
    assert target(planning, figure).figure == figure
    set_wall(planning, figure)


def test_a_number_that_no_row_can_have_is_not_found(planning: Planning, client_of: ClientOf) -> None:
    client, number, task = client_of("head"), 10**23, planning.add()
    assert client.get(reverse("plan:minutes", args=[number])).status_code == 404
    assert client.get(reverse("plan:department", args=[number])).status_code == 404
    assert client.get(reverse("plan:change_progress", args=[number])).status_code == 404
    marked = reverse("plan:mark_milestone", args=[task.uuid, number])
    assert client.post(marked, {"is_reached": "1"}).status_code == 404
    for name in ("end_title", "resume_title"):
        assert client.post(reverse(f"plan:{name}", args=[number]), {"version": 1}).status_code == 404
