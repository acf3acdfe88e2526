"""`jiangong tidy`: removes logs that are older than they have to be kept, and checked texts after a day. The audit log
is never among them."""

from __future__ import annotations

import argparse
from datetime import datetime

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jiangong.books.ledger.models import Book
from jiangong.config import orphans
from jiangong.config.commands.common import Branches, say, say_json
from jiangong.governance.reports.models import CheckedText
from jiangong.governance.reports.rules import laying
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization.models import Session
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import SystemActor
from jiangong.ground.sheets.models import SheetImport
from jiangong.ground.sheets.operations import RUNNING

FINISHED = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)


def add_to(branches: Branches) -> None:
    parser = branches.add_parser(
        "tidy", help="remove expired sessions, checked texts, and logs older than JIANGONG_LOG_MONTHS"
    )
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    now = clock.now()
    orphans.give_up_orphans(own="", at=now)
    before = months_before(now, settings.LOG_MONTHS)
    removed = _remove(now, before)
    if options.json:
        say_json({"before": timezone.localtime(before).date(), "removed": removed})
        return 0
    for what, count in removed.items():
        say(f"{what}\t{count}")
    return 0


def months_before(now: datetime, months: int) -> datetime:
    """The same day so many months ago, or the last one of a shorter month."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    for day in range(now.day, now.day - 4, -1):
        try:
            return now.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError


def _remove(now: datetime, before: datetime) -> dict[str, int]:
    """Rows in one transaction with what the audit log says of it; files after their rows."""
    imports = SheetImport.objects.filter(made_at__lt=before).exclude(state__in=RUNNING)
    with transaction.atomic():
        names = [name for pair in imports.values_list("file", "returned") for name in pair if name]
        removed = {
            "sessions": _delete(Session.objects.filter(expire_date__lt=now)),
            "jobs": _delete(DBTaskResult.objects.filter(status__in=FINISHED, finished_at__lt=before)),
            "sign_in_attempts": sum(
                _delete(log.objects.filter(attempt_time__lt=before))
                for log in (AccessAttempt, AccessFailureLog, AccessLog)
            ),
            "imports": _delete(imports),
            "checked_texts": _delete(CheckedText.objects.filter(made_at__lt=now - laying.KEPT)),
        }
        if any(removed.values()):
            federation = Book.objects.order_by("pk").values_list("federation_id", flat=True).first()
            audit.tell_of_tidying(actor=SystemActor(), unit_id=federation, removed=removed, at=now)
    for name in names:
        default_storage.delete(name)
    return removed


def _delete(rows: QuerySet[Model]) -> int:
    """How many of the rows themselves, without what hangs on them."""
    _all, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)
