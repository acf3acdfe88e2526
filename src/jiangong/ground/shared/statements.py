"""Statements whose text is made once per model, for the few paths that run hundreds of times a second.

They do what the ORM's save and get do, without building the query anew each time. Everything else uses the ORM.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import (
    AutoField,
    BooleanField,
    CharField,
    DecimalField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)

M = TypeVar("M", bound=Model)
KEY_LIMIT = 2**63
PLAIN = (IntegerField, CharField, TextField, BooleanField)
MANY = 20
"""From so many rows on PostgreSQL takes them by column."""
MOST = 100
"""Rows of one statement: one short text for each number of rows up to it, which the database knows again."""


def rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of a plain statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def run(sql: str, values: Sequence[Any]) -> None:
    """A plain statement that gives nothing back; days and times are adapted as the database takes them."""
    adapted = [connection.ops.adapt_datetimefield_value(v) if isinstance(v, datetime) else v for v in values]
    with connection.cursor() as cursor:
        cursor.execute(sql, adapted)


def places(values: Sequence[object]) -> str:
    """`%s,%s,…` for an IN list."""
    return ",".join(["%s"] * len(values))


def look_at_sizes(*models: type[Model]) -> None:
    """After thousands of rows at once: PostgreSQL otherwise plans as if the tables were as small as before."""
    if connection.vendor == "postgresql":
        tables = ",".join(_quoted(model._meta.db_table) for model in models)
        run(f"ANALYZE {tables}", [])


def locked(model: type[M], pk: int) -> M | None:
    """The row by its primary key, locked until the transaction ends (SQLite: the whole database already is).

    The key itself stays free, so that whoever writes a row that points here need not wait: two writers who
    lock in turn would otherwise wait for one another.
    """
    if not -KEY_LIMIT <= pk < KEY_LIMIT:
        return None
    found = model._default_manager.raw(_lock_text(model, connection.vendor), [pk])
    return next(iter(found), None)


def insert(*instances: Model) -> None:
    """Insert new rows of one model; an automatic primary key is set on the instances."""
    by_column = connection.vendor == "postgresql" and len(instances) >= MANY
    step = len(instances) if by_column else MOST
    for start in range(0, len(instances), step):
        _insert(instances[start : start + step], by_column=by_column)


def change(instance: Model, *names: str) -> None:
    """Write these fields of a row that is there."""
    model = type(instance)
    text, fields = _change_text(model, names)
    values = [_prepared(field, instance) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(text, [*values, instance.pk])


def _insert(instances: Sequence[Model], *, by_column: bool) -> None:
    model = type(instances[0])
    text, returns = _insert_text(model, 0 if by_column else len(instances))
    columns = _columns(model)
    values: list[Any]
    if by_column:
        values = [_column(instances, name, field) for name, field in columns]
    else:
        values = [
            getattr(instance, name) if field is None else _prepared(field, instance)
            for instance in instances
            for name, field in columns
        ]
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        keys = cursor.fetchall() if returns else []
    for instance, (key,) in zip(instances, sorted(keys), strict=False):
        instance.pk = key
    for instance in instances:
        instance._state.adding = False
        instance._state.db = connection.alias


def _column(instances: Sequence[Model], name: str, field: Field[Any, Any] | None) -> list[Any]:
    """One column of many rows. Members of enumerations become the texts that they are."""
    if field is not None:
        return [_prepared(field, instance) for instance in instances]
    found = [getattr(instance, name) for instance in instances]
    return [str(value) for value in found] if isinstance(found[0], str) else found


def _prepared(field: Field[Any, Any], instance: Model) -> Any:
    return field.get_db_prep_save(getattr(instance, field.attname), connection)


@lru_cache(maxsize=64)
def _lock_text(model: type[Model], vendor: str) -> str:
    options = model._meta
    table, key = _quoted(options.db_table), _quoted(options.pk.column)
    lock = "" if vendor == "sqlite" else " FOR NO KEY UPDATE"
    return f"SELECT * FROM {table} WHERE {key} = %s{lock}"  # noqa: S608


@lru_cache(maxsize=64)
def _columns(model: type[Model]) -> list[tuple[str, Field[Any, Any] | None]]:
    """What is inserted of a row: where the database takes the attribute as it is, without its field."""
    return [(field.attname, None if _is_plain(field) else field) for field in _inserted(model)]


def _is_plain(field: Field[Any, Any]) -> bool:
    """Numbers, texts and truth values are written as they stand on the instance."""
    while isinstance(field, ForeignKey):
        field = field.target_field
    return isinstance(field, PLAIN) and not isinstance(field, DecimalField)


def _inserted(model: type[Model]) -> list[Field[Any, Any]]:
    returns = isinstance(model._meta.pk, AutoField)
    return [field for field in model._meta.concrete_fields if not (returns and field.primary_key)]


@lru_cache(maxsize=256)
def _insert_text(model: type[Model], count: int) -> tuple[str, bool]:
    """For so many rows; for none, the text that takes any number of them by column, which PostgreSQL plans once."""
    options = model._meta
    returns = isinstance(options.pk, AutoField)
    fields = _inserted(model)
    columns = ",".join(_quoted(field.column) for field in fields)
    table = _quoted(options.db_table)
    if count:
        source = f"VALUES {','.join([f'({places(fields)})'] * count)}"
    else:
        arrays = ",".join(f"%s::{field.db_type(connection)}[]" for field in fields)
        source = f"SELECT * FROM unnest({arrays})"  # noqa: S608
    text = f"INSERT INTO {table} ({columns}) {source}"
    return (f"{text} RETURNING {options.pk.column}" if returns else text), returns


@lru_cache(maxsize=256)
def _change_text(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Field[Any, Any]]]:
    options = model._meta
    fields = [field for field in options.concrete_fields if field.name in names]
    settings = ",".join(f"{_quoted(field.column)} = %s" for field in fields)
    table, key = _quoted(options.db_table), _quoted(options.pk.column)
    return f"UPDATE {table} SET {settings} WHERE {key} = %s", fields  # noqa: S608


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
