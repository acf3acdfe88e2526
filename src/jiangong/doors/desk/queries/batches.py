"""What an import would add, what is odd about it, and how far its confirmation has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from jiangong.books.figures import queries as figures
from jiangong.books.figures.rules.catalogue import Figure, Form, computed, scaled
from jiangong.books.ledger.measures import CountUnit, measures, record_kinds
from jiangong.books.ledger.models import BatchReview, BatchState, Record
from jiangong.books.ledger.operations.batches import RUNNING, STILL
from jiangong.books.ledger.queries import batches
from jiangong.books.ledger.queries import records as ledger
from jiangong.books.ledger.queries.batches import WaitingBatch
from jiangong.ground.organization import access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden
from jiangong.ground.shared.frame import WaitingGroup

LATEST = 12


@dataclass(frozen=True, slots=True)
class OfferedBatch:
    waiting: WaitingBatch
    review: BatchReview | None
    uuid: UUID
    """The form's own: sent twice, it is one look."""


@dataclass(frozen=True, slots=True)
class BatchesPage:
    offered: Sequence[OfferedBatch]
    latest: Sequence[BatchReview]
    has_more: bool = False
    """Whether there are looks before the latest ones."""


@dataclass(frozen=True, slots=True)
class Added:
    """What the batch adds to one measure, or what one figure is of the batch alone."""

    name: str
    value: Decimal | None
    unit: str
    figure: Figure | None = None
    shown: str = ""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    code: str
    is_error: bool
    text: str
    count: int
    records: Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Sample:
    record: Record
    icon: str


@dataclass(frozen=True, slots=True)
class BatchPage:
    review: BatchReview
    measures: Sequence[Added]
    figures: Sequence[Added]
    groups: Sequence[FoundGroup]
    samples: Sequence[Sample]
    with_errors: int
    waits_long: bool

    @property
    def is_running(self) -> bool:
        return self.review.state in RUNNING

    @property
    def is_ready(self) -> bool:
        return self.review.state == BatchState.READY

    @property
    def is_over(self) -> bool:
        return self.review.state in {BatchState.DONE, BatchState.STOPPED}

    @property
    def sound(self) -> int:
        """Records without errors."""
        return self.review.total - self.with_errors

    @property
    def handled(self) -> int:
        return self.review.done + self.review.left


def batches_page(*, actor: Actor, whole: bool = False) -> BatchesPage:
    """For those who confirm: the latest, or all. Refuses others (Forbidden)."""
    if not access.has_right_anywhere(actor, Right.CONFIRM):
        raise Forbidden
    waiting = batches.waiting_batches(actor=actor, most=None if whole else batches.MOST_BATCHES)
    known = batches.reviews_of(actor=actor, batches=[found.batch for found in waiting])
    offered = [OfferedBatch(found, known.get(found.batch), uuid4()) for found in waiting]
    latest = batches.latest_reviews(actor=actor, limit=None if whole else LATEST + 1)
    has_more = not whole and len(latest) > LATEST
    return BatchesPage(offered, latest[:LATEST] if has_more else latest, has_more)


def batches_group(*, actor: Actor) -> list[WaitingGroup]:
    """Beside the queue: the records are counted there already."""
    if not access.has_right_anywhere(actor, Right.CONFIRM):
        return []
    count = len(batches.waiting_batches(actor=actor))
    group = WaitingGroup("batches", _("Imports"), "file-spreadsheet", count, reverse("desk:batches"))
    return [group] if count else []


def batch_page(*, actor: Actor, uuid: UUID, at: datetime) -> BatchPage:
    """Only whoever began it sees it."""
    review = batches.own_review(actor=actor, uuid=uuid)
    seen = review.examined or {}
    groups, samples = seen.get("groups", []), seen.get("samples", [])
    numbers = {pk for group in groups for pk in group["records"]} | set(samples)
    known = ledger.records_by_number(actor=actor, record_ids=numbers)
    return BatchPage(
        review=review,
        measures=_measures(seen.get("measures", {})),
        figures=_figures(actor, seen.get("measures", {})),
        groups=[_group(group, known) for group in groups],
        samples=[Sample(known[pk], record_kinds[known[pk].kind].icon) for pk in samples if pk in known],
        with_errors=seen.get("with_errors", 0),
        waits_long=at - review.changed_at > STILL,
    )


def _measures(sums: Mapping[str, int]) -> list[Added]:
    found = []
    for definition in measures:
        if quantity := sums.get(definition.code):
            unit = str(CountUnit(definition.unit).label)
            value = scaled(quantity, definition.code)
            found.append(Added(str(definition.name), value, unit, shown=definition.shown(quantity)))
    return found


def _figures(actor: Actor, sums: Mapping[str, int]) -> list[Added]:
    """Those that are computed from several measures, of the batch alone; a sum of one measure says no more."""
    unit = organization.home_unit(actor=actor)
    found = []
    for figure in figures.figures_of(unit_id=unit.pk) if unit and sums else ():
        if len(figure.all_measures) < 2 or not any(code in sums for code in figure.measures):
            continue
        above, below = (
            sum((scaled(sums.get(code, 0), code) for code in codes), Decimal(0))
            for codes in (figure.measures, figure.over)
        )
        value = computed(figure, above, below if figure.form is not Form.SUM else None)
        found.append(Added(str(figure.name), value, str(figure.unit_of_measure), figure))
    return found


def _group(group: Mapping[str, object], known: Mapping[int, Record]) -> FoundGroup:
    numbers = group["records"] if isinstance(group["records"], list) else []
    return FoundGroup(
        code=str(group["code"]),
        is_error=bool(group["is_error"]),
        text=str(group["text"]),
        count=int(str(group["count"])),
        records=[(pk, known[pk].title) for pk in numbers if pk in known],
    )
