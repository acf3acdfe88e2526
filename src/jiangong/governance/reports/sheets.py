"""Lists of reports, of templates and of what is published, to be taken out as their pages show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.governance.reports import queries
from jiangong.governance.reports.models import Issue, Publication, Report
from jiangong.ground.sheets.rules import Cell, CellKind, Column, Context, Listing

PART = 200


def report_columns(context: Context) -> list[Column]:
    del context
    return [
        Column("title", _("Report"), width=40),
        Column("number", _("Document number"), width=20),
        Column("unit", _("Unit"), width=26),
        Column("by", _("Begun by")),
        Column("since", _("First day of the period"), CellKind.DAY),
        Column("until", _("Last day of the period"), CellKind.DAY),
        Column("issue", _("Last issue"), CellKind.QUANTITY),
        Column("dated", _("Dated"), CellKind.DAY),
        Column("remark", _("Notes"), width=30),
        Column("changed", _("Changed"), CellKind.DAY),
        Column("comments", _("Open comments"), CellKind.QUANTITY),
        Column("state", _("State")),
    ]


def report_rows(context: Context) -> Iterator[Sequence[Cell]]:
    """With the filters of the page; of one unit and all below it where its address names one."""
    given = context.filters
    found = queries.reports(
        actor=context.actor,
        unit_id=context.unit_id if context.names_unit else None,
        state=given.get("state", ""),
        words=given.get("words", ""),
    )
    for report in found.iterator(chunk_size=PART):
        yield _report(report)


def _report(report: Report) -> Sequence[Cell]:
    issues = list(report.issues.all())
    last = issues[0] if issues else None
    return (
        report.title,
        str(report.number or ""),
        report.unit.name,
        report.made_by.person.name if report.made_by else "",
        report.since,
        report.until,
        last.number if last else None,
        last.dated_on if last else None,
        _remark(issues),
        timezone.localtime(report.changed_at).date(),
        report.open_comments,  # type: ignore[attr-defined]
        capfirst(report.get_state_display()),
    )


def _remark(issues: Sequence[Issue]) -> str:
    """Of the last issue: that it was withdrawn, and which withdrawn one it replaces."""
    if not issues:
        return ""
    withdrawn = queries.withdrawal_of(issues[0])
    before = queries.withdrawal_of(issues[1]) if len(issues) > 1 else None
    replaced = issues[1].number if before and before.withdrawn_at <= issues[0].issued_at else 0
    return _became(is_withdrawn=withdrawn is not None, replaced=replaced)


def _became(*, is_withdrawn: bool, replaced: int) -> str:
    said = [_("withdrawn")] if is_withdrawn else []
    if replaced:
        said.append(_("replaces no. %(number)s, which was withdrawn") % {"number": replaced})
    return " · ".join(said)


def template_columns(context: Context) -> list[Column]:
    del context
    return [
        Column("name", _("Name"), width=30),
        Column("guidance", _("Guidance"), width=50),
        Column("kind", _("Kind of text")),
        Column("form", _("Form of the document")),
        Column("unit", _("Offered to"), width=26),
        Column("limit", _("At most so many characters"), CellKind.QUANTITY),
    ]


def template_rows(context: Context) -> Iterator[Sequence[Cell]]:
    for row in queries.templates_page(actor=context.actor).rows:
        one = row.template
        yield (
            one.name,
            one.guidance,
            capfirst(one.get_text_kind_display()),
            capfirst(one.get_form_display()),
            one.unit.name,
            one.limit,
        )


def published_columns(context: Context) -> list[Column]:
    del context
    return [
        Column("title", _("Report"), width=40),
        Column("organ", _("Issuing organ"), width=26),
        Column("dated", _("Dated"), CellKind.DAY),
        Column("published", _("Published"), CellKind.DAY),
        Column("remark", _("Notes"), width=30),
    ]


def published_rows(context: Context) -> Iterator[Sequence[Cell]]:
    """The same for everybody."""
    del context
    part: list[Publication] = []
    for publication in queries.published_list().iterator(chunk_size=PART):
        part.append(publication)
        if len(part) == PART:
            yield from _published(part)
            part = []
    yield from _published(part)


def _published(publications: Sequence[Publication]) -> Iterator[Sequence[Cell]]:
    for line in queries.published_lines(publications):
        yield (
            line.title,
            line.organ,
            line.publication.issue.dated_on,
            timezone.localtime(line.publication.published_at).date(),
            _became(is_withdrawn=line.withdrawal is not None, replaced=line.replaced),
        )


REPORTS = Listing("reports", gettext_lazy("Reports"), report_columns, report_rows)
TEMPLATES = Listing("templates", gettext_lazy("Templates"), template_columns, template_rows)
PUBLISHED = Listing("published", gettext_lazy("Published reports"), published_columns, published_rows)
LISTINGS = (REPORTS, TEMPLATES, PUBLISHED)
