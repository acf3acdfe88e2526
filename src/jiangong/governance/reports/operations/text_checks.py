"""Texts that somebody has checked, and drafts made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jiangong.governance.reports import access, queries
from jiangong.governance.reports.models import CheckedText, CheckState, Report
from jiangong.governance.reports.operations.comments import comment_on
from jiangong.governance.reports.operations.errors import (
    ClaimMoved,
    ClaimUnbound,
    FigureNotOffered,
    NotChecked,
)
from jiangong.governance.reports.operations.reports import change_report, content_kept, write_report
from jiangong.governance.reports.queries.comments import Passage
from jiangong.governance.reports.rules import checking, drafting, opening, titles
from jiangong.governance.reports.rules.drafting import Drafted, Spot
from jiangong.governance.reports.rules.drafts import LONGEST_LINE, ReportContent
from jiangong.governance.reports.rules.laying import Laid
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization import queries as organization_queries
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared import progress
from jiangong.ground.shared.actors import Actor, Door
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.rules.periods import Period

CHECKED_AT_ONCE = 50_000
"""Bytes in UTF-8; longer texts are checked by a job."""
MOST_COMMENTS = 20


def check_text(
    *, actor: Actor, uuid: UUID, text: str, unit_id: int, period: Period, at: datetime
) -> CheckedText:
    """Keep a text for its owner, for a day, and check it: a short one at once, a long one by a job.

    Sent twice under one uuid it is checked once. Neither the audit log nor a job holds its words.
    """
    plain = opening.checkable(text)
    with transaction.atomic():
        organization.require(actor, Right.READ, unit_id=unit_id)
        known = CheckedText.objects.filter(uuid=uuid).first()
        if known is not None:
            return _require_own(known, actor)
        found = CheckedText(uuid=uuid, unit=Unit.objects.get(pk=unit_id), text=plain, made_at=at)
        found.since, found.until = period.since, period.until
        found.account_id = actor.account_id  # type: ignore[assignment]
        if len(plain.encode()) <= CHECKED_AT_ONCE:
            _lay(found, actor)
        else:
            _enqueue(uuid)
        found.save(force_insert=True)
        _audit(actor, "text.check", found, at, {"characters": len(plain)})
    return found


def finish_check(*, uuid: UUID, at: datetime) -> None:
    """The job that checks a long text; a text that was deleted meanwhile is left alone."""
    found = _waiting(uuid)
    if found is None:
        return
    today = timezone.localtime(at).date()
    actor = organization_queries.actor_of(account=found.account, door=Door.DESK, address="", on=today)
    organization.require(actor, Right.READ, unit_id=found.unit_id)
    with translation.override(found.account.language):
        _lay(found, actor)
    found.save(update_fields=["laid", "findings", "state"])


def give_up_check(*, uuid: UUID) -> None:
    """After a job: what still waits has met a fault of ours, and its owner is told."""
    CheckedText.objects.filter(uuid=uuid, state=CheckState.WAITING).update(state=CheckState.FAILED)


def draft_checked_text(
    *,
    actor: Actor,
    uuid: UUID,
    at: datetime,
    claim: int | None = None,
    figure: str = "",
    of_named: bool = False,
) -> Report:
    """Make a draft of a checked text, in which every claim that agrees picks its figure; others stay typed.

    Done twice, the draft is the one already there. `claim` is one that picks its figure besides, in the draft
    that is there or in a new one; `figure` is another one that its writer chose for it, by name, which
    `of_named` reads for the unit that the sentence names. Refuses what the ledger cannot read, and a place
    that was rewritten.
    """
    with transaction.atomic():
        found = _own_for_update(actor, uuid)
        laid = Laid.kept(found.laid, found.findings)
        kept, laid = laid, _with_figure(found, laid, claim, figure, of_named) if figure and claim else laid
        chosen = claim if laid is not kept else None
        can = drafting.bindable(laid.found, own_unit=found.unit_id, below=_below(found), chosen=chosen)
        if claim is not None and claim not in can:
            raise ClaimUnbound
        if found.draft_id is None:
            agreeing = {one.number for one in laid.found if one.verdict == "agrees"} & can
            return _begin(actor, found, laid, agreeing | ({claim} - {None}), at)  # type: ignore[operator]
        draft = Report.objects.select_for_update(of=("self",), no_key=True).get(pk=found.draft_id)
        if claim is None or (claim in found.bound and chosen is None):
            return draft
        return _extend(actor, found, (kept, laid), draft, claim, at)


def _with_figure(found: CheckedText, laid: Laid, claim: int, figure: str, of_named: bool) -> Laid:
    """The findings with another figure for one of them, kept with the text."""
    one = next((one for one in laid.found if one.number == claim and one.can_be_chosen), None)
    if one is None:
        raise ClaimUnbound
    meant = queries.with_figure(checked=found, claim=one, words=figure, of_named=of_named)
    if meant is None:
        raise FigureNotOffered
    if not meant.ledger:
        raise ClaimUnbound
    changed = Laid.of((meant if other.number == claim else other for other in laid.found), laid.sentences)
    found.laid, found.findings = changed.as_json(), changed.lines()
    found.save(update_fields=["laid", "findings"])
    return changed


def _begin(actor: Actor, found: CheckedText, laid: Laid, bound: set[int], at: datetime) -> Report:
    made = drafting.drafted(found.text, laid.found, bound=bound, own_unit=found.unit_id)
    title = made.title or titles.proposed_title(unit=found.unit.name, period=found.period)
    content = ReportContent(title=title[:LONGEST_LINE], since=found.since, until=found.until, text=made.text)
    draft = write_report(actor=actor, uuid=uuid4(), unit_id=found.unit_id, content=content, at=at)
    found.draft, found.bound = draft, sorted(made.bound)
    found.save(update_fields=["draft", "bound"])
    _comment(actor, draft, made.typed, at)
    _audit(actor, "text.draft", found, at, {"report": str(draft.uuid), "figures": len(found.bound)})
    return draft


def _extend(
    actor: Actor, found: CheckedText, laid: tuple[Laid, Laid], draft: Report, claim: int, at: datetime
) -> Report:
    """`laid` before and after a figure was chosen."""
    was, now = laid
    before = drafting.drafted(found.text, was.found, bound=found.bound, own_unit=found.unit_id)
    after = drafting.drafted(found.text, now.found, bound={*found.bound, claim}, own_unit=found.unit_id)
    content = content_kept(draft, text=_patched(draft.text, before, after))
    changed = change_report(
        actor=actor, uuid=draft.uuid, version=draft.version, unit_id=draft.unit_id, content=content, at=at
    )
    found.bound = sorted(after.bound)
    found.save(update_fields=["bound"])
    _audit(actor, "text.draft", found, at, {"report": str(draft.uuid), "figures": len(found.bound)})
    return changed


def _patched(text: str, before: Drafted, after: Drafted) -> str:
    """The draft with the one place changed, wherever else somebody has written meanwhile."""
    old, new = drafting.changed_place(before.text, after.text)
    if not old or text.count(old) != 1:
        raise ClaimMoved
    return text.replace(old, new)


def _comment(actor: Actor, draft: Report, typed: Sequence[Spot], at: datetime) -> None:
    """So many claims that stay typed are commented on one by one, those that differ first; the rest together."""
    ordered = sorted(typed, key=lambda spot: not spot.claim.is_to_look_at)
    for spot in ordered[:MOST_COMMENTS]:
        passage = Passage(quote=spot.quote, start=spot.start)
        comment_on(
            actor=actor, uuid=draft.uuid, comment_uuid=uuid4(), passage=passage, text=_said(spot), at=at
        )
    rest = len(ordered) - MOST_COMMENTS
    if rest > 0:
        words = _("%(count)s more numbers stay as typed. Check them before issuing.") % {"count": rest}
        comment_on(actor=actor, uuid=draft.uuid, comment_uuid=uuid4(), passage=Passage(), text=words, at=at)


def _said(spot: Spot) -> str:
    claim = spot.claim
    if claim.ledger and claim.verdict == "differs":
        return _("“%(text)s” differs from the ledger, which has %(value)s%(unit)s for %(figure)s.") % {
            "text": claim.text,
            "value": claim.ledger,
            "unit": claim.measured_in,
            "figure": claim.figure_name,
        }
    if claim.figure:
        return _("“%(text)s” stays as typed. Check it against %(figure)s.") % {
            "text": claim.text,
            "figure": claim.figure_name,
        }
    return _("“%(text)s” stays as typed: the ledger has no figure for it.") % {"text": claim.text}


def _lay(found: CheckedText, actor: Actor) -> None:
    check = queries.text_check(
        actor=actor,
        text=found.text,
        unit=found.unit,
        period=found.period,
        told=lambda done: progress.keep(str(found.uuid), str(done)),
    )
    progress.keep(str(found.uuid), str(checking.STEPS))
    laid = queries.laid_out(check)
    found.laid, found.findings, found.state = laid.as_json(), laid.lines(), CheckState.DONE


def _below(found: CheckedText) -> frozenset[int]:
    below = Unit.objects.filter(ancestries__ancestor_id=found.unit_id, ancestries__until__isnull=True)
    return frozenset(below.values_list("pk", flat=True))


def _own_for_update(actor: Actor, uuid: UUID) -> CheckedText:
    found = access.own_checked(actor).select_for_update(of=("self",)).filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    organization.require(actor, Right.DRAFT, unit_id=found.unit_id)
    if found.state != CheckState.DONE:
        raise NotChecked
    return found


def _require_own(found: CheckedText, actor: Actor) -> CheckedText:
    if found.account_id != actor.account_id:
        raise NotFound
    return found


def _waiting(uuid: UUID) -> CheckedText | None:
    waiting = CheckedText.objects.select_related("unit", "account__person")
    return waiting.filter(uuid=uuid, state=CheckState.WAITING).first()


def _enqueue(uuid: UUID) -> None:
    from jiangong.governance.reports import tasks  # noqa: PLC0415 — tasks call this module

    tasks.check_text.enqueue(str(uuid))


def _audit(actor: Actor, verb: str, found: CheckedText, at: datetime, detail: dict[str, object]) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="checked_text",
        subject_id=found.uuid,
        unit_id=found.unit_id,
        at=at,
        detail=detail,
    )
