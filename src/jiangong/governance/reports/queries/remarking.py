"""What the text check says of a report, beside the other remarks on it, before it is signed (domain.md §13.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from jiangong.books.ledger.rules import Finding, Severity
from jiangong.governance.reports.models import Consent, Report
from jiangong.governance.reports.queries.checking import text_check
from jiangong.governance.reports.queries.consents import consents_of
from jiangong.governance.reports.queries.laying import amount, laid_out, named_figure, place_of, read_text
from jiangong.governance.reports.queries.resolving import Resolved
from jiangong.governance.reports.rules import laying, placing, text
from jiangong.governance.reports.rules.laying import Found, Laid
from jiangong.governance.reports.rules.text import Remark
from jiangong.governance.reports.rules.tokens import Place
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.translation import gettext as _


@dataclass(frozen=True, slots=True)
class OwnCheck:
    """A report's text as it reads, held against the ledger of its own unit and period."""

    text: str
    laid: Laid
    consents: Mapping[str, Consent]


def own_check(*, actor: Actor, report: Report, read: Resolved) -> OwnCheck:
    words, spans = read_text(read.content)
    consents = consents_of(report)
    check = text_check(
        actor=actor,
        text=words,
        unit=report.unit,
        period=report.period,
        as_of=read.position,
        consents=consents,
    )
    return OwnCheck(words, laying.with_bound(laid_out(check), spans), consents)


def checked(*, actor: Actor, report: Report, read: Resolved) -> Resolved:
    """The same reading, its remarks joined by what the text check has to look at."""
    if read.is_empty:
        return read
    own = own_check(actor=actor, report=report, read=read)
    added = list(_added(report, read, own))
    kept, left = added[: text.MOST_REMARKS], added[text.MOST_REMARKS :]
    remarks = sorted([*read.remarks, *kept], key=lambda remark: remark.place.start)
    if left:
        remarks.append(text.unlisted(left, at=Place(kept[-1].place.line, len(read.shown), len(read.shown))))
    return replace(read, remarks=tuple(remarks))


def _added(report: Report, read: Resolved, own: OwnCheck) -> Iterator[Remark]:
    within = placing.stretches(read.content, read.shown)
    outline = laying.outline(own.text, own.laid)
    address = reverse("reports:report_text_check", args=[report.uuid])
    for found in own.laid.found:
        if not found.is_to_look_at:
            continue
        place = placing.typed_place(within, read.shown, start=found.start, end=found.end)
        if _is_told(found, place, read.remarks):
            continue
        severity = Severity.ERROR if found.is_error else Severity.WARNING
        quoted = text.quote(own.text, Place(place.line, found.start, found.end))
        finding = Finding(found.codes[0] if found.codes else "", severity, _said(found), ("", ""))
        href = f"{address}{place_of(outline, own.laid, found.start)}"
        yield Remark(finding, place, quoted, href=href)


def _is_told(found: Found, place: Place, remarks: Sequence[Remark]) -> bool:
    """Some of it is told of typed numbers as they are written."""
    return any(
        remark.finding.code in found.codes
        and remark.place.start < place.end
        and place.start < remark.place.end
        for remark in remarks
    )


def _said(found: Found) -> str:
    if "D1" not in found.codes:
        return " ".join(found.notes)
    name, unit = named_figure(found)
    differs = _("“%(text)s” differs from the ledger: %(figure)s is %(value)s.") % {
        "text": found.text,
        "figure": name,
        "value": amount(found.value, found, measured_in=unit),
    }
    return " ".join([*found.notes, differs])
