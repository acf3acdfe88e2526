"""The list of accounts, for whoever administers them; what signs in is not brought in from a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.ground.organization.access import Right
from jiangong.ground.organization.queries.accounts import accounts_below, roles_of
from jiangong.ground.sheets.rules import Cell, Column, Context, Listing

PART = 500


def columns(context: Context) -> list[Column]:
    del context
    return [
        Column("username", _("Sign-in name")),
        Column("name", _("Full name")),
        Column("unit", _("Unit"), width=26),
        Column("roles", _("Roles"), width=50),
        Column("state", _("State")),
    ]


def rows(context: Context) -> Iterator[Sequence[Cell]]:
    """With the filters of the page of accounts."""
    given = context.filters
    found = accounts_below(
        actor=context.actor,
        unit_id=context.unit_id,
        words=given.get("q", ""),
        role=given.get("role", ""),
        closed=bool(given.get("closed")),
    )
    for account in found.iterator(chunk_size=PART):
        yield (
            account.username,
            account.person.name,
            account.person.unit.name,
            roles_of(account),
            _("open") if account.is_active else _("closed"),
        )


ACCOUNTS = Listing("accounts", gettext_lazy("Accounts"), columns, rows, Right.ADMINISTER.value)
