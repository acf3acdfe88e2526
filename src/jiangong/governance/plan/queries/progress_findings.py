"""What is odd about reports of progress."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from jiangong.books.evidence import queries as evidence
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.rules import Finding, Severity, State
from jiangong.governance.plan.models import TaskProgress
from jiangong.governance.plan.rules import ProgressContent

Contents = Mapping[int, dict[str, Any]]
UNCHANGED: Contents = {}


@dataclass(frozen=True, slots=True)
class _Confirmed:
    """Another report of the task: its record, day, posting and how far it said the task is."""

    record: int
    day: date
    number: int
    percent: int


def progress_findings(record: Record) -> list[Finding]:
    """A day after its entry, less than before, whole without an exhibit, outside the task's time."""
    return progress_findings_of([record])[record.pk]


def progress_findings_of(
    records: Sequence[Record], contents: Contents = UNCHANGED
) -> dict[int, list[Finding]]:
    """The same of many, some with contents that are proposed, in three statements."""
    reports = TaskProgress.objects.select_related("task").in_bulk([record.pk for record in records])
    exhibits = evidence.exhibits_of(reports)
    confirmed = _confirmed({report.task_id for report in reports.values()})
    findings = {}
    for record in records:
        report = reports[record.pk]
        content = _content(record, report, contents.get(record.pk))
        findings[record.pk] = [
            *_of_day(record, report, content),
            *_of_percent(content, confirmed[report.task_id], record.pk),
            *_of_evidence(content, bool(exhibits.get(record.pk))),
        ]
    return findings


def _content(record: Record, report: TaskProgress, proposed: dict[str, Any] | None) -> ProgressContent:
    if proposed is not None:
        return ProgressContent.from_json(proposed)
    return ProgressContent(record.happened_on, report.percent, report.words, report.reason)


def _confirmed(task_ids: set[int]) -> dict[int, list[_Confirmed]]:
    found: dict[int, list[_Confirmed]] = defaultdict(list)
    rows = TaskProgress.objects.filter(
        task_id__in=task_ids,
        record__state=State.CONFIRMED,
        record__postings__revision=F("record__revision"),
    ).values_list("task_id", "pk", "record__happened_on", "record__postings__number", "percent")
    for task_id, record, day, number, percent in rows:
        found[task_id].append(_Confirmed(record, day, number, percent))
    return found


def _of_day(record: Record, report: TaskProgress, content: ProgressContent) -> list[Finding]:
    day, task = content.happened_on, report.task
    entered = localtime(record.changed_at).date()
    if day > entered:
        text = _("The report is of %(day)s, but was written on %(entered)s.")
        words = {"day": _said(day), "entered": _said(entered)}
        return [_finding("FUTURE", Severity.ERROR, text % words, (day, entered), "happened_on")]
    if task.since <= day <= task.until:
        return []
    text = _("The report is of %(day)s; the task lasts from %(since)s to %(until)s.")
    words = {"day": _said(day), "since": _said(task.since), "until": _said(task.until)}
    edge = task.since if day < task.since else task.until
    return [_finding("OUTSIDE", Severity.WARNING, text % words, (day, edge), "happened_on")]


def _of_percent(content: ProgressContent, confirmed: Sequence[_Confirmed], own: int) -> list[Finding]:
    earlier = [one for one in confirmed if one.record != own and one.day <= content.happened_on]
    if not earlier:
        return []
    before = max(earlier, key=lambda one: (one.day, one.number)).percent
    if content.percent >= before:
        return []
    text = _("The progress goes back from %(before)s%% to %(now)s%%.")
    severity = Severity.WARNING if content.reason else Severity.ERROR
    words = {"before": before, "now": content.percent}
    return [_finding("BACK", severity, text % words, (before, content.percent), "percent")]


def _of_evidence(content: ProgressContent, has_exhibit: bool) -> list[Finding]:
    if content.percent < 100 or has_exhibit:
        return []
    text = _("The task is reported as fully done without any evidence. Add a photo or a file.")
    return [_finding("EVIDENCE", Severity.ERROR, text, (0, 1), "photos")]


def _finding(
    code: str, severity: Severity, text: str, compared: tuple[object, object], field: str
) -> Finding:
    return Finding(code, severity, text, (str(compared[0]), str(compared[1])), field)


def _said(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
