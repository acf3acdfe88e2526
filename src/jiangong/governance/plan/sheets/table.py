"""The rows of one campaign held against its tasks: which task a row is, where it stands, what it says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from jiangong.governance.plan.models import Campaign, TargetPeriod, Task
from jiangong.governance.plan.operations import Draft, checks
from jiangong.governance.plan.operations.errors import (
    CampaignOver,
    NumberMissing,
    NumberUnknown,
    NumberUnreadable,
    ParentMissing,
    ProgrammeMissing,
    TaskKnownElsewhere,
)
from jiangong.governance.plan.operations.tables import places_after, refusals
from jiangong.governance.plan.queries.contents import contents_of
from jiangong.governance.plan.rules import TaskContent, milestones_in, milestones_written, numbered
from jiangong.governance.plan.sheets.cells import cells_of, periods
from jiangong.governance.plan.sheets.columns import columns
from jiangong.governance.plan.sheets.names import Names, parts
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules import words
from jiangong.ground.shared.rules.numbers import parse_quantity
from jiangong.ground.sheets.rules import Change, Findings, Row, differences

T = TypeVar("T")
NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,4})*")
NEXT_STEP = re.compile(r"[；;]\s*(?=\d{4}[-/.年])")
SETS = ("person_ids", "responsible_unit_ids", "cooperating_unit_ids", "milestones", "needs_ids")


@dataclass(frozen=True, slots=True)
class Planned:
    """What a row would do: its draft, and in which campaign."""

    campaign: UUID
    draft: Draft


@dataclass(slots=True)
class Entry:
    """A row: `number` as it is typed, the task that it is, or a key below zero; `bad` are columns with a fault."""

    row: Row
    number: str
    uuid: UUID | None = None
    key: int = 0
    bad: set[str] = field(default_factory=set)

    @property
    def above(self) -> str:
        return self.number.rpartition(".")[0]

    @property
    def turn(self) -> int:
        return int(self.number.rpartition(".")[2])


def number_read(text: str) -> str:
    """1.2, however wide it is typed, with a dot behind it or not. Refuses anything else (NumberUnreadable)."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace("。", ".").rstrip(".、")
    if plain and not NUMBER.fullmatch(plain):
        raise NumberUnreadable("number", number=text)
    return ".".join(str(int(part)) for part in plain.split(".")) if plain else ""


class Table:
    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._tasks = {
            task.pk: task
            for task in Task.objects.filter(programme__campaign=campaign).order_by("place", "pk")
        }
        self._contents = contents_of(tasks=list(self._tasks.values()))
        self._places = [(task.pk, task.parent_id, task.place) for task in self._tasks.values()]
        self._numbers = {pk: place.number for pk, place in numbered(self._places).items()}
        self._names = Names.of(campaign.book.federation_id)
        self._entries: list[Entry] = []
        self._typed: dict[str, Entry] = {}
        self._left: dict[str, int] = {}
        """The numbers of tasks that no row is."""

    def take(self, row: Row, found: Findings) -> None:
        entry = Entry(row, "", bad={fault.column for fault in row.faults})
        self._entries.append(entry)
        number = self._read(found, entry, "number", lambda: number_read(row.text("number")), "")
        if number and found.is_first((self._campaign.pk, number), row, "number"):
            entry.number = number
            self._typed[number] = entry
        elif number:
            entry.bad.add("number")
        entry.uuid = self._read(found, entry, "uuid", lambda: _uuid(row.text("uuid")), None)
        if entry.uuid and not found.is_first(entry.uuid, row, "uuid"):
            entry.bad.add("uuid")

    def check(self, found: Findings) -> None:
        self._recognize(found)
        drafts = {}
        for entry in self._entries:
            drafts[entry.key] = self._draft(entry, found)
        places = places_after(self._places, drafts.values())
        before = {
            pk: (parent, int(self._numbers[pk].rpartition(".")[2])) for pk, parent, _place in self._places
        }
        changed = []
        for entry in self._entries:
            draft = drafts[entry.key]
            same = places[entry.key] == before.get(entry.key) and _same(
                draft.content, self._contents[entry.key]
            )
            if same and not entry.bad:
                found.same += 1
            else:
                changed.append((entry, draft))
        self._check(changed, list(drafts.values()), found)
        numbers = numbered((key, above, place) for key, (above, place) in places.items())
        said = {pk: place.number for pk, place in numbers.items()}
        for entry, draft in changed:
            if not entry.bad:
                found.changes.append(self._change(entry, draft, said))

    # which task a row is

    def _recognize(self, found: Findings) -> None:
        by_uuid = {task.uuid: task.pk for task in self._tasks.values()}
        strange = [entry.uuid for entry in self._entries if entry.uuid and entry.uuid not in by_uuid]
        elsewhere = set(Task.objects.filter(uuid__in=strange).values_list("uuid", flat=True))
        for place, entry in enumerate(self._entries, 1):
            entry.key = -place
            if entry.uuid in elsewhere:
                self._fault(found, entry, "uuid", TaskKnownElsewhere("uuid"))
            elif entry.uuid in by_uuid and "uuid" not in entry.bad:
                entry.key = by_uuid[entry.uuid]
        taken = {entry.key for entry in self._entries if entry.key > 0}
        self._left = {number: pk for pk, number in self._numbers.items() if pk not in taken}
        titles: dict[tuple[int | None, str], list[int]] = {}
        for task in self._tasks.values():
            if task.pk not in taken:
                titles.setdefault((task.parent_id, words.folded(task.title)), []).append(task.pk)
        for entry in sorted(self._entries, key=lambda entry: entry.number.count(".")):
            if entry.key < 0 and entry.uuid is None and not entry.bad & {"number", "title"}:
                self._by_title(entry, titles)

    def _by_title(self, entry: Entry, titles: dict[tuple[int | None, str], list[int]]) -> None:
        """A row without an identifier is the task of this title below the same task, where there is just one."""
        above = self._key(entry.above) if entry.above else None
        title = words.folded(entry.row.text("title"))
        if entry.number:
            same = titles.get((above, title), [])
        else:
            same = [pk for (_above, said), pks in titles.items() if said == title for pk in pks]
        if len(same) == 1:
            entry.key = same.pop()
            self._left.pop(self._numbers[entry.key], None)

    def _key(self, number: str) -> int | None:
        if number in self._typed:
            return self._typed[number].key
        return self._left.get(number)

    # what it says

    def _draft(self, entry: Entry, found: Findings) -> Draft:
        task = self._tasks.get(entry.key)
        above, turn = self._standing(entry, task, found)
        content = self._content(entry, self._contents.get(entry.key), found)
        uuid = entry.uuid if task is None else task.uuid
        version = task.version if task else 0
        return Draft(entry.row.number, entry.key, uuid, content, above, turn, version)

    def _standing(self, entry: Entry, task: Task | None, found: Findings) -> tuple[int | None, int]:
        if entry.number:
            above = self._key(entry.above) if entry.above else None
            if entry.above and above is None:
                refusal = ParentMissing("number", parent=entry.above, number=entry.number)
                self._fault(found, entry, "number", refusal)
            return above, entry.turn
        if task:
            return task.parent_id, int(self._numbers[task.pk].rpartition(".")[2])
        self._fault(found, entry, "number", NumberMissing("number"))
        return None, len(self._tasks) + len(self._entries)

    def _content(self, entry: Entry, base: TaskContent | None, found: Findings) -> TaskContent:
        """What the row says; of columns that the file does not have, what was there before."""
        row, names = entry.row, self._names

        def said(column: str, read: Callable[[str], T], before: T) -> T:
            if column not in row.cells:
                return before
            return self._read(found, entry, column, lambda: read(row.text(column)), before)

        begin = base or self._beginning
        figure = said("figure", lambda text: names.figure_read(text) if text else "", begin.figure)
        value = said("target_value", _value, begin.target_value)
        aimed = bool(figure or value)
        unit = said("target_unit", lambda text: _one(names.units_read(text)), begin.target_unit_id)
        period = said("target_period", lambda text: periods().get(text, text), begin.target_period)
        return TaskContent(
            title=words.line(said("title", str, begin.title)),
            since=row.day("since") or (begin.since if "since" not in row.cells else self._campaign.since),
            until=row.day("until") or begin.until,
            lead_unit_ids=said("lead_unit", names.units_read, begin.lead_unit_ids),
            person_ids=said("persons", names.people_read, begin.person_ids),
            item=said("item", str, begin.item),
            detail=said("detail", str, begin.detail),
            standard=said("standard", str, begin.standard),
            leader_id=said("leader", lambda text: _one(names.people_read(text)), begin.leader_id),
            responsible_unit_ids=said("responsible_units", names.units_read, begin.responsible_unit_ids),
            cooperating_unit_ids=said("cooperating_units", names.units_read, begin.cooperating_unit_ids),
            evidence=said("evidence", str, begin.evidence),
            milestones=said("milestones", partial(_steps, begin.milestones), begin.milestones),
            needs_ids=said("needs", self._needed, begin.needs_ids),
            figure=figure,
            target_value=value,
            target_unit_id=(unit or self._campaign.book.federation_id) if aimed else None,
            target_period=(period or TargetPeriod.CAMPAIGN.value) if aimed else "",
            notes=said("notes", str, begin.notes),
        )

    @property
    def _beginning(self) -> TaskContent:
        return TaskContent("", self._campaign.since, self._campaign.until, (), ())

    def _needed(self, text: str) -> Sequence[int]:
        found = []
        for part in parts(text):
            key = self._key(number_read(part))
            if key is None:
                raise NumberUnknown("needs", number=part)
            found.append(key)
        return found

    # what is wrong with it

    def _check(self, changed: Sequence[tuple[Entry, Draft]], every: Sequence[Draft], found: Findings) -> None:
        """Rows that stay as they are are not checked, but stand where others may wait for them."""
        if not changed:
            return
        entries = {entry.key: entry for entry, _draft in changed}
        needs = {pk: content.needs_ids for pk, content in self._contents.items()}
        known = checks.known_of(self._campaign, [draft.content for _entry, draft in changed])
        asked = [draft for draft in every if draft.key in entries]
        refused = refusals(known=known, drafts=asked, tasks=list(self._tasks.values()), needs=needs)
        for draft, refusal in refused:
            self._fault(found, entries[draft.key], refusal.field or "", refusal)
        for entry in entries.values():
            if self._campaign.closed_at:
                self._fault(found, entry, "campaign", CampaignOver("campaign"))
            if getattr(self._campaign, "programme", None) is None:
                self._fault(found, entry, "campaign", ProgrammeMissing("campaign"))

    def _change(self, entry: Entry, draft: Draft, numbers: Mapping[int, str]) -> Change:
        row, task = entry.row.number, self._tasks.get(entry.key)
        plan = Planned(self._campaign.uuid, draft)
        after = cells_of(draft.content, self._names, numbers) | {"number": numbers[draft.key]}
        if task is None:
            told = _("%(number)s %(title)s, led by %(unit)s, until %(until)s") % {
                "number": numbers[draft.key],
                "title": draft.content.title,
                "unit": after["lead_unit"],
                "until": draft.content.until.isoformat(),
            }
            return Change(row, is_new=True, words=told, plan=plan)
        before = cells_of(self._contents[task.pk], self._names, self._numbers)
        before |= {"number": self._numbers[task.pk]}
        if _same(draft.content, self._contents[task.pk]):
            before, after = ({"number": cells["number"]} for cells in (before, after))
        labels = {column.code: column.label for column in columns()}
        told = f"{task.title} — {differences(before, after, labels)}"
        return Change(row, is_new=False, words=told, plan=plan)

    def _read(self, found: Findings, entry: Entry, column: str, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except DomainError as refusal:
            self._fault(found, entry, column, refusal)
            return otherwise

    def _fault(self, found: Findings, entry: Entry, column: str, refusal: DomainError) -> None:
        """One fault a cell is enough."""
        if column not in entry.bad:
            entry.bad.add(column)
            found.fault(entry.row, column, str(refusal))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise TaskKnownElsewhere("uuid") from error


def _steps(before: Sequence[tuple[date, str]], text: str) -> Sequence[tuple[date, str]]:
    """One a line, or in one line with “；” before the next day; what was exported is read as it was."""
    if text == milestones_written(before):
        return before
    return milestones_in(NEXT_STEP.sub("\n", text))


def _value(text: str) -> Decimal | None:
    return Decimal(parse_quantity(text)) if text else None


def _one(found: Sequence[int]) -> int | None:
    return found[0] if found else None


def _same(one: TaskContent, other: TaskContent) -> bool:
    """Whether they say the same, in whatever order."""
    return all(
        set(getattr(one, name)) == set(getattr(other, name))
        if name in SETS
        else _plain(getattr(one, name)) == _plain(getattr(other, name))
        for name in TaskContent.__dataclass_fields__
    )


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
