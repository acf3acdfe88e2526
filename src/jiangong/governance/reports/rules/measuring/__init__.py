"""The layout check: any Word file measured against GB/T 9704-2012, without setting a page of it."""

from jiangong.governance.reports.rules.measuring.findings import Departure, Place
from jiangong.governance.reports.rules.measuring.whole import Measured, measured

__all__ = ["Departure", "Measured", "Place", "measured"]
