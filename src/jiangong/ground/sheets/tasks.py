"""Jobs: checking a file and importing it. They get numbers only, and read the rest themselves."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from jiangong.ground.shared import clock, registry
from jiangong.ground.sheets import operations


@task()
def check_sheet(uuid: str) -> None:
    registry.look_again()
    try:
        operations.check_import(uuid=UUID(uuid), at=clock.now())
    finally:
        operations.give_up(uuid=UUID(uuid), at=clock.now())


@task()
def apply_sheet(uuid: str) -> None:
    registry.look_again()
    try:
        operations.apply_import(uuid=UUID(uuid), at=clock.now())
    finally:
        operations.give_up(uuid=UUID(uuid), at=clock.now())
