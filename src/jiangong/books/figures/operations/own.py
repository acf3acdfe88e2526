"""Figures that a federation defines over measures: a sum, a ratio, so much per one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from jiangong.books.figures.models import OwnFigure
from jiangong.books.figures.operations.bounds import begin_bound
from jiangong.books.figures.rules.catalogue import Form
from jiangong.books.ledger.measures import MeasureDefinition, MeasureKind, measures
from jiangong.books.ledger.operations import own
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, NotFound, StaleForm, require_all
from jiangong.ground.shared.rules import words

MOST_MEASURES = 12
MOST_DECIMALS = 4


class FormulaIncomplete(DomainError):
    code = "figure.formula_incomplete"
    message = _("Choose what is counted, and for a ratio or so much per one also what it is divided by.")


class MeasuresUnlike(DomainError):
    code = "figure.measures_unlike"
    message = _(
        "“%(one)s” and “%(other)s” cannot be added: choose measures of one unit and one kind, and of different "
        "persons only one."
    )


class RatioUnlike(DomainError):
    code = "figure.ratio_unlike"
    message = _("A ratio divides like by like. Choose the same unit on both sides, or “so much per one”.")


class DecimalsTooMany(DomainError):
    code = "figure.decimals_too_many"
    message = _("Give 0 to %(most)s decimals.")


@dataclass(frozen=True, slots=True)
class Formula:
    """What a figure computes, for ever. `unit` names what comes out of a division, such as 元/棵."""

    form: Form
    measures: tuple[str, ...]
    over: tuple[str, ...] = ()
    decimals: int = 0
    unit: str = ""
    unit_en: str = ""


def define_figure(
    *, actor: Actor, federation_id: int, name: str, name_en: str, formula: Formula, at: datetime
) -> OwnFigure:
    """Define a figure in the federation's book; it stands wherever figures stand from then on.

    Refuses a name that is missing or taken, half a formula (FormulaIncomplete), measures that do not add up
    (MeasuresUnlike) and a ratio of unlike things (RatioUnlike).
    """
    with transaction.atomic():
        book = own.book_to_configure(actor, federation_id)
        own.hold_edition()
        figure = OwnFigure(
            book=book,
            code=own.next_code("f", OwnFigure.objects.count()),
            form=formula.form.value,
            measures=list(formula.measures),
            over=list(formula.over),
            decimals=0 if formula.form is Form.SUM else formula.decimals,
            unit=words.line(formula.unit)[:30] if formula.form is Form.PER else "",
            unit_en=words.line(formula.unit_en)[:30] if formula.form is Form.PER else "",
        )
        require_all(partial(_require_sound, formula, book_id=book.pk), partial(_call, figure, name, name_en))
        figure.save(force_insert=True)
        begun = begin_bound(book.pk, figure.code)
        own.renew_edition()
        _audit(actor, "figure.add", figure, at, left=[begun])
    return figure


def rename_figure(
    *, actor: Actor, figure_id: int, version: int, name: str, name_en: str, at: datetime
) -> OwnFigure:
    with transaction.atomic():
        figure = _for_update(actor, figure_id, version)
        before = figure.name
        _call(figure, name, name_en)
        _keep(actor, "figure.change", figure, at, {"before": before})
    return figure


def end_figure(*, actor: Actor, figure_id: int, version: int, at: datetime) -> OwnFigure:
    """It is offered no more; reports that name it still read it."""
    return _set_active(actor, figure_id, version, at, active=False)


def resume_figure(*, actor: Actor, figure_id: int, version: int, at: datetime) -> OwnFigure:
    return _set_active(actor, figure_id, version, at, active=True)


def _set_active(actor: Actor, figure_id: int, version: int, at: datetime, *, active: bool) -> OwnFigure:
    with transaction.atomic():
        figure = _for_update(actor, figure_id, version)
        figure.is_active = active
        _keep(actor, "figure.resume" if active else "figure.end", figure, at)
    return figure


def _for_update(actor: Actor, figure_id: int, version: int) -> OwnFigure:
    figure = OwnFigure.objects.select_related("book").filter(pk=figure_id).first()
    if figure is None:
        raise NotFound
    access.require(actor, Right.CONFIGURE, unit_id=figure.book.federation_id)
    own.hold_edition()
    figure.refresh_from_db()
    if figure.version != version:
        raise StaleForm
    return figure


def _call(figure: OwnFigure, name: str, name_en: str) -> None:
    name, name_en = words.line(name)[:80], words.line(name_en)[:80]
    own.require_names(name, name_en, code=figure.code)
    figure.name, figure.name_en = name, name_en


def _require_sound(formula: Formula, *, book_id: int) -> None:
    divided = formula.form is not Form.SUM
    if not formula.measures or (divided and not formula.over):
        raise FormulaIncomplete("over" if formula.measures else "measures")
    if not 0 <= formula.decimals <= MOST_DECIMALS:
        raise DecimalsTooMany("decimals", most=MOST_DECIMALS)
    above = _known("measures", formula.measures, book_id)
    below = _known("over", formula.over, book_id) if divided else []
    _require_alike("measures", above)
    _require_alike("over", below)
    if formula.form is Form.RATIO and above[0].unit != below[0].unit:
        raise RatioUnlike("over")


def _known(field: str, codes: tuple[str, ...], book_id: int) -> list[MeasureDefinition]:
    found = [measures.get(code) for code in dict.fromkeys(codes)]
    known = [one for one in found if one is not None and one.book_id in {None, book_id}]
    if len(known) != len(codes) or len(codes) > MOST_MEASURES:
        raise FormulaIncomplete(field)
    return known


def _require_alike(field: str, added: list[MeasureDefinition]) -> None:
    for other in added[1:]:
        one = added[0]
        if (one.unit, one.kind) != (other.unit, other.kind) or one.kind is MeasureKind.DISTINCT:
            raise MeasuresUnlike(field, one=one.name, other=other.name)


def _keep(
    actor: Actor, verb: str, figure: OwnFigure, at: datetime, detail: dict[str, object] | None = None
) -> None:
    figure.version += 1
    figure.save()
    own.renew_edition()
    _audit(actor, verb, figure, at, detail)


def _audit(
    actor: Actor,
    verb: str,
    figure: OwnFigure,
    at: datetime,
    detail: dict[str, object] | None = None,
    *,
    left: Sequence[Model] = (),
) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="figure",
        subject_id=figure.pk,
        unit_id=figure.book.federation_id,
        at=at,
        detail={"code": figure.code, "name": figure.name, **(detail or {})},
        seals=seals.taken(figure, *left),
    )
