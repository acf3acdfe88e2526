"""Numbers as official texts write them: never rounded up, and 多 or 余 only where there really is more."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

NOTHING = "—"
WAN = 10_000
YI = 100_000_000


class Style(StrEnum):
    """EXACT 10034人次; FLOOR 1万多人次; FLOOR_YU 1万余人次; TENS 280多场; WAN 1.0万 → 1万人次, 15.2万元."""

    EXACT = "exact"
    FLOOR = "floor"
    FLOOR_YU = "floor_yu"
    TENS = "tens"
    WAN = "wan"


def phrase(*, value: Decimal | int | None, unit: str, style: Style) -> str:
    """`2034, 册, FLOOR` → `2000多册`; nothing → `—`. Money comes in yuan."""
    if value is None:
        return NOTHING
    number = Decimal(value)
    if style is Style.EXACT or number < 10:
        return f"{number:f}{unit}"
    if style is Style.WAN:
        return f"{_in_wan(number)}{unit}"
    step = Decimal(10) if style is Style.TENS and number < WAN else _step(number)
    floor = number - number % step
    more = "" if floor == number else "余" if style is Style.FLOOR_YU else "多"
    return f"{_scaled(floor)}{more}{unit}"


def _step(number: Decimal) -> Decimal:
    """What rounding down keeps: one leading figure below 1,000, two below 100,000, then whole 万."""
    if number >= YI:
        return Decimal(YI) / 10
    if number >= 10 * WAN:
        return Decimal(WAN)
    figures = 1 if number < 1000 else 2
    return Decimal(10) ** (number.adjusted() + 1 - figures)


def _in_wan(number: Decimal) -> str:
    """Down to a tenth of 万; below that, whole."""
    tenths = (number / WAN).quantize(Decimal("0.1"), rounding=ROUND_DOWN)
    return f"{_trimmed(tenths)}万" if tenths else f"{number:f}"


def _scaled(number: Decimal) -> str:
    if number >= YI:
        return f"{_trimmed(number / YI)}亿"
    return f"{_trimmed(number / WAN)}万" if number >= WAN else _trimmed(number)


def _trimmed(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
