"""Forms that are sent twice: what the first sending made."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model

from jiangong.governance.plan.operations.errors import FormElsewhere

M = TypeVar("M", bound=Model)


def made_before(*, model: type[M], uuid: UUID, **of: object) -> M | None:
    """What the form that carries this identifier made, if it was sent before.

    Refuses one that made something else (FormElsewhere): `of` says, by the model's own fields, what it has to be.
    """
    found = model._default_manager.filter(uuid=uuid).first()
    if found is not None and any(getattr(found, name) != value for name, value in of.items()):
        raise FormElsewhere
    return found
