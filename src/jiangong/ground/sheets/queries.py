"""What somebody sent, and files for them: templates, lists, sheets that come back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.files.storage import default_storage

from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import progress
from jiangong.ground.shared.actors import Actor, Door
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.storage import KeptFile
from jiangong.ground.sheets.access import own_import
from jiangong.ground.sheets.models import SheetImport
from jiangong.ground.sheets.rules import Context, Listing, Progress, Sheet, export, listings, sheets, template

LATEST = 12


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """The sheet that was sent, with what is to be mended in it, and the name under which it came."""

    name: str
    content: bytes


def own_imports(*, actor: Actor) -> list[SheetImport]:
    if actor.account_id is None:
        return []
    found = SheetImport.objects.filter(account_id=actor.account_id).select_related("unit")
    return list(found[:LATEST])


def names_of(*, uuids: Sequence[UUID]) -> dict[UUID, str]:
    """As their files were called; what `jiangong tidy` removed has no name any more."""
    return dict(SheetImport.objects.filter(pk__in=uuids).values_list("pk", "name"))


def progress_of(*, uuid: UUID) -> Progress | None:
    """How far the job has come with the file, as far as it is known here."""
    return Progress.parse(progress.kept(str(uuid)))


def template_file(*, sheet: Sheet, context: Context) -> bytes:
    organization.require(context.actor, Right(sheet.right), unit_id=context.unit_id)
    return template(title=str(sheet.label), columns=sheet.columns(context))


def list_called(code: str) -> Sheet | Listing:
    """A list that can be taken out, whether or not it can also be brought in."""
    found = listings.get(code) or sheets.get(code)
    if found is None:
        raise NotFound
    return found


def export_file(*, sheet: Sheet | Listing, context: Context) -> bytes:
    right = Right(sheet.right) if isinstance(sheet, Listing) else Right.READ
    organization.require(context.actor, right, unit_id=context.unit_id)
    return export(title=str(sheet.label), columns=sheet.columns(context), rows=sheet.rows(context))


def public_file(*, listing: Listing, today: date, at: datetime) -> bytes:
    """A list that its app shows to everybody: it is asked for without an account, and reads nothing by one."""
    nobody = Actor(account_id=None, name="", door=Door.PORTAL)
    context = Context(actor=nobody, unit_id=0, today=today, at=at)
    return export(title=str(listing.label), columns=listing.columns(context), rows=listing.rows(context))


def returned_file(*, actor: Actor, uuid: UUID) -> ReturnedFile:
    found = own_import(actor, uuid)
    if not found.returned:
        raise NotFound
    with default_storage.open(found.returned) as stream:
        return ReturnedFile(found.name, stream.read())


def kept_files() -> Iterator[KeptFile]:
    """What was sent and what went back, as long as `jiangong tidy` leaves it."""
    for names in SheetImport.objects.order_by("pk").values_list("file", "returned").iterator(chunk_size=5000):
        yield from (KeptFile(name) for name in names if name)
