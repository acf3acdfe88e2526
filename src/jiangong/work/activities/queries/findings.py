"""What is odd about an activity or a venue."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jiangong.books.evidence import queries as evidence
from jiangong.books.figures import queries as figures
from jiangong.books.figures.queries import Bounds
from jiangong.books.figures.rules import checks
from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger.models import Book, Record
from jiangong.books.ledger.rules import Finding, Severity, State
from jiangong.ground.organization import access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.queries import CountFound
from jiangong.ground.shared import statements
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities import measures
from jiangong.work.activities.models import ActivityKind, Venue
from jiangong.work.activities.queries.photos import caption_findings, photo_findings, photos_told
from jiangong.work.activities.queries.proposed import UNCHANGED, Contents, as_proposed, with_heads
from jiangong.work.activities.rules import AUDIENCE


@dataclass(frozen=True, slots=True)
class AskedRange:
    """What a kind asks for: the measure, whether it must be there, and what is usual for one occasion."""

    measure: str
    required: bool
    low: int | None
    high: int | None


ASKED = """
SELECT q.kind_id, m.code, q.required, q.low, q.high
FROM activities_kindquantity q JOIN ledger_measure m ON m.id = q.measure_id
WHERE q.kind_id IN ({kinds}) ORDER BY q."order", q.id
"""


def activity_findings(record: Record) -> list[Finding]:
    """P1, P2, P8 and P14 on its quantities, P16 on its day, missing photos, and photos that are odd."""
    found = measures.facts([record.pk])[record.pk]
    findings = quantity_findings(
        kind_id=found.kind_id,
        quantities=found.quantities,
        unit_id=record.unit_id,
        on=record.happened_on,
        is_online=found.is_online,
    )
    findings += _outside(record, found)
    count = evidence.picture_count(record.pk)
    reused = evidence.reused(record.pk) if count else []
    told = photos_told([record]) if count and evidence.tells_something(record.pk) else {}
    captions = _captions(record.pk, found) if count and found.caption_parts else []
    return [*findings, *captions, *photo_findings(count, found.photos, reused, told.get(record.pk))]


def _outside(record: Record, found: measures.Facts) -> list[Finding]:
    """P16: a venue or a lecturer whose time was ended, or begins later, than the activity that names it."""
    findings: list[Finding] = []
    for window in found.windows:
        what = _("The day of the activity with “%(name)s”") % {"name": window.whose}
        findings += checks.day_within_window(
            what=what, day=record.happened_on, since=window.since, until=window.until, field="happened_on"
        )
    return findings


def _captions(record_id: int, found: measures.Facts) -> list[Finding]:
    exhibits = evidence.exhibits_of([record_id]).get(record_id, [])
    return caption_findings(exhibits, found.caption_parts)


def activity_findings_of(
    records: Sequence[Record], contents: Contents = UNCHANGED
) -> dict[int, list[Finding]]:
    """The same of many, some with contents that are proposed: in seventeen statements at most, however many."""
    records, facts = as_proposed(records, contents)
    asked = asked_ranges({found.kind_id for found in facts.values()})
    books = Book.objects.filter(pk__in={record.book_id for record in records})
    federations = dict(books.values_list("pk", "federation_id"))
    populations = organization.populations(unit_ids=list(federations.values()))
    bounds = figures.bounds_of_books(books=list(federations))
    exhibits = evidence.exhibits_of(facts)
    counts, reused = evidence.picture_counts(exhibits), evidence.reused_of(exhibits)
    told = photos_told(records, exhibits)
    findings = {}
    for record in records:
        found, top = facts[record.pk], [federations[record.book_id]]
        bound = partial(organization.nearest, populations, unit_ids=top, on=record.happened_on)
        findings[record.pk] = [
            *quantities_checked(
                asked.get(found.kind_id, ()),
                found.quantities,
                bound,
                partial(bounds.get, record.book_id),
                is_online=found.is_online,
            ),
            *_outside(record, found),
            *caption_findings(exhibits.get(record.pk, ()), found.caption_parts),
            *photo_findings(
                counts.get(record.pk, 0), found.photos, reused.get(record.pk, ()), told.get(record.pk)
            ),
        ]
    return findings


def quantity_findings(
    *, kind_id: int, quantities: Mapping[str, int], unit_id: int, on: date, is_online: bool = False
) -> list[Finding]:
    """Checks of what was typed, at entry and at confirmation.

    Missing, beyond the population (P1), unusual (P2), an unusual price (P8), nothing but round numbers (P14).
    """
    return quantities_checked(
        asked_ranges([kind_id]).get(kind_id, ()),
        quantities,
        partial(_population, unit_id, on),
        partial(_bounds, kind_id),
        is_online=is_online,
    )


def asked_ranges(kind_ids: Collection[int]) -> dict[int, list[AskedRange]]:
    asked: dict[int, list[AskedRange]] = {}
    if kind_ids:
        rows = statements.rows(ASKED.format(kinds=statements.places(list(kind_ids))), list(kind_ids))
        for kind_id, *row in rows:
            asked.setdefault(kind_id, []).append(AskedRange(*row))
    return asked


def quantities_checked(
    asked: Sequence[AskedRange],
    quantities: Mapping[str, int],
    bound: Callable[[], CountFound | None],
    bounds: Callable[[], Bounds | None],
    *,
    is_online: bool = False,
) -> list[Finding]:
    """Nobody in the hall is usual where it is held online; a number is asked for all the same.

    `bound` and `bounds` are read only where a quantity needs them: the population, the federation's price bands."""
    findings: list[Finding] = []
    for item in asked:
        definition = ledger_measures.measures[item.measure]
        quantity, label = quantities.get(item.measure), str(definition.name)
        if quantity is None:
            findings += [_missing(label, item.measure)] if item.required else []
            continue
        beyond = _beyond(bound(), label, item.measure, quantity) if definition.people else []
        if not (is_online and quantity == 0 and item.measure == AUDIENCE):
            findings += beyond or _unusual(item, quantity)
    return [*findings, *_unusual_prices(quantities, bounds), *_only_round(asked, quantities)]


def _unusual_prices(quantities: Mapping[str, int], bounds: Callable[[], Bounds | None]) -> list[Finding]:
    wanted = [
        figure for figure in figures.prices() if all(code in quantities for code in figure.all_measures)
    ]
    found = bounds() if wanted else None
    return figures.price_findings(quantities=quantities, figures=wanted, bounds=found) if found else []


def _only_round(asked: Sequence[AskedRange], quantities: Mapping[str, int]) -> list[Finding]:
    """Sums of money are round by themselves."""
    counted = {
        item.measure: quantities[item.measure]
        for item in asked
        if item.measure in quantities and not ledger_measures.measures[item.measure].is_money
    }
    return checks.not_only_round(quantities=counted)


def _bounds(kind_id: int) -> Bounds | None:
    """Those of the kind's book."""
    books = ActivityKind.objects.filter(pk=kind_id).values("book")
    return next(iter(figures.bounds_of_books(books=books).values()), None)


def _population(unit_id: int, on: date) -> CountFound | None:
    """That of the whole federation: guests come from outside the smaller units."""
    federation = organization.lineage(unit_id=unit_id).on(on)[-1:]
    return organization.population_bound(unit_ids=federation, on=on)


def findings_while_typing(
    *,
    actor: Actor,
    kind: ActivityKind,
    unit_id: int,
    quantities: Mapping[str, int],
    on: date,
    is_online: bool,
) -> list[Finding]:
    """What is odd about quantities that are still being typed; what is not typed yet is not missing."""
    access.require(actor, Right.ENTER, unit_id=unit_id)
    found = quantity_findings(
        kind_id=kind.pk, quantities=quantities, unit_id=unit_id, on=on, is_online=is_online
    )
    return [finding for finding in found if finding.code != "MISSING"]


def _unusual(asked: AskedRange, quantity: int) -> list[Finding]:
    if asked.low is None or asked.high is None:
        return []
    definition = ledger_measures.measures[asked.measure]
    factor = definition.factor
    return checks.within_band(
        what=definition.name,
        value=Decimal(quantity) / factor,
        low=Decimal(asked.low) / factor,
        high=Decimal(asked.high) / factor,
        field=asked.measure,
    )


def _missing(label: str, code: str) -> Finding:
    text = _("%(what)s is missing.") % {"what": label}
    return Finding("MISSING", Severity.ERROR, text, ("—", "1"), code)


def _beyond(bound: CountFound | None, label: str, code: str, quantity: int) -> list[Finding]:
    if bound is None:
        return []
    return checks.people_within_population(
        what=label,
        value=quantity,
        population=bound.value,
        place=bound.unit,
        on=date_format(bound.on, "DATE_FORMAT"),
        field=code,
    )


def venue_findings(record: Record) -> list[Finding]:
    """A second venue of the same name, kind and unit is probably the same one, entered twice."""
    return venue_findings_of([record])[record.pk]


def venue_findings_of(records: Sequence[Record], contents: Contents = UNCHANGED) -> dict[int, list[Finding]]:
    records = with_heads(records, contents)
    venues = Venue.objects.filter(record__title__in={record.title for record in records})
    venues = venues.exclude(record__state=State.WITHDRAWN).select_related("record").order_by("pk")
    alike: dict[tuple[str, int, str], list[Record]] = {}
    kinds = {}
    for venue in venues:
        kinds[venue.pk] = venue.kind
        alike.setdefault((venue.record.title, venue.record.unit_id, venue.kind), []).append(venue.record)
    kinds |= {record_id: content["kind"] for record_id, content in contents.items()}
    return {
        record.pk: [
            _twice(record, twin)
            for twin in alike.get((record.title, record.unit_id, kinds.get(record.pk, "")), ())
            if twin.pk != record.pk
        ][:1]
        for record in records
    }


def _twice(record: Record, twin: Record) -> Finding:
    text = _("A venue of this name was already entered for this unit on %(day)s.") % {
        "day": date_format(twin.happened_on, "DATE_FORMAT")
    }
    href = reverse("desk:record", args=[twin.pk])
    return Finding("TWICE", Severity.WARNING, text, (str(record.pk), str(twin.pk)), "title", href)


def mark(finding: Finding) -> str:
    """By which a form remembers that a finding was shown: it changes with the numbers compared."""
    return ":".join((finding.code, finding.field, *finding.compared))
