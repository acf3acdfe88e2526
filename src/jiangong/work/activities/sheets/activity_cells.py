"""An activity as the cells of a row: what an export writes, and what a row that comes back is held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.books.ledger import access as ledger
from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger.models import Record
from jiangong.ground.shared.rules import words
from jiangong.ground.shared.translation import in_every_language
from jiangong.ground.sheets.rules import Cell, Context, Row
from jiangong.work.activities import measures
from jiangong.work.activities.models import Activity, Basis
from jiangong.work.activities.rules import ActivityContent

PAGE = 1000
LIST = "、"
YES, NO = gettext_lazy("yes"), gettext_lazy("no")
FIELDS = {
    "title": "title",
    "day": "happened_on",
    "venue": "venue_id",
    "place": "place",
    "community": "community_id",
    "lecturer": "lecturer_id",
    "topic": "topic_id",
    "partners": "partner_ids",
    "online": "is_online",
    "basis": "basis",
    "note": "note",
}
"""Column → what it says of an activity's content; quantities go by the codes of their measures."""


def typed_bases() -> tuple[str, ...]:
    """Sign-in is counted by the system itself, so a sheet cannot bring it."""
    return str(Basis.HEAD_COUNT.label), str(Basis.SHEET.label)


def basis_values() -> dict[str, str]:
    """Label in any language of the house → value."""
    return {label: value for value, said in Basis.choices for label in in_every_language(said)}


def related(found: QuerySet[Activity]) -> QuerySet[Activity]:
    """With all that its cells say, in a few statements for each page."""
    heads = found.select_related(
        "record__unit", "kind", "venue__record", "community", "lecturer__person", "topic"
    )
    return heads.prefetch_related("quantities", "partners", "sign_ins")


def cells_of(activity: Activity) -> dict[str, Cell]:
    """By the codes of columns. Where people signed in, they are the audience."""
    return {
        "number": str(activity.record.uuid),
        "kind": activity.kind.name,
        "unit": activity.record.unit.name,
        "day": activity.record.happened_on,
        "title": activity.record.title,
        "venue": str(activity.venue) if activity.venue else None,
        "place": activity.place or None,
        "community": activity.community.name if activity.community else None,
        "lecturer": activity.lecturer.person.name if activity.lecturer else None,
        "topic": str(activity.topic) if activity.topic else None,
        "partners": LIST.join(unit.name for unit in activity.partners.all()) or None,
        "online": str(YES if activity.is_online else NO),
        "basis": str(Basis(activity.basis).label),
        **measures.booked_quantities(activity),
        "note": activity.note or None,
    }


def content_of(activity: Activity) -> ActivityContent:
    codes = measures.measure_codes()
    return ActivityContent(
        title=activity.record.title,
        happened_on=activity.record.happened_on,
        venue_id=activity.venue_id,
        place=activity.place,
        community_id=activity.community_id,
        lecturer_id=activity.lecturer_id,
        topic_id=activity.topic_id,
        partner_ids=tuple(sorted(unit.pk for unit in activity.partners.all())),
        is_online=activity.is_online,
        basis=activity.basis,
        note=activity.note,
        quantities={codes[row.measure_id]: row.quantity for row in activity.quantities.all()},
    )


class There:
    """An activity that is there already, beside a row that may say something else of it."""

    def __init__(self, activity: Activity) -> None:
        self.activity, self.record = activity, activity.record
        self.cells, self.content = cells_of(activity), content_of(activity)

    def is_kept(self, row: Row, code: str) -> bool:
        """Whether the row leaves a text as it is: with the same words, or without the column."""
        return code not in row.cells or row.text(code) == words.line(str(self.cells[code] or ""))

    def differences(self, row: Row, content: ActivityContent) -> tuple[dict[str, Cell], dict[str, Cell]]:
        """What is there and what would be there, of the columns that would change."""
        after: dict[str, Cell] = {
            code: row.cells.get(code)
            for code, name in FIELDS.items()
            if getattr(content, name) != getattr(self.content, name)
        }
        before = {code: self.cells[code] for code in after}
        for code in dict.fromkeys((*self.content.quantities, *content.quantities)):
            if content.quantities.get(code) != self.content.quantities.get(code):
                before[code] = _shown(code, self.cells.get(code))
                after[code] = _shown(code, content.quantities.get(code))
        return before, after


def _shown(code: str, quantity: Cell) -> str:
    return ledger_measures.measures[code].shown(quantity) if isinstance(quantity, int) else ""


def there_of(context: Context, uuids: Iterable[UUID]) -> tuple[Mapping[UUID, There], frozenset[UUID]]:
    """The activities that these numbers name, as far as the actor sees them; and the numbers that are taken."""
    wanted = list(dict.fromkeys(uuids))
    found: dict[UUID, There] = {}
    taken: set[UUID] = set()
    for start in range(0, len(wanted), PAGE):
        part = wanted[start : start + PAGE]
        taken.update(Record.objects.filter(uuid__in=part).values_list("uuid", flat=True))
        found |= _seen(context, part)
    return found, frozenset(taken)


def _seen(context: Context, uuids: Sequence[UUID]) -> dict[UUID, There]:
    seen = ledger.records_in_scope(context.actor).filter(uuid__in=uuids)
    activities = related(Activity.objects.filter(record__in=seen))
    return {activity.record.uuid: There(activity) for activity in activities}


def changed_elsewhere() -> str:
    return _("A sheet cannot change this. Put back what was here, and correct it in the system.")
