"""Excel files: what columns promise, how cells are read, how files are opened and written. No Django tables."""

from jiangong.ground.sheets.rules.checking import Findings, differences
from jiangong.ground.sheets.rules.columns import Cell, CellKind, Column, Fault, Row
from jiangong.ground.sheets.rules.progress import Progress, Step
from jiangong.ground.sheets.rules.reading import Table, read_table
from jiangong.ground.sheets.rules.sheet import Change, Checked, Context, Listing, Sheet, listings, sheets
from jiangong.ground.sheets.rules.writing import export, returned, template

__all__ = [
    "Cell",
    "CellKind",
    "Change",
    "Checked",
    "Column",
    "Context",
    "Fault",
    "Findings",
    "Listing",
    "Progress",
    "Row",
    "Sheet",
    "Step",
    "Table",
    "differences",
    "export",
    "listings",
    "read_table",
    "returned",
    "sheets",
    "template",
]
