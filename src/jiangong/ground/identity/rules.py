"""Codes of an authenticator app (RFC 6238), and recovery codes. No Django."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp

STEP = 30
DRIFT = 1
"""So many steps early or late are taken: clocks of phones are not exact."""
RECOVERY_CODES = 10
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_secret() -> str:
    return pyotp.random_base32()


def address_of(secret: str, *, username: str, house: str) -> str:
    """What the QR code says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=house)


def step_of(secret: str, code: str, *, at: datetime, after: int) -> int | None:
    """The time step that the code belongs to; None where it fits none, or one that is not after the last one used."""
    present = int(at.timestamp()) // STEP
    totp = pyotp.TOTP(secret, interval=STEP)
    fitting = [
        step
        for step in range(present - DRIFT, present + DRIFT + 1)
        if step > after and hmac.compare_digest(totp.generate_otp(step).encode(), code.encode())
    ]
    return fitting[0] if fitting else None


def is_app_code(typed: str) -> bool:
    """Six digits; anything else is taken for a recovery code."""
    return len(typed) == 6 and typed.isascii() and typed.isdecimal()


def bare(typed: str) -> str:
    """A code as typed, without spaces and hyphens."""
    return "".join(sign for sign in typed if sign not in " -\u3000").lower()


def recovery_codes() -> list[str]:
    """Ten codes of 50 bits each, in two groups so that they can be read."""
    made = ["".join(secrets.choice(SIGNS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    return [f"{code[:5]}-{code[5:]}" for code in made]


def digest_of(account_id: int, code: str) -> str:
    """As random as a code is, one round is enough; the account keeps equal codes of two people apart."""
    return hashlib.sha256(f"{account_id}:{bare(code)}".encode()).hexdigest()
