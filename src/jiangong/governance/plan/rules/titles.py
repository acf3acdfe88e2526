"""Titles that ship."""

from __future__ import annotations

SHIPPED_TITLES = (
    ("national_city", "全国文明城市", "national", "city"),
    ("county_unit", "县级文明单位", "county", "unit"),
    ("city_unit", "市级文明单位", "city", "unit"),
    ("province_unit", "省级文明单位", "province", "unit"),
    ("national_unit", "全国文明单位", "national", "unit"),
)
"""Code, name, level and holder (domain.md §1)."""
