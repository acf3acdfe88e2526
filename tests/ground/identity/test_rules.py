"""Codes of an authenticator app, recovery codes, and what is kept sealed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from jiangong.ground.identity import rules
from jiangong.ground.shared import sealing
from jiangong.ground.shared.sealing import SealBroken

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
AT = datetime(2020, 5, 4, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, tz=UTC)
    assert rules.step_of(RFC_SECRET, code, at=at, after=0) == seconds // 30


@pytest.mark.parametrize(("late", "fits"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_off(late: int, fits: bool) -> None:
    at = datetime.fromtimestamp(59, tz=UTC) + timedelta(seconds=late)
    assert (rules.step_of(RFC_SECRET, "287082", at=at, after=0) is not None) == fits


def test_a_code_is_taken_once() -> None:
    at = datetime.fromtimestamp(59, tz=UTC)
    step = rules.step_of(RFC_SECRET, "287082", at=at, after=0)
    assert step is not None
    assert rules.step_of(RFC_SECRET, "287082", at=at, after=step) is None


@given(st.text(max_size=12))
def test_any_text_may_be_typed(typed: str) -> None:
    code = rules.bare(typed)
    assert rules.step_of(RFC_SECRET, code, at=AT, after=0) is None or rules.is_app_code(code)


def test_recovery_codes_are_ten_and_read_however_they_are_typed() -> None:
    codes = rules.recovery_codes()
    assert len(set(codes)) == 10
    typed = codes[0].upper().replace("-", " ")
    assert rules.digest_of(1, typed) == rules.digest_of(1, codes[0])
    assert rules.digest_of(2, codes[0]) != rules.digest_of(1, codes[0])


def test_the_address_for_the_app_names_the_house_and_the_person() -> None:
    address = rules.address_of(RFC_SECRET, username="zhang", house="建功")
    assert address.startswith("otpauth://totp/")
    assert "zhang" in address


@given(st.text(max_size=60))
def test_what_is_sealed_opens_again_and_does_not_show(text: str) -> None:
    sealed = sealing.seal(text, purpose="one")
    assert sealing.unseal(sealed, purpose="one") == text
    assert len(text) < 8 or text not in sealed
    with pytest.raises(SealBroken):
        sealing.unseal(sealed, purpose="another")


@pytest.mark.parametrize("odd", ["", "x", "密", "AAAA", "A" * 60])
def test_what_was_never_sealed_is_refused(odd: str) -> None:
    with pytest.raises(SealBroken):
        sealing.unseal(odd, purpose="one")


def test_another_secret_key_opens_nothing(settings: LazySettings) -> None:
    sealed = sealing.seal("secret", purpose="one")
    settings.SECRET_KEY = "another key of the house, long enough to be one"
    with pytest.raises(SealBroken, match="密钥"):
        sealing.unseal(sealed, purpose="one")
