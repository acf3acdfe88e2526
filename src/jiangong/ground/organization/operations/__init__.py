"""Writes to units, people and accounts: one transaction each."""

from jiangong.ground.organization.operations.accounts import (
    change_own_language,
    close_account,
    open_account,
    reopen_account,
)
from jiangong.ground.organization.operations.counts import set_reference_count
from jiangong.ground.organization.operations.grants import end_role, grant_role
from jiangong.ground.organization.operations.invitations import (
    Invited,
    accept_invitation,
    invite_again,
    open_account_by_invitation,
    reset_by_invitation,
)
from jiangong.ground.organization.operations.lockouts import note_failed_sign_in, note_lock, unlock
from jiangong.ground.organization.operations.passwords import (
    change_own_password,
    require_own_password,
    require_strong_password,
    reset_password,
)
from jiangong.ground.organization.operations.people import (
    add_person,
    appoint,
    change_person,
    end_post,
    release_person,
    return_person,
    transfer_person,
)
from jiangong.ground.organization.operations.sessions import (
    end_other_sessions,
    end_own_session,
    end_sessions,
    note_sign_in,
    note_sign_out,
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
    require_code,
    require_division_code,
    require_established,
    require_new_code,
    revive_unit,
)

__all__ = [
    "CodeGuard",
    "Invited",
    "TreeGuard",
    "accept_invitation",
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
    "end_other_sessions",
    "end_own_session",
    "end_post",
    "end_role",
    "end_sessions",
    "found_federation",
    "grant_role",
    "invite_again",
    "move_unit",
    "note_failed_sign_in",
    "note_lock",
    "note_sign_in",
    "note_sign_out",
    "open_account",
    "open_account_by_invitation",
    "release_person",
    "reopen_account",
    "require_code",
    "require_division_code",
    "require_established",
    "require_new_code",
    "require_own_password",
    "require_strong_password",
    "reset_by_invitation",
    "reset_password",
    "return_person",
    "revive_unit",
    "set_reference_count",
    "transfer_person",
    "tree_guards",
    "unlock",
]
