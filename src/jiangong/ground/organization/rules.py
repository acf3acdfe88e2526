"""Identifiers and dates of units, which roles go together, what a password is, names of devices. No Django."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from stdnum.cn import uscc as stdnum_uscc
from stdnum.exceptions import ValidationError

from jiangong.ground.shared.actors import Role

DIVISION_CODE = re.compile(r"[0-9]{6}([0-9]{3}([0-9]{3})?)?")
UNIT_CODE = re.compile(r"[\w.-]{1,40}")
SIGN_IN_NAME = re.compile(r"[\w.@-]{2,60}")
LEAST_NAME = 3
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Lark", "飞书"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR})
"""The three administrators 系统、安全、审计 (domain.md §10.1): none does another's work, and none enters records."""


def role_against(held: Iterable[Role], new: Role) -> Role | None:
    """The role held beside which a new one cannot be: each of the three administrators holds no other role."""
    others = (role for role in held if role is not new)
    return next((role for role in others if ADMINISTRATORS & {role, new}), None)


def kinds_of_signs(password: str) -> int:
    """How many of: small letters, capital letters, digits, anything else."""
    tests: tuple[Callable[[str], bool], ...] = (str.islower, str.isupper, str.isdecimal)
    of_a_kind = [any(test(sign) for sign in password) for test in tests]
    return sum(of_a_kind) + any(not any(test(sign) for test in tests) for sign in password)


def is_like(password: str, names: Iterable[str]) -> bool:
    """Whether a name, or its pinyin, makes up most of the password; either way round."""
    plain = _bare(password)
    parts = [part for part in map(_bare, names) if len(part) >= LEAST_NAME]
    return any(_covers(plain, written) for part in parts for written in (part, part[::-1]))


def _covers(plain: str, name: str) -> bool:
    return (name in plain and 2 * len(name) > len(plain)) or (bool(plain) and plain in name)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def device_of(user_agent: str) -> str:
    """A browser and its system in words that people know: `Chrome · Windows`."""
    found = [next((word for sign, word in known if sign in user_agent), "") for known in (BROWSERS, SYSTEMS)]
    return " · ".join(word for word in found if word)


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
