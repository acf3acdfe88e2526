"""A text that the clerk has checked; its numbers are held against a book with one lecture of 80."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from jiangong.governance.reports import operations
from jiangong.governance.reports.models import CheckedText
from jiangong.governance.reports.rules.laying import Found, Laid
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.rules.periods import Period

YEAR = Period(date(2020, 1, 1), date(2020, 12, 31))
TEXT = "大讲堂工作小结\n开展职工大讲堂1场，大讲堂受众80人次。受众职工90人次，慰问黄小明15户。\n"


def checked(
    actor: Actor, unit: Unit, text: str = TEXT, *, uuid: UUID | None = None, at: datetime | None = None
) -> CheckedText:
    return operations.check_text(
        actor=actor,
        uuid=uuid or uuid4(),
        text=text,
        unit_id=unit.pk,
        period=YEAR,
        at=at or clock.now(),
    )


def found_in(kept: CheckedText) -> dict[str, Found]:
    kept.refresh_from_db()
    return {one.text: one for one in Laid.kept(kept.laid, kept.findings).found if one.is_claim}
