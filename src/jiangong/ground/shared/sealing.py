"""Secrets that have to be read again are kept sealed (AES-256-GCM), under a key derived from the house's secret key."""

from __future__ import annotations

import base64
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.errors import DomainError

NONCE = 12


class SealBroken(DomainError):
    code = "seal_broken"
    message = _(
        "What was kept sealed cannot be opened: the secret key of the server is another one than before. Ask the "
        "security administrator to reset your second factor."
    )
    status = 409


def seal(text: str, *, purpose: str) -> str:
    """Opens for the same purpose only, so that what is sealed for one row is of no use in another."""
    nonce = secrets.token_bytes(NONCE)
    sealed = _cipher(settings.SECRET_KEY).encrypt(nonce, text.encode(), purpose.encode())
    return base64.b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    try:
        content = base64.b64decode(sealed, validate=True)
        opened = _cipher(settings.SECRET_KEY).decrypt(content[:NONCE], content[NONCE:], purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken from error
    return opened.decode()


@lru_cache(maxsize=2)
def _cipher(key: str) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"jiangong sealing")
    return AESGCM(derived.derive(key.encode()))
