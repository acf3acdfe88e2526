"""Units as people write them in sheets: by name, short name or code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, Person, Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules import words


class NoSuchUnit(DomainError):
    code = "no_such_unit"
    message = _("No unit that you look after is called “%(name)s”. Check the name, or write the unit's code.")


class SeveralUnits(DomainError):
    code = "several_units"
    message = _("Several units are called “%(name)s”. Write the unit's code.")


class NamedUnits:
    """A code is one unit's; of names the whole one comes before the short one, and two of a name are none."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.by_code: dict[str, Unit] = {}
        self._by_name: dict[str, list[Unit]] = {}
        self._by_short_name: dict[str, list[Unit]] = {}
        for unit in units:
            self.by_code[unit.code] = unit
            self._by_name.setdefault(words.folded(unit.name), []).append(unit)
            if unit.short_name:
                self._by_short_name.setdefault(words.folded(unit.short_name), []).append(unit)

    def named(self, name: str) -> Unit:
        """Refuses a name that no unit here has, or several (NoSuchUnit, SeveralUnits)."""
        if name in self.by_code:
            return self.by_code[name]
        folded = words.folded(name)
        found = self._by_name.get(folded) or self._by_short_name.get(folded) or []
        if not found:
            raise NoSuchUnit(name=name)
        if len(found) > 1:
            raise SeveralUnits(name=name)
        return found[0]

    def written(self, unit: Unit) -> str:
        """Its name, or its code where the name says too little."""
        same = self._by_name.get(words.folded(unit.name), [])
        return unit.name if len(same) <= 1 and unit.name not in self.by_code else unit.code


def unit_names(actor: Actor, numbers: Sequence[str]) -> dict[str, str]:
    """For the audit log: of the units in the actor's scope, their names by number."""
    found = access.units_in_scope(actor).filter(pk__in=[int(number) for number in numbers])
    return {str(number): name for number, name in found.values_list("pk", "name")}


def person_names(actor: Actor, numbers: Sequence[str]) -> dict[str, str]:
    found = Person.objects.filter(pk__in=[int(number) for number in numbers])
    found = found.filter(unit_id__in=access.unit_ids_in_scope(actor))
    return {str(number): name for number, name in found.values_list("pk", "name")}


def account_names(actor: Actor, numbers: Sequence[str]) -> dict[str, str]:
    found = Account.objects.filter(pk__in=[int(number) for number in numbers])
    found = found.filter(person__unit_id__in=access.unit_ids_in_scope(actor))
    return {str(number): name for number, name in found.values_list("pk", "person__name")}


def named_units(*, actor: Actor, right: Right) -> NamedUnits:
    """The units that the right reaches, in one statement."""
    return NamedUnits(access.units_in_scope(actor, right))
