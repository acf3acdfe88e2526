"""The pages of meetings and difficulties: the way from a difficulty to issued minutes, and who is let in."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Record
from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.models import AgendaItem, Decision, Difficulty, Meeting, MeetingKind, Task
from jiangong.governance.plan.operations import errors
from jiangong.governance.plan.rules import ItemContent
from jiangong.governance.reports.models import Issue, Report
from jiangong.ground.organization.models import Account
from tests.conftest import AT
from tests.governance.plan.conftest import CONTENT, Planning
from tests.governance.plan.test_meetings import Office, office
from tests.ground.sheets.files import cells_of

__all__ = ["office"]
ClientOf = Callable[[str], Client]


@pytest.fixture
def desk(office: Office) -> Client:
    """The office's browser."""
    client = Client()
    account = Account.objects.get(username="office")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def said(client: Client, name: str, *args: object, status: int = 200, query: str = "") -> str:
    answer = client.get(reverse(f"plan:{name}", args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def sent(client: Client, page: str, *args: object, **data: Any) -> str:
    answer = client.post(reverse(f"plan:{page}", args=args), data, follow=True)
    return answer.content.decode()


def called(office: Office, **changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "uuid": str(uuid4()),
        "kind": "office",
        "title": "5月办公例会",
        "held_on": "2020-05-04",
        "begins": "09:00",
        "place": "三楼会议室",
        "chair": office.person_ids[0],
        "members": list(office.person_ids),
    }
    return data | changes


def test_from_a_difficulty_to_issued_minutes(office: Office, desk: Client, client_of: ClientOf) -> None:
    campaign, world = office.planning.campaign.uuid, office.planning.world
    clerk, head = client_of("clerk"), client_of("head")
    assert "难点已提出" in sent(
        clerk, "raise_difficulty", office.task.uuid, uuid=str(uuid4()), words="没有场地"
    )
    difficulty = Difficulty.objects.get()
    assert "没有场地" in said(desk, "call_meeting", campaign)
    sent(desk, "call_meeting", campaign, **called(office, proposed=f"difficulty:{difficulty.pk}"))
    meeting = Meeting.objects.get()
    assert AgendaItem.objects.get().difficulty == difficulty
    assert "已开始记录" in sent(desk, "hold_meeting", meeting.uuid)
    _solve_and_decide(office, desk, meeting, difficulty)
    record = Record.objects.get(minutes__meeting=meeting)
    desk.post(reverse("desk:submit", args=[record.pk]))
    head.post(
        reverse("desk:confirm", args=[record.pk]), {"version": Record.objects.get(pk=record.pk).version}
    )
    task = Task.objects.get(decision__makes="task")
    page = said(clerk, "task", task.uuid)
    assert "来源" in page
    assert "5月办公例会" in page
    assert "已解决" in said(clerk, "task", office.task.uuid)
    assert task.lead_unit == world.union
    sent(desk, "draft_minutes", meeting.uuid)
    sent(desk, "draft_minutes", meeting.uuid)
    report = Report.objects.get()
    assert (
        reverse("plan:meeting", args=[meeting.uuid])
        in desk.get(reverse("reports:report", args=[report.uuid])).content.decode()
    )
    issued = reverse("reports:issue", args=[report.uuid])
    answer = head.post(
        issued,
        {"version": report.version, "dated_on": "2020-05-04", "position": 1, "confirmed": "on"},
        follow=True,
    )
    assert Issue.objects.exists(), answer.content.decode()
    _issued(head, report)


def _solve_and_decide(office: Office, desk: Client, meeting: Meeting, difficulty: Difficulty) -> None:
    sent(desk, "add_decision", meeting.uuid, uuid=str(uuid4()), words="由文化宫提供教室。", makes="solution",
         difficulty=difficulty.pk)  # fmt: skip
    sent(desk, "add_decision", meeting.uuid, uuid=str(uuid4()), words="6月底前建成5个大讲堂。", makes="task",
         lead_unit=office.planning.world.union.pk, persons=list(office.person_ids), until="2020-06-30")  # fmt: skip
    assert Decision.objects.count() == 2


def _issued(head: Client, report: Report) -> None:
    number = Issue.objects.get(report=report).number
    file = head.get(reverse("reports:download", args=[report.uuid, number, "docx"]))
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(file.content)).paragraphs)
    assert "6月底前建成5个大讲堂" in text
    assert "责任人：王主任" in text


def test_a_refused_decision_is_told_beside_its_field(office: Office, desk: Client) -> None:
    meeting = office.held()
    data = {"words": "办好大讲堂", "makes": "task", "until": "2021-06-30"}
    answer = desk.post(reverse("plan:add_decision", args=[meeting.uuid]), data | {"lead_unit": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    for refusal in (errors.LeadNotOne(), errors.PersonMissing()):
        assert str(refusal) in page
    assert "2020年12月31日" in page
    assert "办好大讲堂" in page


def test_an_overtaken_form_keeps_what_was_typed(office: Office, desk: Client) -> None:
    meeting = office.held()
    answer = desk.post(
        reverse("plan:change_meeting", args=[meeting.uuid]), called(office, title="改过的名称", version=0)
    )
    assert answer.status_code == 409
    assert "改过的名称" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "wrong"), [("meeting", "post"), ("meetings", "post"), ("hold_meeting", "get")]
)
def test_a_wrong_method_is_refused(office: Office, desk: Client, name: str, wrong: str) -> None:
    meeting = office.call()
    of = office.planning.campaign.uuid if name == "meetings" else meeting.uuid
    assert getattr(desk, wrong)(reverse(f"plan:{name}", args=[of])).status_code == 405


def test_who_was_not_asked_finds_no_meeting(office: Office, client_of: ClientOf) -> None:
    meeting = office.call()
    said(client_of("stranger"), "meeting", meeting.uuid, status=404)
    assert "5月办公例会" in said(client_of("clerk"), "meeting", meeting.uuid)
    assert "5月办公例会" not in said(client_of("stranger"), "meetings", office.planning.campaign.uuid)
    said(client_of("clerk"), "change_meeting", meeting.uuid, status=403)


def test_an_empty_list_says_what_to_do(office: Office, desk: Client, client_of: ClientOf) -> None:
    campaign = office.planning.campaign.uuid
    assert reverse("plan:call_meeting", args=[campaign]) in said(desk, "meetings", campaign)
    assert "暂无您参加的会议" in said(client_of("clerk"), "meetings", campaign)
    assert "还没有难点" in said(desk, "difficulties", campaign)


def test_the_next_meeting_is_offered_as_the_last_was(office: Office, desk: Client) -> None:
    office.call()
    page = said(desk, "call_meeting", office.planning.campaign.uuid, query="?like=office")
    assert 'value="2020-06-01"' in page
    assert "2020年6月办公例会" in page
    assert "三楼会议室" in page


def test_the_roll_is_called_on_one_page(office: Office, desk: Client) -> None:
    meeting = office.held()
    first, second = office.person_ids
    version = Meeting.objects.get().version
    data = {f"came_{first}": "came", f"came_{second}": "absent", f"reason_{second}": "出差"}
    page = sent(desk, "roll", meeting.uuid, version=version, guests="李科长", **data)
    assert "出差" in page
    assert "李科长" in page
    assert meeting.attendances.get(person_id=second).came is False


def test_lines_are_edited_and_struck_out(office: Office, desk: Client) -> None:
    meeting = office.held()
    item = AgendaItem.objects.get()
    data = {
        "title": "改过的议题",
        "outcome": "adopted",
        "result": "同意。",
        "version": Meeting.objects.get().version,
    }
    assert "改过的议题" in sent(desk, "change_item", item.uuid, **data)
    another = reverse("plan:add_item", args=[meeting.uuid])
    answer = desk.post(another, {"title": "第二项", "act": "another"})
    assert answer.headers["Location"] == another
    second = AgendaItem.objects.get(title="第二项")
    sent(desk, "raise_item", second.uuid)
    assert AgendaItem.objects.get(pk=second.pk).place == 1
    assert "议题已撤下" in sent(desk, "remove_item", second.uuid)
    decision = office.decide(meeting)
    version = Meeting.objects.get().version
    assert "改为通知" in sent(
        desk, "change_decision", decision.uuid, words="改为通知", makes="note", version=version
    )
    assert "议定事项已删去" in sent(desk, "remove_decision", decision.uuid)


def test_confirmed_minutes_are_amended_on_a_page(office: Office, desk: Client) -> None:
    meeting = office.held()
    decision = office.decide(meeting)
    record = office.confirm(meeting)
    item = AgendaItem.objects.get()
    first, second = office.person_ids
    data = {
        "title": "5月办公例会", "begins": "09:00", "ends": "11:30", "place": "二楼", "guests": "",
        f"came_{first}": "came", f"came_{second}": "came", f"outcome_{item.pk}": "heard",
        f"words_{decision.pk}": decision.words, "reason": "时间写错",
    }  # fmt: skip
    page = desk.post(reverse("plan:minutes", args=[record.pk]), data, follow=True).content.decode()
    assert "更正已提出" in page
    draft = office.held(title="草稿会议")
    number = Record.objects.get(minutes__meeting=draft).pk
    answer = desk.get(reverse("plan:minutes", args=[number]))
    assert answer.headers["Location"] == reverse("plan:meeting", args=[draft.uuid])


def test_kinds_are_added_and_ended(office: Office, client_of: ClientOf) -> None:
    campaign, head = office.planning.campaign.uuid, client_of("head")
    assert "现场推进会" in sent(head, "meeting_kinds", campaign, name="现场推进会")
    assert head.post(reverse("plan:meeting_kinds", args=[campaign]), {"name": "办公例会"}).status_code == 422
    kind = MeetingKind.objects.get()
    sent(head, "end_meeting_kind", campaign, kind=kind.pk)
    assert MeetingKind.objects.get().is_active is False
    sent(head, "end_meeting_kind", campaign, kind=kind.pk, act="resume")
    assert MeetingKind.objects.get().is_active is True


def test_difficulties_are_filtered_and_taken_out(office: Office, desk: Client, client_of: ClientOf) -> None:
    first, second = office.difficulty(), office.difficulty()
    assert "难点已撤回" in sent(client_of("clerk"), "withdraw_difficulty", second.uuid, reason="已自行解决")
    campaign = office.planning.campaign.uuid
    page = said(desk, "difficulties", campaign, query="?state=open")
    assert page.count("没有场地") == 1
    assert first.asks in page
    assert "没有符合条件的难点" in said(desk, "difficulties", campaign, query="?words=别的")
    export = desk.get(
        reverse("desk:sheet_export", args=["difficulties"]), {"campaign": str(campaign), "state": "open"}
    )
    texts = [str(cell) for row in cells_of(export.getvalue()) for cell in row]
    assert texts.count("没有场地") == 1
    export = desk.get(reverse("desk:sheet_export", args=["difficulties"]))
    assert export.status_code == 404


def test_meetings_are_taken_out(office: Office, desk: Client) -> None:
    office.held()
    export = desk.get(
        reverse("desk:sheet_export", args=["meetings"]), {"campaign": str(office.planning.campaign.uuid)}
    )
    assert "5月办公例会" in [str(cell) for row in cells_of(export.getvalue()) for cell in row]


def statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_statements_do_not_grow_with_rows(office: Office, desk: Client) -> None:
    campaign = office.planning.campaign.uuid
    meeting = office.held()
    office.decide(meeting)
    office.difficulty()
    pages = [
        reverse("plan:meetings", args=[campaign]),
        reverse("plan:meeting", args=[meeting.uuid]),
        reverse("plan:difficulties", args=[campaign]),
        reverse("plan:call_meeting", args=[campaign]),
        reverse("plan:task", args=[office.task.uuid]),
    ]
    before = [statements(desk, page) for page in pages]
    for number in range(4):
        office.difficulty()
        office.decide(meeting, words=f"第{number}件事。")
        operations.add_item(
            actor=office.office,
            meeting=meeting.uuid,
            uuid=uuid4(),
            content=ItemContent(f"议题{number}", task_id=office.task.pk),
            at=AT,
        )
        office.held(title=f"会议{number}")
    assert [statements(desk, page) for page in pages] == before


def test_a_source_is_told_without_a_link_to_who_was_not_asked(
    office: Office, planning: Planning, client_of: ClientOf
) -> None:
    meeting = office.held()
    decision = office.decide(meeting)
    office.confirm(meeting)
    task = Task.objects.get(decision=decision)
    page = said(client_of("stranger"), "task", task.uuid)
    assert "5月办公例会" in page
    assert reverse("plan:meeting", args=[meeting.uuid]) not in page
    assert planning.campaign.name in page


def test_a_decision_may_only_be_written_down(office: Office, desk: Client) -> None:
    meeting = office.held()
    sent(desk, "add_decision", meeting.uuid, words="各部室按月小结。", makes="note", lead_unit="")
    assert Decision.objects.get().makes == "note"


def test_entering_offers_a_meeting_to_those_who_may_call_one(office: Office, client_of: ClientOf) -> None:
    there = reverse("plan:call_meeting", args=[office.planning.campaign.uuid])
    assert there in client_of("head").get(reverse("desk:entry")).content.decode()
    assert there not in client_of("clerk").get(reverse("desk:entry")).content.decode()
    assert [choice.label for choice in queries.meeting_choices(office.office)] == ["会议"]
    other = replace(CONTENT, name="复查（2021年）")
    second = operations.open_campaign(
        actor=office.head,
        uuid=uuid4(),
        federation_id=office.planning.world.federation.pk,
        content=other,
        at=AT,
    )
    labels = [choice.label for choice in queries.meeting_choices(office.office)]
    assert labels == ["会议 · 复查（2021年）", "会议 · 创建全国文明城市（2020年）"]
    operations.close_campaign(actor=office.head, uuid=second.uuid, at=AT)
    assert [choice.label for choice in queries.meeting_choices(office.office)] == ["会议"]
    assert queries.meeting_choices(office.planning.cast["clerk"]) == []


def test_a_task_says_that_the_minutes_it_comes_from_are_withdrawn(
    office: Office, client_of: ClientOf
) -> None:
    meeting = office.held()
    decision = office.decide(meeting)
    record = office.confirm(meeting)
    there = reverse("plan:task", args=[Task.objects.get(decision=decision).uuid])
    for name in ("head", "clerk"):
        assert "会议记录已撤回" not in client_of(name).get(there).content.decode()
    ledger.withdraw_record(actor=office.head, record_id=record.pk, reason="记错了会", at=AT)
    for name in ("head", "clerk"):
        assert "会议记录已撤回" in client_of(name).get(there).content.decode()
    assert Task.objects.get(decision=decision).ended_at is None
