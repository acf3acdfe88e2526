"""Writes to units, people and accounts: one transaction each."""

from jiangong.ground.organization.operations.accounts import (
    change_own_language,
    change_own_password,
    close_account,
    end_role,
    grant_role,
    note_sign_in,
    note_sign_out,
    open_account,
    reopen_account,
    reset_password,
)
from jiangong.ground.organization.operations.counts import set_reference_count
from jiangong.ground.organization.operations.people import (
    add_person,
    appoint,
    change_person,
    end_post,
    release_person,
    return_person,
    transfer_person,
)
from jiangong.ground.organization.operations.tree import (
    CodeGuard,
    TreeGuard,
    code_guards,
    correct_start,
    move_unit,
    tree_guards,
)
from jiangong.ground.organization.operations.units import (
    change_unit,
    create_unit,
    dissolve_unit,
    found_federation,
    revive_unit,
)

__all__ = [
    "CodeGuard",
    "TreeGuard",
    "add_person",
    "appoint",
    "change_own_language",
    "change_own_password",
    "change_person",
    "change_unit",
    "close_account",
    "code_guards",
    "correct_start",
    "create_unit",
    "dissolve_unit",
    "end_post",
    "end_role",
    "found_federation",
    "grant_role",
    "move_unit",
    "note_sign_in",
    "note_sign_out",
    "open_account",
    "release_person",
    "reopen_account",
    "reset_password",
    "return_person",
    "revive_unit",
    "set_reference_count",
    "transfer_person",
    "tree_guards",
]
