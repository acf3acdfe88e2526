"""Writes to units, people and accounts: one transaction each."""

from jiangong.ground.organization.operations.accounts import (
    change_own_password,
    change_own_language,
    close_account,
    end_role,
    grant_role,
    open_account,
)
from jiangong.ground.organization.operations.people import add_person, appoint, end_post
from jiangong.ground.organization.operations.units import (
    TreeGuard,
    change_unit,
    create_unit,
    dissolve_unit,
    found_federation,
    move_unit,
    set_reference_count,
    tree_guards,
)

__all__ = [
    "TreeGuard",
    "add_person",
    "appoint",
    "change_own_language",
    "change_own_password",
    "change_unit",
    "close_account",
    "create_unit",
    "dissolve_unit",
    "end_post",
    "end_role",
    "found_federation",
    "grant_role",
    "move_unit",
    "open_account",
    "set_reference_count",
    "tree_guards",
]
