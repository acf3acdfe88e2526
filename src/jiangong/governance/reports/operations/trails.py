"""Freezing what stands behind an issue's figures, within the transaction that issues it."""

from __future__ import annotations

from jiangong.governance.reports import queries
from jiangong.governance.reports.models import Issue, TrailAnnex
from jiangong.governance.reports.rules import frozen, trails
from jiangong.governance.reports.rules.frozen import Content


def freeze_trail(*, issue: Issue, content: Content) -> TrailAnnex:
    frozen_trail = {"trails": trails.as_json(queries.trail_of(content))}
    return TrailAnnex.objects.create(
        issue=issue, content=frozen_trail["trails"], digest=frozen.digest(frozen_trail)
    )
