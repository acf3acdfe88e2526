"""What activities and venues post to the ledger, and the figures read back from it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangong.books.figures.rules.catalogue import Figure, Form
from jiangong.books.ledger.measures import CountUnit, FacetSource, MeasureDefinition, MeasureKind, measures
from jiangong.books.ledger.models import Measure
from jiangong.books.ledger.rules import NO_FACET, EntryDraft, Facet
from jiangong.ground.shared import statements
from jiangong.ground.shared.registry import OWN
from jiangong.work.activities import rules
from jiangong.work.activities.models import Activity, Basis, Venue, VenueKind

KIND = _("kind of activity")
COMMUNITY = _("community or village")
VENUE_KIND = _("kind of venue")
KINDS = {kind.code: kind.name_en for kind in rules.SHIPPED_KINDS}
VENUE_KINDS = {kind.value: kind.label for kind in VenueKind}

BY_KIND_OF_ACTIVITY, BY_COMMUNITY = "activities.kind", "activities.community"
FACET_SOURCES = (FacetSource(BY_KIND_OF_ACTIVITY, KIND, KINDS), FacetSource(BY_COMMUNITY, COMMUNITY))
MEASURES = (
    MeasureDefinition(rules.HELD, _("Activities held"), CountUnit.SESSIONS, facet=KIND, parts=KINDS),
    MeasureDefinition(
        rules.AUDIENCE, _("Audience"), CountUnit.PERSON_TIMES, facet=KIND, people=True, parts=KINDS
    ),
    MeasureDefinition(
        rules.ATTENDED, _("Activities with an audience"), CountUnit.SESSIONS, facet=KIND, parts=KINDS
    ),
    MeasureDefinition(rules.VIEWS, _("Online views"), CountUnit.TIMES, facet=KIND, parts=KINDS),
    MeasureDefinition(
        rules.PARTICIPANTS,
        _("Distinct participants"),
        CountUnit.PERSONS,
        kind=MeasureKind.DISTINCT,
        facet=KIND,
        people=True,
        parts=KINDS,
    ),
    MeasureDefinition(rules.IN_COMMUNITIES, _("Activities in communities"), CountUnit.TIMES, facet=COMMUNITY),
    MeasureDefinition(rules.BOOKS, _("Books given out"), CountUnit.VOLUMES, facet=COMMUNITY),
    MeasureDefinition(rules.LEAFLETS, _("Leaflets given out"), CountUnit.COPIES, facet=COMMUNITY),
    MeasureDefinition(rules.HOUSEHOLDS, _("Households visited"), CountUnit.HOUSEHOLDS, facet=COMMUNITY),
    MeasureDefinition(rules.PROBLEMS, _("Problems solved"), CountUnit.ITEMS, facet=COMMUNITY),
    MeasureDefinition(rules.MONEY, _("Sympathy payments"), CountUnit.YUAN, facet=COMMUNITY),
    MeasureDefinition(
        rules.PUBLICITY, _("Publicity items placed"), CountUnit.PIECES, facet=KIND, parts=KINDS
    ),
    MeasureDefinition(
        rules.VENUES,
        _("Active venues"),
        CountUnit.PIECES,
        kind=MeasureKind.STOCK,
        facet=VENUE_KIND,
        parts=VENUE_KINDS,
    ),
)

FIGURES = (
    Figure(
        rules.VENUES,
        _("Venues"),
        (rules.VENUES,),
        ("阵地", "大讲堂", "职工书屋"),
        unit=pgettext_lazy("unit of measure", "venues"),
        order=10,
    ),
    Figure(rules.HELD, _("Activities held"), (rules.HELD,), ("活动场次", "场次"), order=11),
    Figure(rules.AUDIENCE, _("Audience"), (rules.AUDIENCE,), ("受众", "受众职工", "参加人次"), order=12),
    Figure(
        "activities.audience_per_session",
        _("Audience per activity"),
        (rules.AUDIENCE,),
        ("场均人次",),
        form=Form.PER,
        over=(rules.ATTENDED,),
        decimals=1,
        unit=_("attendances per activity"),
        band=(5, 2000),  # domain.md §11.2, P2
        order=13,
    ),
    Figure(rules.PARTICIPANTS, _("Distinct participants"), (rules.PARTICIPANTS,), ("参加人数",), order=14),
    Figure(
        rules.VIEWS,
        _("Online views"),
        (rules.VIEWS,),
        ("点击量", "网上收看"),
        unit=pgettext_lazy("unit of measure", "views"),
        order=15,
    ),
    Figure(
        rules.PUBLICITY, _("Publicity items placed"), (rules.PUBLICITY,), ("宣传品", "宣传阵地"), order=16
    ),
    Figure(
        rules.IN_COMMUNITIES,
        _("Activities in communities"),
        (rules.IN_COMMUNITIES,),
        ("进社区",),
        order=20,
    ),
    Figure(rules.BOOKS, _("Books given out"), (rules.BOOKS,), ("发放书籍", "书籍"), order=21),
    Figure(rules.LEAFLETS, _("Leaflets given out"), (rules.LEAFLETS,), ("宣传资料",), order=22),
    Figure(rules.HOUSEHOLDS, _("Households visited"), (rules.HOUSEHOLDS,), ("入户", "走访家庭"), order=23),
    Figure(rules.PROBLEMS, _("Problems solved"), (rules.PROBLEMS,), ("解决问题",), order=24),
    Figure(rules.MONEY, _("Sympathy payments"), (rules.MONEY,), ("慰问金",), order=25),
    Figure(
        "activities.money_per_visit",
        _("Payments per activity in communities"),
        (rules.MONEY,),
        ("社区活动次均慰问金",),
        form=Form.PER,
        over=(rules.IN_COMMUNITIES,),
        decimals=2,
        unit=_("yuan per activity"),
        band=(100, 10_000),
        order=26,
    ),
    Figure(
        "activities.money_per_household",
        _("Money per household"),
        (rules.MONEY,),
        ("户均慰问金",),
        form=Form.PER,
        over=(rules.HOUSEHOLDS,),
        decimals=2,
        unit=_("yuan per household"),
        band=(50, 5000),
        order=27,
    ),
    Figure(
        "activities.leaflets_per_household",
        _("Leaflets per household"),
        (rules.LEAFLETS,),
        ("户均资料",),
        form=Form.PER,
        over=(rules.HOUSEHOLDS,),
        decimals=1,
        unit=_("copies per household"),
        band=(1, 20),
        order=28,
    ),
)
BY_KIND = frozenset(
    {rules.HELD, rules.ATTENDED, rules.AUDIENCE, rules.VIEWS, rules.PARTICIPANTS, rules.PUBLICITY}
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an activity posts and what is checked of it; read by plain statements for many records at once."""

    kind_id: int
    kind: Facet
    photos: int
    caption_parts: Sequence[str]
    community: Facet
    quantities: Mapping[str, int]
    attendees: Sequence[int]
    windows: Sequence[Window] = ()
    is_online: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """The time of the venue or the lecturer; it may have changed since the activity was entered."""

    whose: str | None
    since: date
    until: date | None


FACTS = """
SELECT a.record_id, k.id, k.code, k.name, k.photos, k.caption_parts, a.basis, a.is_online, u.code,
       CASE WHEN u.short_name = '' THEN u.name ELSE u.short_name END,
       h.title, h.happened_on, v.until, p.name, l.since, l.until
FROM activities_activity a JOIN activities_activitykind k ON k.id = a.kind_id
LEFT JOIN organization_unit u ON u.id = a.community_id
LEFT JOIN activities_venue v ON v.record_id = a.venue_id LEFT JOIN ledger_record h ON h.id = v.record_id
LEFT JOIN activities_lecturer l ON l.id = a.lecturer_id LEFT JOIN organization_person p ON p.id = l.person_id
WHERE a.record_id IN ({records})
"""
QUANTITIES = """
SELECT q.activity_id, m.code, q.quantity FROM activities_activityquantity q
JOIN ledger_measure m ON m.id = q.measure_id WHERE q.activity_id IN ({records})
"""
SIGN_INS = (
    "SELECT activity_id, attendee_id FROM activities_signin WHERE activity_id IN ({records}) ORDER BY id"
)
STATEMENT = 500


def facts(record_ids: Sequence[int]) -> dict[int, Facts]:
    """Two statements for up to 500 records, a third where people signed in. Sign-ins are the audience there."""
    found: dict[int, Facts] = {}
    for start in range(0, len(record_ids), STATEMENT):
        found |= _facts(record_ids[start : start + STATEMENT])
    return found


def _facts(ids: Sequence[int]) -> dict[int, Facts]:
    def read(sql: str, wanted: Sequence[int]) -> list[tuple[Any, ...]]:
        return statements.rows(sql.format(records=statements.places(wanted)), wanted) if wanted else []

    heads = read(FACTS, ids)
    quantities: dict[int, dict[str, int]] = {record: {} for record in ids}
    for record, measure, quantity in read(QUANTITIES, ids):
        quantities[record][measure] = quantity
    attendees: dict[int, list[int]] = {row[0]: [] for row in heads if row[6] == Basis.SIGN_IN}
    for record, attendee in read(SIGN_INS, list(attendees)):
        attendees[record].append(attendee)
    for record, signed in attendees.items():
        quantities[record][rules.AUDIENCE] = len(signed)
    return {
        record: Facts(
            kind_id=kind_id,
            kind=Facet(kind, name),
            photos=photos,
            caption_parts=_parts(parts),
            community=Facet(community, community_name) if community else NO_FACET,
            quantities=quantities[record],
            attendees=attendees.get(record, ()),
            windows=_windows(*times),
            is_online=bool(is_online),
        )
        for record, kind_id, kind, name, photos, parts, _basis, is_online, community, community_name, *times in heads
    }


def _windows(*times: Any) -> Sequence[Window]:
    """Of the venue and the lecturer that an activity has."""
    found = (Window(*times[:3]), Window(*times[3:]))
    return () if times[0] is None and times[3] is None else [one for one in found if one.whose is not None]


def _parts(text: str) -> Sequence[str]:
    """A column of JSON as a plain statement gives it; nearly always an empty list."""
    return () if text == "[]" else tuple(json.loads(text))


def activity_entries(record_ids: Sequence[int]) -> Mapping[int, Sequence[EntryDraft]]:
    return {record_id: _drafts(found) for record_id, found in facts(record_ids).items()}


def _drafts(found: Facts) -> list[EntryDraft]:
    drafts = [EntryDraft(rules.HELD, 1, found.kind)]
    if rules.AUDIENCE in found.quantities:
        drafts.append(EntryDraft(rules.ATTENDED, 1, found.kind))
    if found.community.code:
        drafts.append(EntryDraft(rules.IN_COMMUNITIES, 1, found.community))
    for measure, quantity in found.quantities.items():
        drafts.append(EntryDraft(measure, quantity, _facet(measure, found)))
    drafts += [EntryDraft(rules.PARTICIPANTS, 1, found.kind, attendee) for attendee in found.attendees]
    return drafts


def _facet(measure: str, found: Facts) -> Facet:
    """What ships is split by kind or by community; a federation's own as it was made, or not at all."""
    if measure in BY_KIND:
        return found.kind
    if not measure.startswith(OWN):
        return found.community
    source = measures[measure].facet_source
    return {BY_KIND_OF_ACTIVITY: found.kind, BY_COMMUNITY: found.community}.get(source, NO_FACET)


def venue_entries(record_ids: Sequence[int]) -> Mapping[int, Sequence[EntryDraft]]:
    """A venue stands from its first day; the day after its last takes it off again."""
    return {venue.pk: _of_venue(venue) for venue in Venue.objects.filter(pk__in=record_ids)}


def _of_venue(venue: Venue) -> list[EntryDraft]:
    facet = Facet(venue.kind, venue.get_kind_display_zh())
    drafts = [EntryDraft(rules.VENUES, 1, facet)]
    if venue.until is not None:
        drafts.append(EntryDraft(rules.VENUES, -1, facet, day=venue.first_day_gone))
    return drafts


def booked_quantities(activity: Activity) -> dict[str, int]:
    """By measure code. Where the audience signed in by QR, the sign-ins are the audience."""
    codes = measure_codes()
    found = {codes[row.measure_id]: row.quantity for row in activity.quantities.all()}
    if activity.basis == Basis.SIGN_IN:
        found[rules.AUDIENCE] = len(activity.sign_ins.all())
    return found


@lru_cache(maxsize=1)
def _kept_codes(_edition: tuple[int, str]) -> dict[int, str]:
    return dict(Measure.objects.values_list("id", "code"))


def measure_codes() -> dict[int, str]:
    """Number → code. Numbers never change once given, so the map is kept until a measure is added."""
    return _kept_codes(measures.edition)
