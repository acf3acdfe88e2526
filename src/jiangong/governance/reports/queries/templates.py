"""Templates that a person may begin with, or look after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from jiangong.governance.reports import access
from jiangong.governance.reports.models import Report, Template
from jiangong.governance.reports.queries.naming import names
from jiangong.governance.reports.rules import placeholders, tokens
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.rules.periods import Period


@dataclass(frozen=True, slots=True)
class TemplateRow:
    template: Template
    may_change: bool


@dataclass(frozen=True, slots=True)
class TemplatesPage:
    rows: Sequence[TemplateRow]


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """`shown`: its text with the names of figures in the marks."""

    template: Template
    shown: str


@dataclass(frozen=True, slots=True)
class Begun:
    """What a new text takes from its template."""

    title: str
    text: str


def offered(*, actor: Actor) -> QuerySet[Template]:
    """Those of the units that the actor may write for, and of the units above them."""
    units = access.units_for_reports(actor).values("pk")
    above = Ancestry.objects.filter(unit_id__in=units, until__isnull=True).values("ancestor_id")
    return Template.objects.filter(unit_id__in=above, ended_at__isnull=True).select_related("unit")


def offered_template(*, actor: Actor, template_id: int) -> Template:
    found = offered(actor=actor).filter(pk=template_id).first()
    if found is None:
        raise NotFound
    return found


def templates_page(*, actor: Actor) -> TemplatesPage:
    own = set(organization.unit_ids_in_scope(actor, Right.REPORT))
    rows = [TemplateRow(template, template.unit_id in own) for template in offered(actor=actor)]
    return TemplatesPage(rows)


def template_page(*, actor: Actor, template_id: int) -> TemplatePage:
    """For those who may change it."""
    template = Template.objects.filter(pk=template_id, ended_at__isnull=True).select_related("unit").first()
    if template is None:
        raise NotFound
    organization.require(actor, Right.REPORT, unit_id=template.unit_id)
    return TemplatePage(template, _named(template))


def _named(template: Template) -> str:
    known = names(report=Report(unit=template.unit), shown=template.text)
    return tokens.with_names(template.text, key=known.named, unit=known.unit_named)


def begun(*, template: Template, unit: Unit, period: Period) -> Begun:
    """Title and text of a new report, with the places for unit, period and year filled in."""
    return Begun(
        placeholders.filled(template.title, unit=unit.name, period=period),
        placeholders.filled(template.text, unit=unit.name, period=period),
    )


def title_pattern(*, report: Report) -> str:
    return placeholders.pattern(report.title, unit=report.unit.name, period=report.period)
