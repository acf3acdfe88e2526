"""All that one import brought in, looked through and confirmed at once by a job.

Each part of some hundred records is one transaction that also notes how far it came. Killed in between, what was
confirmed is confirmed whole, and the job goes on with the next part when it is asked to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation

from jiangong.books.ledger.models import BatchReview, BatchState, Record
from jiangong.books.ledger.operations import bulk, errors
from jiangong.books.ledger.operations.posting import drafts_of
from jiangong.books.ledger.operations.records import REASON_LENGTH
from jiangong.books.ledger.queries import batches, closings
from jiangong.books.ledger.rules import Finding
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization import queries as organization_queries
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.actors import Actor, Door
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound
from jiangong.ground.shared.rules import words

Clock = Callable[[], datetime]
"""Given by the job, which runs for a while."""
SAMPLES, NAMED = 6, 5
STILL = timedelta(seconds=30)
"""For so long a job that runs may say nothing."""
RUNNING = frozenset({BatchState.EXAMINING, BatchState.CONFIRMING})


@dataclass(slots=True)
class Group:
    """What one check found of many records: how often, one sentence of it, and some of the records."""

    code: str
    is_error: bool
    text: str
    count: int = 0
    records: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Sight:
    """What is known of a batch once all of it was looked at."""

    records: int = 0
    with_errors: int = 0
    measures: Counter[str] = field(default_factory=Counter)
    groups: dict[tuple[str, str], Group] = field(default_factory=dict)
    samples: list[int] = field(default_factory=list)

    def add(self, record: Record, findings: Iterable[Finding]) -> None:
        errors = 0
        for finding in findings:
            key = (finding.code, finding.field)
            group = self.groups.setdefault(key, Group(finding.code, finding.is_error, finding.text))
            group.count += 1
            group.records += [record.pk] if len(group.records) < NAMED else []
            errors += finding.is_error
        self.records += 1
        self.with_errors += bool(errors)
        if len(self.samples) < SAMPLES and not errors:
            self.samples.append(record.pk)

    def as_json(self) -> dict[str, Any]:
        groups = sorted(self.groups.values(), key=lambda group: (not group.is_error, -group.count))
        return {
            "records": self.records,
            "with_errors": self.with_errors,
            "measures": dict(self.measures),
            "groups": [asdict(group) for group in groups],
            "samples": self.samples,
        }


def begin_review(*, actor: Actor, uuid: UUID, batch: UUID, at: datetime) -> BatchReview:
    """Have what waits of an import looked through. Asked for again while that goes on, it is the same one.

    Refuses who may confirm nowhere (Forbidden), and an import of which nothing waits for this person (NotFound).
    """
    if not organization.has_right_anywhere(actor, Right.CONFIRM):
        raise Forbidden
    with transaction.atomic():
        known = batches.reviews_of(actor=actor, batches=[batch]).get(batch)
        if known is not None:
            return known
        waiting = {found.batch: found for found in batches.waiting_batches(actor=actor)}
        if batch not in waiting:
            raise NotFound
        review = BatchReview(uuid=uuid, batch=batch, name=waiting[batch].name, begun_at=at, changed_at=at)
        review.account_id = cast(int, actor.account_id)
        review.total = waiting[batch].count
        review.save(force_insert=True)
        _enqueue(uuid)
    return review


def examine_batch(*, uuid: UUID, clock: Clock) -> None:
    """The job that looks: what it would add, and what is odd. It writes how far it came, and holds nothing."""
    review = BatchReview.objects.select_related("account").get(pk=uuid)
    if review.state != BatchState.EXAMINING:
        return
    actor, sight = _actor(review, clock()), Sight()
    with translation.override(review.account.language):
        for numbers in batches.waiting_parts(actor=actor, batch=review.batch):
            part = list(batches.still_waiting(actor=actor, record_ids=numbers))
            found = closings.findings_of_many(part)
            drafted = drafts_of(part)
            for record in part:
                sight.add(record, found[record.pk])
                for draft in drafted[record.pk]:
                    sight.measures[draft.measure] += draft.quantity
            BatchReview.objects.filter(pk=uuid).update(done=sight.records, changed_at=clock())
    BatchReview.objects.filter(pk=uuid, state=BatchState.EXAMINING).update(
        state=BatchState.READY, examined=sight.as_json(), total=sight.records, done=0, changed_at=clock()
    )


def start_batch(*, actor: Actor, uuid: UUID, override: str, at: datetime) -> BatchReview:
    """Say yes to what was shown: all without errors, and with a reason those with errors too. Twice is once."""
    with transaction.atomic():
        review = batches.own_review(actor=actor, uuid=uuid)
        reason = words.line(override)[:REASON_LENGTH]
        begun = BatchReview.objects.filter(pk=uuid, state=BatchState.READY)
        if begun.update(state=BatchState.CONFIRMING, override=reason, changed_at=at):
            _audit(actor, "batch.confirm", review, at, {"records": review.total, "override": reason})
            _enqueue(uuid)
        elif review.state not in {BatchState.CONFIRMING, BatchState.DONE}:
            raise errors.BatchNotReady(state=review.get_state_display())
    review.refresh_from_db()
    return review


def confirm_batch(*, uuid: UUID, clock: Clock) -> None:
    """The job that confirms: one transaction for each part, with how far it came. What is refused stops it."""
    review = BatchReview.objects.select_related("account").get(pk=uuid)
    if review.state != BatchState.CONFIRMING:
        return
    actor = _actor(review, clock())
    with translation.override(review.account.language):
        try:
            for numbers in batches.waiting_parts(actor=actor, batch=review.batch, after=review.last):
                _confirm_part(actor, uuid, numbers, clock)
            BatchReview.objects.filter(pk=uuid, state=BatchState.CONFIRMING).update(
                state=BatchState.DONE, changed_at=clock()
            )
        except DomainError as refusal:
            BatchReview.objects.filter(pk=uuid).update(
                state=BatchState.STOPPED, message=str(refusal)[:300], changed_at=clock()
            )


def resume_batch(*, actor: Actor, uuid: UUID, at: datetime) -> BatchReview:
    """Go on with a job that has said nothing for a while. Two that run at once take turns, part by part."""
    with transaction.atomic():
        review = batches.own_review(actor=actor, uuid=uuid)
        still = BatchReview.objects.filter(pk=uuid, state__in=RUNNING, changed_at__lt=at - STILL)
        if still.update(changed_at=at):
            _enqueue(uuid)
    return review


def _confirm_part(actor: Actor, uuid: UUID, numbers: Sequence[int], clock: Clock) -> None:
    """What another job or another person decided on meanwhile is not waiting any more, so it is left out."""
    with transaction.atomic():
        review = BatchReview.objects.select_for_update(of=("self",), no_key=True).get(pk=uuid)
        ahead = [number for number in numbers if number > review.last]
        part = list(batches.still_waiting(actor=actor, record_ids=ahead).values_list("pk", flat=True))
        if review.state != BatchState.CONFIRMING or not part:
            return
        done = bulk.confirm_records(
            actor=actor,
            record_ids=part,
            at=clock(),
            override=review.override,
            leave_errors=True,
        )
        review.done += done
        review.left += len(part) - done
        review.last = part[-1]
        review.changed_at = clock()
        review.save(update_fields=["done", "left", "last", "changed_at"])


def _actor(review: BatchReview, at: datetime) -> Actor:
    today = timezone.localtime(at).date()
    return organization_queries.actor_of(account=review.account, door=Door.DESK, address="", on=today)


def _enqueue(uuid: UUID) -> None:
    from jiangong.books.ledger import tasks  # noqa: PLC0415 — tasks call this module

    tasks.work_on_batch.enqueue(str(uuid))


def _audit(actor: Actor, verb: str, review: BatchReview, at: datetime, detail: dict[str, object]) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="batch",
        subject_id=review.batch,
        unit_id=review.account.person.unit_id,
        at=at,
        detail={"name": review.name, **detail},
    )
