"""What is odd about the photos of an activity: under another record too, another day, far from its venue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangong.books.evidence import queries as evidence
from jiangong.books.evidence import rules
from jiangong.books.evidence.models import Exhibit
from jiangong.books.evidence.queries import Alike, PhotoLimits
from jiangong.books.evidence.rules import Place
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.rules import Finding, Severity
from jiangong.work.activities.models import Activity

Pair = tuple[Exhibit, Exhibit]


@dataclass(frozen=True, slots=True)
class Told:
    """What the photos of one record say: their look-alikes, when and where they were taken."""

    exhibits: Sequence[Exhibit]
    alike: Sequence[Alike]
    happened_on: date
    venue: Place | None
    limits: PhotoLimits


def photos_told(
    records: Sequence[Record], exhibits: Mapping[int, Sequence[Exhibit]] | None = None
) -> dict[int, Told]:
    """For many records; the number of statements does not grow with them."""
    known = evidence.exhibits_of([record.pk for record in records]) if exhibits is None else exhibits
    with_photos = [record for record in records if known.get(record.pk)]
    if not with_photos:
        return {}
    alike = evidence.lookalikes_of(known)
    limits = evidence.photo_limits_of_books(books={record.book_id for record in with_photos})
    places = _venue_places(with_photos)
    return {
        record.pk: Told(
            exhibits=known[record.pk],
            alike=alike.get(record.pk, ()),
            happened_on=record.happened_on,
            venue=places.get(record.pk),
            limits=limits.get(record.book_id, PhotoLimits()),
        )
        for record in with_photos
    }


def caption_findings(exhibits: Sequence[Exhibit], wanted: Sequence[str]) -> list[Finding]:
    """CAPTION: what the kind wants every caption to state, and one does not."""
    lacking = [
        part
        for part in wanted
        if any(not getattr(exhibit, part).strip() for exhibit in exhibits if exhibit.file.is_picture)
    ]
    if not lacking:
        return []
    parts = _(", ").join(str(rules.CAPTION_PARTS[part]) for part in lacking)
    text = _("The caption of a photo does not state: %(parts)s.") % {"parts": parts}
    return [Finding("CAPTION", Severity.ERROR, text, (str(len(lacking)), str(len(wanted))), "photos")]


def photo_findings(
    count: int, needed: int, reused: Sequence[Pair], told: Told | None = None
) -> list[Finding]:
    """EVIDENCE, REUSED, LOOKALIKE, TAKEN and FAR."""
    if not count:
        return _too_few(count, needed)
    odd = [*_lookalikes(told), *_off_day(told), *_far(told)] if told else []
    return [*_too_few(count, needed), *_reused(reused), *odd]


def _venue_places(records: Sequence[Record]) -> dict[int, Place]:
    """Of the records that were held at a venue whose place is known."""
    rows = Activity.objects.filter(pk__in=[record.pk for record in records], venue__latitude__isnull=False)
    placed = rows.values_list("pk", "venue__latitude", "venue__longitude")
    return {
        record_id: (latitude, longitude)
        for record_id, latitude, longitude in placed
        if latitude is not None and longitude is not None
    }


def _too_few(count: int, needed: int) -> list[Finding]:
    if count >= needed:
        return []
    text = ngettext(
        "%(needed)s photo is needed as evidence; there are %(count)s.",
        "%(needed)s photos are needed as evidence; there are %(count)s.",
        needed,
    ) % {"needed": needed, "count": count}
    return [Finding("EVIDENCE", Severity.ERROR, text, (str(count), str(needed)), "photos")]


def _reused(pairs: Sequence[Pair]) -> list[Finding]:
    found = []
    for here, there in pairs:
        text = _("The same photo is also under another record, No. %(number)s (%(day)s).") % _named(there)
        compared, href = (here.file_id[:12], there.file_id[:12]), _address(there)
        found.append(Finding("REUSED", Severity.WARNING, text, compared, "photos", href))
    return found


def _lookalikes(told: Told) -> list[Finding]:
    """One for each other record."""
    found: dict[int, Finding] = {}
    for pair in told.alike:
        there = pair.there
        text = _("Nearly the same photo is under another record, No. %(number)s (%(day)s).") % _named(there)
        compared, href = (pair.here.file_id[:12], there.file_id[:12]), _address(there)
        finding = Finding("LOOKALIKE", Severity.WARNING, text, compared, "photos", href)
        found.setdefault(there.record_id, finding)
    return list(found.values())


def _off_day(told: Told) -> list[Finding]:
    """One for each day."""
    taken = {exhibit.file.taken_at for exhibit in told.exhibits if exhibit.file.taken_at is not None}
    on, most = told.happened_on, told.limits.days
    odd = {rules.day_taken(at) for at in taken if rules.is_off_day(taken_at=at, happened_on=on, days=most)}
    found = []
    for day in sorted(odd):
        text = _("A photo was taken on %(taken)s, but this record is of %(day)s.") % {
            "taken": date_format(day, "DATE_FORMAT"),
            "day": date_format(on, "DATE_FORMAT"),
        }
        found.append(Finding("TAKEN", Severity.WARNING, text, (day.isoformat(), on.isoformat()), "photos"))
    return found


def _far(told: Told) -> list[Finding]:
    """The farthest one stands for all."""
    if told.venue is None:
        return []
    places = [
        (exhibit.file.latitude, exhibit.file.longitude)
        for exhibit in told.exhibits
        if exhibit.file.latitude is not None and exhibit.file.longitude is not None
    ]
    metres, place = max(
        ((rules.metres_apart(place, told.venue), place) for place in places), default=(0, told.venue)
    )
    if metres <= told.limits.kilometres * 1000:
        return []
    words = {"km": f"{metres / 1000:,.1f}", "place": _degrees(place), "venue": _degrees(told.venue)}
    text = _("A photo was taken at %(place)s, %(km)s km from the venue at %(venue)s.") % words
    return [Finding("FAR", Severity.WARNING, text, (words["place"], words["venue"]), "photos")]


def _degrees(place: Place) -> str:
    return f"{place[0]:.4f}, {place[1]:.4f}"


def _named(there: Exhibit) -> dict[str, object]:
    return {"number": there.record_id, "day": date_format(there.record.happened_on, "DATE_FORMAT")}


def _address(there: Exhibit) -> str:
    return reverse("desk:record", args=[there.record_id])
