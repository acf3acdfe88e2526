"""Taking up an old version again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from jiangong.governance.reports import queries
from jiangong.governance.reports.models import Report
from jiangong.governance.reports.operations.errors import VersionMissing
from jiangong.governance.reports.operations.reports import change_report
from jiangong.ground.shared.actors import Actor


def take_up_version(*, actor: Actor, uuid: UUID, version: int, number: int, at: datetime) -> Report:
    """The text as version `number` left it, as a new version; nothing that came later is lost.

    `version` is the report's as the person saw it. The unit stays the present one.
    """
    found = queries.report_for_writing(actor=actor, uuid=uuid)
    kept = queries.kept_version(report=found, number=number)
    if kept is None:
        raise VersionMissing
    return change_report(
        actor=actor, uuid=uuid, version=version, unit_id=found.unit_id, content=kept.content, at=at
    )
