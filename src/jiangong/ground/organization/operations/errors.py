"""What operations on units, people and accounts refuse in common."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.errors import DomainError, Several

REACH = timedelta(days=366)


class Unsound(DomainError):
    code = "unsound_field"
    message = _("%(reasons)s")


class DayTooFar(DomainError):
    code = "day_too_far"
    message = _("%(day)s lies more than a year ahead. Check the year.")


class DayTooEarly(DomainError):
    code = "day_too_early"
    message = _("%(day)s lies too far back. Check the year.")


class NotYet(DomainError):
    code = "not_yet"
    message = _("%(day)s has not come yet. Enter this on that day or later.")


class EndBeforeStart(DomainError):
    code = "end_before_start"
    message = _("The last day lies before the first, %(since)s. Give a later day.")


class UnitEnded(DomainError):
    code = "unit_ended"
    message = _("%(unit)s was dissolved on %(until)s. Choose an active unit.")


def require_sound(instance: Model) -> None:
    """Refuses missing or overlong texts and values that a column cannot hold (Unsound, one for each field)."""
    links = [field.name for field in instance._meta.fields if isinstance(field, ForeignKey)]
    try:
        instance.full_clean(exclude=links, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        refused = [Unsound(field, reasons=" ".join(said)) for field, said in error.message_dict.items()]
        raise refused[0] if len(refused) == 1 else Several(refused) from error


def require_within_reach(field: str, day: date, *, at: datetime) -> None:
    if day > timezone.localtime(at).date() + REACH:
        raise DayTooFar(field, day=day)


def require_come(field: str, day: date, *, at: datetime) -> None:
    if day > timezone.localtime(at).date():
        raise NotYet(field, day=day)
