"""Measures of a federation's own: added, renamed, ended and taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import uuid4

from django.db import transaction
from django.db.models import Model

from jiangong.books.ledger import measures as declared
from jiangong.books.ledger.measures import SMALLEST_PER_UNIT, CountUnit, MeasureKind
from jiangong.books.ledger.models import Book, Edition, Measure
from jiangong.books.ledger.operations import errors
from jiangong.books.ledger.operations.posting import QUANTITY_LIMIT
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import registry, seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound, StaleForm, require_all
from jiangong.ground.shared.registry import OWN
from jiangong.ground.shared.rules import words

MOST_DECIMALS = 3
EDITION = 1


@dataclass(frozen=True, slots=True)
class MeasureNature:
    """What a measure is for ever."""

    unit: CountUnit
    kind: MeasureKind = MeasureKind.FLOW
    decimals: int = 0
    facet_source: str = ""


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """What may be changed of a measure: its names, and what is usual on one occasion, in the smallest unit."""

    name: str
    name_en: str = ""
    low: int | None = None
    high: int | None = None


def add_measure(
    *, actor: Actor, federation_id: int, nature: MeasureNature, said: MeasureWords, at: datetime
) -> Measure:
    """Add a measure to the federation's book. A figure of the same name reads it at once.

    Refuses a name that is missing or taken, different persons (DistinctByHand), an unknown dimension, decimals
    that the unit has not, and half a range or one upside down.
    """
    with transaction.atomic():
        book = book_to_configure(actor, federation_id)
        hold_edition()
        measure = Measure(
            book=book,
            code=next_code("m", Measure.objects.filter(code__startswith=OWN).count()),
            unit=nature.unit.value,
            kind=nature.kind.value,
            decimals=nature.decimals,
            facet_source=nature.facet_source,
        )
        require_all(partial(_require_nature, nature), partial(_say, measure, said))
        measure.save(force_insert=True)
        begun = [reader.begin(book.pk, measure.code) for reader in declared.measure_readers]
        renew_edition()
        _audit(actor, "measure.add", measure, at, left=begun)
    return measure


def change_measure(
    *, actor: Actor, measure_id: int, version: int, said: MeasureWords, at: datetime
) -> Measure:
    """Give a measure other names, or another usual range. What was posted keeps code, unit and kind."""
    with transaction.atomic():
        measure = _own_for_update(actor, measure_id, version)
        before = measure.name
        _say(measure, said)
        _keep(actor, "measure.change", measure, at, {"before": before})
    return measure


def end_measure(*, actor: Actor, measure_id: int, version: int, at: datetime) -> Measure:
    """From now on no form asks for it; what was posted stays, and its figure is read as before."""
    return _set_active(actor, measure_id, version, at, active=False)


def resume_measure(*, actor: Actor, measure_id: int, version: int, at: datetime) -> Measure:
    return _set_active(actor, measure_id, version, at, active=True)


def _set_active(actor: Actor, measure_id: int, version: int, at: datetime, *, active: bool) -> Measure:
    with transaction.atomic():
        measure = _own_for_update(actor, measure_id, version)
        measure.is_active = active
        _keep(actor, "measure.resume" if active else "measure.end", measure, at)
    return measure


def hold_edition() -> None:
    """One change of measures or figures of federations at a time."""
    Edition.objects.get_or_create(pk=EDITION, defaults={"token": ""})
    statements.locked(Edition, EDITION)


def renew_edition() -> None:
    """Tell every process that they have changed: after the change is written, which nobody reads by the old token."""
    Edition.objects.filter(pk=EDITION).update(token=uuid4().hex)
    registry.look_again()


def next_code(letter: str, count: int) -> str:
    """`own.m1`, `own.f2`: rows are never deleted, so counting them under the edition's lock gives a new one."""
    return f"{OWN}{letter}{count + 1}"


def require_name_free(name: str, *, code: str) -> None:
    """One name, one thing: reports call figures by their names."""
    for reader in declared.measure_readers:
        if reader.is_taken(name, code):
            raise errors.NameTaken("name", name=name)


def book_to_configure(actor: Actor, federation_id: int) -> Book:
    access.require(actor, Right.CONFIGURE, unit_id=federation_id)
    book = Book.objects.filter(federation_id=federation_id).first()
    if book is None:
        raise errors.BookMissing
    return book


def _own_for_update(actor: Actor, measure_id: int, version: int) -> Measure:
    measure = Measure.objects.filter(pk=measure_id, book__isnull=False).select_related("book").first()
    if measure is None or measure.book is None:
        raise NotFound
    access.require(actor, Right.CONFIGURE, unit_id=measure.book.federation_id)
    hold_edition()
    measure.refresh_from_db()
    if measure.version != version:
        raise StaleForm
    return measure


def _require_nature(nature: MeasureNature) -> None:
    if nature.kind is MeasureKind.DISTINCT:
        raise errors.DistinctByHand("kind")
    if nature.facet_source and nature.facet_source not in declared.facet_sources:
        raise errors.DimensionUnknown("facet_source")
    fixed = nature.unit in SMALLEST_PER_UNIT
    if not 0 <= nature.decimals <= MOST_DECIMALS or (fixed and nature.decimals):
        raise errors.DecimalsUnfit("decimals", unit=nature.unit.label, most=0 if fixed else MOST_DECIMALS)


def _say(measure: Measure, said: MeasureWords) -> None:
    name, name_en = words.line(said.name)[:80], words.line(said.name_en)[:80]
    require_all(
        partial(require_names, name, name_en, code=measure.code), partial(require_range, said.low, said.high)
    )
    measure.name, measure.name_en, measure.low, measure.high = name, name_en, said.low, said.high


def require_names(name: str, name_en: str, *, code: str) -> None:
    """Of a measure or a figure: one in Chinese, which nothing else bears, and perhaps one in English."""
    if not name:
        raise errors.NameMissing("name")
    for one in (name, name_en):
        if one:
            require_name_free(one, code=code)


def require_range(low: int | None, high: int | None) -> None:
    """Both ends or none, the lower one first."""
    if (low is None) != (high is None):
        raise errors.RangeUnreadable("low" if low is None else "high")
    if low is not None and high is not None and not 0 <= low <= high <= QUANTITY_LIMIT:
        raise errors.RangeUnreadable("high")


def _keep(
    actor: Actor, verb: str, measure: Measure, at: datetime, detail: dict[str, object] | None = None
) -> None:
    measure.version += 1
    measure.save()
    renew_edition()
    _audit(actor, verb, measure, at, detail)


def _audit(
    actor: Actor,
    verb: str,
    measure: Measure,
    at: datetime,
    detail: dict[str, object] | None = None,
    *,
    left: Sequence[Model] = (),
) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="measure",
        subject_id=measure.pk,
        unit_id=measure.book.federation_id if measure.book else None,
        at=at,
        detail={"code": measure.code, "name": measure.name, **(detail or {})},
        seals=seals.taken(measure, *left),
    )
