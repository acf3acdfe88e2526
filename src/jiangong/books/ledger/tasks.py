"""Jobs: looking through what an import brought in, and confirming it."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from jiangong.books.ledger.operations import batches
from jiangong.ground.shared import clock, registry


@task()
def work_on_batch(uuid: str) -> None:
    """Whichever of the two stands next."""
    registry.look_again()
    batches.examine_batch(uuid=UUID(uuid), clock=clock.now)
    batches.confirm_batch(uuid=UUID(uuid), clock=clock.now)
