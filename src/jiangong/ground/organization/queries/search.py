"""Finding units and people by name, code or pinyin."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse

from jiangong.ground.organization import access
from jiangong.ground.organization.models import Account, Person
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.frame import Hit


def matching_units(words: str) -> Q:
    return (
        Q(name__icontains=words)
        | Q(short_name__icontains=words)
        | Q(code__istartswith=words)
        | Q(pinyin__contains=words.lower())
    )


def matching_people(words: str) -> Q:
    return Q(name__icontains=words) | Q(pinyin__contains=words.lower())


def units_found(actor: Actor, words: str) -> QuerySet[Any, str]:
    """For the audit log: the numbers, as text, of units in the actor's scope; also those below."""
    return _numbers(access.units_in_scope(actor).filter(matching_units(words)))


def people_found(actor: Actor, words: str) -> QuerySet[Any, str]:
    found = Person.objects.filter(unit_id__in=access.unit_ids_in_scope(actor))
    return _numbers(found.filter(matching_people(words)))


def accounts_found(actor: Actor, words: str) -> QuerySet[Any, str]:
    found = Account.objects.filter(person__unit_id__in=access.unit_ids_in_scope(actor))
    people = Person.objects.filter(matching_people(words)).values("pk")
    return _numbers(found.filter(Q(username__icontains=words) | Q(person__in=people)))


def _numbers(found: QuerySet[Any]) -> QuerySet[Any, str]:
    numbers: QuerySet[Any, str] = found.order_by().values_list(Cast("pk", CharField()), flat=True)
    return numbers


def search_units(actor: Actor, words: str, limit: int) -> list[Hit]:
    found = access.units_in_scope(actor).filter(matching_units(words))[:limit]
    return [
        Hit(unit.name, unit.get_kind_display(), reverse("organization:unit", args=[unit.pk]), unit.icon)
        for unit in found
    ]


def search_people(actor: Actor, words: str, limit: int) -> list[Hit]:
    found = Person.objects.filter(unit_id__in=access.unit_ids_in_scope(actor), until__isnull=True)
    found = found.select_related("unit").filter(matching_people(words))[:limit]
    return [
        Hit(
            person.name,
            " · ".join(filter(None, (person.unit.name, person.title))),
            reverse("organization:person", args=[person.pk]),
            "user",
        )
        for person in found
    ]
