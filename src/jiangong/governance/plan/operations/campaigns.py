"""Opening, changing and closing campaigns; writing and issuing their programmes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q

from jiangong.books.ledger.models import Book
from jiangong.books.ledger.operations.errors import BookMissing
from jiangong.governance.plan import access
from jiangong.governance.plan.models import Campaign, CampaignKind, Programme, Task
from jiangong.governance.plan.operations.errors import (
    CampaignDaysUnfit,
    CampaignOpen,
    CampaignOver,
    DaysReversed,
    IssuedAlready,
    IssueDayUnreadable,
    NameMissing,
    ProgrammeEmpty,
    ProgrammeMissing,
    TasksOutside,
    TitleMissing,
)
from jiangong.governance.plan.operations.repeats import made_before
from jiangong.governance.plan.operations.titles import title_coded
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound, StaleForm, require_all
from jiangong.ground.shared.rules import words

LONGEST_NAME = 80
LONGEST_TITLE = 120
FIRST_YEAR, LAST_YEAR, LONGEST_YEARS = 1990, 2100, 12


@dataclass(frozen=True, slots=True)
class CampaignContent:
    """All that can be changed of a campaign. `title_sought` is the code of a title."""

    name: str
    kind: str
    title_sought: str
    since: date
    until: date
    edition: str = ""


def open_campaign(
    *, actor: Actor, uuid: UUID, federation_id: int, content: CampaignContent, at: datetime
) -> Campaign:
    """A campaign of the federation; a form that is sent twice opens one."""
    with transaction.atomic():
        organization.require(actor, Right.PLAN, unit_id=federation_id)
        book = Book.objects.filter(federation_id=federation_id).first()
        if book is None:
            raise BookMissing
        known = made_before(model=Campaign, uuid=uuid, book_id=book.pk)
        if known:
            return known
        campaign = Campaign(uuid=uuid, book=book)
        _take(campaign, content)
        campaign.save(force_insert=True)
        _audit(actor, "campaign.open", campaign, at)
    return campaign


def change_campaign(
    *, actor: Actor, uuid: UUID, version: int, content: CampaignContent, at: datetime
) -> Campaign:
    """Refuses days that would leave tasks outside (TasksOutside)."""
    with transaction.atomic():
        campaign = campaign_for_update(actor, uuid)
        if campaign.version != version:
            raise StaleForm
        _take(campaign, content)
        _require_tasks_within(campaign)
        campaign.version += 1
        campaign.save()
        _audit(actor, "campaign.change", campaign, at)
    return campaign


def close_campaign(*, actor: Actor, uuid: UUID, at: datetime) -> Campaign:
    """Its plan stays readable and changes no more."""
    with transaction.atomic():
        campaign = campaign_for_update(actor, uuid)
        campaign.closed_at, campaign.version = at, campaign.version + 1
        campaign.save()
        _audit(actor, "campaign.close", campaign, at)
    return campaign


def reopen_campaign(*, actor: Actor, uuid: UUID, at: datetime) -> Campaign:
    """One that was closed too early goes on. Refuses one that is open (CampaignOpen)."""
    with transaction.atomic():
        campaign = _campaign_to_plan(actor, uuid)
        if campaign.closed_at is None:
            raise CampaignOpen
        campaign.closed_at, campaign.version = None, campaign.version + 1
        campaign.save()
        _audit(actor, "campaign.reopen", campaign, at)
    return campaign


def write_programme(
    *, actor: Actor, uuid: UUID, version: int, title: str, document_number: str, at: datetime
) -> Programme:
    """The first time with version 0. It stays a draft until it is issued; its number may still be put right then."""
    with transaction.atomic():
        campaign = campaign_for_update(actor, uuid)
        programme = Programme.objects.filter(campaign=campaign).first() or Programme(
            campaign=campaign, version=0
        )
        if programme.version != version:
            raise StaleForm
        programme.title = words.line(title)
        if not 1 <= len(programme.title) <= LONGEST_TITLE:
            raise TitleMissing("title")
        programme.document_number = words.line(document_number)[:60]
        programme.version += 1
        programme.save()
        _audit(actor, "programme.write", campaign, at, programme)
    return programme


def issue_programme(*, actor: Actor, uuid: UUID, issued_on: date | None, at: datetime) -> Programme:
    """From now on everybody in the federation reads its tasks, and none is removed. Refuses without a day."""
    with transaction.atomic():
        campaign = campaign_for_update(actor, uuid)
        programme = programme_for_update(campaign)
        if programme.issued_on:
            raise IssuedAlready
        if not programme.tasks.exists():
            raise ProgrammeEmpty
        if issued_on is None:
            raise IssueDayUnreadable("issued_on")
        programme.issued_on, programme.version = issued_on, programme.version + 1
        programme.save()
        _audit(actor, "programme.issue", campaign, at, programme)
    return programme


def campaign_for_update(actor: Actor, uuid: UUID) -> Campaign:
    """The campaign, locked; whoever changes anything of its plan waits here for the one before."""
    campaign = _campaign_to_plan(actor, uuid)
    if campaign.closed_at:
        raise CampaignOver
    return campaign


def _campaign_to_plan(actor: Actor, uuid: UUID) -> Campaign:
    found = access.campaigns_in_reach(actor).filter(uuid=uuid).first()
    campaign = statements.locked(Campaign, found.pk) if found else None
    if campaign is None:
        raise NotFound
    if not access.may_plan(actor, federation_id=campaign.book.federation_id):
        raise Forbidden
    return campaign


def programme_for_update(campaign: Campaign) -> Programme:
    programme = Programme.objects.filter(campaign=campaign).first()
    if programme is None:
        raise ProgrammeMissing
    return programme


def _take(campaign: Campaign, content: CampaignContent) -> None:
    name = words.line(content.name)
    require_all(partial(_require_name, name), partial(_require_days, content.since, content.until))
    campaign.name, campaign.edition = name, words.line(content.edition)[:60]
    campaign.kind = CampaignKind(content.kind)
    campaign.title_sought = title_coded(book=campaign.book, code=content.title_sought)
    campaign.since, campaign.until = content.since, content.until


def _require_name(name: str) -> None:
    if not 1 <= len(name) <= LONGEST_NAME:
        raise NameMissing("name")


def _require_days(since: date, until: date) -> None:
    require_in_order(since, until)
    begun = (since.year + LONGEST_YEARS, since.month, since.day)
    is_long = (until.year, until.month, until.day) >= begun
    if is_long or since.year < FIRST_YEAR or until.year > LAST_YEAR:
        field = "until" if since.year >= FIRST_YEAR else "since"
        raise CampaignDaysUnfit(field, first=FIRST_YEAR, last=LAST_YEAR, years=LONGEST_YEARS)


def require_in_order(since: date, until: date) -> None:
    if until < since:
        raise DaysReversed("until")


def _require_tasks_within(campaign: Campaign) -> None:
    outside = Task.objects.filter(programme__campaign=campaign).filter(
        Q(since__lt=campaign.since) | Q(until__gt=campaign.until)
    )
    first = outside.first()
    if first:
        raise TasksOutside("until", count=outside.count(), task=first.title)


def _audit(actor: Actor, verb: str, campaign: Campaign, at: datetime, *others: Model) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="campaign",
        subject_id=campaign.uuid,
        unit_id=campaign.book.federation_id,
        at=at,
        seals=seals.taken(*(others or (campaign,))),
    )
