"""`jiangong audit --export FILE`: the audit log as a file, for Excel or to be checked elsewhere."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Book
from jiangong.config.commands.common import Branches, day, progress, say
from jiangong.ground.audit import operations, queries
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import SystemActor
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules import periods


class LogNotWritten(DomainError):
    code = "log_not_written"
    message = _("%(path)s cannot be written (%(reason)s). Make room, or name another file with --export.")


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("audit", help="export the audit log")
    parser.add_argument(
        "--export",
        type=Path,
        required=True,
        metavar="FILE",
        help="file to write: .csv, or .jsonl to check it",
    )
    parser.add_argument("--since", type=day, help="first day; default the first event's")
    parser.add_argument("--until", type=day, help="last day; default the last event's")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """The export is told of in the log itself, and holds what came before."""
    path, since, until = options.export.absolute(), options.since, options.until
    form = path.suffix.removeprefix(".").lower()
    if form not in queries.FORMS:
        raise queries.FormUnknown
    if since and until and until < since:
        raise periods.PeriodUnreadable("since", since=since.isoformat(), until=until.isoformat())
    draft = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        count = _write(draft, form, since, until)
        draft.replace(path)
    except OSError as error:
        raise LogNotWritten(path=path, reason=error.strerror) from error
    finally:
        draft.unlink(missing_ok=True)
    say(f"{options.export}: {count}")
    return 0


def _write(draft: Path, form: str, since: date | None, until: date | None) -> int:
    """How many events the file holds."""
    with draft.open("x", encoding="utf-8", newline="") as file:
        found = operations.begin_export(
            actor=SystemActor(),
            unit_id=Book.objects.order_by("pk").values_list("federation_id", flat=True).first(),
            found=queries.events(unit_ids=None, since=since, until=until),
            form=form,
            detail={"since": str(since or ""), "until": str(until or "")},
            at=clock.now(),
        )
        count = found.count()
        for line in progress(queries.exported(found=found, form=form), what="audit log", total=count):
            file.write(line)
    return count
