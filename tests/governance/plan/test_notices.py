"""Notices of supervision, from issuing to accepting; their pages, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangong.books.ledger import operations as ledger
from jiangong.governance.plan import operations
from jiangong.governance.plan.models import Notice, NoticeState, Reminder
from jiangong.governance.plan.operations import NoticeContent, errors
from jiangong.governance.plan.queries import waiting_notices
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, Several, StaleForm
from tests.conftest import AT, TODAY
from tests.governance.plan.conftest import Planning, Reporting
from tests.governance.plan.test_operations import breaks

ClientOf = Callable[[str], Client]
ASKED = NoticeContent("yellow", "请于一周内报告进度。", TODAY + timedelta(7))


def issued(planning: Planning, *, title: str = "大讲堂", content: NoticeContent = ASKED) -> Notice:
    task = planning.add(title)
    if not planning.campaign.programme.issued_on:
        planning.issue()
        planning.campaign.programme.refresh_from_db()
    return operations.issue_notice(actor=planning.head, task=task.uuid, uuid=uuid4(), content=content, at=AT)


def answered(planning: Planning) -> Notice:
    notice, clerk = issued(planning), planning.cast["clerk"]
    operations.receive_notice(actor=clerk, uuid=notice.uuid, at=AT)
    return operations.answer_notice(actor=clerk, uuid=notice.uuid, version=2, answer="已补办三场。", at=AT)


def of_the_task(reporting: Reporting) -> Notice:
    """Received, about the task that is reported by hand."""
    planning = reporting.planning
    notice = operations.issue_notice(
        actor=planning.head, task=reporting.task.uuid, uuid=uuid4(), content=ASKED, at=AT
    )
    return operations.receive_notice(actor=planning.cast["clerk"], uuid=notice.uuid, at=AT)


def address(name: str, notice: Notice) -> str:
    return reverse(f"plan:{name}", args=[notice.uuid])


def test_from_issuing_to_accepting_with_a_proof(planning: Planning) -> None:
    notice = answered(planning)
    sent_back = operations.send_notice_back(actor=planning.head, uuid=notice.uuid, reason="缺照片", at=AT)
    assert (sent_back.state, sent_back.sent_back_because) == (NoticeState.SENT_BACK, "缺照片")
    again = operations.answer_notice(
        actor=planning.cast["reviewer"],
        uuid=notice.uuid,
        version=sent_back.version,
        answer="已补照片。",
        at=AT,
    )
    assert again.sent_back_because == ""
    closed = operations.accept_notice(actor=planning.head, uuid=notice.uuid, at=AT)
    assert (closed.state, str(closed)) == (NoticeState.ACCEPTED, "督〔2020〕1号")
    verbs = AuditEvent.objects.filter(subject_type="notice").order_by("number")
    assert [event.verb.partition(".")[2] for event in verbs] == [
        "issue",
        "receive",
        "answer",
        "send_back",
        "answer",
        "accept",
    ]
    assert "照片" not in str([event.detail for event in verbs])
    assert breaks() == []


def test_numbers_follow_one_another_and_a_form_sent_twice_issues_one(planning: Planning) -> None:
    first, second = issued(planning), issued(planning, title="书屋")
    again = operations.issue_notice(
        actor=planning.head, task=second.task.uuid, uuid=second.uuid, content=ASKED, at=AT
    )
    assert (first.number, second.number, again.pk) == (1, 2, second.pk)


def test_the_third_red_in_a_row_summons_and_another_colour_begins_anew(planning: Planning) -> None:
    red = replace(ASKED, level="red")
    task = issued(planning, content=red).task

    def one_more(content: NoticeContent) -> bool:
        return operations.issue_notice(
            actor=planning.head, task=task.uuid, uuid=uuid4(), content=content, at=AT
        ).is_talk

    assert [one_more(red), one_more(red), one_more(ASKED), one_more(red)] == [False, True, False, False]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"words": "  "}, errors.WordsMissing),
        ({"words": "长" * 1001}, errors.WordsMissing),
        ({"level": "pink"}, errors.LevelUnknown),
        ({"answer_due_on": TODAY - timedelta(1)}, errors.AnswerDayPast),
    ],
)
def test_what_cannot_be_asked_is_refused(
    planning: Planning, changes: dict[str, object], refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        issued(planning, content=replace(ASKED, **changes))  # type: ignore[arg-type]
    assert not Notice.objects.exists()


def test_a_draft_an_ended_task_and_a_closed_campaign_get_no_notice(planning: Planning) -> None:
    task = planning.add()

    def issue() -> None:
        operations.issue_notice(actor=planning.head, task=task.uuid, uuid=uuid4(), content=ASKED, at=AT)

    with pytest.raises(errors.ProgrammeNotIssued):
        issue()
    planning.issue()
    operations.end_task(actor=planning.head, uuid=task.uuid, reason="并入", at=AT)
    with pytest.raises(errors.TaskEnded):
        issue()
    operations.close_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)
    with pytest.raises(errors.CampaignOver):
        issue()


def test_out_of_turn_nothing_is_done(planning: Planning) -> None:
    notice, clerk, head = issued(planning), planning.cast["clerk"], planning.head
    with pytest.raises(errors.NotToAnswer):
        operations.answer_notice(actor=clerk, uuid=notice.uuid, version=1, answer="好", at=AT)
    with pytest.raises(errors.NotAnswered):
        operations.accept_notice(actor=head, uuid=notice.uuid, at=AT)
    operations.receive_notice(actor=clerk, uuid=notice.uuid, at=AT)
    with pytest.raises(errors.ReceivedAlready):
        operations.receive_notice(actor=clerk, uuid=notice.uuid, at=AT)
    with pytest.raises(StaleForm):
        operations.answer_notice(actor=clerk, uuid=notice.uuid, version=1, answer="好", at=AT)
    with pytest.raises(errors.AnswerMissing):
        operations.answer_notice(actor=clerk, uuid=notice.uuid, version=2, answer=" ", at=AT)
    operations.answer_notice(actor=clerk, uuid=notice.uuid, version=2, answer="好", at=AT)
    with pytest.raises(errors.SendBackReasonMissing):
        operations.send_notice_back(actor=head, uuid=notice.uuid, reason=" ", at=AT)


def test_each_side_does_its_own(planning: Planning) -> None:
    notice, cast = issued(planning), planning.cast
    with pytest.raises(NotFound):
        operations.receive_notice(actor=cast["stranger"], uuid=notice.uuid, at=AT)
    with pytest.raises(Forbidden):
        operations.receive_notice(actor=cast["auditor"], uuid=notice.uuid, at=AT)
    operations.receive_notice(actor=cast["head"], uuid=notice.uuid, at=AT)
    operations.answer_notice(actor=cast["head"], uuid=notice.uuid, version=2, answer="代答", at=AT)
    with pytest.raises(errors.OwnAnswer):
        operations.accept_notice(actor=cast["head"], uuid=notice.uuid, at=AT)
    with pytest.raises(Forbidden):
        operations.accept_notice(actor=cast["clerk"], uuid=notice.uuid, at=AT)
    with pytest.raises(Forbidden):
        operations.issue_notice(
            actor=cast["clerk"], task=notice.task.uuid, uuid=uuid4(), content=ASKED, at=AT
        )


def test_what_waits_for_whom(planning: Planning) -> None:
    def waits(name: str) -> list[str]:
        groups = waiting_notices(planning.cast[name], TODAY)
        return [group.code for group in groups if group.code != "plan-reminders"]

    notice = issued(planning)
    assert (waits("clerk"), waits("head"), waits("stranger")) == (["plan-receive"], [], [])
    operations.receive_notice(actor=planning.cast["clerk"], uuid=notice.uuid, at=AT)
    assert waits("clerk") == ["plan-answer"]
    operations.answer_notice(actor=planning.cast["clerk"], uuid=notice.uuid, version=2, answer="已办", at=AT)
    assert (waits("clerk"), waits("head")) == ([], ["plan-accept"])


def test_the_unit_and_then_the_office_are_reminded(planning: Planning) -> None:
    answered(planning)
    told = Reminder.objects.order_by("pk").values_list("account__username", "kind")
    assert set(told) == {("clerk", "notice"), ("reviewer", "notice"), ("head", "answered")}


def test_pages_from_the_task_to_the_accepted_notice(planning: Planning, client_of: ClientOf) -> None:
    task = planning.add("大讲堂")
    planning.issue()
    head, clerk = client_of("head"), client_of("clerk")
    here = reverse("plan:issue_notice", args=[task.uuid])
    assert here in head.get(reverse("plan:task", args=[task.uuid])).content.decode()
    sent = {"uuid": uuid4(), "level": "red", "words": "请报告。", "answer_due_on": "2030-01-01"}
    assert head.post(here, sent | {"words": ""}).status_code == 422
    page = head.post(here, sent, follow=True).content.decode()
    assert "督办单" in page
    notice = Notice.objects.get()
    assert str(notice) in clerk.get(reverse("plan:task", args=[task.uuid])).content.decode()
    clerk.post(address("receive_notice", notice))
    assert clerk.post(address("notice", notice), {"version": 2, "answer": ""}).status_code == 422
    stale = clerk.post(address("notice", notice), {"version": 1, "answer": "已办"})
    assert stale.status_code == 409
    assert "已办" in stale.content.decode()
    clerk.post(address("notice", notice), {"version": 2, "answer": "已办"})
    head.post(address("send_notice_back", notice), {"reason": "缺照片"})
    assert "缺照片" in clerk.get(address("notice", notice)).content.decode()
    clerk.post(address("notice", notice), {"version": 4, "answer": "已补"})
    head.post(address("accept_notice", notice))
    notice.refresh_from_db()
    assert notice.state == NoticeState.ACCEPTED


def test_who_sees_a_notice(planning: Planning, client_of: ClientOf) -> None:
    notice = issued(planning)
    seen = {
        name: client_of(name).get(address("notice", notice)).status_code
        for name in ("clerk", "reviewer", "head", "auditor", "stranger", "visitor")
    }
    assert seen == {
        "clerk": 200, "reviewer": 200, "head": 200, "auditor": 200, "stranger": 404, "visitor": 302,
    }  # fmt: skip
    assert str(notice) not in client_of("stranger").get(reverse("plan:notices")).content.decode()


def test_the_list_is_filtered_and_says_what_to_do_when_empty(planning: Planning, client_of: ClientOf) -> None:
    client, here = client_of("head"), reverse("plan:notices")
    assert "还没有督办单" in client.get(here).content.decode()
    first = issued(planning)
    second = issued(planning, title="书屋", content=replace(ASKED, level="red"))
    for query, shown, hidden in (
        ("level=red", second, first),
        ("words=书屋", second, first),
        ("words=1", first, second),
    ):
        page = client.get(f"{here}?{query}").content.decode()
        assert str(shown) in page
        assert str(hidden) not in page
    assert "没有符合" in client.get(f"{here}?state=accepted").content.decode()
    assert str(first) in client.get(f"{here}?state=open&to={planning.world.union.pk}").content.decode()


def test_the_export_holds_what_the_page_shows(planning: Planning, client_of: ClientOf) -> None:
    notice = issued(planning)
    answer = client_of("clerk").get(reverse("desk:sheet_export", args=["notices"]))
    assert answer.status_code == 200
    other = client_of("stranger").get(reverse("desk:sheet_export", args=["notices"]))
    assert len(b"".join(answer)) > len(b"".join(other))
    assert notice.pk


def test_statements_do_not_grow_with_the_notices(planning: Planning, client_of: ClientOf) -> None:
    client, here = client_of("head"), reverse("plan:notices")
    notice = issued(planning)

    def count(page: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page).status_code == 200
        return len(caught)

    count(here)
    few = count(here), count(address("notice", notice))
    for number in range(12):
        issued(planning, title=f"任务{number}")
    assert (count(here), count(address("notice", notice))) == few


def test_an_answer_names_a_confirmed_report_which_the_sheet_then_shows(
    reporting: Reporting, client_of: ClientOf
) -> None:
    record, notice = reporting.report(80).record, of_the_task(reporting)
    clerk, there = client_of("clerk"), address("notice", notice)
    assert "80% · 2020年5月1日 · 市供电公司工会" in clerk.get(there).content.decode()
    clerk.post(there, {"version": 2, "answer": "已办", "report": record.pk})
    notice.refresh_from_db()
    assert notice.report_id == record.pk
    sheet = client_of("head").get(there).content.decode()
    assert "已入账进展" in sheet
    assert reverse("desk:record", args=[record.pk]) in sheet
    assert breaks() == []


def test_what_is_no_confirmed_report_of_the_task_is_refused_and_the_words_stay(
    reporting: Reporting, client_of: ClientOf
) -> None:
    waiting, notice = reporting.report(50, confirm=False).record, of_the_task(reporting)
    clerk, there = client_of("clerk"), address("notice", notice)
    assert 'name="report"' not in clerk.get(there).content.decode()
    other = Reporting(reporting.planning, reporting.planning.add("另一项任务")).report(60, seed=9).record
    for wrong in (waiting.pk, other.pk, 999_999):
        refused = clerk.post(there, {"version": 2, "answer": "已办", "report": wrong})
        assert refused.status_code == 422
        assert "请选择本任务一条已入账的进展报送" in refused.content.decode()
        assert "已办" in refused.content.decode()
    with pytest.raises(Several):
        operations.answer_notice(
            actor=reporting.planning.cast["clerk"],
            uuid=notice.uuid,
            version=2,
            answer="",
            report_id=other.pk,
            at=AT,
        )
    assert Notice.objects.get(report=None).state == NoticeState.RECEIVED


def test_a_named_report_that_is_withdrawn_is_shown_as_such(reporting: Reporting, client_of: ClientOf) -> None:
    record, notice = reporting.report(80).record, of_the_task(reporting)
    cast = reporting.planning.cast
    operations.answer_notice(
        actor=cast["clerk"], uuid=notice.uuid, version=2, answer="已办", report_id=record.pk, at=AT
    )
    assert "已撤回" not in client_of("head").get(address("notice", notice)).content.decode()
    ledger.withdraw_record(actor=cast["head"], record_id=record.pk, reason="照片有误", at=AT)
    assert "已撤回" in client_of("head").get(address("notice", notice)).content.decode()
