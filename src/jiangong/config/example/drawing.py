"""Drawing photos in other processes: imports no Django, so a process starts quickly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from jiangong.config.example.pictures import Scene, picture

Photo = tuple[int, str, datetime, tuple[Decimal, Decimal], Scene]
"""seed, caption, when, where, scene"""


def draw(photos: Sequence[Photo]) -> list[bytes]:
    return [
        picture(seed=seed, caption=caption, taken_at=taken_at, place=place, scene=scene)
        for seed, caption, taken_at, place, scene in photos
    ]
