"""Excel in and out: which sheets there are here, what was sent, and one file on its way in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import Scope
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Text
from jiangong.ground.sheets import queries
from jiangong.ground.sheets.access import own_import
from jiangong.ground.sheets.models import ImportState, SheetImport
from jiangong.ground.sheets.operations import (
    RUNNING,
    SHOWN_CHANGES,
    SHOWN_FAULTS,
    SHOWN_WARNINGS,
    sheet_called,
)
from jiangong.ground.sheets.rules import Progress, Sheet, sheets

LONG = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class OfferedSheet:
    """A kind of sheet: everybody takes it out, some bring it in for the unit looked at."""

    sheet: Sheet
    may_import: bool
    uuid: UUID
    """The form's own: sent twice, it is one file."""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class SentSheet:
    sent: SheetImport
    label: Text


@dataclass(frozen=True, slots=True)
class SheetsPage:
    unit: Unit
    offered: Sequence[OfferedSheet]
    latest: Sequence[SentSheet]

    @property
    def may_import(self) -> bool:
        return any(offer.may_import for offer in self.offered)


@dataclass(frozen=True, slots=True)
class ShownChange:
    row: int
    is_new: bool
    words: str


@dataclass(frozen=True, slots=True)
class ShownFault:
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    sent: SheetImport
    label: Text
    changes: Sequence[ShownChange]
    faults: Sequence[ShownFault]
    ignored: Sequence[str]
    warnings: Sequence[ShownFault]
    waits_long: bool
    progress: Progress | None = None

    @property
    def is_running(self) -> bool:
        return self.sent.state in RUNNING

    @property
    def is_checking(self) -> bool:
        return self.sent.state == ImportState.CHECKING

    @property
    def is_ready(self) -> bool:
        return self.sent.state == ImportState.READY

    @property
    def is_done(self) -> bool:
        return self.sent.state == ImportState.DONE

    @property
    def changes_nothing(self) -> bool:
        return self.is_ready and not (self.sent.new or self.sent.changed)

    @property
    def more_changes(self) -> int:
        return self.sent.new + self.sent.changed - len(self.changes)

    @property
    def more_faults(self) -> int:
        return self.sent.faults - len(self.faults)

    @property
    def more_warnings(self) -> int:
        return self.sent.warnings - len(self.warnings)


def sheets_page(*, actor: Actor, scope: Scope, refused: str = "", refusal: str = "") -> SheetsPage:
    """`refused`: the sheet of which a file has just been refused, and `refusal` why."""
    above = access.present_ancestor_ids(scope.unit.pk)
    offered = [
        OfferedSheet(
            sheet=sheet,
            may_import=access.can(actor, Right(sheet.right), ancestor_ids=above),
            uuid=uuid4(),
            refusal=refusal if sheet.code == refused else "",
        )
        for sheet in sorted(sheets, key=lambda sheet: sheet.order)
    ]
    latest = [SentSheet(sent, sheet_called(sent.sheet).label) for sent in queries.own_imports(actor=actor)]
    return SheetsPage(scope.unit, offered, latest)


def import_page(*, actor: Actor, uuid: UUID, at: datetime) -> ImportPage:
    sent = own_import(actor, uuid)
    changes, faults, ignored, *odd = sent.preview or ([], [], [])
    return ImportPage(
        sent=sent,
        label=sheet_called(sent.sheet).label,
        changes=[ShownChange(*change) for change in changes[:SHOWN_CHANGES]],
        faults=[ShownFault(*fault) for fault in faults[:SHOWN_FAULTS]],
        ignored=ignored,
        warnings=[ShownFault(*warning) for part in odd for warning in part[:SHOWN_WARNINGS]],
        waits_long=at - (sent.finished_at or sent.made_at) > LONG,
        progress=queries.progress_of(uuid=uuid) if sent.state in RUNNING else None,
    )
