"""Writing, issuing, withdrawing."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.operations.errors import ReasonMissing
from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.models import Issue, Report, Withdrawal
from jiangong.governance.reports.rules import frozen
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, StaleForm
from tests.conftest import MakeRecord, World
from tests.governance.reports.conftest import AT, DATED, PERIOD, MakeIssue, MakeReport

Cast = dict[str, Actor]


def content(**changes: object) -> ReportContent:
    fields: dict[str, object] = {"title": "报告", "since": PERIOD[0], "until": PERIOD[1], "text": "一句。"}
    return ReportContent(**fields | changes)  # type: ignore[arg-type]


def change(
    cast: Cast, report: Report, *, version: int = 1, unit: Unit | None = None, **changes: object
) -> Report:
    return operations.change_report(
        actor=cast["head"],
        uuid=report.uuid,
        version=version,
        unit_id=unit.pk if unit else report.unit_id,
        content=content(**changes),
        at=AT,
    )


def verbs() -> list[str]:
    return list(AuditEvent.objects.filter(subject_type="report").values_list("verb", flat=True))


def test_a_report_sent_twice_is_written_once(make_report: MakeReport) -> None:
    uuid = uuid4()
    assert make_report(uuid=uuid).pk == make_report(uuid=uuid).pk
    assert verbs() == ["report.write"]


def test_another_persons_uuid_is_not_found(world: World, cast: Cast, make_report: MakeReport) -> None:
    uuid = make_report().uuid
    with pytest.raises(NotFound):
        operations.write_report(
            actor=cast["clerk"], uuid=uuid, unit_id=world.union.pk, content=content(), at=AT
        )


@pytest.mark.parametrize(
    "name,refusal", [("auditor", Forbidden), ("administrator", Forbidden), ("stranger", NotFound)]
)
def test_only_who_has_the_right_writes(
    name: str, refusal: type[DomainError], world: World, cast: Cast, make_report: MakeReport
) -> None:
    report = make_report()
    with pytest.raises(refusal):
        operations.write_report(
            actor=cast[name], uuid=uuid4(), unit_id=world.union.pk, content=content(), at=AT
        )
    with pytest.raises(refusal):
        operations.change_report(
            actor=cast[name], uuid=report.uuid, version=1, unit_id=report.unit_id, content=content(), at=AT
        )
    with pytest.raises(refusal):
        operations.issue_report(actor=cast[name], uuid=report.uuid, version=1, dated_on=DATED, at=AT)
    with pytest.raises(refusal):
        operations.copy_report(actor=cast[name], uuid=report.uuid, new_uuid=uuid4(), at=AT)


@pytest.mark.parametrize(
    "changes,code",
    [
        ({"title": "  "}, "report_title_missing"),
        ({"title": "长" * 121}, "report_title_missing"),
        ({"since": date(2020, 6, 1)}, "report_period_reversed"),
        ({"text": "长" * 100_001}, "report_text_too_long"),
    ],
)
def test_what_does_not_fit_is_refused(
    changes: dict[str, object], code: str, cast: Cast, make_report: MakeReport
) -> None:
    report = make_report()
    with pytest.raises(DomainError) as refused:
        change(cast, report, **changes)  # type: ignore[arg-type]
    assert refused.value.code == code
    report.refresh_from_db()
    assert report.version == 1


def test_a_stale_form_changes_nothing(cast: Cast, make_report: MakeReport) -> None:
    report = make_report()
    change(cast, report, text="先到。")
    with pytest.raises(StaleForm):
        change(cast, report, text="后到。")
    report.refresh_from_db()
    assert (report.text, report.version) == ("先到。", 2)


def test_line_ends_are_the_same_everywhere(cast: Cast, make_report: MakeReport) -> None:
    assert change(cast, make_report(), text="甲\r\n乙\r丙").text == "甲\n乙\n丙"


def test_an_issue_freezes_text_and_figures(
    cast: Cast, make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    make_record(audience=80)
    report = make_report()
    issue = make_issue(report)
    record = make_record(audience=45)
    assert record.state == "confirmed"
    change(cast, report, version=2, text="全改了。")

    kept = queries.content_of(Issue.objects.get(pk=issue.pk))
    assert (issue.number, issue.position, kept.position) == (1, 1, 1)
    assert [figure.phrase for figure in kept.figures] == ["1场", "80人次"]
    assert "受众" in kept.source
    assert frozen.digest(issue.document) == issue.digest
    report.refresh_from_db()
    assert report.state == "draft"
    assert verbs() == ["report.write", "report.issue", "report.change"]


def test_what_was_seen_is_what_is_issued(
    cast: Cast, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record(audience=80)
    report = make_report()
    make_record(audience=45)
    issue = operations.issue_report(
        actor=cast["head"], uuid=report.uuid, version=1, dated_on=DATED, at=AT, position=1
    )
    assert [figure.phrase for figure in queries.content_of(issue).figures] == ["1场", "80人次"]


@pytest.mark.parametrize("position", [-1, 99])
def test_a_position_that_is_not_there_is_refused(position: int, cast: Cast, make_report: MakeReport) -> None:
    with pytest.raises(operations.PositionAhead):
        operations.issue_report(
            actor=cast["head"], uuid=make_report().uuid, version=1, dated_on=DATED, at=AT, position=position
        )


def test_issuing_twice_by_one_click_issues_once(
    cast: Cast, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record()
    report = make_report()
    operations.issue_report(actor=cast["head"], uuid=report.uuid, version=1, dated_on=DATED, at=AT)
    with pytest.raises(StaleForm):
        operations.issue_report(actor=cast["head"], uuid=report.uuid, version=1, dated_on=DATED, at=AT)
    assert Issue.objects.count() == 1


def test_a_second_issue_has_the_next_number(
    make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    make_record()
    report = make_report()
    assert [make_issue(report).number, make_issue(report).number] == [1, 2]


def test_an_empty_report_is_not_issued(make_report: MakeReport, make_issue: MakeIssue) -> None:
    with pytest.raises(operations.NothingToIssue):
        make_issue(make_report(text=" \n"))


def test_no_reason_overrides_a_token_that_cannot_be_read(
    make_report: MakeReport, make_issue: MakeIssue
) -> None:
    with pytest.raises(operations.TextToMend):
        make_issue(make_report(text="受众{{activities.unheard_of}}。"), reason="急")


def test_an_error_needs_a_reason_and_the_reason_is_kept(
    make_report: MakeReport, make_issue: MakeIssue
) -> None:
    report = make_report(text="场均{{activities.audience_per_session}}。")
    with pytest.raises(operations.FindingsOpen):
        make_issue(report)
    issue = make_issue(report, reason="本期未开展，特此说明")
    assert issue.reason == "本期未开展，特此说明"
    assert [finding["code"] for finding in issue.findings] == ["R1"]
    assert AuditEvent.objects.get(verb="report.issue").detail["override"] == "本期未开展，特此说明"


def test_what_was_issued_cannot_be_changed_in_the_database(
    make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    make_record()
    issue = make_issue(make_report())
    for statement in ("UPDATE reports_issue SET digest = 'x'", "DELETE FROM reports_issue"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Issue.objects.get(pk=issue.pk).digest == issue.digest


def test_a_withdrawn_issue_stays_with_its_reason(
    cast: Cast, make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    make_record()
    report = make_report()
    make_issue(report)
    operations.withdraw_issue(actor=cast["head"], uuid=report.uuid, number=1, reason="数据有误", at=AT)
    report.refresh_from_db()
    assert report.state == "withdrawn"
    assert Withdrawal.objects.get().reason == "数据有误"
    with pytest.raises(operations.AlreadyWithdrawn):
        operations.withdraw_issue(actor=cast["head"], uuid=report.uuid, number=1, reason="再撤", at=AT)
    assert verbs()[-1] == "report.withdraw"


def test_an_earlier_issue_stands_when_the_later_is_withdrawn(
    cast: Cast, make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    make_record()
    report = make_report()
    make_issue(report)
    make_issue(report)
    operations.withdraw_issue(actor=cast["head"], uuid=report.uuid, number=2, reason="数据有误", at=AT)
    report.refresh_from_db()
    assert report.state == "issued"


def test_a_withdrawal_says_why(
    cast: Cast, make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    make_record()
    report = make_report()
    make_issue(report)
    with pytest.raises(ReasonMissing):
        operations.withdraw_issue(actor=cast["head"], uuid=report.uuid, number=1, reason=" ", at=AT)
    with pytest.raises(NotFound):
        operations.withdraw_issue(actor=cast["head"], uuid=report.uuid, number=7, reason="无", at=AT)


def test_a_copy_is_a_draft_of_its_own(
    cast: Cast, make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    make_record()
    report = make_report()
    make_issue(report)
    copy = operations.copy_report(actor=cast["head"], uuid=report.uuid, new_uuid=uuid4(), at=AT)
    assert (copy.text, copy.state, copy.issues.count()) == (report.text, "draft", 0)


def test_a_report_cannot_be_moved_to_a_unit_outside_the_scope(
    world: World, cast: Cast, make_report: MakeReport
) -> None:
    report = make_report()
    assert change(cast, report, unit=world.other_union).unit_id == world.other_union.pk
    with pytest.raises(NotFound):
        operations.change_report(
            actor=cast["head"], uuid=report.uuid, version=2, unit_id=999_999, content=content(), at=AT
        )


def test_withdrawing_a_record_leaves_the_issue_and_moves_the_figure(
    cast: Cast, make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    record = make_record(audience=80)
    issue = make_issue(make_report())
    ledger.withdraw_record(actor=cast["head"], record_id=record.pk, reason="重复", at=AT)
    changes = queries.changes_since(issue=issue)
    assert [str(change.difference) for change in changes.changed] == ["-1", "-80"]
    (posting,) = changes.postings
    assert [(effect.name, str(effect.amount)) for effect in posting.effects] == [
        (changes.figures[0].used.name, "-1"),
        (changes.figures[1].used.name, "-80"),
    ]


@pytest.mark.parametrize("day", [PERIOD[0] - timedelta(days=1), AT.date() + timedelta(days=1)])
def test_a_report_is_dated_between_its_period_and_today(
    cast: Cast, make_report: MakeReport, day: date
) -> None:
    report = make_report()
    with pytest.raises(operations.DateOfNoReport):
        operations.issue_report(
            actor=cast["head"], uuid=report.uuid, version=report.version, dated_on=day, at=AT
        )
    assert not Issue.objects.exists()


def test_a_report_is_not_issued_from_before_the_book_began(cast: Cast, make_report: MakeReport) -> None:
    report = make_report()
    with pytest.raises(operations.PositionAhead):
        operations.issue_report(
            actor=cast["head"], uuid=report.uuid, version=report.version, dated_on=DATED, at=AT, position=0
        )


@pytest.mark.parametrize("until", [date(9999, 12, 31), date(2200, 1, 1)])
def test_a_period_that_nobody_can_read_is_refused(cast: Cast, make_report: MakeReport, until: date) -> None:
    report = make_report()
    with pytest.raises(DomainError):
        change(cast, report, until=until)
