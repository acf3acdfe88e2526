"""What anybody may read: published issues, and what stands behind each of their numbers, without any record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jiangong.governance.reports.models import Consent, Issue, Publication, Report, Withdrawal
from jiangong.governance.reports.queries.consents import consents_of, withdrawn_consents
from jiangong.governance.reports.queries.resolving import content_of
from jiangong.governance.reports.rules import checking, frozen, trails
from jiangong.governance.reports.rules.corrections import Correction, correction
from jiangong.governance.reports.rules.frozen import Content, UsedFigure
from jiangong.governance.reports.rules.heads import words_of
from jiangong.governance.reports.rules.html import to_html
from jiangong.governance.reports.rules.trails import Trail
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Person
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.frame import WaitingGroup

PREVIEW = 120
SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Reissue:
    """That an issue replaces a withdrawn one, why that was withdrawn, and what it says otherwise."""

    withdrawn: Issue
    withdrawal: Withdrawal
    correction: Correction


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """A public text. Withdrawn or taken down it shows no text, but what became of it."""

    publication: Publication
    content: Content
    paper: SafeString
    withdrawal: Withdrawal | None
    later: Publication | None
    reissue: Reissue | None
    address: str

    @property
    def is_ended(self) -> bool:
        return self.publication.ended_at is not None

    @property
    def is_shown(self) -> bool:
        return not (self.is_ended or self.withdrawal)

    @property
    def summary(self) -> str:
        """The first words of the text, for who shares its address."""
        body = (frozen.plain(section.parts) for section in self.content.sections if not section.level)
        text = next((paragraph for paragraph in body if paragraph.strip()), self.content.title)
        return f"{text[:PREVIEW]}…" if len(text) > PREVIEW else text


@dataclass(frozen=True, slots=True)
class PublishedFigurePage:
    page: PublishedPage
    trail: Trail


@dataclass(frozen=True, slots=True)
class PublishedLine:
    publication: Publication
    title: str
    organ: str
    withdrawal: Withdrawal | None
    replaced: int
    """The number of the withdrawn issue that this one replaces; 0 where it replaces none."""


def published_list() -> QuerySet[Publication]:
    """Everything that is public now, last published first."""
    found = Publication.objects.filter(ended_at__isnull=True).defer("facts", "issue__findings")
    return found.select_related("issue__report", "issue__withdrawal")


def published_lines(publications: Sequence[Publication]) -> list[PublishedLine]:
    """One statement for the withdrawals of earlier issues."""
    reports = [publication.issue.report_id for publication in publications]
    rows = Withdrawal.objects.filter(issue__report__in=reports).select_related("issue")
    withdrawn = {(row.issue.report_id, row.issue.number): row for row in rows.defer("issue__document")}
    return [_line(publication, withdrawn) for publication in publications]


def _line(publication: Publication, withdrawn: dict[tuple[int, int], Withdrawal]) -> PublishedLine:
    issue = publication.issue
    before = withdrawn.get((issue.report_id, issue.number - 1))
    replaced = before.issue.number if before and before.withdrawn_at <= issue.issued_at else 0
    return PublishedLine(
        publication,
        issue.document["title"],
        issue.document["organ"] or issue.document["unit_name"],
        withdrawn.get((issue.report_id, issue.number)),
        replaced,
    )


def published_page(*, uuid: UUID, number: int) -> PublishedPage:
    """Refuses only what was never public."""
    found = Publication.objects.filter(issue__report__uuid=uuid, issue__number=number)
    publication = found.select_related("issue__report", "issue__withdrawal").first()
    if publication is None:
        raise NotFound
    issue = publication.issue
    content = content_of(issue)
    later = Publication.objects.filter(
        issue__report_id=issue.report_id, issue__number__gt=number, ended_at__isnull=True
    )
    places = {place: number for number, place in enumerate(trails.unexplained(content), start=1)}
    document = frozen.as_document(content, href=partial(_figure_href, issue, places))
    return PublishedPage(
        publication=publication,
        content=content,
        paper=mark_safe(to_html(document)),  # noqa: S308 — the page maker escapes all that it is given
        withdrawal=withdrawal_of(issue),
        later=later.defer("facts", "issue__document", "issue__findings")
        .select_related("issue__report")
        .first(),
        reissue=reissue_of(issue),
        address=settings.BASE_URL + public_address(issue),
    )


def published_figure_page(*, uuid: UUID, number: int, place: int) -> PublishedFigurePage:
    page = published_page(uuid=uuid, number=number)
    facts = trails.from_json(page.publication.facts)
    if not (page.is_shown and 1 <= place <= len(facts)):
        raise NotFound
    return PublishedFigurePage(page, facts[place - 1])


def public_address(issue: Issue) -> str:
    return reverse("reports:published", args=[issue.report.uuid, issue.number])


def _figure_href(issue: Issue, places: dict[tuple[str, int, date, date], int], used: UsedFigure) -> str:
    place = places[trails.identity(used)]
    return reverse("reports:published_figure", args=[issue.report.uuid, issue.number, place])


def withdrawal_of(issue: Issue) -> Withdrawal | None:
    return getattr(issue, "withdrawal", None)


def reissue_of(issue: Issue) -> Reissue | None:
    """Where the issue before this one had been withdrawn when this one went out."""
    before = Issue.objects.filter(report_id=issue.report_id, number=issue.number - 1)
    withdrawn = before.select_related("withdrawal").first()
    withdrawal = withdrawal_of(withdrawn) if withdrawn else None
    if withdrawn is None or withdrawal is None or withdrawal.withdrawn_at > issue.issued_at:
        return None
    return Reissue(withdrawn, withdrawal, correction(before=content_of(withdrawn), after=content_of(issue)))


def publication_of(issue: Issue) -> Publication | None:
    """The one that is open, or the last."""
    found = Publication.objects.filter(issue=issue).select_related("published_by__person")
    return found.defer("facts").first()


def people_unagreed(report: Report, content: Content) -> list[str]:
    """People whom the text names and whose consent is not kept with the report."""
    agreed = consents_of(report)
    return [name for name in people_named(content) if name not in agreed]


def people_named(content: Content) -> list[str]:
    """Those whom the text check names (P18), and people of the house whose names stand in the text."""
    body = "\n".join(frozen.plain(section.parts) for section in content.sections)
    above = f"{content.title}\n{content.subtitle}"
    found = dict.fromkeys([*checking.people_named(above), *checking.people_named(body)])
    text = words_in(content)
    names = Person.objects.order_by("name").values_list("name", flat=True).distinct()
    known = (name for name in names.iterator() if len(name) >= SHORTEST_NAME and name in text)
    return list(found | dict.fromkeys(known))


@dataclass(frozen=True, slots=True)
class LostConsent:
    """A text that is public, and those named in it who agree no longer."""

    publication: Publication
    names: Sequence[str]


def lost_consents(publications: QuerySet[Publication]) -> list[LostConsent]:
    """Of those that anybody can read: whose consent was withdrawn since they were published and not given anew."""
    shown = publications.filter(ended_at__isnull=True, issue__withdrawal__isnull=True)
    gone = withdrawn_consents(reports=shown.values("issue__report"))
    if not gone:
        return []
    named = shown.filter(issue__report__in=gone).select_related("issue__report").order_by("published_at")
    found = []
    for publication in named.defer("facts", "issue__findings"):
        text = words_in(content_of(publication.issue))
        lost = [
            consent.name
            for consent in gone[publication.issue.report_id]
            if is_since(consent, publication.published_at) and consent.name in text
        ]
        if lost:
            found.append(LostConsent(publication, list(dict.fromkeys(lost))))
    return found


def is_since(consent: Consent, at: datetime) -> bool:
    return consent.withdrawn_at is not None and consent.withdrawn_at >= at


def words_in(content: Content) -> str:
    """All that a public page shows of a text."""
    body = (frozen.plain(section.parts) for section in content.sections)
    return "\n".join((content.title, content.subtitle, *words_of(content.head), *body))


def waiting_consents(actor: Actor, on: date) -> list[WaitingGroup]:
    """For those who can take a text down."""
    del on
    units = organization.unit_ids_in_scope(actor, Right.REPORT)
    lost = lost_consents(Publication.objects.filter(issue__report__unit_id__in=units))
    if not lost:
        return []
    first = lost[0].publication.issue
    href = reverse("reports:issued", args=[first.report.uuid, first.number])
    label = _("Published texts that name people who agree no longer")
    return [WaitingGroup("reports-consents", label, "eye-off", len(lost), href, "warning")]
