"""What a report was made from, as apps above tell: minutes of a meeting, say. Reports know none of them by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.registry import Registry


@dataclass(frozen=True, slots=True)
class Origin:
    """Its title and its page."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class OriginSource:
    """`read(actor, uuid of the report)` gives what it was made from, where the actor may see it."""

    code: str
    read: Callable[[Actor, UUID], Origin | None]


origin_sources: Registry[OriginSource] = Registry("origins of reports")


def origin_of(*, actor: Actor, uuid: UUID) -> Origin | None:
    found = (source.read(actor, uuid) for source in origin_sources)
    return next((origin for origin in found if origin), None)
