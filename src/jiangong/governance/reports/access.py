"""Who may do what with reports."""

from __future__ import annotations

from django.db.models import QuerySet

from jiangong.governance.reports.models import CheckedText, Issue, Report
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor


def reports_in_scope(actor: Actor, right: Right = Right.READ) -> QuerySet[Report]:
    return Report.objects.filter(unit_id__in=organization.unit_ids_in_scope(actor, right))


def issues_in_scope(actor: Actor) -> QuerySet[Issue]:
    return Issue.objects.filter(report__unit_id__in=organization.unit_ids_in_scope(actor))


def units_for_reports(actor: Actor) -> QuerySet[Unit]:
    """Units that the actor may write reports about."""
    return organization.units_in_scope(actor, Right.DRAFT).order_by("code")


def may_write(actor: Actor, *, unit_id: int) -> bool:
    return organization.can(actor, Right.DRAFT, ancestor_ids=organization.present_ancestor_ids(unit_id))


def may_write_anywhere(actor: Actor) -> bool:
    return organization.has_right_anywhere(actor, Right.DRAFT)


def may_issue(actor: Actor, *, unit_id: int) -> bool:
    """Who may issue may withdraw, publish, and make templates."""
    return organization.can(actor, Right.REPORT, ancestor_ids=organization.present_ancestor_ids(unit_id))


def own_checked(actor: Actor) -> QuerySet[CheckedText]:
    """Texts that were checked are seen by those who had them checked, and by nobody else."""
    return CheckedText.objects.filter(account_id=actor.account_id or 0)
