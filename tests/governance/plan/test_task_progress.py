"""Progress reported by hand: a record with evidence, confirmed by another person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangong.books.figures.queries import read_figures
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.operations.errors import DateInFuture, FindingsOpen, SelfConfirmation
from jiangong.books.ledger.queries import proof
from jiangong.governance.plan import operations
from jiangong.governance.plan.measures import REPORTS
from jiangong.governance.plan.models import TaskProgress
from jiangong.governance.plan.operations import errors
from jiangong.governance.plan.queries import progress_findings, task_rows
from jiangong.governance.plan.queries.waiting import waiting_tasks
from jiangong.governance.plan.rules import Light, ProgressContent
from jiangong.ground.shared.errors import Forbidden, NotFound, Several
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import AT, DAY, TODAY
from tests.governance.plan.conftest import Planning, Reporting

ClientOf = Callable[[str], Client]


def percent(reporting: Reporting) -> Decimal | None:
    rows = task_rows(programme=reporting.task.programme, on=TODAY)
    return rows[reporting.task.pk].progress


def test_the_latest_confirmed_report_by_day_is_the_progress(reporting: Reporting) -> None:
    assert percent(reporting) is None
    reporting.report(40, photos=0)
    reporting.report(20, photos=0, day=DAY - timedelta(5))
    assert percent(reporting) == 40
    reporting.report(70, photos=0, confirm=False)
    assert percent(reporting) == 40


def test_of_one_day_the_later_posting_counts(reporting: Reporting) -> None:
    reporting.report(40, photos=0)
    reporting.report(30, photos=0, reason="核减")
    assert percent(reporting) == 30


def test_a_confirmed_report_posts_to_the_ledger(reporting: Reporting) -> None:
    reporting.report(40, photos=0)
    reading = reporting.planning.world.reading()
    (read,) = read_figures(keys=[FigureKey(REPORTS)], reading=reading)
    assert read.value == 1
    assert list(proof.record_breaks()) == []


def test_withdrawn_it_counts_no_more(reporting: Reporting) -> None:
    record = reporting.report(40, photos=0).record
    ledger.withdraw_record(actor=reporting.planning.head, record_id=record.pk, reason="误报", at=AT)
    assert percent(reporting) is None


def test_amended_it_says_what_was_accepted(reporting: Reporting) -> None:
    record = reporting.report(40, photos=0).record
    cast = reporting.planning.cast
    amendment = operations.propose_progress(
        actor=cast["clerk"],
        record_id=record.pk,
        content=ProgressContent(DAY, 60, "核实后更正。"),
        reason="统计有误",
        at=AT,
        today=TODAY,
    )
    assert percent(reporting) == 40
    ledger.accept_amendment(actor=cast["head"], amendment_id=amendment.pk, at=AT)
    assert percent(reporting) == 60
    assert TaskProgress.objects.get(pk=record.pk).words == "核实后更正。"
    assert list(proof.record_breaks()) == []


def test_who_reported_does_not_confirm(reporting: Reporting) -> None:
    reported = reporting.report(40, by="reviewer", confirm=False)
    with pytest.raises(SelfConfirmation):
        ledger.confirm_record(actor=reporting.planning.cast["reviewer"], record_id=reported.record.pk, at=AT)


def test_a_form_that_is_sent_twice_reports_once(reporting: Reporting) -> None:
    planning = reporting.planning
    first = reporting.report(40, confirm=False, photos=0).record
    again = operations.report_progress(
        actor=planning.cast["clerk"],
        uuid=first.uuid,
        task=reporting.task.uuid,
        unit_id=planning.world.union.pk,
        content=ProgressContent(DAY, 40, "做了一些工作。"),
        files=[],
        submit=True,
        at=AT,
        today=TODAY,
    )
    assert again.record.pk == first.pk
    assert TaskProgress.objects.count() == 1


def test_a_target_and_parts_are_not_reported_by_hand(planning: Planning) -> None:
    federation = planning.world.federation.pk
    target: dict[str, Any] = {"figure": AUDIENCE, "target_value": Decimal(9), "target_unit_id": federation}
    measured = planning.add("有目标", target_period="campaign", **target)
    whole = planning.add("有下级")
    planning.add("下级", parent=whole)
    planning.issue()
    with pytest.raises(errors.ProgressIsRead):
        Reporting(planning, measured).report(40)
    with pytest.raises(errors.ProgressOfParts):
        Reporting(planning, whole).report(40)
    assert not Record.objects.filter(kind="task_progress").exists()


def test_a_draft_an_ended_task_and_a_closed_campaign_take_no_report(planning: Planning) -> None:
    reporting = Reporting(planning, planning.add())
    with pytest.raises(NotFound):  # a draft is seen by planners only
        reporting.report(40)
    with pytest.raises(errors.NotIssued):
        reporting.report(40, by="head")
    planning.issue()
    operations.close_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)
    with pytest.raises(errors.CampaignOver):
        reporting.report(40)
    operations.reopen_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)
    operations.end_task(actor=planning.head, uuid=reporting.task.uuid, reason="合并", at=AT)
    with pytest.raises(errors.TaskEnded):
        reporting.report(40)


def test_only_units_of_the_task_report(reporting: Reporting) -> None:
    planning = reporting.planning
    with pytest.raises(NotFound):
        reporting.report(40, by="stranger")
    asked: dict[str, Any] = {"actor": planning.cast["stranger"], "unit_id": planning.world.other_union.pk}
    with pytest.raises(errors.NotOfTask):
        operations.report_progress(
            uuid=reporting.task.uuid,
            task=reporting.task.uuid,
            content=ProgressContent(DAY, 40, "替别人报"),
            files=[],
            submit=True,
            at=AT,
            today=TODAY,
            **asked,
        )
    with pytest.raises(Forbidden):
        reporting.report(40, by="auditor")


def test_a_responsible_department_reports(planning: Planning) -> None:
    other = planning.world.other_union.pk
    task = planning.add(responsible_unit_ids=(other,))
    planning.issue()
    reported = operations.report_progress(
        actor=planning.cast["stranger"],
        uuid=task.uuid,
        task=task.uuid,
        unit_id=other,
        content=ProgressContent(DAY, 40, "责任部室报送"),
        files=[],
        submit=True,
        at=AT,
        today=TODAY,
    )
    assert reported.is_submitted


def test_everything_wrong_is_told_together(reporting: Reporting) -> None:
    reporting.report(80, photos=0)
    planning = reporting.planning
    with pytest.raises(Several) as caught:
        operations.report_progress(
            actor=planning.cast["clerk"],
            uuid=reporting.task.uuid,
            task=reporting.task.uuid,
            unit_id=planning.world.union.pk,
            content=ProgressContent(DAY, -1, "  "),
            files=[],
            submit=True,
            at=AT,
            today=TODAY,
        )
    kinds = [type(part) for part in caught.value.parts]
    assert kinds == [errors.PercentUnfit, errors.ProgressWordsMissing, errors.BackWithoutReason]


def test_a_day_after_today_is_refused(reporting: Reporting) -> None:
    with pytest.raises(DateInFuture):
        reporting.report(40, day=TODAY + timedelta(1))


def test_whole_without_evidence_is_an_error(reporting: Reporting) -> None:
    reported = reporting.report(100, photos=0, confirm=False)
    assert [finding.code for finding in reported.findings] == ["EVIDENCE"]
    with pytest.raises(FindingsOpen):
        ledger.confirm_record(actor=reporting.planning.head, record_id=reported.record.pk, at=AT)


def test_an_error_that_was_not_seen_keeps_it_a_draft(reporting: Reporting) -> None:
    assert not reporting.report(100, photos=0, confirm=False, seen=False).is_submitted
    assert reporting.report(100, photos=0, confirm=False, seen=True).is_submitted


def test_going_back_with_a_reason_is_a_warning(reporting: Reporting) -> None:
    reporting.report(80, photos=0)
    reported = reporting.report(50, photos=0, reason="返工", confirm=False)
    assert [(one.code, one.is_error, one.compared) for one in reported.findings] == [
        ("BACK", False, ("80", "50"))
    ]


def test_a_day_outside_the_task_is_a_warning(planning: Planning) -> None:
    task = planning.add(since=date(2020, 5, 2))
    planning.issue()
    reported = Reporting(planning, task).report(10, photos=0, confirm=False)
    found = progress_findings(Record.objects.get(pk=reported.record.pk))
    assert [(one.code, one.is_error) for one in found] == [("OUTSIDE", False)]


def test_a_task_that_is_whole_is_not_red_after_its_deadline(reporting: Reporting) -> None:
    reporting.report()
    late = date(2021, 3, 1)
    row = task_rows(programme=reporting.task.programme, on=late)[reporting.task.pk]
    assert (row.light, row.is_closable) == (Light.DONE, True)
    assert str(row.badge[1] if row.badge else "") == "可销号"
    assert waiting_tasks(reporting.planning.cast["clerk"], late) == []


def test_the_statements_do_not_grow_with_reports(planning: Planning) -> None:
    def count(reports: int) -> int:
        for _ in range(reports):
            reporting = Reporting(planning, planning.add("又一项"))
            reporting.report(40, photos=0)
        with CaptureQueriesContext(connection) as caught:
            task_rows(programme=planning.campaign.programme, on=TODAY)
        return len(caught)

    planning.add()
    planning.issue()
    count(1)  # what is kept from one request to the next is read once
    assert count(1) == count(4)


# The page


def sent(reporting: Reporting, **changes: Any) -> dict[str, Any]:
    union = reporting.planning.world.union.pk
    fields = {"percent": "40", "happened_on": "2020-05-01", "unit": union, "words": "做了一些工作"}
    return {"act": "submit", **fields, **changes}


def test_from_the_page_to_a_report_that_waits(reporting: Reporting, client_of: ClientOf) -> None:
    client = client_of("clerk")
    address = reverse("plan:report_progress", args=[reporting.task.uuid])
    assert "进度（%）" in client.get(address).content.decode()
    answer = client.post(address, sent(reporting), follow=True)
    assert "40%" in answer.content.decode()
    assert Record.objects.get(kind="task_progress").state == "submitted"
    assert (
        "40%" in client_of("reviewer").get(reverse("plan:task", args=[reporting.task.uuid])).content.decode()
    )
    assert "做了一些工作" not in (
        client_of("stranger").get(reverse("plan:task", args=[reporting.task.uuid])).content.decode()
    )


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    reporting: Reporting, client_of: ClientOf
) -> None:
    address = reverse("plan:report_progress", args=[reporting.task.uuid])
    answer = client_of("clerk").post(address, sent(reporting, percent="101", words="写了很多"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "进度请填0到100的整数。" in page
    assert "写了很多" in page


def test_whole_without_a_photo_is_shown_before_it_is_sent(reporting: Reporting, client_of: ClientOf) -> None:
    client = client_of("clerk")
    address = reverse("plan:report_progress", args=[reporting.task.uuid])
    answer = client.post(address, sent(reporting, percent="100"))
    assert answer.status_code == 422
    assert "没有佐证" in answer.content.decode()
    record = Record.objects.get(kind="task_progress")
    assert record.state == "draft"
    again = sent(reporting, percent="100", version=record.version, seen="yes")
    client.post(reverse("plan:change_progress", args=[record.pk]), again)
    record.refresh_from_db()
    assert record.state == "submitted"


def test_an_overtaken_form_is_told_so(reporting: Reporting, client_of: ClientOf) -> None:
    client = client_of("clerk")
    client.post(reverse("plan:report_progress", args=[reporting.task.uuid]), sent(reporting, act="draft"))
    record = Record.objects.get(kind="task_progress")
    address = reverse("plan:change_progress", args=[record.pk])
    assert client.post(address, sent(reporting, version=record.version + 5)).status_code == 409


def test_an_amendment_is_proposed_from_the_page(reporting: Reporting, client_of: ClientOf) -> None:
    record = reporting.report(40, photos=0).record
    address = reverse("plan:change_progress", args=[record.pk])
    assert "更正报送" in client_of("clerk").get(address).content.decode()
    proposed = sent(
        reporting, percent="55", because="算错了", version=Record.objects.get(pk=record.pk).version
    )
    client_of("clerk").post(address, proposed)
    amendment = Record.objects.get(pk=record.pk).amendments.get()
    assert amendment.after["percent"] == 55


def test_strangers_and_readers_do_not_report(reporting: Reporting, client_of: ClientOf) -> None:
    address = reverse("plan:report_progress", args=[reporting.task.uuid])
    for name in ("stranger", "auditor"):
        assert client_of(name).get(address).status_code == 403
    assert client_of("clerk").delete(address).status_code == 405


def test_the_entry_page_offers_it_where_the_units_have_tasks(
    reporting: Reporting, client_of: ClientOf
) -> None:
    offered = reverse("plan:report_progress", args=[reporting.task.uuid])
    assert offered in client_of("clerk").get(reverse("desk:entry")).content.decode()
    assert "plan.progress" not in client_of("stranger").get(reverse("desk:entry")).content.decode()
    page = client_of("stranger").get(reverse("plan:tasks_to_report")).content.decode()
    assert "没有需要报送进展的任务" in page
    assert offered in client_of("clerk").get(reverse("plan:tasks_to_report")).content.decode()
