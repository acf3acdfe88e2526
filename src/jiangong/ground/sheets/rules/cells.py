"""Reading one cell: numbers and days in every form in which people leave them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules import numbers, words
from jiangong.ground.shared.rules.periods import FIRST_YEAR, LAST_YEAR
from jiangong.ground.shared.translation import gettext as _
from jiangong.ground.sheets.rules.columns import Cell, CellKind, Column

Raw = str | int | float | bool | date | datetime | time | timedelta | None
WIDTHS = str.maketrans("０１２３４５６７８９．／－　", "0123456789./- ")
DAYS = (
    re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"),
    re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
DEGREES = re.compile(r"[-+]?\d{1,3}(?:\.\d{1,20})?")
EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
"""Day 0 of a workbook's numbers: the 1900 system (as it is after its false 29 February), the 1904 system."""
SERIALS = range(20_000, 110_000)
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


class Unread(ValueError):
    """A cell that cannot be read; the text says what to do."""


def read(column: Column, raw: Raw, *, starts_1904: bool = False) -> Cell:
    """What the cell says; None where it is empty. Raises Unread."""
    if raw is None or (isinstance(raw, str) and not words.line(raw)):
        if column.required:
            raise Unread(_("This cell is empty; it has to be filled in."))
        return None
    if column.kind is CellKind.DAY:
        return _day(raw, starts_1904=starts_1904)
    if column.kind is CellKind.QUANTITY:
        return _quantity(column, raw)
    if column.kind is CellKind.DEGREES:
        return _degrees(raw)
    return _text(column, raw)


def _text(column: Column, raw: Raw) -> str:
    text = _as_text(raw)
    text = words.visible(text).strip() if column.kind is CellKind.LINES else words.line(text)
    if text in ERRORS:
        raise Unread(
            _("“%(text)s” is an error of Excel. Correct the formula, or type the value.") % {"text": text}
        )
    text = column.synonyms.get(text, text)
    if len(text) > column.longest:
        raise Unread(_("At most %(longest)s characters fit here.") % {"longest": column.longest})
    if column.choices and column.strict and text not in column.choices and text not in column.known:
        offered = "、".join(column.choices[:8])
        raise Unread(
            _("“%(text)s” is not among the choices: %(offered)s.") % {"text": text, "offered": offered}
        )
    return text


def _as_text(raw: Raw) -> str:
    """A number that Excel keeps where people meant digits: 32108400.0 is 32108400."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(sep=" ")
    return str(raw)


def _quantity(column: Column, raw: Raw) -> int:
    number = _number(raw) * column.factor
    if number != number.to_integral_value():
        if column.factor == 100:
            raise Unread(_("Money has at most two decimals."))
        raise Unread(_("A whole number is asked for here."))
    return int(number)


def _number(raw: Raw) -> Decimal:
    if isinstance(raw, bool | date | time | timedelta):
        raise Unread(_("A number is asked for here."))
    if isinstance(raw, int | float):
        number = Decimal(str(raw))
        if not number.is_finite() or abs(number) > 10**12:
            raise Unread(_("This number is too large."))
        if number < 0:
            raise Unread(_("A quantity cannot be less than zero."))
        return number
    try:
        return Decimal(numbers.parse_quantity(str(raw)))
    except DomainError as refusal:
        raise Unread(str(refusal)) from refusal


def _degrees(raw: Raw) -> Decimal:
    """To the sixth decimal, a tenth of a metre: more is of no use, and kept nowhere."""
    text = words.line(str(raw)).translate(WIDTHS) if isinstance(raw, str | int | float) else ""
    if isinstance(raw, bool) or not DEGREES.fullmatch(text):
        raise Unread(_("“%(text)s” is no number of degrees. Write it as 32.7849.") % {"text": str(raw)[:30]})
    return Decimal(text).quantize(Decimal("0.000001"))


def _day(raw: Raw, *, starts_1904: bool) -> date:
    if isinstance(raw, datetime):
        return _in_reach(raw.date())
    if isinstance(raw, date):
        return _in_reach(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _serial(raw, starts_1904=starts_1904)
    text = words.line(str(raw)).translate(WIDTHS)
    for form in DAYS:
        found = form.fullmatch(text)
        if found:
            return _made(*(int(part) for part in found.groups()))
    raise Unread(_("“%(text)s” is not a day. Write it as 2020-05-01.") % {"text": text[:30]})


def _serial(raw: float, *, starts_1904: bool) -> date:
    """An unformatted number: 20200501, or a day's number in the workbook's own calendar."""
    whole = int(raw) if -1e9 < raw < 1e9 else 0
    if 19490101 <= whole <= 21991231:
        return _made(whole // 10000, whole // 100 % 100, whole % 100)
    if whole in SERIALS:
        return _in_reach(EPOCHS[starts_1904] + timedelta(days=whole))
    raise Unread(_("“%(text)s” is not a day. Write it as 2020-05-01.") % {"text": raw})


def _made(year: int, month: int, day: int) -> date:
    try:
        return _in_reach(date(year, month, day))
    except ValueError as error:
        if isinstance(error, Unread):
            raise
        text = f"{year}-{month}-{day}"
        raise Unread(_("There is no such day: %(text)s.") % {"text": text}) from error


def _in_reach(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unread(_("The year %(year)s cannot be right.") % {"year": day.year})
    return day
