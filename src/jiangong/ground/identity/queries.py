"""Which second factors somebody has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiangong.ground.identity.models import Authenticator, OutsideIdentity, Passkey, RecoveryCode
from jiangong.ground.shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class FactorsPage:
    authenticator: Authenticator | None
    passkeys: Sequence[Passkey]
    codes_left: int
    is_due: bool
    takes_passkeys: bool
    outside_name: str
    outside: OutsideIdentity | None

    @property
    def has_any(self) -> bool:
        return self.authenticator is not None or bool(self.passkeys)


def has_second_factor(*, account_id: int) -> bool:
    return (
        Authenticator.objects.filter(account_id=account_id).exists()
        or Passkey.objects.filter(account_id=account_id).exists()
    )


def has_authenticator(*, account_id: int) -> bool:
    return Authenticator.objects.filter(account_id=account_id).exists()


def passkeys_of(*, account_id: int) -> list[Passkey]:
    return list(Passkey.objects.filter(account_id=account_id))


def own_passkey(*, account_id: int, passkey_id: int) -> Passkey:
    key = Passkey.objects.filter(account_id=account_id, id=passkey_id).first()
    if key is None:
        raise NotFound
    return key


def factors_page(*, account_id: int, is_due: bool, takes_passkeys: bool, outside_name: str) -> FactorsPage:
    return FactorsPage(
        authenticator=Authenticator.objects.filter(account_id=account_id).first(),
        passkeys=passkeys_of(account_id=account_id),
        codes_left=RecoveryCode.objects.filter(account_id=account_id, used_at__isnull=True).count(),
        is_due=is_due,
        takes_passkeys=takes_passkeys,
        outside_name=outside_name,
        outside=OutsideIdentity.objects.filter(account_id=account_id).first(),
    )
