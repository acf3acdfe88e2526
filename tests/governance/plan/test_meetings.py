"""Meetings, their agenda and minutes, and what their decisions make of the plan."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

import pytest

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Entry, Record
from jiangong.books.ledger.operations.errors import FindingsOpen, NotEditable, SelfConfirmation
from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.models import AgendaItem, Decision, Difficulty, Meeting, Task
from jiangong.governance.plan.operations import errors
from jiangong.governance.plan.operations.errors import meetings as meeting_errors
from jiangong.governance.plan.queries.decided import UNDER
from jiangong.governance.plan.rules import Came, DecisionContent, ItemContent, MeetingContent, a_month_on
from jiangong.governance.reports import queries as reports
from jiangong.governance.reports.models import Report
from jiangong.governance.reports.rules.docx import to_docx
from jiangong.governance.reports.rules.frozen import as_document
from jiangong.governance.reports.rules.measuring import measured
from jiangong.ground.audit import queries as audit
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization import queries as people
from jiangong.ground.organization.models import Account
from jiangong.ground.shared.actors import Actor, Door, Role
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, StaleForm
from tests.conftest import AT, DAY, PASSWORD, SINCE, SYSTEM, TODAY
from tests.governance.plan.conftest import END, Planning, Reporting

CALL = MeetingContent("office", "5月办公例会", DAY, time(9), time(11), "三楼会议室")


def breaks() -> list[str]:
    last = audit.LastSeals()
    return [*audit.chain_breaks(last=last), *audit.seal_breaks(last=last)]


@dataclass(frozen=True)
class Office:
    """The office of the federation writes, the head confirms; a programme with one task of the union."""

    planning: Planning
    office: Actor
    head: Actor
    person_ids: tuple[int, ...]
    task: Task

    def call(self, **changes: Any) -> Meeting:
        content = replace(CALL, member_ids=self.person_ids, **changes)
        return operations.call_meeting(
            actor=self.office, campaign=self.planning.campaign.uuid, uuid=uuid4(), content=content, at=AT
        )

    def held(self, **changes: Any) -> Meeting:
        meeting = self.call(**changes)
        self.add_item(meeting)
        self.hold(meeting)
        return meeting

    def hold(self, meeting: Meeting) -> Record:
        return operations.hold_meeting(actor=self.office, uuid=meeting.uuid, at=AT, today=TODAY)

    def add_item(self, meeting: Meeting, **changes: Any) -> AgendaItem:
        content = replace(ItemContent("研究大讲堂进度", "张部长"), **changes)
        return operations.add_item(
            actor=self.office, meeting=meeting.uuid, uuid=uuid4(), content=content, at=AT
        )

    def work(self, **changes: Any) -> DecisionContent:
        asked = DecisionContent(
            "6月底前建成5个大讲堂。",
            "task",
            (self.planning.world.union.pk,),
            self.person_ids,
            date(2020, 6, 30),
        )
        return replace(asked, **changes)

    def decide(self, meeting: Meeting, uuid: UUID | None = None, **changes: Any) -> Decision:
        return operations.add_decision(
            actor=self.office,
            meeting=meeting.uuid,
            uuid=uuid or uuid4(),
            content=self.work(**changes),
            at=AT,
        )

    def confirm(self, meeting: Meeting) -> Record:
        record = Record.objects.get(minutes__meeting=meeting)
        ledger.submit_record(actor=self.office, record_id=record.pk, at=AT)
        ledger.confirm_record(actor=self.head, record_id=record.pk, at=AT)
        return Record.objects.get(pk=record.pk)

    def difficulty(self) -> Difficulty:
        return operations.raise_difficulty(
            actor=self.planning.cast["clerk"],
            task=self.task.uuid,
            uuid=uuid4(),
            said="没有场地",
            asks="请市总协调一间教室",
            at=AT,
        )


@pytest.fixture
def office(planning: Planning, accounts: dict[str, Account], cast: dict[str, Actor]) -> Office:
    world = planning.world
    person = organization.add_person(actor=SYSTEM, unit_id=world.federation.pk, name="王主任", at=AT)
    account = organization.open_account(
        actor=SYSTEM, person_id=person.pk, username="office", password=PASSWORD, at=AT
    )
    organization.grant_role(
        actor=SYSTEM, account_id=account.pk, role=Role.CLERK, unit_id=world.federation.pk, since=SINCE, at=AT
    )
    actor = people.actor_of(account=account, door=Door.DESK, address="127.0.0.1", on=TODAY)
    task = planning.add("建立大讲堂")
    planning.issue()
    return Office(planning, actor, cast["head"], (person.pk, accounts["clerk"].person_id), task)


def test_a_meeting_is_called_held_and_confirmed_and_makes_a_task(office: Office) -> None:
    meeting = office.held()
    decision = office.decide(meeting)
    record = office.confirm(meeting)
    task = Task.objects.get(decision=decision)
    assert task.title == "6月底前建成5个大讲堂"
    assert task.parent is not None
    assert task.parent.title == UNDER
    assert (task.since, task.until) == (DAY, date(2020, 6, 30))
    assert list(task.persons.values_list("person_id", flat=True)) == list(office.person_ids)
    booked = dict(Entry.objects.filter(posting__record=record).values_list("measure__code", "quantity"))
    assert booked == {"plan.meetings": 1, "plan.meeting_attendance": 2}
    found = queries.discussed(actor=office.office, task=task)
    assert found.source is not None
    assert (found.source.decision.place, found.source.may_open) == (1, True)
    assert breaks() == []


def test_confirming_again_after_a_crash_makes_no_second_task(office: Office) -> None:
    meeting = office.held()
    decision = office.decide(meeting, parent_id=office.task.pk)
    record = office.confirm(meeting)
    count = Task.objects.count()
    Decision.objects.filter(pk=decision.pk).update(task=None)
    operations.follow_meeting(office.head, record, AT)
    assert Task.objects.count() == count
    assert Task.objects.get(decision=decision).parent == office.task


def test_two_decisions_stand_under_the_same_root(office: Office) -> None:
    meeting = office.held()
    office.decide(meeting)
    office.decide(meeting, words="再建3个。")
    office.confirm(meeting)
    assert Task.objects.filter(title=UNDER).count() == 1
    assert Task.objects.filter(parent__title=UNDER).count() == 2


def test_who_wrote_the_minutes_does_not_confirm_them(office: Office) -> None:
    meeting = office.held()
    record = Record.objects.get(minutes__meeting=meeting)
    ledger.submit_record(actor=office.office, record_id=record.pk, at=AT)
    with pytest.raises((SelfConfirmation, Forbidden)):
        ledger.confirm_record(actor=office.office, record_id=record.pk, at=AT)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"kind": "tea"}, meeting_errors.MeetingKindUnknown),
        ({"title": " "}, errors.TitleMissing),
        ({"ends": time(8)}, meeting_errors.EndsBeforeItBegins),
        ({"held_on": date(2021, 1, 1)}, meeting_errors.MeetingOutsideCampaign),
        ({"chair_id": 10**9}, errors.PersonOutside),
        ({"observer_ids": "same"}, meeting_errors.AskedTwice),
    ],
)
def test_what_calling_refuses(office: Office, changes: dict[str, Any], refusal: type[DomainError]) -> None:
    if changes.get("observer_ids") == "same":
        changes = {"observer_ids": office.person_ids}
    with pytest.raises(refusal):
        office.call(**changes)
    assert not Meeting.objects.exists()


def test_nobody_asked_is_refused(office: Office) -> None:
    with pytest.raises(meeting_errors.NobodyAsked):
        operations.call_meeting(
            actor=office.office, campaign=office.planning.campaign.uuid, uuid=uuid4(), content=CALL, at=AT
        )


def test_a_form_sent_twice_calls_one_meeting_and_writes_one_line(office: Office) -> None:
    uuid, line = uuid4(), uuid4()
    content = replace(CALL, member_ids=office.person_ids)
    for _time in range(2):
        operations.call_meeting(
            actor=office.office, campaign=office.planning.campaign.uuid, uuid=uuid, content=content, at=AT
        )
    meeting = Meeting.objects.get()
    for _time in range(2):
        operations.add_item(actor=office.office, meeting=uuid, uuid=line, content=ItemContent("甲"), at=AT)
    assert AgendaItem.objects.count() == 1
    office.hold(meeting)
    for _time in range(2):
        office.decide(meeting, uuid=line)
    assert Decision.objects.count() == 1
    assert office.hold(meeting) == Record.objects.get()


def test_only_who_enters_for_the_federation_calls(office: Office) -> None:
    content = replace(CALL, member_ids=office.person_ids)
    for name in ("clerk", "reviewer", "stranger", "auditor"):
        with pytest.raises(Forbidden):
            operations.call_meeting(
                actor=office.planning.cast[name],
                campaign=office.planning.campaign.uuid,
                uuid=uuid4(),
                content=content,
                at=AT,
            )


def test_a_meeting_is_seen_by_those_asked_and_by_the_federation(office: Office) -> None:
    meeting = office.call()
    cast = office.planning.cast
    for actor in (office.office, cast["head"], cast["auditor"], cast["clerk"]):
        assert queries.meeting_page(actor=actor, uuid=meeting.uuid, on=TODAY).meeting == meeting
    for name in ("stranger", "reviewer"):
        with pytest.raises(NotFound):
            queries.meeting_page(actor=cast[name], uuid=meeting.uuid, on=TODAY)


def test_a_draft_of_minutes_is_its_writers(office: Office) -> None:
    meeting = office.held()
    office.decide(meeting)
    assert queries.meeting_page(actor=office.office, uuid=meeting.uuid, on=TODAY).decisions
    assert not queries.meeting_page(actor=office.head, uuid=meeting.uuid, on=TODAY).has_results
    with pytest.raises(Forbidden):
        operations.remove_item(actor=office.head, uuid=AgendaItem.objects.get().uuid, at=AT)


def test_minutes_are_not_written_before_the_meeting(office: Office) -> None:
    meeting = office.call(held_on=date(2020, 6, 1))
    with pytest.raises(meeting_errors.NotHeldYet):
        office.hold(meeting)
    with pytest.raises(meeting_errors.NotBegun):
        office.decide(meeting)
    with pytest.raises(meeting_errors.NotBegun):
        office.add_item(meeting, outcome="adopted")


def test_a_meeting_is_called_off_before_it_is_held_only(office: Office) -> None:
    meeting, other = office.call(), office.held()
    with pytest.raises(meeting_errors.OffReasonMissing):
        operations.call_off_meeting(actor=office.office, uuid=meeting.uuid, reason=" ", at=AT)
    operations.call_off_meeting(actor=office.office, uuid=meeting.uuid, reason="防汛", at=AT)
    with pytest.raises(meeting_errors.CalledOff):
        office.add_item(meeting)
    with pytest.raises(meeting_errors.HeldAlready):
        operations.call_off_meeting(actor=office.office, uuid=other.uuid, reason="防汛", at=AT)
    assert breaks() == []


def test_an_overtaken_form_is_told(office: Office) -> None:
    meeting = office.call()
    office.add_item(meeting)
    content = replace(CALL, member_ids=office.person_ids)
    with pytest.raises(StaleForm):
        operations.change_meeting(
            actor=office.office,
            uuid=meeting.uuid,
            version=meeting.version,
            content=content,
            at=AT,
            today=TODAY,
        )


def test_changing_a_held_meeting_changes_its_record(office: Office) -> None:
    meeting = office.held()
    content = replace(CALL, title="5月办公例会（扩大）", member_ids=office.person_ids[:1])
    version = Meeting.objects.get().version
    operations.change_meeting(
        actor=office.office, uuid=meeting.uuid, version=version, content=content, at=AT, today=TODAY
    )
    assert Record.objects.get().title == "5月办公例会（扩大）"
    assert meeting.attendances.count() == 1
    assert breaks() == []


def test_a_draft_that_is_thrown_away_leaves_the_meeting_called(office: Office) -> None:
    meeting = office.held()
    record = Record.objects.get()
    ledger.discard_draft(actor=office.office, record_id=record.pk, at=AT)
    page = queries.meeting_page(actor=office.office, uuid=meeting.uuid, on=TODAY)
    assert page.record is None
    assert breaks() == []
    office.hold(meeting)
    assert Record.objects.count() == 1


def test_the_roll_says_who_came(office: Office) -> None:
    meeting = office.held()
    first, second = office.person_ids
    operations.keep_roll(
        actor=office.office,
        uuid=meeting.uuid,
        version=Meeting.objects.get().version,
        came=[Came(first, came=True), Came(second, came=False, reason="出差")],
        guests="文明办李科长、团市委周科长",
        at=AT,
    )
    record = office.confirm(meeting)
    booked = dict(Entry.objects.filter(posting__record=record).values_list("measure__code", "quantity"))
    assert booked["plan.meeting_attendance"] == 3
    with pytest.raises(NotEditable):
        operations.keep_roll(actor=office.office, uuid=meeting.uuid, version=99, came=[], guests="", at=AT)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"words": " "}, meeting_errors.DecisionWordsMissing),
        ({"due_on": None}, meeting_errors.DeadlineMissing),
        ({"lead_unit_ids": ()}, errors.LeadNotOne),
        ({"person_ids": ()}, errors.PersonMissing),
        ({"person_ids": (10**9,)}, errors.PersonOutside),
        ({"due_on": date(2021, 3, 1)}, errors.OutsideCampaign),
        ({"due_on": date(2020, 1, 2)}, errors.DaysReversed),
        ({"parent_id": 10**9}, errors.NeedsOutside),
        ({"makes": "solution"}, meeting_errors.SolvesNothing),
    ],
)
def test_a_decision_is_refused_while_it_is_written(
    office: Office, changes: dict[str, Any], refusal: type[DomainError]
) -> None:
    meeting = office.held()
    with pytest.raises(refusal):
        office.decide(meeting, **changes)
    assert not Decision.objects.exists()


def test_confirming_tells_of_a_decision_that_the_plan_would_refuse_by_now(office: Office) -> None:
    meeting = office.held()
    office.decide(meeting)
    Decision.objects.update(due_on=date(2021, 3, 1))
    with pytest.raises(FindingsOpen) as refused:
        office.confirm(meeting)
    assert "2020" in str(refused.value)


def test_a_decision_stands_below_an_open_task_only(office: Office) -> None:
    meeting = office.held()
    office.decide(meeting, parent_id=office.task.pk)
    Reporting(office.planning, office.task).struck_off()
    with pytest.raises(errors.AboveIsClosed) as refused:
        office.decide(meeting, parent_id=office.task.pk)
    assert refused.value.field == "parent"
    with pytest.raises(FindingsOpen, match="议定事项1：“建立大讲堂”"):
        office.confirm(meeting)


def test_decisions_have_a_new_root_once_the_former_has_ended(office: Office) -> None:
    roots = []
    for _turn in range(2):
        meeting = office.held()
        decision = office.decide(meeting)
        office.confirm(meeting)
        root = Task.objects.get(decision=decision).parent
        assert root is not None
        operations.end_task(actor=office.head, uuid=root.uuid, reason="办结", at=AT)
        roots.append(root)
    assert [root.title for root in roots] == [UNDER, UNDER]
    assert roots[0] != roots[1]
    assert breaks() == []


def test_nobody_and_nothing_are_errors(office: Office) -> None:
    meeting = office.call()
    record = office.hold(meeting)
    meeting.attendances.update(came=False)
    texts = [finding.field for finding in operations.meeting_findings(record)]
    assert texts == ["members", "items"]


def test_lines_are_changed_moved_and_struck_out(office: Office) -> None:
    meeting = office.held()
    second = office.add_item(meeting, title="第二项")
    operations.raise_item(actor=office.office, uuid=second.uuid, at=AT)
    assert list(meeting.items.values_list("title", "place")) == [("第二项", 1), ("研究大讲堂进度", 2)]
    version = Meeting.objects.get().version
    operations.change_item(
        actor=office.office,
        uuid=second.uuid,
        version=version,
        content=ItemContent("第二项", outcome="adopted", result="同意。"),
        at=AT,
    )
    operations.remove_item(actor=office.office, uuid=AgendaItem.objects.get(place=2).uuid, at=AT)
    kept, gone = office.decide(meeting), office.decide(meeting, words="不要了。")
    operations.change_decision(
        actor=office.office,
        uuid=kept.uuid,
        version=Meeting.objects.get().version,
        content=office.work(words="改为7月底。", due_on=date(2020, 7, 31), person_ids=office.person_ids[:1]),
        at=AT,
    )
    operations.remove_decision(actor=office.office, uuid=gone.uuid, at=AT)
    assert Decision.objects.get().persons.count() == 1
    assert breaks() == []


def test_a_difficulty_is_raised_studied_and_solved(office: Office) -> None:
    difficulty = office.difficulty()
    meeting = office.call()
    office.add_item(meeting, difficulty_id=difficulty.pk)
    office.hold(meeting)
    office.decide(
        meeting, words="由文化宫提供教室。", makes="solution", difficulty_id=difficulty.pk, due_on=None
    )
    record = office.confirm(meeting)
    difficulty.refresh_from_db()
    assert difficulty.state == "solved"
    assert breaks() == []
    ledger.withdraw_record(actor=office.head, record_id=record.pk, reason="记错了会", at=AT)
    difficulty.refresh_from_db()
    assert (difficulty.state, difficulty.closed_at) == ("studied", None)
    assert breaks() == []


def test_a_difficulty_that_was_only_treated_is_studied(office: Office) -> None:
    first, second = office.difficulty(), office.difficulty()
    meeting = office.call()
    office.add_item(meeting, difficulty_id=first.pk)
    moved = office.add_item(meeting, difficulty_id=second.pk)
    office.hold(meeting)
    operations.change_item(
        actor=office.office,
        uuid=moved.uuid,
        version=Meeting.objects.get().version,
        content=ItemContent("甲", difficulty_id=second.pk, outcome="moved"),
        at=AT,
    )
    office.confirm(meeting)
    states = dict(Difficulty.objects.values_list("pk", "state"))
    assert states == {first.pk: "studied", second.pk: "raised"}


def test_what_difficulties_refuse(office: Office) -> None:
    cast = office.planning.cast

    def raised(actor: Actor, said: str) -> Difficulty:
        return operations.raise_difficulty(
            actor=actor, task=office.task.uuid, uuid=uuid4(), said=said, asks="", at=AT
        )

    with pytest.raises(Forbidden):
        raised(cast["stranger"], "别单位的任务")
    with pytest.raises(meeting_errors.DifficultyWordsMissing):
        raised(cast["clerk"], " ")
    difficulty = raised(cast["clerk"], "没有场地")
    with pytest.raises(meeting_errors.WithdrawalReasonMissing):
        operations.withdraw_difficulty(actor=cast["clerk"], uuid=difficulty.uuid, reason="", at=AT)
    operations.withdraw_difficulty(actor=cast["clerk"], uuid=difficulty.uuid, reason="已自行解决", at=AT)
    with pytest.raises(meeting_errors.DifficultyDecided):
        operations.withdraw_difficulty(actor=cast["clerk"], uuid=difficulty.uuid, reason="再来", at=AT)
    meeting = office.held()
    with pytest.raises(meeting_errors.DifficultyDecided):
        office.decide(meeting, makes="solution", difficulty_id=difficulty.pk)
    operations.end_task(actor=office.head, uuid=office.task.uuid, reason="并入", at=AT)
    with pytest.raises(errors.TaskEnded):
        raised(cast["clerk"], "太晚了")
    assert breaks() == []


def test_undecided_difficulties_wait_for_the_office(office: Office) -> None:
    office.difficulty()
    groups = queries.waiting_difficulties(office.office, TODAY)
    assert [group.count for group in groups] == [1]
    assert queries.waiting_difficulties(office.planning.cast["clerk"], TODAY) == []


def test_what_the_next_meeting_might_treat_proposes_itself(office: Office) -> None:
    late = office.planning.add("逾期的任务", until=date(2020, 4, 1))
    office.planning.add("快到期的任务", until=date(2020, 5, 20))
    office.planning.add("还早的任务", until=END)
    difficulty = office.difficulty()
    meeting = office.held()
    moved = office.add_item(meeting, title="下次再议的事项", outcome="moved")
    office.decide(meeting)
    office.confirm(meeting)
    found = queries.proposals(campaign=office.planning.campaign, on=TODAY)
    said = {group.code: [one.content.title for one in group.rows] for group in found}
    assert said["moved"] == ["下次再议的事项"]
    assert said["difficulty"] == ["没有场地"]
    assert said["overdue"] == ["逾期的任务"]
    assert said["due"] == ["快到期的任务"]
    assert [title.endswith("6月底前建成5个大讲堂") for title in said["decision"]] == [True]
    keys = [f"item:{moved.pk}", f"difficulty:{difficulty.pk}", f"task:{late.pk}"]
    following = operations.call_meeting(
        actor=office.office,
        campaign=office.planning.campaign.uuid,
        uuid=uuid4(),
        content=replace(CALL, member_ids=office.person_ids, held_on=date(2020, 6, 1)),
        proposed=keys,
        at=AT,
    )
    items = list(following.items.all())
    assert [item.moved_from_id for item in items] == [moved.pk, None, None]
    assert [item.difficulty_id for item in items] == [None, difficulty.pk, None]
    assert items[2].task_id == late.pk
    again = queries.proposals(campaign=office.planning.campaign, on=TODAY)
    assert "moved" not in {group.code for group in again}
    assert breaks() == []


def test_the_next_meeting_begins_as_the_last(office: Office) -> None:
    meeting = office.call()
    last = queries.last_of_kind(campaign=office.planning.campaign, kind="office")
    assert last == meeting
    begun = queries.same_as(meeting)
    assert begun["held_on"] == date(2020, 6, 1)
    assert begun["members"] == list(office.person_ids)
    assert [a_month_on(date(2020, 1, 31)), a_month_on(date(2020, 12, 15))] == [
        date(2020, 2, 29),
        date(2021, 1, 15),
    ]


def test_confirmed_minutes_are_amended_by_two(office: Office) -> None:
    meeting = office.held()
    office.decide(meeting)
    record = office.confirm(meeting)
    content = queries.content_of(record_id=record.pk)
    content["place"], content["guests"] = "二楼会议室", "李科长"
    amendment = operations.propose_minutes(
        actor=office.office, record_id=record.pk, content=content, reason="地点写错", at=AT
    )
    ledger.accept_amendment(actor=office.head, amendment_id=amendment.pk, at=AT)
    meeting.refresh_from_db()
    assert (meeting.place, meeting.guests) == ("二楼会议室", "李科长")
    assert Task.objects.filter(parent__title=UNDER).count() == 1
    assert breaks() == []


def test_official_minutes_are_drafted_once(office: Office) -> None:
    meeting = office.held()
    with pytest.raises(meeting_errors.NotConfirmed):
        operations.draft_minutes(actor=office.office, uuid=meeting.uuid, at=AT)
    office.decide(meeting)
    office.confirm(meeting)
    report = operations.draft_minutes(actor=office.office, uuid=meeting.uuid, at=AT)
    assert operations.draft_minutes(actor=office.head, uuid=meeting.uuid, at=AT) == report
    assert Report.objects.count() == 1
    assert report.title == "5月办公例会纪要"
    assert "牵头部室：市供电公司工会，责任人：王主任、clerk同志，时限：2020年6月30日前" in report.text
    assert report.head.present.split() == ["王主任", "clerk同志"]
    content = reports.resolved(report=report, on=report.until).content
    document = as_document(content, href=lambda _used: "/")
    assert measured(io.BytesIO(to_docx(document, base_url="http://localhost"))).departures == []
    assert breaks() == []


def test_a_federation_adds_kinds(office: Office) -> None:
    federation = office.planning.world.federation.pk

    def added(name: str) -> Any:
        return operations.add_meeting_kind(
            actor=office.head, federation_id=federation, name=name, name_en="", at=AT
        )

    kind = added("现场推进会")
    for name, refusal in (
        ("现场推进会", meeting_errors.KindNameTaken),
        (" ", meeting_errors.KindNameMissing),
    ):
        with pytest.raises(refusal):
            added(name)
    with pytest.raises(meeting_errors.KindNameTaken):
        added("办公例会")
    meeting = office.held(kind=kind.code)
    record = office.confirm(meeting)
    assert queries.meeting_names([record.pk]) == {record.pk: "现场推进会"}
    operations.end_meeting_kind(actor=office.head, kind_id=kind.pk, is_active=False, at=AT)
    with pytest.raises(meeting_errors.MeetingKindUnknown):
        office.call(kind=kind.code)
    assert breaks() == []


def test_a_task_of_a_meeting_is_not_removed(planning: Planning, office: Office) -> None:
    office.difficulty()
    with pytest.raises(DomainError):
        operations.remove_task(actor=office.head, uuid=office.task.uuid, at=AT)


def test_meetings_confirmed_together_make_their_tasks_too(office: Office) -> None:
    records = []
    for number in range(2):
        meeting = office.held(title=f"会议{number}")
        office.decide(meeting, words=f"第{number}件事")
        record = Record.objects.get(minutes__meeting=meeting)
        records.append(ledger.submit_record(actor=office.office, record_id=record.pk, at=AT).pk)
    ledger.confirm_records(actor=office.head, record_ids=records, at=AT)
    assert Task.objects.filter(parent__title=UNDER).count() == 2
    assert breaks() == []


def test_findings_of_many_meetings_take_no_more_statements(
    office: Office, django_assert_num_queries: Any
) -> None:
    held = [office.held(title=f"会议{number}") for number in range(4)]
    records = [Record.objects.get(minutes__meeting=meeting) for meeting in held]
    with django_assert_num_queries(4):
        found = operations.meeting_findings_of(records, {})
    assert [len(found[record.pk]) for record in records] == [1] * 4
