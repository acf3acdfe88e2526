"""Second factors are added, used, taken away: one transaction each."""

from jiangong.ground.identity.operations.factors import (
    add_authenticator,
    make_recovery_codes,
    note_wrong_code,
    remove_authenticator,
    require_own_password,
    reset_second_factors,
    use_code,
)
from jiangong.ground.identity.operations.outside import link_outside, unlink_outside, use_outside
from jiangong.ground.identity.operations.passkeys import (
    PasskeyRefused,
    add_passkey,
    begin_passkey,
    begin_passkey_sign_in,
    remove_passkey,
    use_passkey,
)

__all__ = [
    "PasskeyRefused",
    "add_authenticator",
    "add_passkey",
    "begin_passkey",
    "begin_passkey_sign_in",
    "link_outside",
    "make_recovery_codes",
    "note_wrong_code",
    "remove_authenticator",
    "remove_passkey",
    "require_own_password",
    "reset_second_factors",
    "unlink_outside",
    "use_code",
    "use_outside",
    "use_passkey",
]
