"""Addresses that keep what is looked at: the unit and the period stand in the query. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

KEPT = ("unit", "since", "until")


def keeping(address: str, looked_at: Mapping[str, str]) -> str:
    """The address with what is looked at; what it says of unit and period itself goes first."""
    parts = urlsplit(address)
    own = parse_qsl(parts.query, keep_blank_values=True)
    named = {name for name, _value in own}
    added = [(name, looked_at[name]) for name in KEPT if looked_at.get(name) and name not in named]
    return urlunsplit(parts._replace(query=urlencode([*own, *added])))


def looked_at_in(address: str) -> dict[str, str]:
    return {name: value for name, value in parse_qsl(urlsplit(address).query) if name in KEPT}
