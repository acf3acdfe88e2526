"""Records on their way into the book."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from jiangong.books.figures.queries import read_figure
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.books.ledger import operations
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.operations import errors
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound
from jiangong.work.activities import operations as activities
from jiangong.work.activities.rules import AUDIENCE, ActivityContent
from tests.conftest import AT, DAY, SYSTEM, TODAY, MakeRecord, World

AUDIENCE_KEY = FigureKey(AUDIENCE)


def value(world: World, *, as_of: int | None = None) -> int:
    found = read_figure(key=AUDIENCE_KEY, reading=world.reading(as_of=as_of)).value
    return int(found or 0)


def test_a_confirmed_lecture_moves_the_figure_by_exactly_its_audience(
    world: World, make_record: MakeRecord
) -> None:
    before = value(world)
    make_record(audience=73)
    assert value(world) - before == 73


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn"])
def test_what_is_not_confirmed_is_in_no_figure(world: World, make_record: MakeRecord, state: str) -> None:
    make_record(state=state, audience=50)
    assert value(world) == 0


def test_nobody_confirms_what_they_entered(cast: dict[str, Actor], make_record: MakeRecord) -> None:
    record = make_record(state="submitted", by="head")
    with pytest.raises(errors.SelfConfirmation):
        operations.confirm_record(actor=cast["head"], record_id=record.pk, at=AT)


def test_a_clerk_cannot_confirm(cast: dict[str, Actor], make_record: MakeRecord) -> None:
    record = make_record(state="submitted", by="head")
    with pytest.raises(Forbidden):
        operations.confirm_record(actor=cast["clerk"], record_id=record.pk, at=AT)


def test_a_stranger_does_not_even_see_it(cast: dict[str, Actor], make_record: MakeRecord) -> None:
    record = make_record(state="submitted")
    with pytest.raises(NotFound):
        operations.confirm_record(actor=cast["stranger"], record_id=record.pk, at=AT)


def test_two_people_confirm_at_once_and_the_second_is_told(
    world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    record = make_record(state="submitted", audience=60)
    operations.confirm_record(actor=cast["reviewer"], record_id=record.pk, at=AT)
    with pytest.raises(errors.AlreadyDecided):
        operations.confirm_record(actor=cast["head"], record_id=record.pk, at=AT)
    assert value(world) == 60


def test_missing_photos_stop_the_confirmation_until_a_reason_is_given(
    cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    record = make_record(state="submitted", photos=0)
    with pytest.raises(errors.FindingsOpen):
        operations.confirm_record(actor=cast["head"], record_id=record.pk, at=AT)
    posting = operations.confirm_record(
        actor=cast["head"], record_id=record.pk, at=AT, override="照片见纸质档案"
    )
    event = AuditEvent.objects.get(verb="record.confirm", subject_id=str(record.pk))
    assert event.detail == {"posting": posting.number, "override": "照片见纸质档案"}


def test_more_people_than_live_there_stop_the_confirmation(
    cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    record = make_record(state="submitted", audience=100_000_000)
    with pytest.raises(errors.FindingsOpen) as refused:
        operations.confirm_record(actor=cast["head"], record_id=record.pk, at=AT)
    assert "810,000" in str(refused.value)


def test_the_same_uuid_books_once(world: World, make_record: MakeRecord) -> None:
    uuid = uuid4()
    first, again = make_record(uuid=uuid, state="draft"), make_record(uuid=uuid, state="draft")
    assert first.pk == again.pk
    assert Record.objects.count() == 1


def test_the_uuid_of_a_record_of_another_kind_is_not_found(
    world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    record = make_record(state="draft")
    with pytest.raises(NotFound):
        operations.enter_record(
            actor=cast["clerk"],
            uuid=record.uuid,
            kind="venue",
            unit_id=world.union.pk,
            happened_on=DAY,
            title="职工书屋",
            at=AT,
            today=TODAY,
        )


@pytest.mark.parametrize(
    ("day", "refusal"),
    [(date(2099, 1, 1), errors.DateInFuture), (date(2017, 12, 31), errors.DateOutsideLife)],
)
def test_days_that_cannot_be_are_refused(
    make_record: MakeRecord, day: date, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        make_record(day=day)


def test_an_amendment_posts_the_reversal_and_the_new(
    world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    record = make_record(audience=80)
    position = record.postings.get().number
    amendment = _propose(cast["clerk"], record, audience=95)
    assert value(world) == 80
    posting = operations.accept_amendment(actor=cast["reviewer"], amendment_id=amendment, at=AT)
    quantities = sorted(entry.quantity for entry in posting.entries.filter(measure__code=AUDIENCE))
    assert quantities == [-80, 95]
    assert (value(world), value(world, as_of=position)) == (95, 80)


def test_a_record_of_a_unit_that_ended_before_its_day_is_not_confirmed(
    world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    record = make_record(state="submitted")
    _end(world.union, until=DAY - timedelta(days=1))
    with pytest.raises(errors.DateOutsideLife) as refused:
        operations.confirm_record(actor=cast["head"], record_id=record.pk, at=AT)
    record.refresh_from_db()
    assert (refused.value.field, record.state, value(world)) == ("happened_on", "submitted", 0)


def test_a_record_of_a_units_last_day_is_confirmed(
    world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    record = make_record(state="submitted", audience=73)
    _end(world.union, until=DAY)
    operations.confirm_record(actor=cast["head"], record_id=record.pk, at=AT)
    assert value(world) == 73


def test_an_amendment_to_a_day_after_the_units_end_is_not_accepted(
    world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    record = make_record(audience=80)
    amendment = _propose(cast["clerk"], record, audience=80, day=DAY + timedelta(days=1))
    _end(world.union, until=DAY)
    with pytest.raises(errors.DateOutsideLife):
        operations.accept_amendment(actor=cast["reviewer"], amendment_id=amendment, at=AT)
    record.refresh_from_db()
    assert (record.happened_on, value(world)) == (DAY, 80)


def test_who_proposed_an_amendment_does_not_accept_it(
    cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    record = make_record()
    amendment = _propose(cast["reviewer"], record, audience=10)
    with pytest.raises(errors.SelfConfirmation):
        operations.accept_amendment(actor=cast["reviewer"], amendment_id=amendment, at=AT)


def test_a_withdrawn_record_leaves_the_figures_and_keeps_its_past(
    world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    record = make_record(audience=44)
    position = record.postings.get().number
    operations.withdraw_record(actor=cast["head"], record_id=record.pk, reason="重复录入", at=AT)
    assert (value(world), value(world, as_of=position)) == (0, 44)


def test_a_draft_can_be_thrown_away_a_submitted_record_cannot(
    cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    draft, submitted = make_record(state="draft"), make_record(state="submitted")
    operations.discard_draft(actor=cast["clerk"], record_id=draft.pk, at=AT)
    with pytest.raises(errors.NotEditable):
        operations.discard_draft(actor=cast["clerk"], record_id=submitted.pk, at=AT)
    assert list(Record.objects.values_list("pk", flat=True)) == [submitted.pk]


def test_a_return_needs_a_reason(cast: dict[str, Actor], make_record: MakeRecord) -> None:
    record = make_record(state="submitted")
    with pytest.raises(errors.ReasonMissing):
        operations.return_record(actor=cast["reviewer"], record_id=record.pk, reason="  ", at=AT)


def _end(unit: Unit, *, until: date) -> None:
    organization.dissolve_unit(actor=SYSTEM, unit_id=unit.pk, until=until, at=AT)


def _propose(actor: Actor, record: Record, *, audience: int, day: date = DAY) -> int:
    content = ActivityContent(
        title=record.title, happened_on=day, place="三楼会议室", quantities={AUDIENCE: audience}
    )
    return activities.propose_change(
        actor=actor, record_id=record.pk, content=content, reason="人数有误", at=AT, today=TODAY
    ).pk
