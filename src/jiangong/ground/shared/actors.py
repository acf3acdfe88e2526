"""Who acts. Every operation asks for an actor; only the house itself acts as `SystemActor`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Door(StrEnum):
    """Where an act came in."""

    DESK = "desk"
    PHONE = "phone"
    PORTAL = "portal"
    API = "api"
    EXCEL = "excel"
    COMMAND = "command"


class Role(StrEnum):
    CLERK = "clerk"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SECURITY = "security"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role on a unit and everything below it."""

    role: Role
    unit_id: int


@dataclass(frozen=True, slots=True)
class Actor:
    account_id: int | None
    name: str
    grants: tuple[Grant, ...] = field(default=())
    door: Door = Door.DESK
    address: str = ""

    @property
    def is_system(self) -> bool:
        return False

    def units_with(self, *roles: Role) -> frozenset[int]:
        """The top units of every grant of these roles (of any role when none is named)."""
        return frozenset(grant.unit_id for grant in self.grants if not roles or grant.role in roles)


@dataclass(frozen=True, slots=True)
class SystemActor(Actor):
    """The house itself: jobs and commands that no person started. Never made from a request."""

    account_id: None = None
    name: str = "system"
    door: Door = Door.COMMAND

    @property
    def is_system(self) -> bool:
        return True
