"""From when on a task is near or behind, as a federation has set it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from jiangong.governance.plan.models import LightRule
from jiangong.governance.plan.queries.campaigns import federations_to_plan
from jiangong.governance.plan.rules import LightPolicy
from jiangong.ground.audit import queries as audit
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor

MOST_CHANGES = 20


@dataclass(frozen=True, slots=True)
class LightsPage:
    """`version` is 0 while nothing was set."""

    federation: Unit
    policy: LightPolicy
    version: int
    changes: Sequence[PolicyChange]


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """What was set, by whom, when."""

    who: str
    at: datetime
    policy: LightPolicy


def policy_of(*, book_id: int) -> LightPolicy:
    rule = LightRule.objects.filter(book_id=book_id).first()
    return rule.policy if rule else LightPolicy()


def lights_page(*, actor: Actor) -> LightsPage:
    """Of the first federation that the actor plans for (Forbidden: none)."""
    federation = federations_to_plan(actor=actor)[0]
    rule = LightRule.objects.filter(book__federation=federation).first()
    return LightsPage(
        federation,
        rule.policy if rule else LightPolicy(),
        rule.version if rule else 0,
        _changes(rule) if rule else (),
    )


def _changes(rule: LightRule) -> list[PolicyChange]:
    """Newest first, as the audit log keeps them."""
    known = {item.name for item in fields(LightPolicy)}
    events = audit.of_subject(subject_type="light_rule", subject_id=rule.pk).order_by("-number")
    return [
        PolicyChange(
            audit.who_did(event),
            event.at,
            LightPolicy(**{name: value for name, value in event.detail.items() if name in known}),
        )
        for event in events[:MOST_CHANGES]
    ]
