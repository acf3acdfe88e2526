"""Units, people and reference counts as Excel sheets."""

from jiangong.ground.organization.sheets.accounts import ACCOUNTS
from jiangong.ground.organization.sheets.counts import COUNTS
from jiangong.ground.organization.sheets.people import PEOPLE
from jiangong.ground.organization.sheets.units import UNITS

__all__ = ["ACCOUNTS", "COUNTS", "PEOPLE", "UNITS"]
