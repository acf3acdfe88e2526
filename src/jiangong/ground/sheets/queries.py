"""Which sheets there are for somebody, what was sent, and lists as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.actors import Actor
from jiangong.ground.sheets.models import SheetImport
from jiangong.ground.sheets.rules import Context, Sheet, export, sheets, template

LATEST = 12


@dataclass(frozen=True, slots=True)
class SheetsPage:
    """The sheets that a person may bring in or take out here, and what they sent last."""

    offered: Sequence[Sheet]
    latest: Sequence[SheetImport]


def sheets_page(*, actor: Actor) -> SheetsPage:
    offered = [
        sheet
        for sheet in sorted(sheets, key=lambda sheet: sheet.order)
        if organization.has_right_anywhere(actor, Right(sheet.right))
    ]
    return SheetsPage(offered=offered, latest=own_imports(actor=actor))


def own_imports(*, actor: Actor) -> list[SheetImport]:
    if actor.account_id is None:
        return []
    found = SheetImport.objects.filter(account_id=actor.account_id).select_related("unit")
    return list(found[:LATEST])


def template_file(*, sheet: Sheet, context: Context) -> bytes:
    organization.require(context.actor, Right(sheet.right), unit_id=context.unit_id)
    return template(title=str(sheet.label), columns=sheet.columns(context))


def export_file(*, sheet: Sheet, context: Context) -> bytes:
    organization.require(context.actor, Right.READ, unit_id=context.unit_id)
    return export(title=str(sheet.label), columns=sheet.columns(context), rows=sheet.rows(context))
