"""A federation sets from when on its tasks are near or behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.governance.plan import operations
from jiangong.governance.plan.models import LightRule
from jiangong.governance.plan.operations import errors
from jiangong.governance.plan.queries import task_rows
from jiangong.governance.plan.rules import Light, LightPolicy
from jiangong.ground.shared.errors import DomainError, Forbidden, StaleForm
from tests.conftest import AT
from tests.governance.plan.conftest import END, Planning
from tests.governance.plan.test_operations import breaks

ClientOf = Callable[[str], Client]


def set_lights(planning: Planning, near_days: int, slack: int, *, version: int = 0, by: str = "head") -> None:
    operations.set_lights(
        actor=planning.cast[by],
        federation_id=planning.world.federation.pk,
        version=version,
        policy=LightPolicy(near_days, slack),
        at=AT,
    )


def test_what_is_set_decides_the_light(planning: Planning) -> None:
    planning.add()
    programme, on = planning.campaign.programme, END - timedelta(45)
    (before,) = task_rows(programme=programme, on=on).values()
    set_lights(planning, 60, 10)
    (after,) = task_rows(programme=programme, on=on).values()
    assert (before.light, after.light) == (Light.ON_TRACK, Light.NEAR)
    set_lights(planning, 10, 10, version=1)
    (again,) = task_rows(programme=programme, on=on).values()
    assert again.light is Light.ON_TRACK
    assert breaks() == []


@pytest.mark.parametrize(
    ("days", "slack", "refusal"),
    [(366, 10, errors.DaysUnfit), (-1, 10, errors.DaysUnfit), (1, 101, errors.SlackUnfit)],
)
def test_what_cannot_be_is_refused(
    planning: Planning, days: int, slack: int, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        set_lights(planning, days, slack)
    assert not LightRule.objects.exists()


def test_an_overtaken_form_and_who_does_not_plan_are_refused(planning: Planning) -> None:
    set_lights(planning, 60, 10)
    with pytest.raises(StaleForm):
        set_lights(planning, 20, 10)
    with pytest.raises(Forbidden):
        set_lights(planning, 20, 10, version=1, by="administrator")


def test_the_page_sets_them_and_says_what_is_wrong(planning: Planning, client_of: ClientOf) -> None:
    client, address = client_of("head"), reverse("plan:lights")
    more = {"notices_from": "red", "answer_days": 5, "escalate_nights": 20, "escalate_notices": 0}
    assert 'value="30"' in client.get(address).content.decode()
    refused = client.post(address, {"near_days": 400, "slack": 10, "version": 0, **more})
    assert refused.status_code == 422
    assert "请填写0至365天" in refused.content.decode()
    assert client.post(address, {"near_days": 45, "slack": 5, "version": 0, **more}).status_code == 302
    rule = LightRule.objects.get()
    assert (rule.book, rule.near_days, rule.slack) == (planning.world.book, 45, 5)
    assert rule.policy == LightPolicy(45, 5, "red", 5, 20, 0)
    assert "连续红灯20天" in client.get(address).content.decode()
    stale = client.post(address, {"near_days": 50, "slack": 5, "version": 0, **more})
    assert stale.status_code == 409
    assert 'value="50"' in stale.content.decode()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"notices_from": "pink"}, errors.LevelUnknown),
        ({"answer_days": 0}, errors.AnswerDaysUnfit),
        ({"escalate_nights": 366}, errors.NightsUnfit),
        ({"escalate_notices": 21}, errors.NoticesUnfit),
    ],
)
def test_what_is_done_about_lights_has_its_bounds(
    planning: Planning, changes: dict[str, object], refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        operations.set_lights(
            actor=planning.head,
            federation_id=planning.world.federation.pk,
            version=0,
            policy=replace(LightPolicy(), **changes),  # type: ignore[arg-type]
            at=AT,
        )
