"""What is odd about an activity or a venue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from jiangong.books.evidence import queries as evidence
from jiangong.books.figures.rules import checks
from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger.measures import SMALLEST_PER_UNIT
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.rules import Finding, Severity, State
from jiangong.ground.organization import access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import statements
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities import measures
from jiangong.work.activities.models import ActivityKind, Venue


@dataclass(frozen=True, slots=True)
class AskedRange:
    """What a kind asks for: the measure, whether it must be there, and what is usual for one occasion."""

    measure: str
    required: bool
    low: int | None
    high: int | None


ASKED = """
SELECT m.code, q.required, q.low, q.high FROM activities_kindquantity q JOIN ledger_measure m ON m.id = q.measure_id
WHERE q.kind_id = %s ORDER BY q."order", q.id
"""


def activity_findings(record: Record) -> list[Finding]:
    """P1 and P2 on its quantities, missing photos, and photos that lie under other records too."""
    found = measures.facts([record.pk])[record.pk]
    findings = quantity_findings(
        kind_id=found.kind_id, quantities=found.quantities, unit_id=record.unit_id, on=record.happened_on
    )
    return [*findings, *_photo_findings(record, found.photos)]


def quantity_findings(
    *, kind_id: int, quantities: Mapping[str, int], unit_id: int, on: date
) -> list[Finding]:
    """Checks of what was typed, at entry and at confirmation: missing, beyond the population (P1), unusual (P2)."""
    findings: list[Finding] = []
    for asked in [AskedRange(*row) for row in statements.rows(ASKED, [kind_id])]:
        definition = ledger_measures.measures[asked.measure]
        quantity = quantities.get(asked.measure)
        if quantity is None:
            if asked.required:
                findings.append(_missing(str(definition.name), asked.measure))
            continue
        label = str(definition.name)
        beyond = _beyond_population(label, asked.measure, quantity, unit_id, on) if definition.people else []
        findings += beyond or _unusual(asked, quantity)
    return findings


def findings_while_typing(
    *, actor: Actor, kind: ActivityKind, unit_id: int, quantities: Mapping[str, int], on: date
) -> list[Finding]:
    """What is odd about quantities that are still being typed; what is not typed yet is not missing."""
    access.require(actor, Right.ENTER, unit_id=unit_id)
    found = quantity_findings(kind_id=kind.pk, quantities=quantities, unit_id=unit_id, on=on)
    return [finding for finding in found if finding.code != "MISSING"]


def _unusual(asked: AskedRange, quantity: int) -> list[Finding]:
    if asked.low is None or asked.high is None:
        return []
    definition = ledger_measures.measures[asked.measure]
    factor = SMALLEST_PER_UNIT.get(definition.unit, 1)
    return checks.within_band(
        what=definition.name,
        value=quantity // factor,
        low=asked.low // factor,
        high=asked.high // factor,
        field=asked.measure,
    )


def _missing(label: str, code: str) -> Finding:
    text = _("%(what)s is missing.") % {"what": label}
    return Finding("MISSING", Severity.ERROR, text, ("—", "1"), code)


def _beyond_population(label: str, code: str, quantity: int, unit_id: int, on: date) -> list[Finding]:
    """Compared with the population of the whole federation: guests come from outside the smaller units."""
    federation = organization.lineage(unit_id=unit_id).on(on)[-1:]
    bound = organization.population_bound(unit_ids=federation, on=on)
    if bound is None:
        return []
    return checks.people_within_population(
        what=label,
        value=quantity,
        population=bound.value,
        place=bound.unit,
        on=bound.on.isoformat(),
        field=code,
    )


def _photo_findings(record: Record, needed: int) -> list[Finding]:
    findings = []
    count = evidence.picture_count(record.pk)
    if count < needed:
        text = _("%(needed)s photos are needed as evidence, %(count)s are there.") % {
            "needed": needed,
            "count": count,
        }
        findings.append(Finding("EVIDENCE", Severity.ERROR, text, (str(count), str(needed)), "photos"))
    for here, there in evidence.reused(record.pk) if count else ():
        text = _("The same photo lies under another record too, No. %(number)s (%(day)s).") % {
            "number": there.record_id,
            "day": there.record.happened_on.isoformat(),
        }
        href = reverse("desk:record", args=[there.record_id])
        compared = (here.file_id[:12], there.file_id[:12])
        findings.append(Finding("REUSED", Severity.WARNING, text, compared, "photos", href))
    return findings


def venue_findings(record: Record) -> list[Finding]:
    """A second venue of the same name, kind and unit is probably the same one, entered twice."""
    venue = Venue.objects.get(pk=record.pk)
    twins = Venue.objects.filter(kind=venue.kind, record__title=record.title, record__unit_id=record.unit_id)
    twin = twins.exclude(pk=record.pk).exclude(record__state=State.WITHDRAWN).first()
    if twin is None:
        return []
    text = _("A venue of this name was already entered for this unit on %(day)s.") % {
        "day": twin.record.happened_on.isoformat()
    }
    href = reverse("desk:record", args=[twin.pk])
    return [Finding("TWICE", Severity.WARNING, text, (str(record.pk), str(twin.pk)), "title", href)]


def mark(finding: Finding) -> str:
    """By which a form remembers that a finding was shown: it changes with the numbers compared."""
    return ":".join((finding.code, finding.field, *finding.compared))
