"""难点: raised on a task by its units, withdrawn with a reason; studied and solved by meetings."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangong.governance.plan import access
from jiangong.governance.plan.models import Difficulty, DifficultyState, Task
from jiangong.governance.plan.operations.errors import CampaignOver, TaskEnded
from jiangong.governance.plan.operations.errors import meetings as errors
from jiangong.governance.plan.operations.repeats import made_before
from jiangong.governance.plan.queries.difficulties import OPEN
from jiangong.ground.audit import operations as audit
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound
from jiangong.ground.shared.rules import words

LONGEST = 300


def raise_difficulty(
    *, actor: Actor, task: UUID, uuid: UUID, said: str, asks: str, at: datetime
) -> Difficulty:
    """By the lead or a responsible unit, or by those who plan; a form that is sent twice raises one."""
    with transaction.atomic():
        found = access.tasks_in_reach(actor).filter(uuid=task).select_related("programme__campaign").first()
        of = statements.locked(Task, found.pk) if found else None
        if of is None:
            raise NotFound
        if not access.may_raise(actor, task=of):
            raise Forbidden
        known = made_before(model=Difficulty, uuid=uuid, task_id=of.pk, words=words.line(said))
        if known:
            return known
        _require_running(of)
        difficulty = Difficulty(uuid=uuid, task=of, unit_id=of.lead_unit_id, raised_at=at)
        difficulty.words, difficulty.asks = words.line(said), words.line(asks)[:LONGEST]
        if not 1 <= len(difficulty.words) <= LONGEST:
            raise errors.DifficultyWordsMissing("words")
        difficulty.save(force_insert=True)
        _audit(actor, "difficulty.raise", difficulty, at)
    return difficulty


def withdraw_difficulty(*, actor: Actor, uuid: UUID, reason: str, at: datetime) -> Difficulty:
    """It has gone by itself, or was raised by mistake. Refuses one that is decided (DifficultyDecided)."""
    with transaction.atomic():
        found = Difficulty.objects.filter(uuid=uuid, task__in=access.tasks_in_reach(actor)).first()
        difficulty = statements.locked(Difficulty, found.pk) if found else None
        if difficulty is None:
            raise NotFound
        if not access.may_raise(actor, task=difficulty.task):
            raise Forbidden
        if difficulty.state not in OPEN:
            raise errors.DifficultyDecided
        because = words.line(reason)[:LONGEST]
        if not because:
            raise errors.WithdrawalReasonMissing("reason")
        difficulty.state, difficulty.closed_at = DifficultyState.WITHDRAWN, at
        difficulty.withdrawn_because = because
        difficulty.save()
        _audit(actor, "difficulty.withdraw", difficulty, at)
    return difficulty


def _require_running(task: Task) -> None:
    if task.programme.campaign.closed_at:
        raise CampaignOver
    if task.ended_at:
        raise TaskEnded


def _audit(actor: Actor, verb: str, difficulty: Difficulty, at: datetime) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="difficulty",
        subject_id=difficulty.uuid,
        unit_id=difficulty.unit_id,
        at=at,
        detail={"title": difficulty.task.title},
        seals=seals.taken(difficulty),
    )
