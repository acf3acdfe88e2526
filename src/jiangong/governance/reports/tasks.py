"""The job that checks a long text. It gets a number only, and reads the rest itself."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from jiangong.governance.reports import operations
from jiangong.ground.shared import clock, registry


@task()
def check_text(uuid: str) -> None:
    registry.look_again()
    try:
        operations.finish_check(uuid=UUID(uuid), at=clock.now())
    finally:
        operations.give_up_check(uuid=UUID(uuid))
