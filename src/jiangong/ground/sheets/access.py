"""Who may bring sheets in: whoever has the sheet's right on the unit that it is for; only they see it again."""

from __future__ import annotations

from uuid import UUID

from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.sheets.models import SheetImport


def own_import(actor: Actor, uuid: UUID) -> SheetImport:
    found = SheetImport.objects.select_related("unit").filter(uuid=uuid).first()
    if found is None or found.account_id != actor.account_id:
        raise NotFound
    return found
