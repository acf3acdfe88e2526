"""Talking with an outside provider: OpenID Connect, the code flow with PKCE. Nothing is believed unchecked."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.errors import DomainError

ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signed with a key that the provider alone has: no shared secrets, and never unsigned."""
PATIENCE_SECONDS = 5
LARGEST_ANSWER = 1_000_000
CLOCKS_APART_SECONDS = 60
LONGEST_SUBJECT = 255
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


class ProviderDown(DomainError):
    code = "provider_down"
    message = _("%(name)s does not answer at the moment. Sign in with your password, or try again later.")
    status = 503


class ProviderDoubted(DomainError):
    code = "provider_doubted"
    message = _(
        "The answer of %(name)s could not be verified, so you were not signed in. Try again, or sign in with "
        "your password."
    )
    status = 403


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is remembered between going to the provider and coming back."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def fresh(cls) -> Attempt:
        return cls(*(secrets.token_urlsafe(32) for _part in range(3)))

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def is_configured() -> bool:
    return bool(settings.OIDC_ISSUER)


def address_to_go(*, attempt: Attempt, back: str) -> str:
    """Where the browser is sent to sign in outside."""
    query = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT,
        "redirect_uri": back,
        "scope": "openid",
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": attempt.challenge,
        "code_challenge_method": "S256",
    }
    return f"{_endpoint('authorization_endpoint')}?{urlencode(query)}"


def token_for(*, code: str, attempt: Attempt, back: str) -> str:
    """The id_token for which the code is exchanged."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": attempt.verifier,
        "client_id": settings.OIDC_CLIENT,
        "client_secret": settings.OIDC_SECRET,
    }
    token = _answer(_endpoint("token_endpoint"), form).get("id_token")
    if not isinstance(token, str):
        raise _doubted()
    return token


def subject_of(token: str, *, nonce: str) -> str:
    """Who the token is about, once its signature, issuer, audience, times and nonce have been checked."""
    try:
        claims = jwt.decode(
            token,
            _key_of(token),
            algorithms=list(ALGORITHMS),
            audience=settings.OIDC_CLIENT,
            issuer=_metadata()["issuer"],
            leeway=CLOCKS_APART_SECONDS,
            options={"require": ["exp", "iat", "sub", "aud", "iss"]},
        )
    except jwt.PyJWTError as error:
        raise _doubted() from error
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise _doubted()
    if claims.get("azp", settings.OIDC_CLIENT) != settings.OIDC_CLIENT:
        raise _doubted()
    subject = str(claims["sub"])
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise _doubted()
    return subject


def _key_of(token: str) -> jwt.PyJWK:
    named = jwt.get_unverified_header(token).get("kid")
    known = jwt.PyJWKSet.from_dict(dict(_answer(_endpoint("jwks_uri")))).keys
    fitting = [key for key in known if named is None or key.key_id == named]
    if len(fitting) != 1:
        raise _doubted()
    return fitting[0]


def _metadata() -> Mapping[str, Any]:
    """Read anew each time: few people sign in at once, and a provider that changed its keys is believed at once."""
    found = _answer(f"{settings.OIDC_ISSUER}/.well-known/openid-configuration")
    if str(found.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER:
        raise _doubted()
    return found


def _endpoint(name: str) -> str:
    address = str(_metadata().get(name, ""))
    try:
        read = urlsplit(address)
        is_safe = read.scheme == "https" or (read.scheme == "http" and read.hostname in THIS_MACHINE)
    except ValueError as error:
        raise _doubted() from error
    if not is_safe:
        raise _doubted()
    return address


def _answer(address: str, form: Mapping[str, str] | None = None) -> Mapping[str, Any]:
    data = urlencode(form).encode() if form is not None else None
    asked = urllib.request.Request(address, data=data, headers={"Accept": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
            content = json.loads(answer.read(LARGEST_ANSWER))
    except urllib.error.HTTPError as error:
        is_refusal = 400 <= error.code < 500
        raise _doubted() if is_refusal else ProviderDown(name=settings.OIDC_NAME) from error
    except OSError as error:
        raise ProviderDown(name=settings.OIDC_NAME) from error
    except ValueError as error:
        raise _doubted() from error
    if not isinstance(content, dict):
        raise _doubted()
    return content


def _doubted() -> ProviderDoubted:
    return ProviderDoubted(name=settings.OIDC_NAME)
