"""Identifiers and dates of units. No Django."""

from __future__ import annotations

import re
from datetime import date

from stdnum.cn import uscc as stdnum_uscc
from stdnum.exceptions import ValidationError

DIVISION_CODE = re.compile(r"[0-9]{6}([0-9]{3}([0-9]{3})?)?")
UNIT_CODE = re.compile(r"[\w.-]{1,40}")
SIGN_IN_NAME = re.compile(r"[\w.@-]{2,60}")


def is_uscc_plausible(code: str) -> bool:
    """GB 32100-2015 check digit. False is a warning only: issued codes exist that fail it (domain.md §9)."""
    try:
        stdnum_uscc.validate(code)
    except ValidationError:
        return False
    return True


def is_division_code(code: str) -> bool:
    """6, 9 or 12 digits of GB/T 2260 and its street and community extensions."""
    return DIVISION_CODE.fullmatch(code) is not None


def is_unit_code(code: str) -> bool:
    """Letters, digits, `.`, `-` and `_`: a code stands in addresses and in the tokens of reports."""
    return UNIT_CODE.fullmatch(code) is not None


def is_sign_in_name(name: str) -> bool:
    return SIGN_IN_NAME.fullmatch(name) is not None


def is_in_being(*, since: date, until: date | None, on: date) -> bool:
    return since <= on and (until is None or on <= until)


def pinyin_key(text: str) -> str:
    """Full pinyin and initials, for search by keyboard: 工会 gives `gonghui gh`."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 — its tables take a fifth of a start

    full = "".join(lazy_pinyin(text))
    initials = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
    return f"{full} {initials}".lower()[:200]


def pinyin_of_person(name: str) -> str:
    """The syllables first, by which people stand in order (胡 hu before 黄 huang), then what is searched by."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 — see above

    return f"{' '.join(lazy_pinyin(name)).lower()} {pinyin_key(name)}"[:120]
