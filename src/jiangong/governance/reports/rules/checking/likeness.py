"""Signs that are taken for one another: by ear, or by a scanner."""

from __future__ import annotations

import re
from functools import lru_cache

LOOK_ALIKE = (
    "村材付", "社杜", "桥侨", "湾弯", "镇填", "街衔", "己已巳", "未末", "土士", "千干于", "日曰", "人入",
    "大太犬", "天夭", "力刀", "科料", "贷货", "免兔", "析折", "历厉", "治冶", "侯候", "徒徙", "拔拨",
    "拆折", "微徽", "辩辨", "晴睛", "间问", "园圆", "戌戍", "栋拣", "代伐", "竞竟", "赢羸", "盼盻",
    "幕墓", "暮慕", "即既", "复夏", "住往", "体休", "困因", "令今", "乌鸟",
)  # fmt: skip
"""Found by scanners one for the other."""


NASAL = re.compile("(?<=[ie])ng$")
SOFT = re.compile("(?<=^[zcs])h")


def look_alikes(sign: str) -> str:
    return "".join(group.replace(sign, "") for group in LOOK_ALIKE if sign in group)


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
