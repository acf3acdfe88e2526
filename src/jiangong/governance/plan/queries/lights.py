"""From when on a task is near or behind, as a federation has set it."""

from __future__ import annotations

from dataclasses import dataclass

from jiangong.governance.plan.models import LightRule
from jiangong.governance.plan.queries.campaigns import federations_to_plan
from jiangong.governance.plan.rules import LightPolicy
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor


@dataclass(frozen=True, slots=True)
class LightsPage:
    """`version` is 0 while nothing was set."""

    federation: Unit
    policy: LightPolicy
    version: int


def policy_of(*, book_id: int) -> LightPolicy:
    rule = LightRule.objects.filter(book_id=book_id).first()
    return rule.policy if rule else LightPolicy()


def lights_page(*, actor: Actor) -> LightsPage:
    """Of the first federation that the actor plans for (Forbidden: none)."""
    federation = federations_to_plan(actor=actor)[0]
    rule = LightRule.objects.filter(book__federation=federation).first()
    return LightsPage(federation, rule.policy if rule else LightPolicy(), rule.version if rule else 0)
