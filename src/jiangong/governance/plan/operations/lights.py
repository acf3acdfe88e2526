"""Setting from when on a task is near or behind."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from functools import partial

from django.db import transaction

from jiangong.books.ledger.models import Book
from jiangong.books.ledger.operations.errors import BookMissing
from jiangong.governance.plan.models import LightRule, NoticesFrom
from jiangong.governance.plan.operations.errors import (
    AnswerDaysUnfit,
    DaysUnfit,
    LevelUnknown,
    NightsUnfit,
    NoticesUnfit,
    SlackUnfit,
)
from jiangong.governance.plan.rules import LightPolicy
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import StaleForm, require_all

MOST_DAYS = 365
MOST_ANSWER_DAYS = 90
MOST_NOTICES = 20


def set_lights(
    *, actor: Actor, federation_id: int, version: int, policy: LightPolicy, at: datetime
) -> LightRule:
    """For all plans of the federation, from now on; the first time with version 0."""
    with transaction.atomic():
        organization.require(actor, Right.PLAN, unit_id=federation_id)
        found = Book.objects.filter(federation_id=federation_id).first()
        book = statements.locked(Book, found.pk) if found else None
        if book is None:
            raise BookMissing
        rule = LightRule.objects.filter(book=book).first() or LightRule(book=book, version=0)
        if rule.version != version:
            raise StaleForm
        require_all(
            partial(_require_days, policy.near_days),
            partial(_require_slack, policy.slack),
            partial(_require_notices, policy),
        )
        rule.near_days, rule.slack, rule.version = policy.near_days, policy.slack, version + 1
        rule.notices_from, rule.answer_days = policy.notices_from, policy.answer_days
        rule.escalate_nights, rule.escalate_notices = policy.escalate_nights, policy.escalate_notices
        rule.save()
        audit.write(
            actor=actor,
            verb="lights.set",
            subject_type="light_rule",
            subject_id=rule.pk,
            unit_id=federation_id,
            at=at,
            detail=asdict(policy),
            seals=seals.taken(rule),
        )
    return rule


def _require_days(days: int) -> None:
    if not 0 <= days <= MOST_DAYS:
        raise DaysUnfit("near_days", most=MOST_DAYS)


def _require_slack(slack: int) -> None:
    if not 0 <= slack <= 100:
        raise SlackUnfit("slack")


def _require_notices(policy: LightPolicy) -> None:
    if policy.notices_from not in NoticesFrom.values:
        raise LevelUnknown("notices_from")
    if not 1 <= policy.answer_days <= MOST_ANSWER_DAYS:
        raise AnswerDaysUnfit("answer_days")
    if not 0 <= policy.escalate_nights <= MOST_DAYS:
        raise NightsUnfit("escalate_nights")
    if not 0 <= policy.escalate_notices <= MOST_NOTICES:
        raise NoticesUnfit("escalate_notices")
