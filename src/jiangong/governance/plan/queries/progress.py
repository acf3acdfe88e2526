"""Reports of progress: what stands in them, and how far a task is by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jiangong.books.evidence import queries as evidence
from jiangong.books.evidence.models import Exhibit
from jiangong.books.evidence.rules import Caption
from jiangong.books.ledger.measures import Line
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.operations.errors import NotEditable
from jiangong.books.ledger.queries import records as ledger
from jiangong.books.ledger.rules import EDITABLE, State
from jiangong.governance.plan import access
from jiangong.governance.plan.models import Programme, Task, TaskProgress
from jiangong.governance.plan.rules import ProgressContent
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound
from jiangong.ground.shared.frame import EntryChoice

MOST_TASKS = 300
LATEST = (F("record__happened_on").desc(), F("record__postings__number").desc())


@dataclass(frozen=True, slots=True)
class ReportOffer:
    """What the form of a report shows: the task, for which unit, and what was confirmed before."""

    task: Task
    units: Sequence[Unit]
    before: int | None


@dataclass(frozen=True, slots=True)
class ChangingReport:
    """A report whose content is about to change: an own draft, or a confirmed one to be amended."""

    report: TaskProgress
    offer: ReportOffer
    exhibits: Sequence[Exhibit]

    @property
    def record(self) -> Record:
        return self.report.record

    @property
    def amends(self) -> bool:
        return self.record.state == State.CONFIRMED


def confirmed_reports() -> QuerySet[TaskProgress]:
    """Each with the posting that counts now; amended, it has the newer one's number."""
    return TaskProgress.objects.filter(
        record__state=State.CONFIRMED, record__postings__revision=F("record__revision")
    )


def percents(*, programme: Programme) -> dict[int, int]:
    """By task, that of its latest confirmed report (by day, then posting), in one statement for all tasks."""
    latest = Window(RowNumber(), partition_by=F("task_id"), order_by=LATEST)
    found = confirmed_reports().filter(task__programme=programme).annotate(turn=latest).filter(turn=1)
    return dict(found.values_list("task_id", "percent"))


def percent_before(*, task_id: int, on: date, but: int | None = None) -> int | None:
    """What was confirmed for that day or an earlier one."""
    found = confirmed_reports().filter(task_id=task_id, record__happened_on__lte=on).exclude(pk=but)
    return found.order_by(*LATEST).values_list("percent", flat=True).first()


def report_offer(*, actor: Actor, task: UUID, on: date) -> ReportOffer:
    """Refuses who reports for none of its units (Forbidden)."""
    found = access.tasks_in_reach(actor).filter(uuid=task).select_related("programme__campaign").first()
    if found is None:
        raise NotFound
    units = list(access.units_to_report_for(actor, found))
    if not units:
        raise Forbidden
    return ReportOffer(found, units, percent_before(task_id=found.pk, on=on))


def changing_report(*, actor: Actor, record_id: int) -> ChangingReport:
    """A draft or returned report: whoever entered it. A confirmed one: who may enter in its unit, as an amendment."""
    record = ledger.record_in_scope(actor=actor, record_id=record_id)
    report = TaskProgress.objects.select_related("task__programme__campaign", "record__unit")
    found = report.filter(pk=record.pk).first()
    if found is None:
        raise NotFound
    organization.require(actor, Right.ENTER, unit_id=record.unit_id)
    if record.state in EDITABLE and record.entered_by_id != actor.account_id:
        raise Forbidden
    if record.state not in {*EDITABLE, State.CONFIRMED}:
        raise NotEditable(state=record.get_state_display())
    before = percent_before(task_id=found.task_id, on=record.happened_on, but=record.pk)
    offer = ReportOffer(found.task, [found.record.unit], before)
    return ChangingReport(found, offer, evidence.exhibits_of([record.pk]).get(record.pk, []))


def entry_choices(actor: Actor) -> list[EntryChoice]:
    """Offered where the actor's units have tasks that are reported by hand."""
    tasks = list(access.tasks_to_report(actor).values_list("uuid", flat=True)[:2])
    if not tasks:
        return []
    href = (
        reverse("plan:report_progress", args=[tasks[0]])
        if len(tasks) == 1
        else reverse("plan:tasks_to_report")
    )
    used = TaskProgress.objects.filter(record__entered_by_id=actor.account_id).count()
    return [EntryChoice("plan.progress", _("Progress of a task"), "target", href, used)]


def tasks_to_report(*, actor: Actor) -> list[Task]:
    """By deadline, those that the actor reports by hand."""
    found = access.tasks_to_report(actor).select_related("programme__campaign", "lead_unit")
    return list(found.order_by("until", "pk")[:MOST_TASKS])


def caption_of_progress(record: Record) -> Caption:
    return Caption(time=record.happened_on.isoformat(), subject=record.title)


def progress_names(record_ids: Sequence[int]) -> dict[int, str]:
    found = TaskProgress.objects.filter(pk__in=record_ids).values_list("pk", "percent")
    return {record_id: f"{percent}%" for record_id, percent in found}


def progress_contents(records: Sequence[Record]) -> dict[int, dict[str, Any]]:
    headers = {record.pk: record for record in records}
    found = TaskProgress.objects.filter(pk__in=headers).select_related("task")
    return {
        report.pk: {
            **ProgressContent(
                headers[report.pk].happened_on, report.percent, report.words, report.reason
            ).as_json(),
            "task": str(report.task.uuid),
        }
        for report in found
    }


def progress_lines(record: Record) -> list[Line]:
    report = TaskProgress.objects.select_related("task__programme__campaign").get(pk=record.pk)
    facts = [
        Line(_("Task"), f"{report.task.title} · {report.task.programme.campaign.name}", "task"),
        Line(_("Progress"), f"{report.percent}%", "percent"),
        Line(_("What was done"), report.words, "words"),
        Line(_("Why it went back"), report.reason, "reason"),
    ]
    return [line for line in facts if line.value]


def progress_described(content: dict[str, Any]) -> list[Line]:
    day = date.fromisoformat(content["happened_on"])
    return [
        Line(_("Date"), date_format(day, "DATE_FORMAT"), "happened_on"),
        Line(_("Progress"), f"{content['percent']}%", "percent"),
        Line(_("What was done"), content["words"], "words"),
        Line(_("Why it went back"), content["reason"], "reason"),
    ]
