"""Keeping what was saved, as a row that is never changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from jiangong.governance.reports import queries
from jiangong.governance.reports.models import Comment, Report, Step, Version
from jiangong.governance.reports.rules.splices import Splice, splice
from jiangong.ground.shared.actors import Actor

TOGETHER = timedelta(minutes=10)
WHOLE_EVERY = 20


def keep_version(*, report: Report, actor: Actor, at: datetime) -> bool:
    """Keep the row as it is about to be saved. Called under the report's lock; False where nothing changed."""
    rows = queries.version_rows(report=report)
    before, now = queries.kept(rows), queries.kept_of(report)
    if rows and before == now:
        return False
    last = rows[-1] if rows else None
    joins = last is not None and _joins(last, actor, at)
    number, step = (last.number, last.step + 1) if last and joins else (last.number + 1 if last else 1, 0)
    is_whole = not rows or len(rows) >= WHOLE_EVERY
    words = Splice(0, 0, now.text) if is_whole else splice(before=before.text, after=now.text)
    Version.objects.create(
        report=report,
        number=number,
        step=step,
        by_id=actor.account_id,
        at=at,
        is_whole=is_whole,
        around=now.around if is_whole else _changed(before.around, now.around),
        start=words.start,
        cut=words.cut,
        words=words.words,
    )
    return True


def _joins(last: Version, actor: Actor, at: datetime) -> bool:
    """Saves of one person shortly after one another are one version, unless others were shown it meanwhile."""
    if last.by_id != actor.account_id or at - last.at > TOGETHER:
        return False
    return not any(model.objects.filter(version=last).exists() for model in (Step, Comment))


def _changed(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in now.items() if before.get(name) != value}
