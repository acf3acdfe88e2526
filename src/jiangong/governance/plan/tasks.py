"""The job that sends one message. It gets a number only, and reads the rest itself."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from jiangong.governance.plan import operations
from jiangong.ground.shared import clock, registry


@task()
def deliver(uuid: str) -> None:
    registry.look_again()
    operations.deliver(uuid=UUID(uuid), at=clock.now())
