"""Refusals that people can read: every one has a stable code and a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class DomainError(Exception):
    """An operation that cannot act. Doors turn it into a form error or a problem+json answer."""

    code: ClassVar[str] = "refused"
    message: ClassVar[Text] = _("This cannot be done now.")
    status: ClassVar[int] = 422

    def __init__(self, field: str | None = None, **params: Any) -> None:
        self.field = field
        self.params = params
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message) % {name: _written(value) for name, value in self.params.items()}

    @property
    def parts(self) -> Sequence[DomainError]:
        """What is refused, each with its field; mostly one thing."""
        return (self,)


def _written(value: Any) -> Any:
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else value


class Forbidden(DomainError):
    code = "forbidden"
    message = _("Your role does not allow this here. Ask the administrator of your unit.")
    status = 403


class NotFound(DomainError):
    code = "not_found"
    message = _("This does not exist, or it lies outside the units you look after.")
    status = 404


class StaleForm(DomainError):
    code = "stale_form"
    message = _(
        "Somebody changed this while you were editing. Your input is kept below: compare it with the new "
        "state, then save again."
    )
    status = 409


class StorageFull(DomainError):
    code = "storage_full"
    message = _(
        "The disk of the server is full, so nothing was saved. Your input is still here: tell the system "
        "administrator, then send it again."
    )
    status = 507


class Several(DomainError):
    """What several checks refuse, told together; the field is that of the first."""

    code = "several"

    def __init__(self, refusals: Sequence[DomainError]) -> None:
        super().__init__(refusals[0].field)
        self._parts = tuple(refusals)

    def __str__(self) -> str:
        return " ".join(str(part) for part in self._parts)

    @property
    def parts(self) -> Sequence[DomainError]:
        return self._parts


def require_all(*checks: Callable[[], object]) -> None:
    """Run every check, so that whoever typed it reads all mistakes at once (Several, or the only one).

    What concerns access, or a form that was overtaken, is told alone and at once.
    """
    refused: list[DomainError] = []
    for check in checks:
        try:
            check()
        except (Forbidden, NotFound, StaleForm):
            raise
        except DomainError as refusal:
            refused += refusal.parts
    if refused:
        raise refused[0] if len(refused) == 1 else Several(refused)
