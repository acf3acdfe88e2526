"""Booking, changing, amending and signing in, through the operations that every door uses."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

import pytest

from jiangong.books.evidence.models import Exhibit
from jiangong.books.figures.queries import read_figure
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Entry, Record
from jiangong.books.ledger.operations.errors import (
    DateInFuture,
    DateOutsideLife,
    QuantityTooLarge,
    StillUsed,
)
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import UnitKind
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound, StaleForm
from jiangong.work.activities import operations, queries
from jiangong.work.activities.models import Activity, ActivityKind, Attendee, SignIn, Topic
from jiangong.work.activities.operations import Booked, Upload, VenueContent, booking, errors, venues
from jiangong.work.activities.rules import (
    AUDIENCE,
    BOOKS,
    HELD,
    MONEY,
    PARTICIPANTS,
    VENUES,
    ActivityContent,
)
from tests.conftest import AT, DAY, SYSTEM, TODAY, MakeRecord, World, photo
from tests.work.activities.typed import hall

LATER = AT + timedelta(seconds=1)
CONTENT = ActivityContent(title="劳模精神进企业", happened_on=DAY, quantities={AUDIENCE: 86})


def upload(seed: int = 1, name: str = "现场.jpg") -> Upload:
    data = photo(seed)
    return Upload(name, len(data), io.BytesIO(data))


def book(
    world: World,
    actor: Actor,
    *,
    content: ActivityContent = CONTENT,
    uuid: UUID | None = None,
    unit_id: int | None = None,
    files: Sequence[Upload] | None = None,
    **more: Any,
) -> Booked:
    return operations.book_activity(
        actor=actor,
        uuid=uuid or uuid4(),
        kind_id=world.lecture.pk,
        unit_id=unit_id or world.union.pk,
        content=content,
        files=[upload()] if files is None else files,
        submit=more.pop("submit", True),
        at=more.pop("at", AT),
        today=TODAY,
        **more,
    )


def figure(world: World, code: str) -> int:
    return int(read_figure(key=FigureKey(code), reading=world.reading()).value or 0)


def test_one_act_enters_ties_the_photos_and_hands_in(world: World, cast: dict[str, Actor]) -> None:
    booked = book(world, cast["clerk"], files=[upload(1), upload(2)])
    assert booked.is_submitted
    assert booked.record.state == "submitted"
    assert booked.record.exhibits.count() == 2
    assert set(AuditEvent.objects.values_list("verb", flat=True)) >= {
        "record.enter",
        "evidence.add",
        "record.submit",
    }


def test_sent_twice_books_once(world: World, cast: dict[str, Actor]) -> None:
    uuid = uuid4()
    first = book(world, cast["clerk"], uuid=uuid)
    again = book(world, cast["clerk"], uuid=uuid)
    assert (again.record.pk, again.is_submitted) == (first.record.pk, True)
    assert (Record.objects.count(), Exhibit.objects.count()) == (1, 1)


def test_the_same_form_with_a_title_typed_loosely_is_the_same(world: World, cast: dict[str, Actor]) -> None:
    uuid, loose = uuid4(), replace(CONTENT, title="劳模精神  进企业 ")
    book(world, cast["clerk"], uuid=uuid, content=loose)
    assert book(world, cast["clerk"], uuid=uuid, content=loose).is_submitted


def test_a_draft_sent_again_takes_the_new_content(world: World, cast: dict[str, Actor]) -> None:
    uuid = uuid4()
    book(world, cast["clerk"], uuid=uuid, submit=False)
    booked = book(world, cast["clerk"], uuid=uuid, content=replace(CONTENT, quantities={AUDIENCE: 90}))
    assert queries.content_of(booked.record).quantities == {AUDIENCE: 90}
    assert Record.objects.count() == 1


def test_once_handed_in_other_content_under_the_same_form_is_refused(
    world: World, cast: dict[str, Actor]
) -> None:
    uuid = uuid4()
    book(world, cast["clerk"], uuid=uuid)
    with pytest.raises(errors.SentBefore):
        book(world, cast["clerk"], uuid=uuid, content=replace(CONTENT, quantities={AUDIENCE: 900}))


def overtaken(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, first: Callable[[], object]
) -> None:
    """The same form, sent a moment earlier, is booked after this one looked whether it is there."""
    enter = getattr(module, name)

    def late(**arguments: Any) -> Any:
        monkeypatch.setattr(module, name, enter)
        first()
        return enter(**arguments)

    monkeypatch.setattr(module, name, late)


def test_of_a_draft_sent_twice_at_once_the_later_content_stands(
    world: World, cast: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    uuid = uuid4()
    more = replace(CONTENT, quantities={AUDIENCE: 90})
    overtaken(
        monkeypatch, booking, "enter_activity", lambda: book(world, cast["clerk"], uuid=uuid, submit=False)
    )
    booked = book(world, cast["clerk"], uuid=uuid, content=more, submit=False, at=LATER)
    assert queries.content_of(booked.record).quantities == {AUDIENCE: 90}
    assert Record.objects.count() == 1


def test_other_content_sent_at_once_with_what_was_handed_in_is_refused(
    world: World, cast: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    uuid = uuid4()
    more = replace(CONTENT, quantities={AUDIENCE: 90})
    overtaken(monkeypatch, booking, "enter_activity", lambda: book(world, cast["clerk"], uuid=uuid))
    with pytest.raises(errors.SentBefore):
        book(world, cast["clerk"], uuid=uuid, content=more, at=LATER)


def test_one_bad_file_loses_neither_the_others_nor_the_rest(world: World, cast: dict[str, Actor]) -> None:
    bad = Upload("笔记.jpg", 8, io.BytesIO(b"no photo"))
    booked = book(world, cast["clerk"], files=[upload(1), bad, upload(2)])
    assert not booked.is_submitted
    assert booked.record.state == "draft"
    assert booked.record.exhibits.count() == 2
    assert [name for name, _reason in booked.refused] == ["笔记.jpg"]


def test_an_error_that_nobody_has_read_keeps_it_a_draft(world: World, cast: dict[str, Actor]) -> None:
    absurd = replace(CONTENT, quantities={AUDIENCE: 900_000})
    booked = book(world, cast["clerk"], content=absurd, shown=frozenset())
    assert not booked.is_submitted
    marks = frozenset(queries.mark(finding) for finding in booked.findings)
    again = book(world, cast["clerk"], uuid=booked.record.uuid, content=absurd, shown=marks)
    assert again.is_submitted


def test_a_program_that_shows_nothing_hands_in_and_the_reviewer_decides(
    world: World, cast: dict[str, Actor]
) -> None:
    booked = book(world, cast["clerk"], files=[])
    assert booked.is_submitted
    assert [finding.code for finding in booked.findings] == ["EVIDENCE"]


def test_a_stale_form_is_refused(world: World, cast: dict[str, Actor]) -> None:
    record = book(world, cast["clerk"], submit=False).record
    arguments: dict[str, Any] = {
        "actor": cast["clerk"],
        "record_id": record.pk,
        "version": record.version,
        "files": [],
        "submit": False,
        "at": AT,
        "today": TODAY,
    }
    operations.rebook_activity(content=replace(CONTENT, quantities={AUDIENCE: 87}), **arguments)
    with pytest.raises(StaleForm):
        operations.rebook_activity(content=replace(CONTENT, quantities={AUDIENCE: 88}), **arguments)
    assert queries.content_of(record).quantities == {AUDIENCE: 87}


def test_photos_can_be_taken_off_and_added_with_a_change(world: World, cast: dict[str, Actor]) -> None:
    record = book(world, cast["clerk"], submit=False).record
    old = record.exhibits.get()
    operations.rebook_activity(
        actor=cast["clerk"],
        record_id=record.pk,
        version=record.version,
        content=CONTENT,
        files=[upload(7)],
        removed=[old.pk],
        submit=False,
        at=AT,
        today=TODAY,
    )
    assert [exhibit.pk != old.pk for exhibit in queries.pictures_of(record.pk)] == [True]


def test_photos_of_another_record_are_not_touched(
    world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    other = make_record(state="draft").exhibits.get()
    record = book(world, cast["clerk"], submit=False).record
    operations.rebook_activity(
        actor=cast["clerk"],
        record_id=record.pk,
        version=record.version,
        content=CONTENT,
        files=[],
        removed=[other.pk],
        submit=False,
        at=AT,
        today=TODAY,
    )
    other.refresh_from_db()
    assert other.removed_at is None


def test_photos_are_kept_where_the_rest_cannot_be(world: World, cast: dict[str, Actor]) -> None:
    record = book(world, cast["clerk"], submit=False, files=[]).record
    files = [upload(), Upload("空.jpg", 0, io.BytesIO())]
    refused = operations.keep_files(actor=cast["clerk"], record_id=record.pk, files=files, at=AT)
    assert record.exhibits.count() == 1
    assert [name for name, _reason in refused] == ["空.jpg"]


@pytest.mark.parametrize(
    "day,refusal", [(date(2099, 1, 1), DateInFuture), (date(2017, 12, 31), DateOutsideLife)]
)
def test_a_day_in_2099_or_outside_the_units_life_is_refused(
    world: World, cast: dict[str, Actor], day: date, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        book(world, cast["clerk"], content=replace(CONTENT, happened_on=day))
    assert not Record.objects.exists()


@pytest.mark.parametrize("day", [date(2019, 2, 28), date(2020, 2, 1)])
def test_a_venue_that_was_not_in_being_is_refused(world: World, cast: dict[str, Actor], day: date) -> None:
    venue = hall(world, cast, until=date(2020, 1, 31))
    with pytest.raises(errors.VenueNotInBeing):
        book(world, cast["clerk"], content=replace(CONTENT, venue_id=venue.pk, happened_on=day))


@pytest.mark.parametrize(
    "quantities,refusal",
    [
        ({AUDIENCE: -1}, errors.NegativeQuantity),
        ({AUDIENCE: 10**12 + 1}, QuantityTooLarge),
        ({AUDIENCE: 10**16}, QuantityTooLarge),
        ({BOOKS: 5}, errors.MeasureNotOfKind),
        ({"nothing.known": 5}, errors.MeasureNotOfKind),
    ],
)
def test_quantities_that_cannot_be_are_refused(
    world: World, cast: dict[str, Actor], quantities: dict[str, int], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        book(world, cast["clerk"], content=replace(CONTENT, quantities=quantities))
    assert not Record.objects.exists()


def test_a_unit_outside_the_clerks_scope_is_not_found(world: World, cast: dict[str, Actor]) -> None:
    with pytest.raises(NotFound):
        book(world, cast["clerk"], unit_id=world.other_union.pk)


def test_an_auditor_may_not_enter(world: World, cast: dict[str, Actor]) -> None:
    with pytest.raises(Forbidden):
        book(world, cast["auditor"])


def test_a_community_must_be_one(world: World, cast: dict[str, Actor]) -> None:
    with pytest.raises(errors.NotACommunity):
        book(world, cast["clerk"], content=replace(CONTENT, community_id=world.other_union.pk))


def test_a_lecturer_only_while_in_post(world: World, cast: dict[str, Actor]) -> None:
    person = organization.add_person(actor=SYSTEM, unit_id=world.union.pk, name="张文博", at=AT)
    lecturer = operations.add_lecturer(
        actor=cast["head"],
        book=world.book,
        person_id=person.pk,
        topic_ids=[Topic.objects.first().pk],  # type: ignore[union-attr]
        since=date(2020, 5, 2),
        at=AT,
    )
    with pytest.raises(errors.LecturerNotInPost):
        book(world, cast["clerk"], content=replace(CONTENT, lecturer_id=lecturer.pk))


def test_nobody_becomes_a_lecturer_twice(world: World, cast: dict[str, Actor]) -> None:
    person = organization.add_person(actor=SYSTEM, unit_id=world.union.pk, name="张文博", at=AT)
    arguments: dict[str, Any] = {
        "actor": cast["head"],
        "book": world.book,
        "person_id": person.pk,
        "topic_ids": [],
        "since": DAY,
        "at": AT,
    }
    operations.add_lecturer(**arguments)
    with pytest.raises(errors.AlreadyLecturer):
        operations.add_lecturer(**arguments)


def test_an_amendment_reverses_and_books_anew(
    world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    record = make_record(audience=80)
    content = replace(queries.content_of(record), quantities={AUDIENCE: 95})
    amendment = operations.propose_change(
        actor=cast["clerk"], record_id=record.pk, content=content, reason="数错了一排", at=AT, today=TODAY
    )
    assert figure(world, AUDIENCE) == 80
    ledger.accept_amendment(actor=cast["head"], amendment_id=amendment.pk, at=AT)
    assert figure(world, AUDIENCE) == 95
    booked = Entry.objects.filter(record=record, measure__code=AUDIENCE).order_by("pk")
    assert list(booked.values_list("quantity", flat=True)) == [80, -80, 95]


def test_money_is_kept_in_fen_and_told_in_yuan(world: World, cast: dict[str, Actor]) -> None:
    visit = ActivityKind.objects.get(book=world.book, code="visit")
    content = ActivityContent(
        title="走访慰问",
        happened_on=DAY,
        community_id=world.community.pk,
        quantities={MONEY: 150_050},
    )
    booked = operations.book_activity(
        actor=cast["clerk"],
        uuid=uuid4(),
        kind_id=visit.pk,
        unit_id=world.union.pk,
        content=content,
        files=[upload()],
        submit=True,
        at=AT,
        today=TODAY,
    )
    ledger.confirm_record(actor=cast["head"], record_id=booked.record.pk, at=AT)
    read = read_figure(key=FigureKey(MONEY), reading=world.reading())
    assert str(read.value) == "1500.5"


def test_a_closed_venue_leaves_the_stock(world: World, cast: dict[str, Actor]) -> None:
    record = hall(world, cast)
    assert figure(world, VENUES) == 1
    content = VenueContent(
        title=record.title, happened_on=record.happened_on, kind="hall", until=date(2020, 4, 30)
    )
    amendment = operations.propose_venue_change(
        actor=cast["clerk"], record_id=record.pk, content=content, reason="场地拆迁", at=AT, today=TODAY
    )
    ledger.accept_amendment(actor=cast["head"], amendment_id=amendment.pk, at=AT)
    assert figure(world, VENUES) == 0


def test_a_venue_cannot_close_before_it_opens(world: World, cast: dict[str, Actor]) -> None:
    with pytest.raises(errors.ClosedBeforeOpened):
        hall(world, cast, until=date(2019, 2, 1))


def test_a_venue_sent_twice_books_once(world: World, cast: dict[str, Actor]) -> None:
    arguments: dict[str, Any] = {
        "actor": cast["clerk"],
        "uuid": uuid4(),
        "unit_id": world.union.pk,
        "submit": True,
        "at": AT,
        "today": TODAY,
    }
    content = VenueContent(title="职工书屋", happened_on=DAY, kind="reading_room")
    operations.book_venue(content=content, **arguments)
    operations.book_venue(content=content, **arguments)
    assert Record.objects.count() == 1
    with pytest.raises(errors.SentBefore):
        operations.book_venue(content=replace(content, title="另一个书屋"), **arguments)


def test_other_content_of_a_venue_sent_twice_at_once_is_refused(
    world: World, cast: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments: dict[str, Any] = {
        "actor": cast["clerk"],
        "uuid": uuid4(),
        "unit_id": world.union.pk,
        "submit": True,
        "today": TODAY,
    }
    content = VenueContent(title="职工书屋", happened_on=DAY, kind="reading_room")
    overtaken(
        monkeypatch, venues, "enter_venue", lambda: operations.book_venue(content=content, at=AT, **arguments)
    )
    with pytest.raises(errors.SentBefore):
        operations.book_venue(content=replace(content, title="另一个书屋"), at=LATER, **arguments)


def test_the_uuid_of_an_activity_is_no_venues(world: World, cast: dict[str, Actor]) -> None:
    uuid = book(world, cast["clerk"]).record.uuid
    with pytest.raises(NotFound):
        operations.book_venue(
            actor=cast["clerk"],
            uuid=uuid,
            unit_id=world.union.pk,
            content=VenueContent(title="职工书屋", happened_on=DAY, kind="reading_room"),
            submit=False,
            at=AT,
            today=TODAY,
        )


def test_a_venue_closes_today_at_the_latest(world: World, cast: dict[str, Actor]) -> None:
    hall(world, cast, until=TODAY)
    assert figure(world, VENUES) == 0
    with pytest.raises(DateInFuture) as refused:
        hall(world, cast, until=TODAY + timedelta(days=1))
    assert refused.value.field == "until"
    assert Record.objects.count() == 1


def test_no_change_gives_a_venue_a_last_day_that_has_not_come(world: World, cast: dict[str, Actor]) -> None:
    tomorrow = TODAY + timedelta(days=1)
    content = VenueContent(title="职工书屋", happened_on=DAY, kind="reading_room", until=tomorrow)
    draft = operations.enter_venue(
        actor=cast["clerk"],
        uuid=uuid4(),
        unit_id=world.union.pk,
        content=replace(content, until=None),
        at=AT,
        today=TODAY,
    )
    arguments: dict[str, Any] = {"actor": cast["clerk"], "content": content, "at": AT, "today": TODAY}
    with pytest.raises(DateInFuture):
        operations.change_venue(record_id=draft.pk, version=draft.version, **arguments)
    with pytest.raises(DateInFuture):
        operations.propose_venue_change(record_id=hall(world, cast).pk, reason="场地拆迁", **arguments)


def test_a_draft_that_another_refers_to_is_kept_until_that_lets_go(
    world: World, cast: dict[str, Actor]
) -> None:
    clerk = cast["clerk"]
    venue = operations.enter_venue(
        actor=clerk,
        uuid=uuid4(),
        unit_id=world.union.pk,
        content=VenueContent(title="职工书屋", happened_on=DAY, kind="reading_room"),
        at=AT,
        today=TODAY,
    )
    content = replace(CONTENT, venue_id=venue.pk)
    activity = book(world, clerk, content=content, submit=False).record
    with pytest.raises(StillUsed):
        ledger.discard_draft(actor=clerk, record_id=venue.pk, at=AT)
    assert not AuditEvent.objects.filter(verb="record.discard").exists()
    assert queries.content_of(activity) == content
    ledger.discard_draft(actor=clerk, record_id=activity.pk, at=AT)
    ledger.discard_draft(actor=clerk, record_id=venue.pk, at=AT)
    assert not Record.objects.exists()


def opened(world: World, cast: dict[str, Actor]) -> tuple[Record, str]:
    content = ActivityContent(title="职工大讲堂", happened_on=DAY)
    record = book(world, cast["clerk"], content=content, submit=False).record
    return record, operations.open_sign_in(actor=cast["clerk"], record_id=record.pk, at=AT)


def sign(code: str, name: str, unit: str = "市供电公司", *, on: date = DAY) -> SignIn:
    at = datetime(2020, 5, 1, 1, tzinfo=UTC)
    return operations.sign_in(code=code, name=name, unit=unit, at=at, today=on)


def test_a_person_who_signs_in_counts_once(world: World, cast: dict[str, Actor]) -> None:
    record, code = opened(world, cast)
    for name in ("张三", " 张三 ", "李四"):
        sign(code, name)
    ledger.submit_record(actor=cast["clerk"], record_id=record.pk, at=AT)
    ledger.confirm_record(actor=cast["head"], record_id=record.pk, at=AT)
    assert (figure(world, AUDIENCE), figure(world, PARTICIPANTS)) == (2, 2)


def test_the_same_person_at_two_activities_is_one_participant(world: World, cast: dict[str, Actor]) -> None:
    for _ in range(2):
        record, code = opened(world, cast)
        sign(code, "张三")
        ledger.submit_record(actor=cast["clerk"], record_id=record.pk, at=AT)
        ledger.confirm_record(actor=cast["head"], record_id=record.pk, at=AT)
    assert (figure(world, HELD), figure(world, AUDIENCE), figure(world, PARTICIPANTS)) == (2, 2, 1)


def test_the_book_knows_who_came_only_by_a_digest(world: World, cast: dict[str, Actor]) -> None:
    _record, code = opened(world, cast)
    sign(code, "张三")
    assert "张三" not in Attendee.objects.get().key


@pytest.mark.parametrize("name,unit", [("", "市供电公司"), ("  ", "市供电公司"), ("张三", "")])
def test_a_sign_in_needs_name_and_unit(world: World, cast: dict[str, Actor], name: str, unit: str) -> None:
    _record, code = opened(world, cast)
    with pytest.raises(errors.SignInNameMissing):
        sign(code, name, unit)


def test_a_sign_in_ends_with_its_day_and_with_the_submission(world: World, cast: dict[str, Actor]) -> None:
    record, code = opened(world, cast)
    with pytest.raises(NotFound):
        sign(code, "张三", on=date(2020, 5, 2))
    ledger.submit_record(actor=cast["clerk"], record_id=record.pk, at=AT)
    with pytest.raises(NotFound):
        sign(code, "张三")


def test_going_back_and_sending_the_form_again_keeps_the_sign_in_open(
    world: World, cast: dict[str, Actor]
) -> None:
    uuid = uuid4()
    record = book(world, cast["clerk"], uuid=uuid, submit=False).record
    operations.open_sign_in(actor=cast["clerk"], record_id=record.pk, at=AT)
    book(world, cast["clerk"], uuid=uuid, submit=False)
    assert Activity.objects.get().basis == "sign_in"


def test_a_unit_of_another_federation_is_no_partner(world: World, cast: dict[str, Actor]) -> None:
    other = organization.found_federation(
        actor=SYSTEM, code="BY", name="宝应县总工会", since=date(2000, 1, 1), at=AT
    )
    guest = organization.create_unit(
        actor=SYSTEM,
        parent_id=other.pk,
        code="BY1",
        name="宝应县妇联",
        kind=UnitKind.PARTNER,
        since=date(2000, 1, 1),
        at=AT,
    )
    with pytest.raises(errors.NotACommunity):
        book(world, cast["clerk"], content=replace(CONTENT, partner_ids=(guest.pk,)))


def test_anothers_draft_of_a_venue_is_not_there(world: World, cast: dict[str, Actor]) -> None:
    venue = operations.enter_venue(
        actor=cast["stranger"],
        uuid=uuid4(),
        unit_id=world.other_union.pk,
        content=VenueContent(title="未公开的书屋", happened_on=DAY, kind="reading_room"),
        at=AT,
        today=TODAY,
    )
    with pytest.raises(NotFound):
        book(world, cast["clerk"], content=replace(CONTENT, venue_id=venue.pk))


def test_a_withdrawn_venue_is_not_chosen_any_more(world: World, cast: dict[str, Actor]) -> None:
    venue = hall(world, cast)
    ledger.withdraw_record(actor=cast["reviewer"], record_id=venue.pk, reason="重复", at=AT)
    with pytest.raises(errors.VenueNotInBeing):
        book(world, cast["clerk"], content=replace(CONTENT, venue_id=venue.pk))


def test_the_same_photo_elsewhere_is_told_without_what_the_clerk_may_not_read(
    world: World, cast: dict[str, Actor]
) -> None:
    theirs = book(
        world, cast["stranger"], unit_id=world.other_union.pk, content=replace(CONTENT, title="内部")
    )
    mine = book(world, cast["clerk"]).record
    (finding,) = [found for found in queries.activity_findings(mine) if found.code == "REUSED"]
    assert str(theirs.record.pk) in finding.text
    assert "内部" not in finding.text
    assert world.other_union.name not in finding.text
