"""Titles that a federation adds to those that ship."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.governance.plan import operations
from jiangong.governance.plan.models import Campaign, Title, TitleSought
from jiangong.governance.plan.operations import errors
from jiangong.governance.plan.queries import titles_offered
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound, StaleForm
from tests.conftest import AT, World
from tests.governance.plan.conftest import CONTENT, Planning
from tests.governance.plan.test_operations import breaks

ClientOf = Callable[[str], Client]

NAME = "江苏省文明校园"


@pytest.fixture
def own(planning: Planning) -> Title:
    return add(planning)


def add(planning: Planning, name: str = NAME) -> Title:
    return operations.add_title(
        actor=planning.head,
        federation_id=planning.world.federation.pk,
        uuid=uuid4(),
        name=name,
        level="province",
        holder="unit",
        at=AT,
    )


def codes(world: World) -> list[str]:
    return [code for code, _name in titles_offered(federations=[world.federation])]


def test_five_ship_and_come_back_after_every_migration(world: World) -> None:
    assert codes(world) == TitleSought.values
    Title.objects.filter(code="county_unit").delete()
    operations.ship_titles()
    operations.ship_titles()
    assert sorted(codes(world)) == sorted(TitleSought.values)


def test_a_title_of_the_federation_is_sought(planning: Planning, own: Title) -> None:
    assert codes(planning.world)[-1] == own.code
    campaign = operations.open_campaign(
        actor=planning.head,
        uuid=uuid4(),
        federation_id=planning.world.federation.pk,
        content=replace(CONTENT, name="争创校园", title_sought=own.code),
        at=AT,
    )
    assert str(Campaign.objects.get(pk=campaign.pk).title_sought) == NAME
    assert breaks() == []


def test_what_ended_is_not_offered_and_goes_on_where_it_is_sought(planning: Planning, own: Title) -> None:
    ended = operations.end_title(actor=planning.head, title_id=own.pk, version=1, at=AT)
    assert own.code not in codes(planning.world)
    with_present = titles_offered(federations=[planning.world.federation], present=ended)
    assert with_present[-1] == (own.code, NAME)
    operations.resume_title(actor=planning.head, title_id=own.pk, version=2, at=AT)
    assert own.code in codes(planning.world)
    assert breaks() == []


def test_names_are_asked_for_and_stand_once(planning: Planning, own: Title) -> None:
    with pytest.raises(errors.TitleThere):
        add(planning)
    with pytest.raises(errors.TitleThere):
        add(planning, "全国文明城市")
    with pytest.raises(errors.TitleNameMissing):
        add(planning, " ")
    with pytest.raises(errors.TitleUnknown):
        operations.change_campaign(
            actor=planning.head,
            uuid=planning.campaign.uuid,
            version=1,
            content=replace(CONTENT, title_sought="没有"),
            at=AT,
        )


def test_a_form_sent_twice_adds_one(planning: Planning, own: Title) -> None:
    federation = planning.world.federation.pk
    code = own.code.removeprefix("own.")
    again = operations.add_title(
        actor=planning.head,
        federation_id=federation,
        uuid=uuid4().__class__(code),
        name="别的",
        level="city",
        holder="unit",
        at=AT,
    )
    assert again == own


def test_what_ships_is_not_ended_and_an_overtaken_form_is_refused(
    planning: Planning, own: Title, cast: dict[str, Actor]
) -> None:
    shipped = Title.objects.get(code="national_city")
    with pytest.raises(NotFound):
        operations.end_title(actor=planning.head, title_id=shipped.pk, version=1, at=AT)
    with pytest.raises(StaleForm):
        operations.end_title(actor=planning.head, title_id=own.pk, version=7, at=AT)
    with pytest.raises(NotFound):
        operations.end_title(actor=cast["stranger"], title_id=own.pk, version=1, at=AT)


def test_the_page_adds_ends_and_offers(planning: Planning, client_of: ClientOf) -> None:
    client, there = client_of("head"), reverse("plan:titles")
    sent = {"uuid": str(uuid4()), "name": NAME, "level": "province", "holder": "unit"}
    page = client.post(there, sent, follow=True).content.decode()
    assert NAME in page
    assert NAME in client.get(reverse("plan:open_campaign")).content.decode()
    refused = client.post(there, sent | {"uuid": str(uuid4())})
    assert refused.status_code == 422
    assert "请直接选用" in refused.content.decode()
    assert client.post(there, {"name": ""}).status_code == 422
    title = Title.objects.get(name=NAME)
    client.post(reverse("plan:end_title", args=[title.pk]), {"version": 1})
    assert NAME not in client.get(reverse("plan:open_campaign")).content.decode()
    client.post(reverse("plan:resume_title", args=[title.pk]), {"version": 2})
    assert NAME in client.get(reverse("plan:open_campaign")).content.decode()


def test_the_page_is_for_those_who_plan(planning: Planning, client_of: ClientOf) -> None:
    for who in ("clerk", "reviewer", "stranger", "auditor"):
        assert client_of(who).get(reverse("plan:titles")).status_code == 403
    assert Client().get(reverse("plan:titles")).status_code == 302
    assert client_of("head").delete(reverse("plan:titles")).status_code == 405
