"""Where a plan and its parts do not agree: sums of targets, and days. Told, so that nobody has to reconcile them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from jiangong.governance.plan.queries.rows import TaskRow
from jiangong.ground.shared.rules.numbers import grouped


@dataclass(frozen=True, slots=True)
class Gap:
    """One disagreement, in a sentence."""

    row: TaskRow
    icon: str
    text: str


def gaps(rows: Mapping[int, TaskRow]) -> list[Gap]:
    """In reading order. Tasks that have ended are left out, and so is their share of a whole."""
    return [gap for row in rows.values() if row.light for gap in _gaps_of(row, rows)]


def _gaps_of(row: TaskRow, rows: Mapping[int, TaskRow]) -> Iterator[Gap]:
    parts = [rows[pk] for pk in row.below if pk in rows and rows[pk].light]
    yield from _sum_gap(row, parts)
    for part in parts:
        if part.task.until > row.task.until:
            text = _("%(number)s “%(title)s” is due %(days)s days after the task it belongs to.")
            days = (part.task.until - row.task.until).days
            yield Gap(row, "calendar-event", text % _named(part, days=grouped(days)))
        if part.task.since < row.task.since:
            text = _("%(number)s “%(title)s” begins %(days)s days before the task it belongs to.")
            days = (row.task.since - part.task.since).days
            yield Gap(row, "calendar-event", text % _named(part, days=grouped(days)))


def _sum_gap(row: TaskRow, parts: list[TaskRow]) -> Iterator[Gap]:
    """Only where all parts with a target aim at the very figure of the whole: else nothing is to be added up."""
    targets = [part.target for part in parts if part.target]
    whole = row.target
    if whole is None or not targets or any(target.key.code != whole.key.code for target in targets):
        return
    together = sum((target.aim for target in targets), Decimal(0))
    if together == whole.aim:
        return
    text = (
        _("Its parts together aim at %(together)s, the task at %(whole)s: %(gap)s are given to nobody.")
        if together < whole.aim
        else _(
            "Its parts together aim at %(together)s, the task at %(whole)s: %(gap)s more than it asks for."
        )
    )
    shown = {"together": _digits(together), "whole": whole.aim_in_digits}
    yield Gap(row, "equal", text % {**shown, "gap": _digits(abs(whole.aim - together))})


def _named(part: TaskRow, **more: str) -> dict[str, str]:
    return {"number": part.number, "title": part.task.title, **more}


def _digits(number: Decimal) -> str:
    return grouped(int(number) if number == number.to_integral_value() else number.normalize())
