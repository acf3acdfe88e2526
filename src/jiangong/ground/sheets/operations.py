"""A file is sent, checked by a job, looked at, and imported by a job: all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files import File as DjangoFile
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization import queries as organization_queries
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import progress
from jiangong.ground.shared.actors import Actor, Door
from jiangong.ground.shared.errors import DomainError, NotFound
from jiangong.ground.shared.rules import words
from jiangong.ground.sheets import access
from jiangong.ground.sheets.models import ImportState, SheetImport
from jiangong.ground.sheets.rules import (
    Checked,
    Column,
    Context,
    Fault,
    Progress,
    Sheet,
    Step,
    Table,
    opening,
    read_table,
    returned,
    sheets,
)
from jiangong.ground.sheets.rules.reading import letter

SHOWN_CHANGES, SHOWN_FAULTS, SHOWN_WARNINGS = 200, 200, 200
LARGEST_FILE = 40 * 1024 * 1024
RUNNING = (ImportState.CHECKING, ImportState.APPLYING)
CHANGED_MEANWHILE = _(
    "Somebody changed what this file is about. See again what would change, then import it."
)
BROKE_OFF = _("The work on this file broke off, and nothing was imported. Send it again.")


class FileMissing(DomainError):
    code = "sheet_file_missing"
    message = _("Choose the Excel file that you want to send.")


class FileTooLarge(DomainError):
    code = "sheet_file_too_large"
    message = _("The file is larger than %(limit)s MB. Split it into several.")


class RowRefused(DomainError):
    """What an operation refuses while a sheet is applied, with the row that asked for it."""

    code = "sheet_row_refused"
    message = _("Row %(row)s: %(reason)s")


@contextmanager
def refusing_row(row: int) -> Iterator[None]:
    """What is refused inside is told with its row."""
    try:
        yield
    except DomainError as refusal:
        raise RowRefused(row=row, reason=str(refusal)) from refusal


class NotReady(DomainError):
    code = "sheet_not_ready"
    message = _("This file is %(state)s, so it cannot be imported now.")
    status = 409


def begin_import(
    *,
    actor: Actor,
    code: str,
    unit_id: int,
    uuid: UUID,
    stream: BinaryIO | None,
    size: int,
    name: str,
    at: datetime,
) -> SheetImport:
    """Keep a file and have it checked. Sent twice, kept once. Refuses at once what is no workbook, and traps."""
    _require_right(actor=actor, code=code, unit_id=unit_id)
    known = SheetImport.objects.filter(uuid=uuid).first()
    if known is not None:
        return access.own_import(actor, uuid)
    if stream is None:
        raise FileMissing("file")
    if size > LARGEST_FILE:
        raise FileTooLarge("file", limit=LARGEST_FILE // 1024 // 1024)
    opening.inspect(stream)
    kept = default_storage.save(f"imports/{uuid}.{uuid4().hex}.sheet", DjangoFile(stream))
    found = SheetImport(
        uuid=uuid, sheet=code, unit_id=unit_id, file=kept, made_at=at, name=words.line(name)[:120] or code
    )
    found.account_id = cast(int, actor.account_id)
    try:
        with transaction.atomic():
            found.save(force_insert=True)
            _audit(actor, "sheet.send", found, at)
            _enqueue_check(uuid)
    except IntegrityError:  # the same form came twice at once, and the other one was first
        default_storage.delete(kept)
        return access.own_import(actor, uuid)
    return found


def check_import(*, uuid: UUID, at: datetime) -> SheetImport:
    """The job that reads a file: what each row would do, or the sheet back with what is to be mended."""
    found = SheetImport.objects.get(uuid=uuid)
    if found.state != ImportState.CHECKING:
        return found
    with translation.override(found.account.language):
        try:
            sheet, context = sheet_called(found.sheet), _context(found, at)
            table, checked = _checked(found, sheet, context)
        except DomainError as refusal:
            return _finish(found, ImportState.REFUSED, at, message=str(refusal))
        _tell(found, table, checked)
        if checked.faults:
            return _return(found, sheet, table, checked, at)
        return _finish(found, ImportState.READY, at)


def start_import(*, actor: Actor, uuid: UUID, at: datetime) -> SheetImport:
    """Say yes to what was previewed; the job does it."""
    with transaction.atomic():
        found = access.own_import(actor, uuid)
        _require_right(actor=actor, code=found.sheet, unit_id=found.unit_id)
        begun = SheetImport.objects.filter(uuid=uuid, state=ImportState.READY)
        if not begun.update(state=ImportState.APPLYING, finished_at=at):
            raise NotReady(state=found.get_state_display())
        _audit(actor, "sheet.start", found, at)
        _enqueue_apply(uuid)
    return found


def apply_import(*, uuid: UUID, at: datetime) -> SheetImport:
    """The job that imports: reads and checks again and applies, in one transaction. A refusal leaves nothing.

    Where others have changed meanwhile what the file is about, it goes back to be looked at again: what would be
    done, with what it would be done to, has to be what was previewed.
    """
    found = SheetImport.objects.get(uuid=uuid)
    if found.state != ImportState.APPLYING:
        return found
    with translation.override(found.account.language):
        try:
            with transaction.atomic():
                _apply(found, at)
        except DomainError as refusal:
            return _finish(found, ImportState.FAILED, at, message=str(refusal))
    return found


def give_up(*, uuid: UUID, at: datetime) -> None:
    """After a job: a file that is still being worked on has met a fault of ours. Whoever sent it is told."""
    found = SheetImport.objects.filter(uuid=uuid, state__in=RUNNING).select_related("account").first()
    if found is not None:
        with translation.override(found.account.language):
            _finish(found, ImportState.FAILED, at, message=str(BROKE_OFF))


def _apply(found: SheetImport, at: datetime) -> None:
    sheet, context = sheet_called(found.sheet), _context(found, at)
    seen = found.plan
    table, checked = _checked(found, sheet, context)
    _tell(found, table, checked)
    if checked.faults:
        _return(found, sheet, table, checked, at)
        return
    if seen != found.plan:
        _finish(found, ImportState.READY, at, message=str(CHANGED_MEANWHILE))
        return
    sheet.apply(_telling(context, found, Step.APPLIED, len(checked.changes)), checked.changes)
    detail: dict[str, object] = {"new": found.new, "changed": found.changed, "rows": found.rows}
    _audit(context.actor, "sheet.import", found, at, detail)
    found.done = found.rows
    _finish(found, ImportState.DONE, at)


def sheet_called(code: str) -> Sheet:
    sheet = sheets.get(code)
    if sheet is None:
        raise NotFound
    return sheet


def _require_right(*, actor: Actor, code: str, unit_id: int) -> None:
    organization.require(actor, Right(sheet_called(code).right), unit_id=unit_id)


def _context(found: SheetImport, at: datetime) -> Context:
    today = timezone.localtime(at).date()
    actor = organization_queries.actor_of(account=found.account, door=Door.EXCEL, address="", on=today)
    organization.require(actor, Right(sheet_called(found.sheet).right), unit_id=found.unit_id)
    return Context(actor=actor, unit_id=found.unit_id, today=today, at=at, batch=found.uuid)


def _checked(found: SheetImport, sheet: Sheet, context: Context) -> tuple[Table, Checked]:
    """Faults of single cells come before those of rows: an unread cell is held against nothing."""
    with default_storage.open(found.file) as stream:
        table = read_table(stream=cast(BinaryIO, stream.file), columns=_columns(sheet, context))
    SheetImport.objects.filter(pk=found.pk).update(rows=len(table.rows))
    read = [row for row in table.rows if sheet.reads_faulty or not row.faults]
    checked = sheet.check(_telling(context, found, Step.CHECKED, len(table.rows)), read)
    faults = [fault for row in table.rows for fault in row.faults] + list(checked.faults)
    return table, replace(
        checked, faults=_in_order(table, faults), warnings=_in_order(table, checked.warnings)
    )


def _in_order(table: Table, faults: Iterable[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: (fault.row, table.places.get(fault.column, -1)))


def _telling(context: Context, found: SheetImport, step: Step, total: int) -> Context:
    return replace(
        context, told=lambda done: progress.keep(str(found.uuid), str(Progress(step, done, total)))
    )


def _columns(sheet: Sheet, context: Context) -> list[Column]:
    """As the account's language calls them; heads and choices of the other languages are understood as well."""
    columns = list(sheet.columns(context))
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            others = sheet.columns(context)
            columns = [_also(own, other) for own, other in zip(columns, others, strict=True)]
    return columns


def _also(own: Column, other: Column) -> Column:
    pairs = zip((*own.choices, *own.known), (*other.choices, *other.known), strict=True)
    words = {str(theirs): str(ours) for ours, theirs in pairs}
    return replace(own, heads=(*own.heads, str(other.label)), synonyms={**words, **own.synonyms})


def _return(found: SheetImport, sheet: Sheet, table: Table, checked: Checked, at: datetime) -> SheetImport:
    """Give the file back with what is to be mended in it."""
    content = returned(title=str(sheet.label), table=table, faults=checked.faults)
    found.returned = default_storage.save(f"imports/{found.pk}-returned.xlsx", ContentFile(content))
    return _finish(found, ImportState.REFUSED, at)


def _tell(found: SheetImport, table: Table, checked: Checked) -> None:
    found.rows, found.faults = len(table.rows), len(checked.faults)
    found.warnings = len(checked.warnings)
    found.new, found.changed, found.same = checked.new, checked.changed, checked.same
    found.plan = _digest(checked)
    shown = [[change.row, change.is_new, change.words] for change in checked.changes[:SHOWN_CHANGES]]
    faults, warnings = checked.faults[:SHOWN_FAULTS], checked.warnings[:SHOWN_WARNINGS]
    found.preview = [shown, _named(table, faults), list(table.ignored)[:20], _named(table, warnings)]


def _named(table: Table, faults: Sequence[Fault]) -> list[list[str]]:
    return [[_cell(table, fault), fault.text] for fault in faults]


def _digest(checked: Checked) -> str:
    """Of every change as it is shown and planned, and of what is odd about it; a row of the database in a plan
    counts with all it says."""
    digest = sha256(str(checked.same).encode())
    for change in checked.changes:
        told = [change.row, change.is_new, change.words, change.plan]
        digest.update(json.dumps(told, default=_plain, ensure_ascii=False).encode())
    for warning in checked.warnings:
        digest.update(f"{warning.row}|{warning.column}|{warning.text}".encode())
    return digest.hexdigest()


def _plain(value: Any) -> object:
    if isinstance(value, Model):
        return {field.attname: getattr(value, field.attname) for field in value._meta.concrete_fields}
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    return str(value)


def _cell(table: Table, fault: Fault) -> str:
    place = table.places.get(fault.column)
    return f"{letter(place)}{fault.row}" if place is not None else str(fault.row)


def _finish(found: SheetImport, state: ImportState, at: datetime, *, message: str = "") -> SheetImport:
    found.state, found.finished_at, found.message = state, at, message[:300]
    found.save()
    return found


def _enqueue_check(uuid: UUID) -> None:
    from jiangong.ground.sheets import tasks  # noqa: PLC0415 — tasks call this module

    tasks.check_sheet.enqueue(str(uuid))


def _enqueue_apply(uuid: UUID) -> None:
    from jiangong.ground.sheets import tasks  # noqa: PLC0415

    tasks.apply_sheet.enqueue(str(uuid))


def _audit(
    actor: Actor, verb: str, found: SheetImport, at: datetime, detail: dict[str, object] | None = None
) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="sheet",
        subject_id=found.uuid,
        unit_id=found.unit_id,
        at=at,
        detail={"sheet": found.sheet, **(detail or {})},
    )
