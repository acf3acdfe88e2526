"""What confirming a meeting's record would refuse; amending it; the official minutes made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Amendment, Record
from jiangong.books.ledger.operations import records
from jiangong.books.ledger.rules import Finding, Severity, State
from jiangong.governance.plan import access, queries
from jiangong.governance.plan.models import Decision, Makes, Meeting, Minutes, Outcome, Programme, Task
from jiangong.governance.plan.operations import checks
from jiangong.governance.plan.operations.errors import ProgrammeMissing
from jiangong.governance.plan.operations.errors import meetings as errors
from jiangong.governance.plan.operations.meetings import audit_meeting
from jiangong.governance.plan.queries.decided import task_content
from jiangong.governance.reports import operations as reports
from jiangong.governance.reports.models import Report, TextKind
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound

READ_TOGETHER = ("attendances", "items", "decisions__persons", "decisions__parent")


def meeting_findings(record: Record) -> list[Finding]:
    """Nobody came, nothing was treated (errors), an item without an outcome (a warning), a decision whose task
    the plan would refuse (an error), so that confirming does not fail late."""
    return list(meeting_findings_of([record], {})[record.pk])


def meeting_findings_of(
    found: Sequence[Record], contents: Mapping[int, dict[str, Any]]
) -> Mapping[int, Sequence[Finding]]:
    """What an amendment changes of a meeting is neither who was asked nor what a task needs."""
    del contents
    rows = Minutes.objects.filter(pk__in=[record.pk for record in found])
    rows = rows.select_related("meeting__campaign__book", "meeting__campaign__programme")
    rows = rows.prefetch_related(*(f"meeting__{name}" for name in READ_TOGETHER))
    findings = {row.pk: _findings(row.meeting) for row in rows}
    return {record.pk: findings.get(record.pk, []) for record in found}


def _findings(meeting: Meeting) -> list[Finding]:
    found = []
    items = list(meeting.items.all())
    if not any(row.came for row in meeting.attendances.all()):
        text = _("Nobody is said to have come. Call the roll.")
        found.append(Finding("MEETING", Severity.ERROR, text, ("0", ""), "members"))
    if not items:
        text = _("The agenda is empty. Say what the meeting treated.")
        found.append(Finding("MEETING", Severity.ERROR, text, ("0", ""), "items"))
    for item in items:
        if item.outcome == Outcome.OPEN:
            text = _("Agenda item %(number)s has no outcome yet.") % {"number": item.place}
            found.append(Finding("MEETING", Severity.WARNING, text, ("", ""), f"item_{item.place}"))
    return found + _refused(meeting)


def _refused(meeting: Meeting) -> list[Finding]:
    programme = getattr(meeting.campaign, "programme", None)
    found = []
    for decision in meeting.decisions.all():
        if decision.makes != Makes.TASK or decision.task_id is not None:
            continue
        decision.meeting = meeting
        try:
            _require_addable(decision, programme)
        except DomainError as refusal:
            text = _("Decision %(number)s: %(refusal)s") % {"number": decision.place, "refusal": refusal}
            field = f"decision_{decision.place}"
            found.append(Finding("MEETING", Severity.ERROR, text, (str(decision.place), ""), field))
    return found


def _require_addable(decision: Decision, programme: Programme | None) -> None:
    if programme is None:
        raise ProgrammeMissing
    checks.require_open_above(decision.parent)
    task = Task(programme=programme, parent=decision.parent)
    checks.require_sound(task, task_content(decision), decision.meeting.campaign)


def propose_minutes(
    *, actor: Actor, record_id: int, content: dict[str, Any], reason: str, at: datetime
) -> Amendment:
    """Other words for confirmed minutes; another person accepts them. Who was asked, and what became a task, stay."""
    with transaction.atomic():
        record = records.record_for_update(actor=actor, record_id=record_id, right=Right.ENTER)
        records.require_title(content["title"])
        if content["ends"] and content["ends"] <= content["begins"]:
            raise errors.EndsBeforeItBegins("ends")
        if any(not row[1] for row in content["decisions"]):
            raise errors.DecisionWordsMissing
        return ledger.propose_amendment(
            actor=actor, record_id=record.pk, content=content, reason=reason, at=at
        )


def apply_meeting(record: Record, content: Mapping[str, Any]) -> None:
    """Put accepted words into place; called by the ledger, which seals what `follow_meeting` gives."""
    meeting = Meeting.objects.get(minutes=record.pk)
    record.title = meeting.title = content["title"]
    record.save(update_fields=["title"])
    meeting.begins = time.fromisoformat(content["begins"])
    meeting.ends = time.fromisoformat(content["ends"]) if content["ends"] else None
    meeting.place, meeting.guests = content["place"], content["guests"]
    meeting.version += 1
    meeting.save()
    roll = {person: (came, reason) for person, _part, came, reason in content["roll"]}
    for row in meeting.attendances.all():
        row.came, row.reason = roll.get(row.person_id, (row.came, row.reason))
        row.save()
    items = {row[0]: row for row in content["items"]}
    for item in meeting.items.all():
        item.outcome, item.result = items[str(item.uuid)][4:6]
        item.save()
    decided = {row[0]: row[1] for row in content["decisions"]}
    for decision in meeting.decisions.all():
        decision.words = decided[str(decision.uuid)]
        decision.save()


def draft_minutes(*, actor: Actor, uuid: UUID, at: datetime) -> Report:
    """印发纪要: a draft report of the form 纪要 from confirmed minutes; a second press gives the same draft."""
    with transaction.atomic():
        found = access.meetings_in_reach(actor).filter(uuid=uuid).first()
        meeting = statements.locked(Meeting, found.pk) if found else None
        if meeting is None:
            raise NotFound
        federation = meeting.campaign.book.federation
        if not access.may_meet(actor, federation_id=federation.pk):
            raise Forbidden
        if meeting.report:
            return meeting.report
        if not Record.objects.filter(minutes__meeting=meeting, state=State.CONFIRMED).exists():
            raise errors.NotConfirmed
        meeting.report = reports.write_report(
            actor=actor,
            uuid=uuid5(meeting.uuid, "report"),
            unit_id=federation.pk,
            content=queries.minutes_text(meeting, organ=federation.name),
            at=at,
            text_kind=TextKind.MINUTES,
        )
        meeting.version += 1
        meeting.save()
        audit_meeting(actor, "meeting.minutes", meeting, at)
    return meeting.report
