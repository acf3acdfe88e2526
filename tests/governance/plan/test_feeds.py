"""Calendar feeds, read back by another program than the one that writes them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
import vobject  # type: ignore[import-untyped]
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Record
from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.models import Feed
from jiangong.governance.plan.operations import NewFeed, errors
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Account, RoleGrant
from jiangong.ground.shared.actors import SystemActor
from jiangong.ground.shared.errors import Forbidden, NotFound
from tests.conftest import AT, SYSTEM
from tests.governance.plan.conftest import Planning
from tests.governance.plan.test_meetings import CALL, Office, office
from tests.governance.plan.test_operations import breaks

__all__ = ["office"]

ClientOf = Callable[[str], Client]

DAY = date(2020, 6, 30)


def made(planning: Planning, who: str = "clerk", unit_id: int | None = None) -> NewFeed:
    return operations.make_feed(actor=planning.cast[who], uuid=uuid4(), unit_id=unit_id, at=AT)


def address(new: NewFeed) -> str:
    return reverse("plan:calendar", args=[new.token])


def read(new: NewFeed) -> dict[str, Any]:
    answer = Client().get(address(new))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = vobject.readOne(answer.content.decode())
    return {event.summary.value: event for event in calendar.contents.get("vevent", [])}


def test_a_person_gets_deadlines_and_milestones_of_what_they_answer_for(planning: Planning) -> None:
    task = planning.add("建成讲堂；含逗号, 分号;", until=DAY, milestones=((date(2020, 3, 31), "过半"),))
    planning.add("别人的", person_ids=(Account.objects.get(username="reviewer").person_id,))
    new = made(planning)
    assert read(new) == {}  # a draft is nobody's yet
    planning.issue()
    events = read(new)
    assert sorted(events) == ["完成时限：建成讲堂；含逗号, 分号;", "过半 · 建成讲堂；含逗号, 分号;"]
    deadline = events["完成时限：建成讲堂；含逗号, 分号;"]
    assert (deadline.dtstart.value, deadline.dtend.value) == (DAY, DAY + timedelta(days=1))
    assert deadline.uid.value == f"{task.uuid}@jiangong"
    assert deadline.url.value.endswith(reverse("plan:task", args=[task.uuid]))
    assert (deadline.sequence.value, deadline.status.value) == ("1", "CONFIRMED")


def test_the_same_thing_keeps_its_identifier_and_its_sequence_rises(planning: Planning) -> None:
    task = planning.add("甲", until=DAY, milestones=((date(2020, 3, 31), "过半"),))
    planning.issue()
    new = made(planning)
    before = read(new)
    planning.change(task, until=date(2020, 7, 31), milestones=((date(2020, 4, 30), "过半"),))
    after = read(new)
    assert {name: event.uid.value for name, event in after.items()} == {
        name: event.uid.value for name, event in before.items()
    }
    assert after["过半 · 甲"].dtstart.value == date(2020, 4, 30)
    assert [event.sequence.value for event in after.values()] == ["2", "2"]
    task.refresh_from_db()
    operations.end_task(actor=planning.head, uuid=task.uuid, reason="并入", at=AT)
    ended = read(new)
    assert {event.status.value for event in ended.values()} == {"CANCELLED"}
    assert {event.sequence.value for event in ended.values()} == {"3"}


def test_a_unit_gets_what_it_leads_and_does(planning: Planning) -> None:
    world = planning.world
    planning.add("牵头")
    planning.add("承担", lead_unit_ids=(world.federation.pk,), responsible_unit_ids=(world.union.pk,))
    planning.add("配合", lead_unit_ids=(world.federation.pk,), cooperating_unit_ids=(world.union.pk,))
    planning.issue()
    events = read(made(planning, "reviewer", world.union.pk))
    assert sorted(events) == ["完成时限：承担", "完成时限：牵头"]
    content = Client().get(address(made(planning, "reviewer", world.union.pk))).content.decode()
    assert Account.objects.get(username="clerk").person.name not in content


def test_only_the_digest_is_kept_and_acts_tell_nothing_of_the_address(planning: Planning) -> None:
    new = made(planning)
    assert new.token not in str(Feed.objects.values().get())
    assert breaks() == []


def test_a_wrong_or_ended_address_answers_nobody(planning: Planning) -> None:
    new = made(planning)
    assert Client().get(reverse("plan:calendar", args=["x" * 43])).status_code == 404
    operations.end_feed(actor=planning.cast["clerk"], uuid=new.feed.uuid, at=AT)
    assert Client().get(address(new)).status_code == 404
    with pytest.raises(errors.FeedEnded):
        operations.end_feed(actor=planning.cast["clerk"], uuid=new.feed.uuid, at=AT)
    assert breaks() == []


def test_it_ends_with_the_account_and_with_the_reach_of_its_roles(planning: Planning) -> None:
    own, unit = made(planning), made(planning, "reviewer", planning.world.union.pk)
    organization.close_account(actor=SYSTEM, account_id=own.feed.account_id, at=AT)
    assert Client().get(address(own)).status_code == 404
    assert Client().get(address(unit)).status_code == 200
    for grant in RoleGrant.objects.filter(account=unit.feed.account):
        organization.end_role(actor=SYSTEM, grant_id=grant.pk, on=date(2020, 5, 4), at=AT)
    assert Client().get(address(unit)).status_code == 404


def test_what_is_unchanged_is_not_sent_again(planning: Planning) -> None:
    planning.add("甲")
    planning.issue()
    new = made(planning)
    first = Client().get(address(new))
    again = Client().get(address(new), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = Client().get(address(new), headers={"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304
    planning.change(planning.add("乙"), until=DAY)
    assert Client().get(address(new), headers={"if-none-match": first["ETag"]}).status_code == 200
    assert Client().post(address(new)).status_code == 405


def test_nobody_ends_the_feed_of_another_or_makes_one_of_a_unit_out_of_reach(planning: Planning) -> None:
    new = made(planning)
    with pytest.raises(NotFound):
        operations.end_feed(actor=planning.cast["reviewer"], uuid=new.feed.uuid, at=AT)
    with pytest.raises(NotFound):
        made(planning, "clerk", planning.world.other_union.pk)
    with pytest.raises(Forbidden):
        operations.make_feed(actor=SystemActor(), uuid=uuid4(), unit_id=None, at=AT)
    with pytest.raises(errors.FeedMade):
        operations.make_feed(actor=planning.cast["clerk"], uuid=new.feed.uuid, unit_id=None, at=AT)


def test_the_page_shows_an_address_once(planning: Planning, client_of: ClientOf) -> None:
    planning.add("甲")
    planning.issue()
    client, there = client_of("clerk"), reverse("plan:feeds")
    assert "还没有订阅" in client.get(there).content.decode()
    sent = {"uuid": str(uuid4()), "unit": ""}
    page = client.post(there, sent).content.decode()
    feed = Feed.objects.get()
    assert "/plan/calendar/" in page
    assert "<svg" in page
    assert client.post(there, sent).status_code == 422
    again = client.get(there).content.decode()
    assert "/plan/calendar/" not in again
    assert reverse("plan:end_feed", args=[feed.uuid]) in again
    assert client_of("stranger").post(reverse("plan:end_feed", args=[feed.uuid])).status_code == 404
    client.post(reverse("plan:end_feed", args=[feed.uuid]))
    assert "还没有订阅" in client.get(there).content.decode()
    assert client.post(there, {"unit": str(planning.world.other_union.pk)}).status_code == 404
    assert client.put(there).status_code == 405
    assert Client().get(there).status_code == 302


def test_more_tasks_take_no_more_statements(planning: Planning) -> None:
    planning.add("甲", milestones=((DAY, "节点"),))
    planning.issue()
    feed = made(planning).feed
    with CaptureQueriesContext(connection) as few:
        queries.calendar_of(feed=feed)
    for turn in range(9):
        planning.add(f"乙{turn}", milestones=((DAY, "节点"),))
    with CaptureQueriesContext(connection) as many:
        queries.calendar_of(feed=feed)
    assert len(many) == len(few)


def test_a_meeting_stands_with_its_hours_in_the_calendars_of_those_who_are_asked(office: Office) -> None:
    planning = office.planning
    own = [made(planning), made(planning, "reviewer", planning.world.union.pk)]
    others = [made(planning, "reviewer"), made(planning, "head", planning.world.other_union.pk)]
    meeting = office.call()
    for new in own:
        event = read(new)["5月办公例会"]
        assert event.dtstart.value == datetime(2020, 5, 1, 1, tzinfo=UTC)
        assert event.dtend.value == datetime(2020, 5, 1, 3, tzinfo=UTC)
        assert event.uid.value == f"{meeting.uuid}@jiangong"
        assert (event.location.value, event.transp.value) == ("三楼会议室", "OPAQUE")
        assert event.url.value.endswith(reverse("plan:meeting", args=[meeting.uuid]))
        assert (event.sequence.value, event.status.value) == ("1", "CONFIRMED")
    assert not any("5月办公例会" in read(new) for new in others)


def test_a_meeting_that_moves_rises_and_one_called_off_is_cancelled(office: Office) -> None:
    new, meeting = made(office.planning), office.call(ends=None)
    later = replace(CALL, held_on=date(2020, 5, 8), begins=time(14), ends=None, member_ids=office.person_ids)
    operations.change_meeting(
        actor=office.office, uuid=meeting.uuid, version=1, content=later, at=AT, today=DAY
    )
    event = read(new)["5月办公例会"]
    assert (event.dtstart.value, event.sequence.value) == (datetime(2020, 5, 8, 6, tzinfo=UTC), "2")
    assert event.dtend.value - event.dtstart.value == timedelta(hours=2)
    operations.call_off_meeting(actor=office.office, uuid=meeting.uuid, reason="防汛", at=AT)
    event = read(new)["5月办公例会"]
    assert (event.sequence.value, event.status.value) == ("3", "CANCELLED")


def test_who_is_not_asked_any_more_has_it_no_more_and_who_records_has_it(office: Office) -> None:
    new, meeting = made(office.planning), office.call()
    person, clerk = office.person_ids
    assert "5月办公例会" in read(new)
    without = replace(CALL, member_ids=(person,))
    operations.change_meeting(
        actor=office.office, uuid=meeting.uuid, version=1, content=without, at=AT, today=DAY
    )
    assert "5月办公例会" not in read(new)
    recorded = replace(without, recorder_id=clerk)
    operations.change_meeting(
        actor=office.office, uuid=meeting.uuid, version=2, content=recorded, at=AT, today=DAY
    )
    assert "5月办公例会" in read(new)


def test_confirmed_minutes_tell_calendars_that_they_changed(office: Office) -> None:
    new, meeting = made(office.planning), office.held()
    record = Record.objects.get(minutes__meeting=meeting)
    ledger.submit_record(actor=office.office, record_id=record.pk, at=AT)
    later = AT + timedelta(hours=3)
    ledger.confirm_record(actor=office.head, record_id=record.pk, at=later)
    assert read(new)["5月办公例会"].last_modified.value == later


def test_more_meetings_take_no_more_statements(
    office: Office, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    feed = made(office.planning).feed
    office.call()
    with CaptureQueriesContext(connection) as few:
        queries.calendar_of(feed=feed)
    for turn in range(5):
        office.call(title=f"会议{turn}")
    with django_assert_num_queries(len(few)):
        queries.calendar_of(feed=feed)
