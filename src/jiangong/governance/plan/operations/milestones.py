"""Saying that a milestone of a task is reached, or that it was not."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from jiangong.governance.plan import access
from jiangong.governance.plan.models import Campaign, Milestone
from jiangong.governance.plan.operations.errors import CampaignOver, TaskEnded
from jiangong.ground.audit import operations as audit
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound


def mark_milestone(
    *, actor: Actor, task: UUID, milestone_id: int, reached_on: date | None, at: datetime
) -> Milestone:
    """By the lead unit or the office. `reached_on` None takes the mark back; marking twice leaves the first day."""
    with transaction.atomic():
        found = access.tasks_in_reach(actor).filter(uuid=task).select_related("programme__campaign").first()
        if found is None:
            raise NotFound
        if not access.may_answer(actor, unit_id=found.lead_unit_id):
            raise Forbidden
        campaign = statements.locked(Campaign, found.programme.campaign_id)
        if campaign is None or campaign.closed_at:
            raise CampaignOver
        if found.ended_at:
            raise TaskEnded
        milestone = Milestone.objects.filter(task=found, pk=milestone_id).first()
        if milestone is None:
            raise NotFound
        if milestone.reached_on and reached_on:
            return milestone
        milestone.reached_on = reached_on
        milestone.save(update_fields=["reached_on"])
        audit.write(
            actor=actor,
            verb="task.milestone",
            subject_type="task",
            subject_id=found.uuid,
            unit_id=campaign.book.federation_id,
            at=at,
            detail={"milestone": milestone.title, "reached": reached_on is not None},
            seals=seals.taken(milestone),
        )
    return milestone
