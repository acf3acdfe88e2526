"""Passkeys (WebAuthn): what the browser is asked, and what it answers. Finger, face or PIN is always required."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from jiangong.ground.identity import queries
from jiangong.ground.identity.models import Passkey
from jiangong.ground.identity.operations import factors
from jiangong.ground.organization.models import Account
from jiangong.ground.organization.operations import reach, sessions
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, NotFound

REQUIRED = UserVerificationRequirement.REQUIRED
Asked = dict[str, Any]
State = Mapping[str, Any]


class PasskeyRefused(DomainError):
    code = "passkey_refused"
    message = _("The passkey could not be checked. Try again, or sign in with your password.")


def begin_passkey(*, account: Account) -> tuple[Asked, State]:
    """What the browser is asked to make a key, and what has to be kept until it answers. Writes nothing."""
    user = PublicKeyCredentialUserEntity(
        id=str(account.pk).encode(), name=account.username, display_name=account.person.name
    )
    options, state = _server().register_begin(
        user,
        credentials=[_public(key) for key in queries.passkeys_of(account_id=account.pk)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=REQUIRED,
    )
    return dict(options)["publicKey"], state


def add_passkey(
    *,
    actor: Actor,
    state: State,
    answer: Mapping[str, Any],
    name: str,
    password: str,
    at: datetime,
) -> list[str]:
    """Take the key that the browser made. Gives recovery codes where it is the first second factor.

    Asks for the password: on a device left open nobody makes a key of their own that goes on opening the account.
    All sessions of the account end: the door lets the one that asked go on.
    """
    try:
        made = _server().register_complete(state, answer).credential_data
    except (ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused from error
    if made is None:
        raise PasskeyRefused
    with transaction.atomic():
        account = factors.require_password(actor, password)
        is_first = not queries.has_second_factor(account_id=account.pk)
        _key, is_new = Passkey.objects.get_or_create(
            credential_id=websafe_encode(made.credential_id),
            defaults={
                "account": account,
                "name": name.strip()[:60],
                "public": b64encode(made).decode(),
                "made_at": at,
            },
        )
        if not is_new:
            raise PasskeyRefused
        sessions.drop(account)
        codes = factors.new_codes(account) if is_first else []
        reach.tell(actor, "factor.add", account, at, detail={"way": "passkey"})
    return codes


def remove_passkey(*, actor: Actor, passkey_id: int, password: str, at: datetime) -> Account:
    with transaction.atomic():
        account = factors.require_password(actor, password)
        removed, _by_model = Passkey.objects.filter(account=account, id=passkey_id).delete()
        if not removed:
            raise NotFound
        factors.forget_codes_without_factor(account)
        reach.tell(actor, "factor.remove", account, at, detail={"way": "passkey"})
    return account


def begin_passkey_sign_in() -> tuple[Asked, State]:
    """Nobody is named: the device offers the keys that it has for this house, so that no name can be tried out."""
    options, state = _server().authenticate_begin(user_verification=REQUIRED)
    return dict(options)["publicKey"], state


def use_passkey(*, state: State, answer: Mapping[str, Any], at: datetime) -> Account:
    """The account whose key signed the challenge. Refuses closed accounts, and keys that look copied.

    It is told of in the audit log with the sign-in that follows.
    """
    try:
        read = AuthenticationResponse.from_dict(answer)
    except (ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused from error
    with transaction.atomic():
        keys = Passkey.objects.select_for_update(of=("self",), no_key=True).select_related("account__person")
        key = keys.filter(credential_id=websafe_encode(read.raw_id), account__is_active=True).first()
        if key is None:
            raise PasskeyRefused
        try:
            _server().authenticate_complete(state, [_public(key)], read)
        except (ValueError, KeyError, TypeError) as error:
            raise PasskeyRefused from error
        counter = read.response.authenticator_data.counter
        if counter and counter <= key.sign_count:
            raise PasskeyRefused
        key.sign_count, key.used_at = counter, at
        key.save(update_fields=["sign_count", "used_at"])
    return key.account


def _server() -> Fido2Server:
    """Bound to the one address of the house: a key of another host, or a page that only looks like ours, fails."""
    host = urlsplit(settings.BASE_URL).hostname or ""
    house = PublicKeyCredentialRpEntity(id=host, name="建功 Jiangong")
    return Fido2Server(house, verify_origin=lambda origin: origin == settings.BASE_URL)


def _public(key: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(b64decode(key.public))
