"""Sheets of the house held against a database: rows are written by the codes of their columns."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import translation

from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.sheets.rules import Checked, Context, Sheet, export, read_table
from tests.conftest import AT, TODAY
from tests.ground.sheets.files import workbook

Given = Mapping[str, Any]


def context_of(actor: Actor, unit: Unit, **filters: str) -> Context:
    return Context(actor=actor, unit_id=unit.pk, today=TODAY, at=AT, filters=filters)


def checked(sheet: Sheet, context: Context, rows: Sequence[Given]) -> Checked:
    with translation.override("zh-hans"):
        columns = sheet.columns(context)
        labels = {column.code: str(column.label) for column in columns}
        codes = list(dict.fromkeys(code for row in rows for code in row))
        head, body = [labels[code] for code in codes], [[row.get(code) for code in codes] for row in rows]
        table = read_table(stream=workbook([head, *body]), columns=columns)
        return _checked(sheet, context, table.rows)


def _checked(sheet: Sheet, context: Context, rows: Sequence[Any]) -> Checked:
    found = sheet.check(context, [row for row in rows if sheet.reads_faulty or not row.faults])
    own = [fault for row in rows for fault in row.faults]
    return Checked(found.changes, [*own, *found.faults], found.same, found.warnings)


def faults_of(sheet: Sheet, context: Context, rows: Sequence[Given]) -> list[tuple[int, str]]:
    """Row and column of every fault, in the order of the file; each says something."""
    faults = checked(sheet, context, rows).faults
    assert all(fault.text for fault in faults)
    return sorted((fault.row, fault.column) for fault in faults)


def imported(sheet: Sheet, context: Context, rows: Sequence[Given]) -> tuple[int, int, int]:
    """New, changed and same, after all of it was done."""
    found = checked(sheet, context, rows)
    assert found.faults == []
    with transaction.atomic():
        sheet.apply(context, found.changes)
    return found.new, found.changed, found.same


def sent_back(sheet: Sheet, context: Context) -> Checked:
    """What the exported list would do if it were sent as it is."""
    with translation.override("zh-hans"):
        columns = sheet.columns(context)
        content = export(title=str(sheet.label), columns=columns, rows=sheet.rows(context))
        table = read_table(stream=io.BytesIO(content), columns=columns)
        return _checked(sheet, context, table.rows)


def exported(sheet: Sheet, context: Context) -> list[tuple[Any, ...]]:
    with translation.override("zh-hans"):
        return [tuple(row) for row in sheet.rows(context)]
