"""Signs that are taken for one another: by ear, or by a scanner."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from jiangong.governance.reports.rules.checking.lexicon.shapes import GROUPS

LOOK_ALIKE: dict[str, str] = defaultdict(str)
for _group in GROUPS.split():
    for _sign in _group:
        LOOK_ALIKE[_sign] += _group.replace(_sign, "")


NASAL = re.compile("(?<=[ie])ng$")
SOFT = re.compile("(?<=^[zcs])h")


def look_alikes(sign: str) -> str:
    """Found by scanners one for the other."""
    return LOOK_ALIKE.get(sign, "")


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 — its tables take 45 MB, and few processes ever check a text

    return " ".join(lazy_pinyin(word))


@lru_cache(maxsize=20_000)
def are_alike(one: str, other: str) -> bool:
    """Of two signs: one sound, or what the south says as one (精 and 金), whatever the tone; or nearly one shape."""
    return other in look_alikes(one) or not _readings(one).isdisjoint(_readings(other))


@lru_cache(maxsize=20_000)
def _readings(sign: str) -> frozenset[str]:
    from pypinyin import Style, pinyin  # noqa: PLC0415 — see above

    (readings,) = pinyin(sign, style=Style.NORMAL, heteronym=True)
    return frozenset(SOFT.sub("", NASAL.sub("n", reading)) for reading in readings)
