"""The sign-off: who does what when, and what voids a check."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.models import ReportState, Step
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, StaleForm
from tests.conftest import TODAY, World
from tests.governance.reports.conftest import TEXT, Desk, details, verbs


@pytest.fixture
def demand(world: World, cast: dict[str, Actor], desk: Desk) -> Callable[[bool], None]:
    def set_rule(demands: bool) -> None:
        operations.set_sign_off_rule(
            actor=cast["head"], federation_id=world.federation.pk, demands_check=demands, at=desk.later()
        )

    return set_rule


def test_a_text_goes_from_hand_to_hand(desk: Desk) -> None:
    assert desk.send().state == ReportState.CHECKING
    assert desk.check(opinion="同意").state == ReportState.SIGNING
    desk.issue()
    assert desk.now().state == ReportState.ISSUED
    assert verbs() == ["report.write", "report.send", "report.check", "report.issue"]
    assert list(Step.objects.values_list("act", "version__number", "opinion")) == [
        ("checked", 1, "同意"),
        ("sent", 1, ""),
    ]


def test_a_returned_text_stays_returned_while_it_is_mended(desk: Desk) -> None:
    desk.send()
    assert desk.return_().state == ReportState.RETURNED
    assert desk.save("已补。").state == ReportState.RETURNED
    assert desk.send().state == ReportState.CHECKING


def test_the_audit_log_tells_of_a_return_but_not_its_words(desk: Desk) -> None:
    desk.send()
    desk.return_("张三的数字不对")
    assert verbs()[-1] == "report.return"
    assert "张三" not in details()


def test_a_return_says_why(desk: Desk) -> None:
    desk.send()
    with pytest.raises(operations.OpinionMissing):
        desk.return_("  ")
    assert desk.now().state == ReportState.CHECKING


def test_the_last_writer_does_not_check(desk: Desk) -> None:
    desk.save("复核员改的。", by="reviewer")
    desk.send()
    with pytest.raises(operations.CheckedByWriter):
        desk.check(by="reviewer")
    assert desk.check(by="head").state == ReportState.SIGNING


def test_a_change_voids_the_check(desk: Desk) -> None:
    desk.send()
    desk.check()
    assert desk.save("改了一句。").state == ReportState.DRAFT


def test_saving_without_a_change_keeps_the_check(desk: Desk) -> None:
    desk.send()
    desk.check()
    assert desk.save(TEXT).state == ReportState.SIGNING


def test_who_would_sign_may_return_too_but_who_checks_may_not_then(desk: Desk) -> None:
    desk.send()
    desk.check()
    with pytest.raises(Forbidden):
        desk.return_(by="reviewer")
    assert desk.return_(by="head").state == ReportState.RETURNED


def test_what_was_sent_can_be_taken_back(desk: Desk) -> None:
    desk.send()
    report = desk.now()
    operations.recall_report(
        actor=desk.cast["clerk"], uuid=report.uuid, version=report.version, at=desk.later()
    )
    assert desk.now().state == ReportState.DRAFT
    assert verbs()[-1] == "report.recall"


def test_steps_out_of_turn_are_refused(desk: Desk) -> None:
    for act in (desk.check, desk.return_):
        with pytest.raises(operations.NotInStage):
            act()
    desk.send()
    with pytest.raises(operations.NotInStage):
        desk.send()
    assert verbs() == ["report.write", "report.send"]


def test_an_empty_text_is_not_sent(desk: Desk) -> None:
    desk.save("")
    with pytest.raises(operations.NothingToIssue):
        desk.send()


def test_a_stale_page_decides_nothing(desk: Desk) -> None:
    desk.send()
    stale = desk.now().version
    desk.save("抢先一步。")
    desk.send()
    with pytest.raises(StaleForm):
        operations.check_report(
            actor=desk.cast["reviewer"], uuid=desk.report.uuid, version=stale, at=desk.later()
        )


@pytest.mark.parametrize("name,refusal", [("auditor", Forbidden), ("stranger", NotFound)])
def test_steps_need_their_rights(name: str, refusal: type[DomainError], desk: Desk) -> None:
    with pytest.raises(refusal):
        desk.send(by=name)
    desk.send()
    for act in (desk.check, desk.return_):
        with pytest.raises(refusal):
            act(by=name)


def test_a_clerk_neither_checks_nor_issues(desk: Desk) -> None:
    desk.send()
    with pytest.raises(Forbidden):
        desk.check(by="clerk")
    with pytest.raises(Forbidden):
        desk.issue(by="reviewer")


def test_without_the_rule_a_manager_issues_at_once(desk: Desk) -> None:
    assert desk.issue().number == 1


def test_with_the_rule_only_what_was_checked_is_issued(desk: Desk, demand: Callable[[bool], None]) -> None:
    demand(True)
    with pytest.raises(operations.CheckMissing):
        desk.issue()
    desk.send()
    with pytest.raises(operations.CheckMissing):
        desk.issue()
    desk.check()
    desk.save("核稿以后又改。")
    with pytest.raises(operations.CheckMissing):
        desk.issue()
    desk.send()
    desk.check()
    assert desk.issue().number == 1
    with pytest.raises(operations.CheckMissing):
        desk.issue()


def test_the_rule_can_be_taken_back(desk: Desk, demand: Callable[[bool], None]) -> None:
    demand(True)
    demand(False)
    assert desk.issue().number == 1
    event = AuditEvent.objects.filter(verb="report.set_rule").order_by("number").last()
    assert event is not None
    assert event.detail == {"before": True, "after": False}


@pytest.mark.parametrize(
    "name,refusal", [("clerk", NotFound), ("reviewer", NotFound), ("auditor", Forbidden)]
)
def test_only_who_configures_the_federation_sets_the_rule(
    name: str, refusal: type[DomainError], world: World, cast: dict[str, Actor], desk: Desk
) -> None:
    with pytest.raises(refusal):
        operations.set_sign_off_rule(
            actor=cast[name], federation_id=world.federation.pk, demands_check=True, at=desk.later()
        )


def waiting(actor: Actor) -> dict[str, int]:
    return {group.code: group.count for group in queries.waiting_sign_off(actor, TODAY) if group.count}


def test_what_waits_waits_for_the_right_person(desk: Desk) -> None:
    desk.send()
    assert waiting(desk.cast["reviewer"]) == {"reports-to-check": 1}
    assert waiting(desk.cast["clerk"]) == {}
    desk.return_()
    assert waiting(desk.cast["clerk"]) == {"reports-to-mend": 1}
    assert waiting(desk.cast["reviewer"]) == {}
    desk.send()
    desk.check()
    assert waiting(desk.cast["head"]) == {"reports-to-sign": 1}
    assert waiting(desk.cast["stranger"]) == {}


def test_the_last_writer_waits_for_nobody_else(desk: Desk) -> None:
    desk.save("复核员改的。", by="reviewer")
    desk.send()
    assert waiting(desk.cast["reviewer"]) == {}
    assert waiting(desk.cast["head"]) == {"reports-to-check": 1}


def test_a_moved_report_is_checked_where_it_now_belongs(desk: Desk, world: World) -> None:
    report, other = desk.now(), Unit.objects.get(pk=world.other_union.pk)
    type(report).objects.filter(pk=report.pk).update(unit=other)
    with pytest.raises(NotFound):
        desk.check()
