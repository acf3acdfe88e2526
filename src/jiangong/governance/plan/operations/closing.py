"""Striking tasks off (销号): asked for, checked by the lead unit, re-checked on the spot by the office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from jiangong.books.evidence import operations as evidence
from jiangong.books.evidence.operations import Kept, Upload
from jiangong.books.evidence.rules import Caption
from jiangong.books.figures.queries import read_figures
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.books.ledger.operations import records
from jiangong.books.ledger.queries.totals import Reading
from jiangong.books.ledger.rules import State
from jiangong.governance.plan import access, queries
from jiangong.governance.plan.models import ALIVE, Closing, ClosingState, Task
from jiangong.governance.plan.operations.errors import (
    ClosingAsked,
    ClosingReasonMissing,
    ClosingUnproved,
    ClosingWordsMissing,
    PartsOpen,
    PhotosWithoutReport,
    RecheckDayUnfit,
    RecheckPlaceMissing,
    TargetNotReached,
)
from jiangong.governance.plan.operations.progress import issued_task, open_task, require_not_struck_off
from jiangong.governance.plan.operations.repeats import made_before
from jiangong.governance.plan.rules import (
    ClosingOutOfOrder,
    ClosingStep,
    require_another,
    require_closing_move,
)
from jiangong.ground.audit import operations as audit
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, require_all
from jiangong.ground.shared.rules import words
from jiangong.ground.shared.rules.numbers import grouped

LONGEST_WORDS = 300
LONGEST_PLACE = 120


@dataclass(frozen=True, slots=True)
class Recheck:
    """What the office saw on the spot, with photos from before and after."""

    on: date
    place: str
    words: str = ""
    before: Sequence[Upload] = ()
    after: Sequence[Upload] = ()


def ask_closing(*, actor: Actor, task: UUID, uuid: UUID, text: str, at: datetime) -> Closing:
    """Ask for a task to be struck off, on what it now rests on; a form that is sent twice asks once.

    Refuses without evidence (ClosingUnproved, TargetNotReached, PartsOpen), and twice (ClosingAsked).
    """
    with transaction.atomic():
        of = open_task(actor, task)
        person = records.require_account(actor)
        if not access.may_ask(actor, of):
            raise Forbidden
        known = made_before(model=Closing, uuid=uuid, task_id=of.pk, asked_by_id=person)
        if known:
            return known
        require_not_struck_off(of)
        if Closing.objects.filter(task=of, state__in=ALIVE).exists():
            raise ClosingAsked
        closing = Closing(uuid=uuid, task=of, asked_by_id=person, asked_at=at, words=_said(text))
        rest_on_evidence(closing)
        closing.save(force_insert=True)
        _audit(actor, "closing.ask", closing, at)
    return closing


def check_closing(*, actor: Actor, uuid: UUID, version: int, text: str, at: datetime) -> Closing:
    """By the lead unit's reviewer or manager, who is not the one that asked."""
    with transaction.atomic():
        closing = closing_for_update(actor, uuid)
        _require_lead(actor, closing)
        person = _step(actor, closing, ClosingStep.CHECKED, version)
        _require_evidence_stands(closing)
        closing.checked_by_id, closing.checked_at, closing.check_words = person, at, _cut(text)
        _keep(actor, "closing.check", closing, at)
    return closing


def strike_off(
    *, actor: Actor, uuid: UUID, version: int, recheck: Recheck, at: datetime, today: date
) -> tuple[Closing, tuple[tuple[str, DomainError], ...]]:
    """After a re-check on the spot, by the office: a third person. Gives back the photos that were refused too."""
    before = evidence.store_files(files=recheck.before, at=at)
    after = evidence.store_files(files=recheck.after, at=at)
    with transaction.atomic():
        closing = closing_for_update(actor, uuid)
        _require_office(actor, closing)
        person = _step(actor, closing, ClosingStep.STRUCK_OFF, version)
        _require_evidence_stands(closing)
        require_all(
            partial(_require_place, recheck.place),
            partial(_require_day, closing, recheck.on, today),
            partial(_require_report, closing, recheck),
        )
        closing.rechecked_by_id, closing.rechecked_at, closing.rechecked_on = person, at, recheck.on
        closing.recheck_place = words.line(recheck.place)[:LONGEST_PLACE]
        closing.recheck_words = _cut(recheck.words)
        _keep(actor, "closing.strike_off", closing, at)
        _tie(actor, closing, before, _("before the work"), at)
        _tie(actor, closing, after, _("after the work"), at)
    return closing, before.refused + after.refused


def return_closing(*, actor: Actor, uuid: UUID, version: int, reason: str, at: datetime) -> Closing:
    """Send it back with what is still to be done: whoever would take the next step. The task is asked for anew,
    unless it has ended meanwhile."""
    with transaction.atomic():
        closing = closing_for_update(actor, uuid, of=issued_task)
        if closing.state == ClosingState.CHECKED:
            _require_office(actor, closing)
        else:
            _require_lead(actor, closing)
        person = _step(actor, closing, ClosingStep.RETURNED, version)
        closing.returned_by_id, closing.returned_at, closing.reason = person, at, _reason(reason)
        _keep(actor, "closing.return", closing, at)
    return closing


def reopen_task(*, actor: Actor, uuid: UUID, version: int, reason: str, at: datetime) -> Closing:
    """When a later re-check fails: the task is open again, and asked for anew on a new report. So are the tasks above
    that were struck off because it was (domain.md §7)."""
    with transaction.atomic():
        closing = closing_for_update(actor, uuid)
        _require_office(actor, closing)
        _require_seen(closing, version)
        require_closing_move(closing.state, to=ClosingStep.REOPENED)
        because = _reason(reason)
        _reopen(actor, closing, because, at)
        _reopen_above(actor, closing.task, because, at)
    return closing


def _reopen(actor: Actor, closing: Closing, reason: str, at: datetime) -> None:
    closing.state = ClosingState.REOPENED
    closing.reopened_by_id, closing.reopened_at = records.require_account(actor), at
    closing.reason = reason
    _keep(actor, "closing.reopen", closing, at)


def _reopen_above(actor: Actor, task: Task, reason: str, at: datetime) -> None:
    """Whatever is above rests on its parts, so it is not struck off while one of them is open."""
    because = _cut(_("“%(task)s” below it was reopened: %(reason)s") % {"task": task.title, "reason": reason})
    above = task.parent
    while above is not None:
        closing = Closing.objects.filter(task=above, state=ClosingState.STRUCK_OFF).first()
        if closing is None:
            return
        closing.task = above
        _reopen(actor, closing, because, at)
        above = above.parent


def settle_closing(*, actor: Actor, task: Task, at: datetime) -> dict[str, str]:
    """A task that ends takes no further step: what is on its way is sent back, and its seals are given to the act."""
    closing = Closing.objects.filter(task=task, state__in=ALIVE).first()
    if closing is None:
        return {}
    require_closing_move(closing.state, to=ClosingStep.RETURNED)
    closing.state = ClosingState.RETURNED
    closing.returned_by_id, closing.returned_at = records.require_account(actor), at
    closing.reason = _cut(_("The task ended: %(reason)s") % {"reason": task.ended_because})
    closing.version += 1
    closing.save()
    return seals.taken(closing)


def closing_for_update(actor: Actor, uuid: UUID, *, of: Callable[[Actor, UUID], Task] = open_task) -> Closing:
    """Its campaign is locked, which is open, and so is the task, unless `of` takes one that has ended."""
    found = access.closings_in_reach(actor).filter(uuid=uuid).select_related("task").first()
    if found is None:
        raise NotFound
    task = of(actor, found.task.uuid)
    closing = Closing.objects.select_related("record").get(pk=found.pk)
    closing.task = task
    return closing


def rest_on_evidence(closing: Closing) -> None:
    """Set what it rests on: a target reached at a position of the book, all parts struck off, or a whole report."""
    task = closing.task
    parts = list(task.parts.filter(ended_at__isnull=True).order_by("place", "pk"))
    _require_parts(parts)
    if task.figure:
        closing.value, closing.position = _target_reached(task)
    elif not parts:
        closing.record_id = queries.proving_record(task=task)
        if closing.record_id is None:
            raise ClosingUnproved


def _require_parts(parts: Sequence[Task]) -> None:
    struck_off = Closing.objects.filter(task__in=parts, state=ClosingState.STRUCK_OFF)
    done = set(struck_off.values_list("task_id", flat=True))
    still = [part for part in parts if part.pk not in done]
    if still:
        raise PartsOpen(count=len(still), task=still[0].title)


def _target_reached(task: Task) -> tuple[Decimal, int]:
    """Read at the position that the book has now, which is pinned."""
    campaign = task.programme.campaign
    period = queries.target_period(task=task, campaign=campaign)
    campaign.book.refresh_from_db()
    position = campaign.book.position
    reading = Reading(task.target_unit_id or 0, period.since, period.until, position)
    (read,) = read_figures(keys=[FigureKey.parse(task.figure)], reading=reading, check=False)
    aim = task.target_value
    if read.value is None or aim is None or read.value < aim:
        value = "—" if read.value is None else grouped(read.value)
        raise TargetNotReached(value=value, aim=grouped(aim))
    return read.value, position


def _require_evidence_stands(closing: Closing) -> None:
    """A report that was withdrawn, or changed to less, meanwhile proves nothing any more; nor does a part reopened."""
    if closing.record is not None:
        report = closing.record.task_progress
        if closing.record.state != State.CONFIRMED or report.percent < 100:
            raise ClosingUnproved
    else:
        rest_on_evidence(Closing(task=closing.task))


def _require_seen(closing: Closing, version: int) -> None:
    """Who decides has seen what is decided on."""
    if closing.version != version:
        raise ClosingOutOfOrder


def _step(actor: Actor, closing: Closing, step: ClosingStep, version: int) -> int:
    """Move it on, by a person who took none of the steps before."""
    person = records.require_account(actor)
    _require_seen(closing, version)
    require_closing_move(closing.state, to=step)
    require_another(person, before=(closing.asked_by_id, closing.checked_by_id))
    closing.state = ClosingState(step.value)
    return person


def _require_lead(actor: Actor, closing: Closing) -> None:
    if not access.may_check(actor, closing.task):
        raise Forbidden


def _require_office(actor: Actor, closing: Closing) -> None:
    if not access.may_recheck(actor, campaign=closing.task.programme.campaign):
        raise Forbidden


def _require_place(place: str) -> None:
    if not words.line(place):
        raise RecheckPlaceMissing("place")


def _require_day(closing: Closing, on: date, today: date) -> None:
    since = localtime(closing.checked_at).date()
    if not since <= on <= today:
        raise RecheckDayUnfit("on", since=since)


def _require_report(closing: Closing, recheck: Recheck) -> None:
    if (recheck.before or recheck.after) and closing.record_id is None:
        raise PhotosWithoutReport("after")


def _tie(actor: Actor, closing: Closing, kept: Kept, moment: str, at: datetime) -> None:
    if closing.record_id is None or closing.rechecked_on is None:
        return
    caption = Caption(
        time=date_format(closing.rechecked_on, "Y-m-d"),
        place=closing.recheck_place,
        subject=closing.task.title,
        background=moment,
        reason=_("re-check on the spot"),
    )
    evidence.tie_files(actor=actor, record_id=closing.record_id, kept=kept, caption=caption, at=at)


def _said(text: str) -> str:
    said = words.line(text)
    if not 1 <= len(said) <= LONGEST_WORDS:
        raise ClosingWordsMissing("words")
    return said


def _reason(text: str) -> str:
    said = _cut(text)
    if not said:
        raise ClosingReasonMissing("reason")
    return said


def _cut(text: str) -> str:
    return words.line(text)[:LONGEST_WORDS]


def _keep(actor: Actor, verb: str, closing: Closing, at: datetime) -> None:
    closing.version += 1
    closing.save()
    _audit(actor, verb, closing, at)


def _audit(actor: Actor, verb: str, closing: Closing, at: datetime) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="task",
        subject_id=closing.task.uuid,
        unit_id=closing.task.programme.campaign.book.federation_id,
        at=at,
        detail={"title": closing.task.title},
        seals=seals.taken(closing),
    )
