"""Comments on passages, answers to them, and settling them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangong.governance.reports import queries
from jiangong.governance.reports.models import Comment, Report, Version
from jiangong.governance.reports.operations.errors import CommentEmpty, VersionMissing
from jiangong.governance.reports.operations.reports import audit_report, report_for_update
from jiangong.governance.reports.queries.comments import Passage
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.rules import words

LONGEST_COMMENT = 1000


def comment_on(
    *, actor: Actor, uuid: UUID, comment_uuid: UUID, passage: Passage, text: str, at: datetime
) -> Comment:
    """Say something about a passage. Sent twice under one uuid it is said once.

    The audit log tells that it was said, not what: comments may name people.
    """
    with transaction.atomic():
        report = report_for_update(actor=actor, uuid=uuid, right=Right.DRAFT)
        known = _known(comment_uuid, report, actor)
        if known is not None:
            return known
        found = queries.anchor(report=report, passage=passage)
        comment = Comment(uuid=comment_uuid, quote=found.quote, start=found.start)
        return _say(comment, report, text, actor=actor, at=at, verb="report.comment")


def reply(*, actor: Actor, uuid: UUID, comment_uuid: UUID, to: UUID, text: str, at: datetime) -> Comment:
    """Answer a comment; an answer has no answers of its own."""
    with transaction.atomic():
        report = report_for_update(actor=actor, uuid=uuid, right=Right.DRAFT)
        known = _known(comment_uuid, report, actor)
        if known is not None:
            return known
        comment = Comment(uuid=comment_uuid, parent=_thread(report, to))
        return _say(comment, report, text, actor=actor, at=at, verb="report.reply")


def settle_comment(*, actor: Actor, uuid: UUID, comment: UUID, at: datetime) -> Comment:
    """The thread is dealt with. Settling it twice changes nothing."""
    with transaction.atomic():
        report = report_for_update(actor=actor, uuid=uuid, right=Right.DRAFT)
        thread = _thread(report, comment)
        if thread.settled_at is None:
            thread.settled_at, thread.settled_by_id = at, actor.account_id
            thread.save(update_fields=["settled_at", "settled_by"])
            audit_report(actor, "report.settle_comment", report, at, {"comment": thread.pk})
    return thread


def _thread(report: Report, uuid: UUID) -> Comment:
    found = Comment.objects.filter(report=report, uuid=uuid, parent__isnull=True).first()
    if found is None:
        raise NotFound
    return found


def _known(uuid: UUID, report: Report, actor: Actor) -> Comment | None:
    known = Comment.objects.filter(uuid=uuid).first()
    if known is not None and (known.report_id, known.by_id) != (report.pk, actor.account_id):
        raise NotFound
    return known


def _say(comment: Comment, report: Report, text: str, *, actor: Actor, at: datetime, verb: str) -> Comment:
    said = words.visible(text).strip()
    if not 1 <= len(said) <= LONGEST_COMMENT:
        raise CommentEmpty("words", most=LONGEST_COMMENT)
    version = Version.objects.filter(report=report).order_by("-number", "-step").first()
    if version is None:
        raise VersionMissing
    comment.report, comment.version, comment.words = report, version, said
    comment.by_id, comment.at = actor.account_id, at
    comment.save(force_insert=True)
    audit_report(actor, verb, report, at, {"comment": comment.pk})
    return comment
