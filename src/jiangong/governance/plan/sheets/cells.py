"""A task as the cells of a row."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from jiangong.governance.plan.models import TargetPeriod
from jiangong.governance.plan.rules import TaskContent, milestones_written
from jiangong.governance.plan.sheets.names import BETWEEN, Names
from jiangong.ground.sheets.rules import Cell

EXACT = 10**15
"""Up to here a number of Excel says every digit; beyond it is written as text."""


def periods() -> dict[str, str]:
    """Label as this reader sees it → value."""
    return {str(label): value for value, label in TargetPeriod.choices}


def cells_of(content: TaskContent, names: Names, numbers: Mapping[int, str]) -> dict[str, Cell]:
    """By column; `numbers` are those of the tasks that it may wait for."""
    aimed = content.target_value is not None
    return {
        "item": content.item,
        "title": content.title,
        "detail": content.detail,
        "standard": content.standard,
        "leader": names.person_written(content.leader_id) if content.leader_id else "",
        "lead_unit": names.units_written(content.lead_unit_ids),
        "responsible_units": names.units_written(content.responsible_unit_ids),
        "persons": names.people_written(content.person_ids),
        "cooperating_units": names.units_written(content.cooperating_unit_ids),
        "since": content.since,
        "until": content.until,
        "milestones": milestones_written(content.milestones),
        "evidence": content.evidence,
        "needs": BETWEEN.join(sorted((numbers[key] for key in content.needs_ids), key=_in_order)),
        "figure": names.figure_written(content.figure) if content.figure else "",
        "target_value": _value(content.target_value),
        "target_unit": names.unit_written(content.target_unit_id) if content.target_unit_id else "",
        "target_period": str(TargetPeriod(content.target_period).label) if aimed else "",
        "notes": content.notes,
    }


def _in_order(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


def _value(value: Decimal | None) -> Cell:
    if value is None:
        return ""
    whole = int(value) if value == value.to_integral_value() else None
    if whole is not None and whole < EXACT:
        return whole
    return f"{value.normalize():f}"
