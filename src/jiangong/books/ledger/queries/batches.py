"""What imports brought in and nobody has decided on yet, as a reviewer may confirm it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet

from jiangong.books.ledger.models import BatchReview, BatchState, Record
from jiangong.books.ledger.queries.records import review_queue
from jiangong.books.ledger.rules import State
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.sheets import queries as sheets

PART = 500
MOST_BATCHES = 50


@dataclass(frozen=True, slots=True)
class WaitingBatch:
    """Of one import the records that this person may decide on."""

    batch: UUID
    name: str
    count: int
    first_day: date
    last_day: date


def waiting_of_batches(*, actor: Actor) -> QuerySet[Record]:
    return review_queue(actor=actor).filter(batch__isnull=False)


def waiting_batches(*, actor: Actor, most: int | None = MOST_BATCHES) -> list[WaitingBatch]:
    """The newest first. Counted by unit, so that whose records they are is asked of units, not of each record."""
    scope = set(organization.unit_ids_in_scope(actor, Right.CONFIRM))
    waiting = Record.objects.filter(batch__isnull=False, state=State.SUBMITTED)
    waiting = waiting.exclude(entered_by_id=actor.account_id).order_by()
    by_unit = waiting.values_list("batch", "unit_id").annotate(
        Count("pk"), Min("happened_on"), Max("happened_on")
    )
    found: dict[UUID, tuple[int, date, date]] = {}
    for batch, unit_id, count, first, last in by_unit:
        if batch is not None and unit_id in scope:
            known = found.get(batch, (0, first, last))
            found[batch] = (known[0] + count, min(known[1], first), max(known[2], last))
    newest = sorted(found, key=lambda batch: found[batch][2], reverse=True)[:most]
    names = sheets.names_of(uuids=newest)
    return [WaitingBatch(batch, names.get(batch, ""), *found[batch]) for batch in newest]


def waiting_parts(*, actor: Actor, batch: UUID, after: int = 0) -> Iterator[list[int]]:
    """The numbers of what waits of one import, some hundred at a time."""
    found = waiting_of_batches(actor=actor).filter(batch=batch, pk__gt=after)
    numbers = list(found.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), PART):
        yield numbers[start : start + PART]


def still_waiting(*, actor: Actor, record_ids: Sequence[int]) -> QuerySet[Record]:
    return waiting_of_batches(actor=actor).filter(pk__in=record_ids).select_related(None).order_by("pk")


def own_review(*, actor: Actor, uuid: UUID) -> BatchReview:
    """Only whoever began it sees it."""
    found = _own(actor).filter(pk=uuid).first()
    if found is None:
        raise NotFound
    return found


def reviews_of(*, actor: Actor, batches: Sequence[UUID]) -> dict[UUID, BatchReview]:
    """The person's own unfinished looks at these imports."""
    states = (BatchState.EXAMINING, BatchState.READY, BatchState.CONFIRMING)
    found = _own(actor).filter(batch__in=batches, state__in=states)
    return {review.batch: review for review in found}


def latest_reviews(*, actor: Actor, limit: int | None) -> list[BatchReview]:
    return list(_own(actor).defer("examined")[:limit])


def _own(actor: Actor) -> QuerySet[BatchReview]:
    if actor.account_id is None:
        return BatchReview.objects.none()
    return BatchReview.objects.filter(account_id=actor.account_id)
