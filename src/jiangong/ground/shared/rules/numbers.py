"""Numbers as clerks type them, and as pages print them."""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, Decimal

from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.translation import gettext_lazy as _

NOTHING = "—"
LONGEST_TEXT = 40
MOST_DIGITS = 12
MOST_DECIMALS = 4

FULL_WIDTH = "０１２３４５６７８９"
HALF_WIDTH = str.maketrans(FULL_WIDTH + "，．－＋\u3000\u00a0\u202f\u2009", "0123456789,.-+    ")
CHINESE_DIGITS = "零一二三四五六七八九"
CHINESE = re.compile(r"[零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿]+")
ARABIC = re.compile(
    r"(?P<digits>[0-9]+|[0-9]{1,3}(?P<mark>[, ])[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
    r"(?:\.(?P<decimals>[0-9]+))? ?(?P<unit>百万|千万|百|千|万|亿)?"
)
OVERRUN = re.compile(r"[万亿]\s*万|亿\s*亿|(?<![.．0-9０-９])[0-9０-９]{4,}(?:[.．][0-9０-９]+)?\s*[万亿]")
UNITS = {"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
MOST_DIGITS_BEFORE = {"百": 1, "千": 1, "万": 3, "百万": 1, "千万": 1, "亿": 3}


class MalformedNumber(DomainError):
    code = "number.malformed"
    message = _("“%(text)s” cannot be read as a number. Type it in digits, for example 12000 or 1.2万.")


class NumberMissing(MalformedNumber):
    code = "number.missing"
    message = _("Type a number here, for example 120. If there was nothing, type 0.")


class NegativeNumber(MalformedNumber):
    code = "number.negative"
    message = _("“%(text)s” is negative. A quantity is 0 or more: to take a booking back, amend its record.")


class MixedWidths(MalformedNumber):
    code = "number.mixed_widths"
    message = _("“%(text)s” mixes full-width and half-width digits. Type it again in half-width digits.")


class UnitOverrun(MalformedNumber):
    """`10000万`, `万万`: domain.md §11.2, P3."""

    code = "number.unit_overrun"
    message = _("“%(text)s” is easily off by a factor of ten thousand. Type the whole number in digits.")


class NumberTooLong(MalformedNumber):
    code = "number.too_long"
    message = _(
        "“%(text)s” is too long for a quantity: at most %(digits)s digits before the point and %(decimals)s "
        "after it. Check what was typed."
    )


def parse_quantity(text: str, *, field: str | None = None) -> int | Decimal:
    """Read `312`, `３１２`, `10,034`, `1.2万`, `三百一十二`. Whole numbers come back as `int`.

    Refuses what can be meant in two ways (`10000万`, `万万`, `１2`, `1,23`), negatives and absurd lengths,
    each by its own subclass of `MalformedNumber`.
    """
    shown = text.strip()[:LONGEST_TEXT]
    _require_plain(text=text, shown=shown, field=field)
    plain = text.translate(HALF_WIDTH).strip()
    value = _arabic(plain) if plain[:1].isascii() else _chinese(plain.replace("两", "二").replace("〇", "零"))
    if value is None:
        raise MalformedNumber(field, text=shown)
    if value.adjusted() >= MOST_DIGITS or _decimals(value) > MOST_DECIMALS:
        raise NumberTooLong(field, text=shown, digits=MOST_DIGITS, decimals=MOST_DECIMALS)
    return int(value) if value == value.to_integral_value() else value


def _require_plain(*, text: str, shown: str, field: str | None) -> None:
    if not shown:
        raise NumberMissing(field)
    if len(text) > LONGEST_TEXT:
        raise NumberTooLong(field, text=shown, digits=MOST_DIGITS, decimals=MOST_DECIMALS)
    if shown[0] in "-－−负":
        raise NegativeNumber(field, text=shown)
    if any(sign in "0123456789" for sign in text) and any(sign in FULL_WIDTH for sign in text):
        raise MixedWidths(field, text=shown)
    if OVERRUN.search(text.replace(",", "").replace("，", "")):
        raise UnitOverrun(field, text=shown)


def _arabic(text: str) -> Decimal | None:
    match = ARABIC.fullmatch(text)
    if match is None:
        return None
    digits = match["digits"].replace(",", "").replace(" ", "")
    unit = match["unit"]
    if unit and (match["mark"] or len(digits) > MOST_DIGITS_BEFORE[unit]):
        return None
    return Decimal(f"{digits}.{match['decimals'] or 0}") * UNITS.get(unit, 1)


def _chinese(text: str) -> Decimal | None:
    whole, point, decimals = text.partition("点")
    if not CHINESE.fullmatch(whole) or (point and not decimals) or set(decimals) - set(CHINESE_DIGITS):
        return None
    try:
        import cn2an  # noqa: PLC0415 — its tables take a tenth of a start

        number = int(cn2an.cn2an(whole, "strict"))
    except ValueError:
        return None
    return Decimal(f"{number}.{''.join(str(CHINESE_DIGITS.index(sign)) for sign in decimals) or 0}")


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def grouped(number: int | Decimal | None) -> str:
    """`10034` → `10,034`; nothing → `—`."""
    return NOTHING if number is None else f"{Decimal(number):,f}"  # Python prints no int of 4,300 digits


def yuan(fen: int | None) -> str:
    """Money in tables: fen → `1,290,000.00`."""
    return NOTHING if fen is None else f"{Decimal(fen) / 100:,.2f}"


def wan(number: int | Decimal | None) -> str:
    """Ten thousands with one decimal, rounded towards zero: `152300` → `15.2`."""
    if number is None:
        return NOTHING
    return f"{(Decimal(number) / 10_000).quantize(Decimal('0.1'), rounding=ROUND_DOWN):,f}"


def unit_for(unit: str, number: Decimal | int | None, *, language: str) -> str:
    """English has one piece and two pieces: `attendances per activity` after 1 is `attendance per activity`."""
    first, space, rest = unit.partition(" ")
    if not language.startswith("en") or number is None or abs(number) != 1 or not first.endswith("s"):
        return unit
    singular = f"{first[:-3]}y" if first.endswith("ies") else first[:-1]
    return f"{singular}{space}{rest}"
