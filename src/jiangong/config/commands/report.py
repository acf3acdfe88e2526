"""`jiangong report`: list reports, issue one, export an issue, show what has changed since, check a file's layout."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jiangong.config.commands.common import Branches, day, say, say_json, warn
from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.models import Issue, Report
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.models import Account
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor, Door, SystemActor
from jiangong.ground.shared.errors import DomainError


class AccountUnknown(DomainError):
    code = "account_unknown"
    message = _("There is no active account %(username)s. Name the one who issues, with --by.")


class NotIssued(DomainError):
    code = "not_issued"
    message = _("This report was not issued yet. Issue it with `jiangong report UUID --issue --by SIGN-IN`.")


class NotRead(DomainError):
    code = "not_read"
    message = _("%(path)s cannot be read (%(reason)s). Name a Word file (.docx).")


class NotWritten(DomainError):
    code = "not_written"
    message = _("%(path)s cannot be written (%(reason)s). Name another file with --to.")


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("report", help="list, issue or export reports")
    parser.add_argument("uuid", nargs="?", type=UUID, help="the report; without it all are listed")
    parser.add_argument("--issue", action="store_true", help="issue it as the book stands now")
    parser.add_argument("--by", default="", metavar="SIGN-IN", help="who issues")
    parser.add_argument("--dated", type=day, help="date under the text (default today)")
    parser.add_argument("--reason", default="", help="why it is issued in spite of findings")
    parser.add_argument(
        "--trail", action="store_true", help="print what stands behind its figures as an annex"
    )
    parser.add_argument("--number", type=int, help="which issue (default the latest)")
    parser.add_argument("--export", choices=sorted(queries.FORMS), help="write the issue as a file")
    parser.add_argument("--to", type=Path, help="file to write (default the report's title)")
    parser.add_argument("--changes", action="store_true", help="what has changed since the issue")
    parser.add_argument(
        "--check-layout", type=Path, metavar="FILE.docx", help="measure any Word file against GB/T 9704-2012"
    )
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    if options.check_layout:
        return _check_layout(options.check_layout, as_json=options.json)
    if options.uuid is None:
        return _list(as_json=options.json)
    if options.issue:
        _issue(options)
    issue = _chosen(options.uuid, options.number)
    if options.export:
        return _export(issue, options.export, options.to)
    if options.changes:
        return _changes(issue, as_json=options.json)
    _tell(_issue_json(issue), as_json=options.json)
    return 0


def _check_layout(path: Path, *, as_json: bool) -> int:
    """0 where the layout follows the standard, 1 where something departs from it."""
    try:
        with path.open("rb") as stream:
            size = path.stat().st_size
            found = queries.measured(stream=stream, size=size, limit_mb=settings.UPLOAD_LIMIT_MB)
    except OSError as error:
        raise NotRead("check_layout", path=path, reason=error.strerror) from error
    faces = queries.missing_face_names()
    if as_json:
        say_json(found.as_json() | {"file": str(path), "missing_faces": faces})
        return int(not found.is_clean)
    for one in found.departures:
        more = f"  (+{one.more})" if one.more else ""
        say(f"{one.code}\t{one.place}\t{one.rule}: {one.found} → {one.wanted}\t{one.clause}{more}")
    if found.is_clean:
        say(str(_("The layout follows the standard.")))
    return int(not found.is_clean)


def _list(*, as_json: bool) -> int:
    rows = [
        {
            "uuid": str(report.uuid),
            "title": report.title,
            "unit": report.unit.name,
            "since": report.since.isoformat(),
            "until": report.until.isoformat(),
            "state": report.state,
        }
        for report in Report.objects.select_related("unit").order_by("-changed_at")
    ]
    if as_json:
        say_json(rows)
        return 0
    for row in rows:
        say(f"{row['uuid']}\t{row['state']}\t{row['since']}..{row['until']}\t{row['title']}")
    return 0


def _issue(options: argparse.Namespace) -> None:
    actor = _actor(options.by)
    report = queries.report(actor=actor, uuid=options.uuid)
    operations.issue_report(
        actor=actor,
        uuid=report.uuid,
        version=report.version,
        dated_on=options.dated or clock.today(),
        at=clock.now(),
        reason=options.reason,
        with_trail=options.trail,
    )


def _actor(username: str) -> Actor:
    account = Account.objects.select_related("person").filter(username=username, is_active=True).first()
    if account is None:
        raise AccountUnknown("by", username=username or "—")
    return organization.actor_of(account=account, door=Door.COMMAND, address="", on=clock.today())


def _chosen(uuid: UUID, number: int | None) -> Issue:
    report = queries.report(actor=SystemActor(), uuid=uuid)
    issues = Issue.objects.filter(report=report).order_by("-number")
    issue = issues.filter(number=number).first() if number is not None else issues.first()
    if issue is None:
        raise NotIssued
    return issue


def _export(issue: Issue, form: str, target: Path | None) -> int:
    made = queries.rendition(issue=issue, form=form)
    path = target or Path(made.name)
    try:
        path.write_bytes(made.content)
    except OSError as error:
        raise NotWritten("to", path=path, reason=error.strerror) from error
    say(str(path))
    faces = queries.missing_face_names()
    if form == "pdf" and faces:
        warn(
            str(_("Set in free faces, because these are not installed: %(faces)s"))
            % {"faces": "、".join(faces)}
        )
    return 0


def _changes(issue: Issue, *, as_json: bool) -> int:
    changes = queries.changes_since(issue=issue)
    figures = [
        {
            "figure": change.used.key,
            "issued": None if change.used.value is None else str(change.used.value),
            "now": None if change.now is None else str(change.now),
        }
        for change in changes.figures
        if change.is_changed
    ]
    _tell(
        {"position": issue.position, "figures": figures, "postings": len(changes.postings)}, as_json=as_json
    )
    return 0


def _issue_json(issue: Issue) -> dict[str, Any]:
    return {
        "report": str(issue.report.uuid),
        "title": issue.document["title"],
        "number": issue.number,
        "position": issue.position,
        "dated_on": issue.dated_on.isoformat(),
        "digest": issue.digest,
    }


def _tell(content: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        say_json(content)
        return
    for name, value in content.items():
        say(f"{name}\t{value}")
