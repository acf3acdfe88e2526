"""Templates: those that ship, and those that people make of a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from jiangong.books.ledger.models import Book
from jiangong.governance.reports import queries
from jiangong.governance.reports.models import DocumentForm, Report, Template, TextKind
from jiangong.governance.reports.operations.errors import LimitUnfit, NameMissing, TemplateEnded
from jiangong.governance.reports.operations.reports import TextTooLong
from jiangong.governance.reports.rules.drafts import LONGEST_LINE, LONGEST_TEXT
from jiangong.governance.reports.rules.heads import Form
from jiangong.governance.reports.rules.shipped import SHIPPED_TEMPLATES
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound, StaleForm, require_all
from jiangong.ground.shared.rules import words

LONGEST_NAME = 40
LONGEST_GUIDANCE = 300
LARGEST_LIMIT = LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class TemplateContent:
    """All that can be changed of a template."""

    name: str
    text_kind: str
    form: str = Form.PLAIN.value
    guidance: str = ""
    title: str = ""
    text: str = ""
    limit: int | None = None


def load_shipped_templates(*, actor: Actor, federation_id: int, at: datetime) -> None:
    """Give a federation the templates that ship; those it has already stay as it set them."""
    if not actor.is_system:
        raise Forbidden
    with transaction.atomic():
        known = set(Template.objects.filter(unit_id=federation_id).values_list("code", flat=True))
        made = Template.objects.bulk_create(
            Template(
                unit_id=federation_id,
                code=shipped.code,
                name=shipped.name,
                text_kind=shipped.code,
                form=shipped.form.value,
                guidance=shipped.guidance,
                title=shipped.title,
                text=shipped.text,
                limit=shipped.limit,
                changed_at=at,
            )
            for shipped in SHIPPED_TEMPLATES
            if shipped.code not in known
        )
        if made:
            audit.write(
                actor=actor,
                verb="template.load",
                subject_type="unit",
                subject_id=federation_id,
                unit_id=federation_id,
                at=at,
                seals=seals.taken(*made),
            )


def load_all_shipped_templates(*, actor: Actor, at: datetime) -> None:
    """After an upgrade: templates that are new come to every federation."""
    for federation_id in Book.objects.values_list("federation_id", flat=True):
        load_shipped_templates(actor=actor, federation_id=federation_id, at=at)


def make_template(*, actor: Actor, uuid: UUID, name: str, guidance: str, at: datetime) -> Template:
    """存为模板: the report's present text, offered to its unit and all below it."""
    report = queries.report(actor=actor, uuid=uuid)
    with transaction.atomic():
        organization.require(actor, Right.REPORT, unit_id=report.unit_id)
        template = Template(unit_id=report.unit_id, made_by_id=actor.account_id, changed_at=at)
        content = TemplateContent(
            name=name,
            text_kind=report.text_kind,
            form=report.form,
            guidance=guidance,
            title=queries.title_pattern(report=report),
            text=report.text,
            limit=report.limit,
        )
        _write(template, content)
        template.save(force_insert=True)
        _audit(actor, "template.make", template, at)
    return template


def change_template(
    *, actor: Actor, template_id: int, version: int, content: TemplateContent, at: datetime
) -> Template:
    """Change what new texts begin with; texts begun with it stay as they are."""
    with transaction.atomic():
        template = _template_for_update(actor, template_id)
        if template.version != version:
            raise StaleForm
        _write(template, content)
        template.version, template.changed_at = version + 1, at
        template.save()
        _audit(actor, "template.change", template, at)
    return template


def end_template(*, actor: Actor, template_id: int, at: datetime) -> Template:
    """It is offered no longer; texts begun with it stay."""
    with transaction.atomic():
        template = _template_for_update(actor, template_id)
        template.ended_at = template.changed_at = at
        template.version += 1
        template.save(update_fields=["ended_at", "changed_at", "version"])
        _audit(actor, "template.end", template, at)
    return template


def _template_for_update(actor: Actor, template_id: int) -> Template:
    template = statements.locked(Template, template_id)
    if template is None:
        raise NotFound
    organization.require(actor, Right.REPORT, unit_id=template.unit_id)
    if template.ended_at is not None:
        raise TemplateEnded
    return template


def _write(template: Template, content: TemplateContent) -> None:
    name = words.line(content.name)
    text = queries.with_codes(report=Report(unit_id=template.unit_id), shown=words.visible(content.text))
    require_all(
        partial(_require_name, name), partial(_require_limit, content.limit), partial(_require_short, text)
    )
    template.name, template.text, template.limit = name, text, content.limit
    template.text_kind, template.form = TextKind(content.text_kind), DocumentForm(content.form)
    template.guidance = words.line(content.guidance)[:LONGEST_GUIDANCE]
    template.title = words.line(content.title)[:LONGEST_LINE]


def _require_name(name: str) -> None:
    if not 1 <= len(name) <= LONGEST_NAME:
        raise NameMissing("name")


def _require_limit(limit: int | None) -> None:
    if limit is not None and not 1 <= limit <= LARGEST_LIMIT:
        raise LimitUnfit("limit", most=LARGEST_LIMIT)


def _require_short(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise TextTooLong("text", length=len(text), most=LONGEST_TEXT)


def _audit(actor: Actor, verb: str, template: Template, at: datetime) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="template",
        subject_id=template.pk,
        unit_id=template.unit_id,
        at=at,
        seals=seals.taken(template),
    )
