"""Seals: what a row said when an act had left it, as a digest that the audit chain keeps.

An act that changes a row puts the row's seal into its audit event. The last seal of a row is what the row must
still say; a row without one was never made by an act, and a seal without its row means that the row is gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from jiangong.ground.shared import digests
from jiangong.ground.shared.registry import Registry

CHUNK = 2000
LENGTH = 32
"""Hexadecimal digits of a seal: 128 bits."""
BARE = frozenset({str, int, bool, dict, list})
GONE = ""
"""The seal of a row that an act removed."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """One kind of things that are sealed. `read` streams them all: the key of each, and what its seal covers.

    `is_loose`: some may be there that no act has taken up yet.
    """

    code: str
    read: Callable[[], Iterator[tuple[object, Sequence[Any]]]]
    is_loose: bool = False


sealed: Registry[Sealed] = Registry("sealed things")
_columns: dict[type[Model], tuple[str, tuple[str, ...]]] = {}


def keep(
    code: str,
    model: type[Model],
    *,
    only: tuple[str, ...] | None = None,
    where: Q | None = None,
    is_loose: bool = False,
) -> None:
    """From now on rows of this model are sealed, or those `where` it holds.

    All columns but the key; or `only` these, by attribute name.
    """
    columns = (field.attname for field in model._meta.concrete_fields if not field.primary_key)
    names = only or tuple(columns)
    _columns[model] = (code, names)

    def read() -> Iterator[tuple[object, Sequence[Any]]]:
        rows = model._default_manager.filter(where or Q()).order_by("pk").values_list("pk", *names)
        return ((pk, values) for pk, *values in rows.iterator(chunk_size=CHUNK))

    sealed.add(Sealed(code, read, is_loose))


def is_kept(model: type[Model]) -> bool:
    return model in _columns


def taken(*rows: Model) -> dict[str, str]:
    """Of these rows as they now stand in memory, which is how the act has written them."""
    found = {}
    for row in rows:
        code, names = _columns[type(row)]
        found[key(code, row.pk)] = seal([getattr(row, name) for name in names])
    return found


def gone(*rows: Model) -> dict[str, str]:
    """Of rows that the act removes."""
    return {key(_columns[type(row)][0], row.pk): GONE for row in rows}


def key(code: str, pk: object) -> str:
    return f"{code}:{pk}"


def seal(values: Iterable[Any]) -> str:
    content = digests.canonical([_plain(value) for value in values])
    return hashlib.sha256(content).hexdigest()[:LENGTH]


def _plain(value: Any) -> Any:
    """The same for a value on its way into the database and back: times in UTC microseconds, decimals bare."""
    if value is None or type(value) in BARE:
        return value
    if isinstance(value, datetime):
        return int(value.timestamp() * 1_000_000)
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value
