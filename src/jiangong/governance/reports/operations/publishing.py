"""Letting anybody read an issue, and taking it down again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangong.governance.reports import queries
from jiangong.governance.reports.models import Issue, Publication, Report
from jiangong.governance.reports.operations.errors import (
    NamesUnagreed,
    NotPublished,
    PublishedAlready,
    WithdrawnNotPublished,
)
from jiangong.governance.reports.operations.reports import audit_report, report_for_update
from jiangong.governance.reports.rules import trails
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound


def publish_issue(
    *, actor: Actor, uuid: UUID, number: int, at: datetime, names_agreed: bool = False
) -> Publication:
    """Put an issue on the public page, with what stands behind its numbers but no record of them.

    Refuses a withdrawn one, and one that names people who are not said to have agreed.
    """
    with transaction.atomic():
        report, issue = _issue_for_update(actor, uuid, number)
        if queries.withdrawal_of(issue) is not None:
            raise WithdrawnNotPublished
        if _open(issue) is not None:
            raise PublishedAlready
        content = queries.content_of(issue)
        people = queries.people_unagreed(report, content)
        if people and not names_agreed:
            raise NamesUnagreed("names_agreed", people="、".join(people))
        publication = Publication.objects.create(
            issue=issue,
            facts=trails.as_json(queries.facts_of(content)),
            published_by_id=actor.account_id,
            published_at=at,
        )
        detail: dict[str, object] = {"issue": number, "names_agreed": bool(people)}
        audit_report(actor, "report.publish", report, at, detail, left=[publication])
    return publication


def unpublish_issue(*, actor: Actor, uuid: UUID, number: int, at: datetime) -> Publication:
    """Its address then says that the text is public no longer."""
    with transaction.atomic():
        report, issue = _issue_for_update(actor, uuid, number)
        publication = _open(issue)
        if publication is None:
            raise NotPublished
        publication.ended_at, publication.ended_by_id = at, actor.account_id
        publication.save(update_fields=["ended_at", "ended_by"])
        audit_report(actor, "report.unpublish", report, at, {"issue": number}, left=[publication])
    return publication


def _issue_for_update(actor: Actor, uuid: UUID, number: int) -> tuple[Report, Issue]:
    report = report_for_update(actor=actor, uuid=uuid, right=Right.REPORT)
    issue = Issue.objects.filter(report=report, number=number).select_related("withdrawal").first()
    if issue is None:
        raise NotFound
    return report, issue


def _open(issue: Issue) -> Publication | None:
    return Publication.objects.filter(issue=issue, ended_at__isnull=True).first()
