"""What a decision asks for, as the task that it becomes."""

from __future__ import annotations

from collections.abc import Sequence

from jiangong.governance.plan.models import Decision
from jiangong.governance.plan.rules import TaskContent
from jiangong.ground.shared.rules import words

UNDER = "议定事项"
"""The task below which decisions stand that name no other."""
LONGEST_TITLE = 120


def task_content(
    decision: Decision,
    *,
    lead_unit_ids: Sequence[int] | None = None,
    person_ids: Sequence[int] | None = None,
) -> TaskContent:
    """From the day of the meeting to the deadline; words that are longer than a title are its content too."""
    meeting, campaign = decision.meeting, decision.meeting.campaign
    since = max(meeting.held_on, campaign.since)
    text = words.line(decision.words)
    title = text.rstrip("。.")[:LONGEST_TITLE]
    lead = (decision.lead_unit_id,) if decision.lead_unit_id else ()
    if person_ids is None:
        person_ids = [row.person_id for row in decision.persons.all()]
    return TaskContent(
        title=title,
        since=since,
        until=decision.due_on or since,
        lead_unit_ids=lead if lead_unit_ids is None else lead_unit_ids,
        person_ids=person_ids,
        detail=text if len(text) > LONGEST_TITLE else "",
    )
