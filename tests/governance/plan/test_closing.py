"""Striking off: on evidence only, by three persons, in order; sent back and reopened."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangong.books.evidence import operations as evidence
from jiangong.books.evidence.operations import Upload
from jiangong.books.ledger import operations as ledger
from jiangong.governance.plan import operations
from jiangong.governance.plan.models import Closing, ClosingState, Task
from jiangong.governance.plan.operations import errors
from jiangong.governance.plan.queries import closings_waiting, task_rows, waiting_closings
from jiangong.governance.plan.rules import (
    CLOSING_MOVES,
    ClosingOutOfOrder,
    ClosingStep,
    Light,
    SamePersonTwice,
    require_another,
    require_closing_move,
)
from jiangong.ground.audit import queries as audit
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Account
from jiangong.ground.shared.actors import SystemActor
from jiangong.ground.shared.errors import DomainError, Forbidden
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import AT, TODAY, MakeRecord, photo
from tests.governance.plan.conftest import Planning, Reporting

ClientOf = Callable[[str], Client]


# Rules without a database


@pytest.mark.parametrize(("step", "to"), list(itertools.product(ClosingStep, ClosingStep)))
def test_only_the_next_step_may_be_taken(step: ClosingStep, to: ClosingStep) -> None:
    if to in CLOSING_MOVES[step]:
        require_closing_move(step, to=to)
    else:
        with pytest.raises(ClosingOutOfOrder):
            require_closing_move(step, to=to)


def test_nobody_takes_two_steps() -> None:
    require_another(3, before=(1, 2))
    with pytest.raises(SamePersonTwice):
        require_another(1, before=(1, None))


# Operations


def light_of(reporting: Reporting) -> tuple[Light | None, str]:
    row = task_rows(programme=reporting.task.programme, on=TODAY)[reporting.task.pk]
    return row.light, str(row.badge[1]) if row.badge else ""


def test_three_persons_strike_a_task_off(reporting: Reporting) -> None:
    closing = reporting.struck_off()
    cast = reporting.planning.cast
    assert closing.state == ClosingState.STRUCK_OFF
    persons = [closing.asked_by_id, closing.checked_by_id, closing.rechecked_by_id]
    assert persons == [cast[name].account_id for name in ("clerk", "reviewer", "head")]
    assert light_of(reporting) == (Light.DONE, "已销号")
    acts = [event.verb for event in audit.of_subject(subject_type="task", subject_id=reporting.task.uuid)]
    assert [verb for verb in acts if verb.startswith("closing")] == [
        "closing.ask", "closing.check", "closing.strike_off",
    ]  # fmt: skip


def test_every_state_is_sealed(reporting: Reporting) -> None:
    closing = reporting.struck_off()
    assert not list(_breaks())
    Closing.objects.filter(pk=closing.pk).update(words="改过")
    assert len(_breaks()) == 1


def _breaks() -> list[str]:
    last = audit.LastSeals()
    return [*audit.chain_breaks(last=last), *audit.seal_breaks(last=last)]


def test_without_a_confirmed_report_with_an_exhibit_nothing_is_asked(reporting: Reporting) -> None:
    for prepare in (
        lambda: None,
        lambda: reporting.report(100, confirm=False),
        lambda: reporting.report(90, seed=10),
        lambda: reporting.report(100, photos=0),
    ):
        prepare()
        with pytest.raises(errors.ClosingUnproved):
            reporting.ask()
    assert not Closing.objects.exists()


def test_less_reported_later_is_not_done(reporting: Reporting) -> None:
    reporting.report()
    reporting.report(80, reason="返工", photos=0)
    with pytest.raises(errors.ClosingUnproved):
        reporting.ask()


def test_evidence_that_is_withdrawn_meanwhile_stops_the_next_step(reporting: Reporting) -> None:
    record = reporting.report().record
    closing = reporting.ask()
    ledger.withdraw_record(actor=reporting.planning.head, record_id=record.pk, reason="误报", at=AT)
    with pytest.raises(errors.ClosingUnproved):
        reporting.check(closing)


def test_a_target_is_pinned_at_the_position_of_its_reading(
    planning: Planning, make_record: MakeRecord
) -> None:
    target: dict[str, Any] = {"figure": AUDIENCE, "target_value": Decimal(100), "target_period": "campaign"}
    task = planning.add(target_unit_id=planning.world.federation.pk, **target)
    planning.issue()
    reporting = Reporting(planning, task)
    make_record(audience=60)
    with pytest.raises(errors.TargetNotReached, match="60"):
        reporting.ask()
    make_record(audience=60)
    closing = reporting.ask()
    planning.world.book.refresh_from_db()
    assert closing.value == 120
    assert closing.position == planning.world.book.position
    assert closing.record is None
    with pytest.raises(errors.PhotosWithoutReport):
        reporting.strike_off(reporting.check(closing), after=[_upload(1)])


def test_parts_are_struck_off_before_the_whole(planning: Planning) -> None:
    whole = planning.add("整体")
    parts = [planning.add(f"部分{turn}", parent=whole) for turn in range(2)]
    planning.issue()
    with pytest.raises(errors.PartsOpen, match="部分0"):
        Reporting(planning, whole).ask()
    for turn, part in enumerate(parts):
        one = Reporting(planning, part)
        one.report(seed=turn * 10)
        one.strike_off(one.check(one.ask()))
    assert Reporting(planning, whole).ask().state == ClosingState.ASKED


def test_a_part_that_ended_does_not_hold_the_whole(planning: Planning) -> None:
    whole = planning.add("整体")
    done, gone = planning.add("完成", parent=whole), planning.add("不做", parent=whole)
    planning.issue()
    Reporting(planning, done).struck_off()
    operations.end_task(actor=planning.head, uuid=gone.uuid, reason="合并", at=AT)
    assert Reporting(planning, whole).ask().state == ClosingState.ASKED


def test_one_closing_is_open_at_a_time(reporting: Reporting) -> None:
    reporting.report()
    first = reporting.ask()
    assert reporting.ask(uuid=first.uuid).pk == first.pk
    with pytest.raises(errors.ClosingAsked):
        reporting.ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.create(
            uuid=uuid4(), task=reporting.task, asked_by_id=first.asked_by_id, asked_at=AT, words="又一次"
        )


def test_the_same_person_takes_no_second_step(reporting: Reporting) -> None:
    reporting.report()
    closing = reporting.ask(by="head")
    with pytest.raises(SamePersonTwice):
        reporting.check(closing, by="head")
    with pytest.raises(SamePersonTwice):
        operations.return_closing(
            actor=reporting.planning.head, uuid=closing.uuid, version=1, reason="自己退", at=AT
        )
    closing = reporting.check(closing)
    with pytest.raises(SamePersonTwice):
        reporting.strike_off(closing)


def test_the_database_holds_three_persons_apart(reporting: Reporting) -> None:
    closing = reporting.struck_off()
    for name in ("checked_by", "rechecked_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Closing.objects.filter(pk=closing.pk).update(**{name: closing.asked_by_id})


def test_steps_out_of_order_are_refused(reporting: Reporting) -> None:
    reporting.report()
    closing = reporting.ask()
    with pytest.raises(ClosingOutOfOrder):
        reporting.strike_off(closing)
    closing = reporting.check(closing)
    with pytest.raises(ClosingOutOfOrder):
        operations.reopen_task(
            actor=reporting.planning.head, uuid=closing.uuid, version=closing.version, reason="早了", at=AT
        )


def test_a_form_that_was_overtaken_is_refused(reporting: Reporting) -> None:
    reporting.report()
    closing = reporting.ask()
    closing.version = 9
    with pytest.raises(ClosingOutOfOrder):
        reporting.check(closing)


def test_who_has_not_the_right_takes_no_step(reporting: Reporting) -> None:
    reporting.report()
    for name in ("stranger", "auditor"):
        with pytest.raises(Forbidden):
            reporting.ask(by=name)
    closing = reporting.ask()
    with pytest.raises(Forbidden):
        reporting.check(closing, by="stranger")
    closing = reporting.check(closing)
    for name in ("clerk", "reviewer", "stranger"):
        with pytest.raises(Forbidden):
            reporting.strike_off(closing, by=name)


def test_who_holds_a_post_in_the_office_of_the_campaign_rechecks(reporting: Reporting) -> None:
    planning = reporting.planning
    federation = planning.world.federation
    stranger = planning.cast["stranger"]
    person = Account.objects.get(username="stranger").person_id
    organization.appoint(
        actor=SystemActor(),
        unit_id=federation.pk,
        person_id=person,
        body="创建办公室",
        title="主任",
        since=TODAY,
        at=AT,
    )
    campaign = reporting.task.programme.campaign.uuid
    operations.name_leading_bodies(
        actor=planning.cast["head"], uuid=campaign, group="", office="创建办公室", at=AT
    )
    reporting.report()
    closing = reporting.check(reporting.ask())
    assert [group.label for group in closings_waiting(actor=stranger) if group.closings] == [
        "待现场复核的销号"
    ]
    assert reporting.strike_off(closing, by="stranger").state == ClosingState.STRUCK_OFF


def test_words_place_day_and_reason_are_asked_for(reporting: Reporting) -> None:
    reporting.report()
    with pytest.raises(errors.ClosingWordsMissing):
        reporting.ask(text="  ")
    closing = reporting.check(reporting.ask())
    with pytest.raises(errors.RecheckPlaceMissing):
        reporting.strike_off(closing, place=" ")
    for day in (TODAY - timedelta(1), TODAY + timedelta(1)):
        with pytest.raises(errors.RecheckDayUnfit):
            reporting.strike_off(closing, on=day)
    with pytest.raises(errors.ClosingReasonMissing):
        operations.return_closing(
            actor=reporting.planning.head, uuid=closing.uuid, version=closing.version, reason=" ", at=AT
        )


def test_sent_back_it_is_asked_for_anew(reporting: Reporting) -> None:
    reporting.report()
    closing = reporting.ask()
    cast = reporting.planning.cast
    back = operations.return_closing(
        actor=cast["reviewer"], uuid=closing.uuid, version=closing.version, reason="请补名册", at=AT
    )
    assert (back.state, back.reason) == (ClosingState.RETURNED, "请补名册")
    assert [group.count for group in waiting_closings(cast["clerk"], TODAY)] == [1]
    assert reporting.ask().state == ClosingState.ASKED
    assert waiting_closings(cast["clerk"], TODAY) == []


def test_reopened_it_needs_a_new_report(reporting: Reporting) -> None:
    closing = reporting.struck_off()
    operations.reopen_task(
        actor=reporting.planning.head,
        uuid=closing.uuid,
        version=closing.version,
        reason="车辆乱停",
        at=AT + timedelta(hours=1),
    )
    assert light_of(reporting) == (Light.BEHIND, "已恢复")
    with pytest.raises(errors.ClosingUnproved):
        reporting.ask()
    reporting.report(seed=50, at=AT + timedelta(hours=2))
    assert reporting.ask().state == ClosingState.ASKED


def test_a_part_reopened_opens_what_was_struck_off_because_of_it(planning: Planning) -> None:
    top = planning.add("总任务")
    whole = planning.add("整体", parent=top)
    part = planning.add("部分", parent=whole)
    planning.issue()
    closing = Reporting(planning, part).struck_off()
    for task in (whole, top):
        one = Reporting(planning, task)
        one.strike_off(one.check(one.ask()))
    operations.reopen_task(
        actor=planning.head, uuid=closing.uuid, version=closing.version, reason="车辆乱停", at=AT
    )
    assert {one.task.title: (one.state, one.reason) for one in Closing.objects.all()} == {
        "部分": ("reopened", "车辆乱停"),
        "整体": ("reopened", "下级任务“部分”已恢复：车辆乱停"),
        "总任务": ("reopened", "下级任务“部分”已恢复：车辆乱停"),
    }
    assert light_of(Reporting(planning, top))[0] is not Light.DONE
    verbs = [event.verb for event in audit.of_subject(subject_type="task", subject_id=top.uuid)]
    assert "closing.reopen" in verbs
    assert not _breaks()


def test_a_task_that_ends_leaves_no_closing_open(reporting: Reporting) -> None:
    head = reporting.planning.head
    reporting.report()
    closing = reporting.check(reporting.ask())
    operations.end_task(actor=head, uuid=reporting.task.uuid, reason="并入另一任务", at=AT)
    closing.refresh_from_db()
    assert (closing.state, closing.reason) == (ClosingState.RETURNED, "任务已终止：并入另一任务")
    assert closing.returned_by_id == head.account_id
    assert not _breaks()


def test_a_closing_of_a_task_that_ended_is_sent_back(reporting: Reporting, client_of: ClientOf) -> None:
    """Such as was left open before ending a task settled it."""
    reporting.report()
    closing = reporting.ask()
    Task.objects.filter(pk=reporting.task.pk).update(ended_at=AT, ended_because="并入")
    back = reverse("plan:return_closing", args=[closing.uuid])
    said = page(client_of("reviewer"), reverse("plan:closing", args=[closing.uuid]))
    assert back in said
    assert reverse("plan:check_closing", args=[closing.uuid]) not in said
    client_of("reviewer").post(back, {"version": 1, "reason": "任务已终止"})
    closing.refresh_from_db()
    assert closing.state == ClosingState.RETURNED


def test_a_report_withdrawn_meanwhile_is_told_to_who_checks(
    reporting: Reporting, client_of: ClientOf
) -> None:
    record = reporting.report().record
    closing = reporting.ask()
    ledger.withdraw_record(actor=reporting.planning.head, record_id=record.pk, reason="误报", at=AT)
    address = reverse("plan:check_closing", args=[closing.uuid])
    answer = client_of("reviewer").post(address, {"version": 1, "words": "属实"}, follow=True)
    assert "销号须有佐证。请先报送100%进展并附照片或文件，经他人确认后再申请。" in answer.content.decode()
    closing.refresh_from_db()
    assert closing.state == ClosingState.ASKED


def test_what_is_struck_off_does_not_change(reporting: Reporting) -> None:
    reporting.struck_off()
    planning = reporting.planning
    with pytest.raises(errors.TaskStruckOff):
        reporting.report(50, reason="再报", photos=0)
    with pytest.raises(errors.TaskStruckOff):
        planning.change(Task.objects.get(pk=reporting.task.pk), item="另一项")
    with pytest.raises(errors.AboveIsClosed):
        planning.add("下级", parent=reporting.task)
    other = planning.add("另一任务")
    with pytest.raises(errors.AboveIsClosed, match="排定门前四包责任区域"):
        operations.move_task(actor=planning.head, uuid=other.uuid, parent=reporting.task.uuid, place=1, at=AT)


def test_a_closed_campaign_takes_no_step(reporting: Reporting) -> None:
    reporting.report()
    closing = reporting.ask()
    planning = reporting.planning
    operations.close_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)
    with pytest.raises(errors.CampaignOver):
        reporting.check(closing)
    assert waiting_closings(planning.cast["reviewer"], TODAY) == []


def test_photos_of_the_spot_hang_on_the_report(reporting: Reporting) -> None:
    reporting.report()
    closing = reporting.strike_off(reporting.check(reporting.ask()), before=[_upload(7)], after=[_upload(8)])
    assert closing.record
    backgrounds = list(closing.record.exhibits.order_by("pk").values_list("background", flat=True))
    assert backgrounds == ["", "处置前", "处置后"]


def _upload(seed: int) -> Upload:
    data = photo(seed)
    return Upload("现场.jpg", len(data), BytesIO(data))


def test_a_crash_in_the_middle_leaves_nothing_half(
    reporting: Reporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporting.report()
    closing = reporting.check(reporting.ask())
    events = audit.of_subject(subject_type="task", subject_id=reporting.task.uuid).count()

    def crash(*_args: object, **_kwargs: object) -> None:
        raise MemoryError

    monkeypatch.setattr(evidence, "tie_files", crash)
    with pytest.raises(MemoryError), transaction.atomic():
        reporting.strike_off(closing, after=[_upload(8)])
    closing.refresh_from_db()
    assert (closing.state, closing.rechecked_by_id) == (ClosingState.CHECKED, None)
    assert audit.of_subject(subject_type="task", subject_id=reporting.task.uuid).count() == events
    assert _breaks() == []


NAMES = ("clerk", "reviewer", "head", "stranger")
ACTS = ("report", "ask", "check", "strike_off", "return", "reopen")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(NAMES)), max_size=12))
def test_any_sequence_of_acts_keeps_the_rules(reporting: Reporting, steps: list[tuple[str, str]]) -> None:
    """Never struck off without evidence and three different persons; never two ways open at once."""
    with transaction.atomic():
        for turn, (act, name) in enumerate(steps):
            try:
                with transaction.atomic():
                    _act(reporting, act, name, turn)
            except DomainError:
                continue
        for closing in Closing.objects.all():
            _assert_sound(closing)
        alive = Closing.objects.filter(state__in=("asked", "checked", "struck_off"))
        assert alive.count() <= 1
        transaction.set_rollback(True)


def _act(reporting: Reporting, act: str, name: str, turn: int) -> None:
    actor, latest = reporting.planning.cast[name], Closing.objects.order_by("-pk").first()
    at = AT + timedelta(minutes=turn)
    if act == "report":
        reporting.report(by=name, seed=turn, at=at)
        return
    if act == "ask":
        reporting.ask(by=name, at=at)
        return
    if latest is None:
        return
    if act == "check":
        reporting.check(latest, by=name)
    elif act == "strike_off":
        reporting.strike_off(latest, by=name)
    else:
        change = operations.return_closing if act == "return" else operations.reopen_task
        change(actor=actor, uuid=latest.uuid, version=latest.version, reason="原因", at=at)


def _assert_sound(closing: Closing) -> None:
    taken = [closing.asked_by_id, closing.checked_by_id, closing.rechecked_by_id]
    persons = [person for person in taken if person is not None]
    assert len(persons) == len(set(persons))
    if closing.state in {"struck_off", "reopened"}:
        assert len(persons) == 3
        assert closing.record
        assert closing.record.exhibits.filter(removed_at__isnull=True).exists()
        assert closing.record.task_progress.percent == 100


# Who must act next, and the pages


def test_the_home_page_tells_who_must_act(reporting: Reporting) -> None:
    cast = reporting.planning.cast

    def waits(name: str) -> list[tuple[str, int]]:
        return [(str(group.label), group.count) for group in waiting_closings(cast[name], TODAY)]

    reporting.report()
    assert [waits(name) for name in NAMES] == [[], [], [], []]
    closing = reporting.ask()
    assert [waits(name) for name in ("clerk", "reviewer", "stranger")] == [[], [("待我审核的销号", 1)], []]
    reporting.check(closing)
    assert [waits(name) for name in ("clerk", "reviewer")] == [[], []]
    assert waits("head") == [("待现场复核的销号", 1)]


def test_what_waits_is_read_in_as_many_statements_however_much_it_is(planning: Planning) -> None:
    tasks = [planning.add(f"任务{turn}") for turn in range(4)]
    planning.issue()

    def statements() -> int:
        with CaptureQueriesContext(connection) as caught:
            closings_waiting(actor=planning.cast["reviewer"])
        return len(caught)

    for turn, task in enumerate(tasks):
        reporting = Reporting(planning, task)
        reporting.report(seed=turn)
        reporting.ask()
        if turn == 0:
            before = statements()
    assert statements() == before


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_from_asking_to_struck_off_through_the_pages(reporting: Reporting, client_of: ClientOf) -> None:
    task = reverse("plan:task", args=[reporting.task.uuid])
    assert "申请销号" not in page(client_of("clerk"), task)
    reporting.report()
    assert "申请销号" in page(client_of("clerk"), task)
    assert "申请销号" not in page(client_of("stranger"), task)
    client_of("clerk").post(reverse("plan:ask_closing", args=[reporting.task.uuid]), {"words": "完成"})
    closing = Closing.objects.get()
    address = reverse("plan:closing", args=[closing.uuid])
    check = reverse("plan:check_closing", args=[closing.uuid])
    assert check not in page(client_of("clerk"), address)
    assert check in page(client_of("reviewer"), address)
    assert address in page(client_of("reviewer"), reverse("plan:closings"))
    client_of("reviewer").post(check, {"version": 1, "words": "属实"})
    strike = reverse("plan:strike_off", args=[closing.uuid])
    assert strike in page(client_of("head"), address)
    refused = client_of("head").post(strike, {"version": 2, "on": TODAY.isoformat(), "words": "写了很多"})
    assert refused.status_code == 422
    assert "写了很多" in refused.content.decode()


def test_what_was_seen_on_the_spot_stands_on_the_page(reporting: Reporting, client_of: ClientOf) -> None:
    closing = reporting.struck_off()
    said = page(client_of("stranger"), reverse("plan:closing", args=[closing.uuid]))
    assert "市供电公司 · 情况属实" in said
    assert "已销号" in said
    assert "evidence/" not in said  # photos are for those in whose scope the record lies
    assert "已销号" in page(
        client_of("clerk"), reverse("plan:campaign", args=[reporting.planning.campaign.uuid])
    )


def test_reasons_and_refusals_are_told_on_the_page(reporting: Reporting, client_of: ClientOf) -> None:
    reporting.report()
    closing = reporting.ask()
    address = reverse("plan:return_closing", args=[closing.uuid])
    sent: dict[str, Any] = {"version": 1, "reason": "请补名册"}
    told = client_of("reviewer").post(address, sent, follow=True).content.decode()
    assert "请补名册" in told
    again = client_of("reviewer").post(address, sent, follow=True).content.decode()
    assert "销号已有新的办理" in again
    assert client_of("clerk").get(address).status_code == 405
    assert client_of("clerk").post(address, sent).status_code == 403
    assert page(client_of("clerk"), reverse("plan:closing", args=[uuid4()]), 404)
