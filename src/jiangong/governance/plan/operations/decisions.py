"""议定事项: what a meeting decided, and what becomes of it once the minutes are confirmed."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from uuid import UUID, uuid5

from django.db import transaction

from jiangong.books.ledger.models import Record
from jiangong.books.ledger.rules import State
from jiangong.governance.plan.models import (
    Campaign,
    Decision,
    DecisionPerson,
    Difficulty,
    DifficultyState,
    Makes,
    Meeting,
    Outcome,
    Task,
)
from jiangong.governance.plan.operations import checks
from jiangong.governance.plan.operations.campaigns import programme_for_update
from jiangong.governance.plan.operations.errors import CampaignOver, NeedsOutside
from jiangong.governance.plan.operations.errors import meetings as errors
from jiangong.governance.plan.operations.meetings import audit_meeting, minutes_for_update
from jiangong.governance.plan.operations.repeats import made_before
from jiangong.governance.plan.operations.tasks import put_task
from jiangong.governance.plan.queries.decided import UNDER, task_content
from jiangong.governance.plan.queries.difficulties import OPEN
from jiangong.governance.plan.rules import DecisionContent, TaskContent
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.rules import words

LONGEST = 500


def add_decision(
    *, actor: Actor, meeting: UUID, uuid: UUID, content: DecisionContent, at: datetime
) -> Decision:
    """The last of the meeting's decisions; a form that is sent twice adds one. Refuses what `add_task` would."""
    with transaction.atomic():
        of, _record = minutes_for_update(actor, meeting)
        known = made_before(model=Decision, uuid=uuid, meeting_id=of.pk)
        if known:
            return known
        decision = Decision(uuid=uuid, meeting=of, place=of.decisions.count() + 1)
        _keep(actor, "meeting.decision", decision, content, at)
    return decision


def change_decision(
    *, actor: Actor, uuid: UUID, version: int, content: DecisionContent, at: datetime
) -> Decision:
    with transaction.atomic():
        decision = _decision_for_update(actor, uuid, version)
        _keep(actor, "meeting.decision", decision, content, at)
    return decision


def remove_decision(*, actor: Actor, uuid: UUID, at: datetime) -> None:
    with transaction.atomic():
        decision = _decision_for_update(actor, uuid)
        meeting = decision.meeting
        persons = list(decision.persons.all())
        left = seals.gone(decision, *persons)
        DecisionPerson.objects.filter(decision=decision).delete()
        later = list(meeting.decisions.filter(place__gt=decision.place))
        decision.delete()
        for row in later:
            row.place -= 1
            row.save(update_fields=["place"])
        meeting.changed_at = at
        meeting.save()
        audit_meeting(actor, "meeting.decision_removed", meeting, at, left | seals.taken(*later))


def follow_meeting(actor: Actor, record: Record, at: datetime) -> dict[str, str]:
    """What confirming a meeting's record, amending or withdrawing it does in the plan.

    Confirmed: decisions that ask for work become tasks, one each however often it is done, and difficulties are
    studied or solved. Withdrawn: what its decisions had solved is open again; its tasks stay, and are ended by hand.
    """
    meeting = Meeting.objects.select_related("campaign__book").get(minutes=record.pk)
    if record.state == State.WITHDRAWN:
        return _open_again(meeting)
    meeting.changed_at = at
    meeting.save(update_fields=["changed_at"])
    changed = [*_made_tasks(actor, meeting, at), *_solved(meeting, at), *_studied(meeting)]
    return seals.taken(meeting, *changed, *meeting.items.all(), *meeting.attendances.all())


def _made_tasks(actor: Actor, meeting: Meeting, at: datetime) -> list[Decision]:
    decisions = list(meeting.decisions.select_related("parent"))
    wanted = [item for item in decisions if item.makes == Makes.TASK and item.task_id is None]
    if wanted:
        campaign = statements.locked(Campaign, meeting.campaign_id)
        if campaign is None or campaign.closed_at:
            raise CampaignOver
        for decision in wanted:
            decision.task = _made_task(actor, campaign, decision, at)
            decision.save(update_fields=["task"])
    return decisions


def _made_task(actor: Actor, campaign: Campaign, decision: Decision, at: datetime) -> Task:
    content = task_content(decision)
    parent = decision.parent or _root(actor, campaign, content, at)
    return put_task(
        actor=actor,
        campaign=campaign,
        uuid=uuid5(decision.uuid, "task"),
        parent=parent.uuid,
        content=content,
        at=at,
    )


def _root(actor: Actor, campaign: Campaign, first: TaskContent, at: datetime) -> Task:
    """The task under which decisions stand that name no other; made with the first of them, and anew once it has
    ended or is struck off."""
    content = TaskContent(
        title=UNDER,
        since=campaign.since,
        until=campaign.until,
        lead_unit_ids=(campaign.book.federation_id,),
        person_ids=first.person_ids,
    )
    for turn in count(1):
        uuid = uuid5(campaign.uuid, "decisions" if turn == 1 else f"decisions {turn}")
        root = put_task(actor=actor, campaign=campaign, uuid=uuid, parent=None, content=content, at=at)
        if checks.is_open(root):
            break
    return root


def _solved(meeting: Meeting, at: datetime) -> list[Difficulty]:
    wanted = meeting.decisions.filter(makes=Makes.SOLUTION).values("difficulty_id")
    found = list(Difficulty.objects.filter(pk__in=wanted, state__in=OPEN))
    for difficulty in found:
        difficulty.state, difficulty.closed_at = DifficultyState.SOLVED, at
        difficulty.save(update_fields=["state", "closed_at"])
    return found


def _studied(meeting: Meeting) -> list[Difficulty]:
    treated = meeting.items.exclude(outcome=Outcome.MOVED).values("difficulty_id")
    found = list(Difficulty.objects.filter(pk__in=treated, state=DifficultyState.RAISED))
    for difficulty in found:
        difficulty.state = DifficultyState.STUDIED
        difficulty.save(update_fields=["state"])
    return found


def _open_again(meeting: Meeting) -> dict[str, str]:
    solved = meeting.decisions.filter(makes=Makes.SOLUTION).values("difficulty_id")
    found = list(Difficulty.objects.filter(pk__in=solved, state=DifficultyState.SOLVED))
    for difficulty in found:
        difficulty.state, difficulty.closed_at = DifficultyState.STUDIED, None
        difficulty.save(update_fields=["state", "closed_at"])
    return seals.taken(*found)


def _decision_for_update(actor: Actor, uuid: UUID, version: int | None = None) -> Decision:
    found = Decision.objects.filter(uuid=uuid).select_related("meeting").first()
    if found is None:
        raise NotFound
    meeting, _record = minutes_for_update(actor, found.meeting.uuid, version)
    decision = Decision.objects.select_related("parent").get(pk=found.pk)
    decision.meeting = meeting
    return decision


def _keep(actor: Actor, verb: str, decision: Decision, content: DecisionContent, at: datetime) -> None:
    meeting = decision.meeting
    _take(decision, content)
    decision.save()
    rows = list(decision.persons.all())
    wanted = content.person_ids if content.makes != Makes.NOTE else ()
    stale = [row for row in rows if row.person_id not in wanted]
    left = seals.gone(*stale)
    DecisionPerson.objects.filter(pk__in=[row.pk for row in stale]).delete()
    known = {row.person_id for row in rows}
    made = [DecisionPerson(decision=decision, person_id=pk) for pk in wanted if pk not in known]
    for row in made:
        row.save(force_insert=True)
    meeting.changed_at = at
    meeting.save()
    audit_meeting(actor, verb, meeting, at, left | seals.taken(decision, *made))


def _take(decision: Decision, content: DecisionContent) -> None:
    text = words.visible(content.words).strip()
    if not 1 <= len(text) <= LONGEST:
        raise errors.DecisionWordsMissing("words")
    decision.words, decision.makes = text, Makes(content.makes)
    decision.lead_unit_id = decision.due_on = decision.parent = decision.difficulty_id = None
    if content.makes == Makes.TASK:
        _take_work(decision, content)
    elif content.makes == Makes.SOLUTION:
        decision.difficulty_id = _open_difficulty(decision, content)
    elif content.lead_unit_ids:
        decision.lead_unit = Unit.objects.filter(pk=content.lead_unit_ids[0]).first()


def _take_work(decision: Decision, content: DecisionContent) -> None:
    """Whatever the task would be refused for, is refused here, while the decision is written."""
    campaign = decision.meeting.campaign
    if content.due_on is None:
        raise errors.DeadlineMissing("until")
    programme = programme_for_update(campaign)
    if content.parent_id is not None:
        decision.parent = Task.objects.filter(programme=programme, pk=content.parent_id).first()
        if decision.parent is None:
            raise NeedsOutside("parent")
        checks.require_open_above(decision.parent)
    decision.due_on = content.due_on
    asked = task_content(decision, lead_unit_ids=content.lead_unit_ids, person_ids=content.person_ids)
    checks.require_sound(Task(programme=programme, parent=decision.parent), asked, campaign)
    decision.lead_unit_id = content.lead_unit_ids[0]


def _open_difficulty(decision: Decision, content: DecisionContent) -> int:
    if content.difficulty_id is None:
        raise errors.SolvesNothing("difficulty")
    found = Difficulty.objects.filter(
        pk=content.difficulty_id, task__programme__campaign=decision.meeting.campaign_id
    ).first()
    if found is None:
        raise errors.SolvesNothing("difficulty")
    if found.state not in OPEN:
        raise errors.DifficultyDecided("difficulty")
    return found.pk
