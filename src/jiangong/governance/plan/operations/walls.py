"""Choosing the figures of a campaign's wall page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jiangong.books.figures.queries import figures_of, known_keys
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.governance.plan.models import Campaign, Wall
from jiangong.governance.plan.queries.campaigns import campaign_to_plan
from jiangong.ground.audit import operations as audit
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, NotFound, StaleForm, require_all

MOST_FIGURES = 9


class FigureTwice(DomainError):
    code = "wall.figure_twice"
    message = _("The same figure is chosen twice. Leave it in one place.")


class FigureNotOffered(DomainError):
    code = "wall.figure_not_offered"
    message = _("One of the figures is not known here. Choose again.")


class TooManyFigures(DomainError):
    code = "wall.too_many_figures"
    message = _("At most %(most)s figures can be read from afar. Take some out.")


def set_wall(*, actor: Actor, campaign: UUID, version: int, figures: Sequence[str], at: datetime) -> Wall:
    """In this order; none at all means those that the targets name. The first time with version 0."""
    with transaction.atomic():
        found = statements.locked(Campaign, campaign_to_plan(actor=actor, uuid=campaign).pk)
        if found is None:
            raise NotFound
        wall = Wall.objects.filter(campaign=found).first() or Wall(campaign=found, version=0)
        if wall.version != version:
            raise StaleForm
        federation_id = found.book.federation_id
        require_all(
            partial(_require_few, figures),
            partial(_require_once, figures),
            partial(_require_offered, figures, federation_id),
        )
        wall.figures, wall.version = list(figures), version + 1
        wall.save()
        audit.write(
            actor=actor,
            verb="wall.set",
            subject_type="campaign",
            subject_id=found.uuid,
            unit_id=federation_id,
            at=at,
            detail={"figures": list(figures)},
            seals=seals.taken(wall),
        )
    return wall


def _require_few(figures: Sequence[str]) -> None:
    if len(figures) > MOST_FIGURES:
        raise TooManyFigures(most=MOST_FIGURES)


def _require_once(figures: Sequence[str]) -> None:
    if len(set(figures)) < len(figures):
        raise FigureTwice


def _require_offered(figures: Sequence[str], federation_id: int) -> None:
    offered = {figure.code for figure in figures_of(unit_id=federation_id)}
    keys = [FigureKey.parse(text) for text in figures]
    if any(key.code not in offered for key in keys) or not known_keys(keys=keys).issuperset(keys):
        raise FigureNotOffered
