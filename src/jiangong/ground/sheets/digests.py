"""What an import would do, in one word: two previews are the same when all that is planned is the same."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Model

from jiangong.ground.sheets.rules import Checked


def digest_of(checked: Checked) -> str:
    """Of every change as it is shown and planned; a row of the database in a plan counts with all it says."""
    digest = sha256(str(checked.same).encode())
    for change in checked.changes:
        told = [change.row, change.is_new, change.words, change.plan]
        digest.update(json.dumps(told, default=_plain, ensure_ascii=False).encode())
    return digest.hexdigest()


def _plain(value: Any) -> object:
    if isinstance(value, Model):
        return {field.attname: getattr(value, field.attname) for field in value._meta.concrete_fields}
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    return str(value)
