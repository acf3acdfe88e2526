"""Checking a text and drafting from it: who may, what is kept, what is picked, and what the logs do not say."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from jiangong.books.figures import operations as figures
from jiangong.books.figures.rules.bounds import Limits
from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.models import CheckedText, CheckState, Comment
from jiangong.governance.reports.operations.reports import content_kept
from jiangong.governance.reports.queries.checking import text_check
from jiangong.governance.reports.rules.opening import NoWords
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound
from tests.conftest import AT, TODAY, MakeRecord, World
from tests.governance.reports.text_checks import TEXT, YEAR, checked, found_in

LONG = TEXT + "市总工会认真落实各项要求，团结引导广大职工积极参与。\n" * 900


@pytest.fixture
def kept(world: World, cast: dict[str, Actor], make_record: MakeRecord) -> CheckedText:
    make_record(audience=80)
    return checked(cast["clerk"], world.union)


def test_a_short_text_is_checked_at_once(kept: CheckedText) -> None:
    verdicts = {text: one.verdict for text, one in found_in(kept).items()}
    assert kept.state == CheckState.DONE
    assert verdicts["80人次"] == "agrees"
    assert "90人次" in verdicts


def test_a_long_text_is_checked_by_the_job_that_gets_a_number_only(
    world: World, cast: dict[str, Actor]
) -> None:
    long = checked(cast["clerk"], world.union, LONG)
    assert long.state == CheckState.WAITING
    (job,) = DBTaskResult.objects.filter(task_path__endswith="check_text")
    assert job.args_kwargs == {"args": [str(long.pk)], "kwargs": {}}
    operations.finish_check(uuid=long.pk, at=clock.now())
    operations.give_up_check(uuid=long.pk)
    long.refresh_from_db()
    assert long.state == CheckState.DONE
    assert found_in(long)["90人次"].text == "90人次"


def test_a_job_that_broke_off_is_told_and_one_without_its_text_ends(
    world: World, cast: dict[str, Actor]
) -> None:
    long = checked(cast["clerk"], world.union, LONG)
    operations.give_up_check(uuid=long.pk)
    long.refresh_from_db()
    assert long.state == CheckState.FAILED
    long.delete()
    operations.finish_check(uuid=long.pk, at=clock.now())
    assert not CheckedText.objects.exists()


def test_sent_twice_it_is_checked_once_and_never_shown_to_another(
    kept: CheckedText, world: World, cast: dict[str, Actor]
) -> None:
    assert checked(cast["clerk"], world.union, "别的。", uuid=kept.pk).text == TEXT
    with pytest.raises(NotFound):
        checked(cast["reviewer"], world.union, uuid=kept.pk)
    with pytest.raises(NotFound):
        operations.draft_checked_text(actor=cast["head"], uuid=kept.pk, at=clock.now())


def test_outside_ones_scope_and_without_words_it_is_refused(world: World, cast: dict[str, Actor]) -> None:
    with pytest.raises(NotFound):
        checked(cast["stranger"], world.union)
    with pytest.raises(NoWords):
        checked(cast["clerk"], world.union, " \n")


def test_who_may_not_draft_checks_but_does_not_draft(world: World, cast: dict[str, Actor]) -> None:
    own = checked(cast["auditor"], world.union)
    with pytest.raises(Forbidden):
        operations.draft_checked_text(actor=cast["auditor"], uuid=own.pk, at=clock.now())


def test_the_audit_log_tells_that_it_was_done_and_none_of_its_words(
    kept: CheckedText, cast: dict[str, Actor]
) -> None:
    operations.draft_checked_text(actor=cast["clerk"], uuid=kept.pk, at=clock.now())
    events = AuditEvent.objects.filter(subject_type="checked_text").order_by("number")
    assert [event.verb for event in events] == ["text.check", "text.draft"]
    assert "黄小明" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_the_draft_picks_what_agrees_and_comments_on_the_rest(
    kept: CheckedText, cast: dict[str, Actor]
) -> None:
    draft = operations.draft_checked_text(actor=cast["clerk"], uuid=kept.pk, at=clock.now())
    assert draft.title == "大讲堂工作小结"
    assert "大讲堂受众{{activities.audience" in draft.text
    assert "90人次" in draft.text
    comments = Comment.objects.filter(report=draft)
    assert {comment.words.split("”")[0] for comment in comments} >= {"“90人次"}
    assert all(comment.quote for comment in comments)
    assert operations.draft_checked_text(actor=cast["clerk"], uuid=kept.pk, at=clock.now()).pk == draft.pk


def test_the_drafts_own_check_shows_its_picked_figures_as_bound(
    kept: CheckedText, cast: dict[str, Actor]
) -> None:
    draft = operations.draft_checked_text(actor=cast["clerk"], uuid=kept.pk, at=clock.now())
    page = queries.report_check_page(actor=cast["clerk"], uuid=draft.uuid, on=TODAY)
    verdicts = {one.text: one.verdict for one in page.laid.found}
    assert verdicts["80人次"] == "bound"
    assert verdicts["90人次"] != "bound"


def test_one_claim_more_is_picked_even_after_others_wrote_elsewhere(
    kept: CheckedText, cast: dict[str, Actor], world: World
) -> None:
    draft = operations.draft_checked_text(actor=cast["clerk"], uuid=kept.pk, at=clock.now())
    content = content_kept(draft, text=f"{draft.text}\n另加一句。\n")
    operations.change_report(
        actor=cast["clerk"],
        uuid=draft.uuid,
        version=1,
        unit_id=world.union.pk,
        content=content,
        at=clock.now(),
    )
    number = found_in(kept)["90人次"].number
    changed = operations.draft_checked_text(actor=cast["clerk"], uuid=kept.pk, claim=number, at=clock.now())
    assert "90人次" not in changed.text
    assert "另加一句。" in changed.text
    kept.refresh_from_db()
    assert number in kept.bound


def test_a_place_that_was_rewritten_is_refused(
    kept: CheckedText, cast: dict[str, Actor], world: World
) -> None:
    draft = operations.draft_checked_text(actor=cast["clerk"], uuid=kept.pk, at=clock.now())
    content = content_kept(draft, text="全部重写。\n")
    operations.change_report(
        actor=cast["clerk"],
        uuid=draft.uuid,
        version=1,
        unit_id=world.union.pk,
        content=content,
        at=clock.now(),
    )
    number = found_in(kept)["90人次"].number
    with pytest.raises(operations.ClaimMoved):
        operations.draft_checked_text(actor=cast["clerk"], uuid=kept.pk, claim=number, at=clock.now())


def test_a_claim_without_a_figure_cannot_be_picked_nor_a_text_that_waits(
    kept: CheckedText, cast: dict[str, Actor], world: World
) -> None:
    with pytest.raises(operations.ClaimUnbound):
        operations.draft_checked_text(actor=cast["clerk"], uuid=kept.pk, claim=999, at=clock.now())
    waiting = checked(cast["clerk"], world.union, LONG)
    with pytest.raises(operations.NotChecked):
        operations.draft_checked_text(actor=cast["clerk"], uuid=waiting.pk, at=clock.now())


@pytest.mark.parametrize("words", ["大讲堂受众80人次。", "大讲堂受众90人次，"])
def test_statements_stay_flat_as_claims_grow(
    world: World, cast: dict[str, Actor], make_record: MakeRecord, words: str
) -> None:
    make_record(audience=80)

    def asked(times: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            text_check(actor=cast["clerk"], text=(words + "\n") * times, unit=world.union, period=YEAR)
        return len(asked)

    asked(30)
    assert asked(1000) == asked(30)
    assert asked(1000) < 250


def test_the_book_is_read_as_it_stood(world: World, cast: dict[str, Actor], make_record: MakeRecord) -> None:
    make_record(audience=80)
    make_record(audience=10)

    def ledger(as_of: int | None) -> object:
        found = text_check(
            actor=cast["clerk"], text="大讲堂受众80人次。", unit=world.union, period=YEAR, as_of=as_of
        )
        return found.checked.claims[0].reading

    assert (ledger(1), ledger(None)) == (80, 90)


def test_many_typed_claims_are_commented_on_together(
    world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    text = "工作小结\n" + "".join(f"走访慰问{number}户。\n" for number in range(100, 160))
    own = checked(cast["clerk"], world.union, text, uuid=uuid4())
    draft = operations.draft_checked_text(actor=cast["clerk"], uuid=own.pk, at=clock.now())
    assert Comment.objects.filter(report=draft).count() == 21


def test_what_is_usual_of_an_audience_is_what_the_federation_has_set(
    world: World, cast: dict[str, Actor]
) -> None:
    def codes() -> set[str]:
        found = text_check(
            actor=cast["head"], unit=world.federation, period=YEAR, text="举办讲座10场，受众25000人次。"
        )
        return {mark.code for mark in found.checked.marks}

    assert "P2" in codes()
    figures.set_bound(
        actor=cast["head"],
        federation_id=world.federation.pk,
        figure="activities.audience_per_session",
        limits=Limits(low=1, high=9000),
        at=AT,
    )
    assert "P2" not in codes()
