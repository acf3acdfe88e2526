"""Lists of reports, one report, one issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from jiangong.governance.reports import access
from jiangong.governance.reports.models import Comment, Issue, Publication, Report, ReportState
from jiangong.governance.reports.queries.changes import IssueChanges, changes_since
from jiangong.governance.reports.queries.comments import Talk, talk
from jiangong.governance.reports.queries.origins import Origin, origin_of
from jiangong.governance.reports.queries.panel import FigureChoice, figure_choices
from jiangong.governance.reports.queries.publishing import (
    LostConsent,
    Reissue,
    lost_consents,
    people_unagreed,
    publication_of,
    reissue_of,
)
from jiangong.governance.reports.queries.remarking import checked
from jiangong.governance.reports.queries.renditions import replaced_face_names
from jiangong.governance.reports.queries.resolving import (
    Resolved,
    content_of,
    document_of,
    figure_href,
    name_of,
    resolved,
)
from jiangong.governance.reports.queries.sign_off import SignOff, demands_check, sign_off
from jiangong.governance.reports.queries.trails import with_annex
from jiangong.governance.reports.rules import elements
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.governance.reports.rules.frozen import Content, UsedFigure, digest
from jiangong.governance.reports.rules.html import to_html
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.frame import Hit, WaitingGroup
from jiangong.ground.shared.rules.periods import Period

HEAVY = ("document", "findings")
OPEN_COMMENTS = Comment.objects.filter(parent__isnull=True, settled_at__isnull=True)
COUNT_OF_OPEN_COMMENTS = (
    OPEN_COMMENTS.filter(report=OuterRef("pk"))
    .order_by()
    .values("report")
    .annotate(count=Count("*"))
    .values("count")
)


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report as it reads today, with what was issued of it."""

    report: Report
    resolved: Resolved
    issues: Sequence[Issue]
    may_write: bool
    sign_off: SignOff
    talk: Talk
    origin: Origin | None
    lost: Sequence[LostConsent]
    """Its public texts that name somebody who agrees no longer."""

    @property
    def period(self) -> Period:
        return Period(self.report.since, self.report.until)

    @property
    def paper(self) -> SafeString:
        return mark_safe(self.resolved.html)  # noqa: S308 — the page maker escapes all that it is given

    @property
    def standing(self) -> Issue | None:
        """The last issue that was not taken back."""
        return next((issue for issue in self.issues if not is_withdrawn(issue)), None)


@dataclass(frozen=True, slots=True)
class IssuePage:
    issue: Issue
    content: Content
    paper: SafeString
    later: Issue | None
    changes: IssueChanges
    is_whole: bool
    may_write: bool
    replaced_faces: Sequence[str]
    may_issue: bool
    publication: Publication | None
    reissue: Reissue | None
    people: Sequence[str]
    lost: Sequence[LostConsent]
    """Itself, where it is public and names somebody who agrees no longer."""
    annex: int
    """How many figures the annex explains; 0 without one."""

    @property
    def is_public(self) -> bool:
        return self.publication is not None and self.publication.ended_at is None

    @property
    def is_withdrawn(self) -> bool:
        return is_withdrawn(self.issue)

    @property
    def period(self) -> Period:
        return Period(self.content.since, self.content.until)


@dataclass(frozen=True, slots=True)
class EditorPage:
    report: Report
    resolved: Resolved
    choices: Sequence[FigureChoice]
    period: Period
    talk: Talk
    may_issue: bool
    comment_uuid: UUID = field(default_factory=uuid4)

    @property
    def paper(self) -> SafeString:
        return mark_safe(self.resolved.html)  # noqa: S308 — the page maker escapes all that it is given


@dataclass(frozen=True, slots=True)
class PinnedFigure:
    used: UsedFigure
    href: str

    @property
    def name(self) -> str:
        return name_of(self.used)

    @property
    def period(self) -> Period:
        return Period(self.used.since, self.used.until)


@dataclass(frozen=True, slots=True)
class IssuingPage:
    """What would be pinned if the report were issued now."""

    report: Report
    resolved: Resolved
    number: int
    replaced: Issue | None
    """The withdrawn issue that this one would replace."""
    waits_for_check: bool
    open_comments: int

    @property
    def period(self) -> Period:
        return Period(self.report.since, self.report.until)

    @property
    def figures(self) -> list[PinnedFigure]:
        return [PinnedFigure(used, figure_href(used)) for used in self.resolved.content.figures]

    @property
    def lacking(self) -> list[str]:
        """Elements that the form of the document still asks for."""
        return elements.lacking(self.report.head)

    @property
    def is_possible(self) -> bool:
        return not (self.resolved.to_mend or self.resolved.is_empty or self.lacking or self.waits_for_check)


def reports(
    *, actor: Actor, unit_id: int | None = None, state: str = "", words: str = ""
) -> QuerySet[Report]:
    """The filterable list, last changed first, each with its issues but without their documents."""
    found = access.reports_in_scope(actor)
    if unit_id is not None:
        found = found.filter(unit__ancestries__ancestor_id=unit_id, unit__ancestries__until__isnull=True)
    if state in ReportState.values:
        found = found.filter(state=state)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(text__icontains=words))
    return (
        found.select_related("unit", "made_by__person")
        .defer("text")
        .annotate(open_comments=Coalesce(Subquery(COUNT_OF_OPEN_COMMENTS), 0))
        .prefetch_related(Prefetch("issues", queryset=_light_issues()))
    )


def report(*, actor: Actor, uuid: UUID) -> Report:
    found = access.reports_in_scope(actor).select_related("unit", "made_by__person").filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def report_page(*, actor: Actor, uuid: UUID, on: date) -> ReportPage:
    found = report(actor=actor, uuid=uuid)
    return ReportPage(
        report=found,
        resolved=(read := _checked(actor, found, on)),
        issues=list(_light_issues().filter(report=found)),
        may_write=access.may_write(actor, unit_id=found.unit_id),
        sign_off=sign_off(actor=actor, report=found),
        talk=talk(report=found, shown=read.shown),
        origin=origin_of(actor=actor, uuid=found.uuid),
        lost=lost_consents(Publication.objects.filter(issue__report=found)),
    )


def issue(*, actor: Actor, uuid: UUID, number: int) -> Issue:
    found = access.issues_in_scope(actor).filter(report__uuid=uuid, number=number)
    one = found.select_related(
        "report__unit", "issued_by__person", "withdrawal__withdrawn_by__person", "trail"
    ).first()
    if one is None:
        raise NotFound
    return one


def issue_page(*, actor: Actor, uuid: UUID, number: int) -> IssuePage:
    found = issue(actor=actor, uuid=uuid, number=number)
    content = content_of(found)
    return IssuePage(
        issue=found,
        content=content,
        paper=mark_safe(to_html(with_annex(document_of(content), found))),  # noqa: S308 — escaped by the page maker
        later=_light_issues().filter(report_id=found.report_id, number__gt=number).first(),
        changes=changes_since(issue=found),
        is_whole=digest(found.document) == found.digest,
        may_write=access.may_write(actor, unit_id=found.report.unit_id),
        replaced_faces=replaced_face_names(),
        may_issue=(may_issue := access.may_issue(actor, unit_id=found.report.unit_id)),
        publication=publication_of(found),
        reissue=reissue_of(found),
        people=people_unagreed(found.report, content) if may_issue else (),
        lost=lost_consents(Publication.objects.filter(issue=found)),
        annex=len(found.trail.content) if hasattr(found, "trail") else 0,
    )


def period_of(issue: Issue) -> Period:
    content = content_of(issue)
    return Period(content.since, content.until)


def is_withdrawn(issue: Issue) -> bool:
    return hasattr(issue, "withdrawal")


def own_drafts(*, actor: Actor) -> QuerySet[Report]:
    """Drafts that this person began and may still finish."""
    found = access.reports_in_scope(actor, Right.DRAFT).filter(state=ReportState.DRAFT)
    return found.filter(made_by_id=actor.account_id) if actor.account_id else found.none()


def search_reports(actor: Actor, words: str, limit: int) -> list[Hit]:
    return [
        Hit(
            title=found.title,
            detail=f"{found.unit} · {found.get_state_display()}",
            href=reverse("reports:report", args=[found.uuid]),
            icon="file-text",
        )
        for found in reports(actor=actor, words=words)[:limit]
    ]


def report_titles(actor: Actor, uuids: Sequence[str]) -> dict[str, str]:
    """For the audit log: of the reports in the actor's scope, their titles by uuid."""
    found = access.reports_in_scope(actor).filter(uuid__in=uuids)
    return {str(uuid): title for uuid, title in found.values_list("uuid", "title")}


def _light_issues() -> QuerySet[Issue]:
    light = Issue.objects.defer(*HEAVY).select_related("issued_by__person", "withdrawal")
    return light.order_by("-number")


def report_for_writing(*, actor: Actor, uuid: UUID, right: Right = Right.DRAFT) -> Report:
    """The report, if the actor may change it: Forbidden inside the scope without the right."""
    found = report(actor=actor, uuid=uuid)
    organization.require(actor, right, unit_id=found.unit_id)
    return found


def editor_page(
    *, actor: Actor, uuid: UUID, on: date, unit: Unit | None = None, content: ReportContent | None = None
) -> EditorPage:
    """The report as stored, or as it stands in a form that is not saved yet."""
    found = report_for_writing(actor=actor, uuid=uuid)
    if unit is not None and unit.pk != found.unit_id:
        organization.require(actor, Right.DRAFT, unit_id=unit.pk)
    shown = None
    if content is not None:
        _lay_over(found, unit or found.unit, content)
        shown = content.text
    period = Period(found.since, found.until)
    return EditorPage(
        report=found,
        resolved=(read := resolved(report=found, on=on, shown=shown)),
        choices=figure_choices(unit_id=found.unit_id, period=period),
        period=period,
        talk=talk(report=found, shown=read.shown),
        may_issue=access.may_issue(actor, unit_id=found.unit_id),
    )


def issuing_page(*, actor: Actor, uuid: UUID, on: date, dated_on: date | None = None) -> IssuingPage:
    """`dated_on` is the date that the report is given in the form; until one is given, it is of its own period."""
    found = report_for_writing(actor=actor, uuid=uuid, right=Right.REPORT)
    last = _light_issues().filter(report=found).first()
    return IssuingPage(
        report=found,
        resolved=_checked(actor, found, dated_on or on, is_dated=dated_on is not None),
        number=last.number + 1 if last else 1,
        replaced=last if last and is_withdrawn(last) else None,
        waits_for_check=found.state != ReportState.SIGNING and demands_check(unit_id=found.unit_id),
        open_comments=OPEN_COMMENTS.filter(report=found).count(),
    )


def _checked(actor: Actor, found: Report, on: date, *, is_dated: bool = False) -> Resolved:
    """As those read it who check, sign and issue it."""
    return checked(actor=actor, report=found, read=resolved(report=found, on=on, is_dated=is_dated))


def _lay_over(found: Report, unit: Unit, content: ReportContent) -> None:
    """Change the loaded row only; nothing is saved."""
    found.unit, found.title, found.text = unit, content.title, content.text
    found.subtitle, found.organ = content.subtitle, content.organ
    found.since, found.until = content.since, content.until
    found.head = content.head


def waiting_drafts(actor: Actor, on: date) -> list[WaitingGroup]:
    del on
    count = own_drafts(actor=actor).count()
    href = f"{reverse('reports:reports')}?state={ReportState.DRAFT.value}"
    return [WaitingGroup("reports", _("Drafts of reports"), "file-text", count, href)] if count else []
