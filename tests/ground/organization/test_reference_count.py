"""/organization/units/…/count/: how many there were, by whose account."""

import pytest

from jiangong.ground.organization.models import ReferenceCount
from tests.conftest import World
from tests.ground.organization.asking import Asking, administrators

FORM = {"kind": "members", "value": "1280", "on": "2019-12-31", "source": "工会年报"}


def test_writes_the_count_down(pages: Asking, world: World) -> None:
    assert pages.post("reference_count", world.union.pk, **FORM).status_code == 302
    assert ReferenceCount.objects.get(unit=world.union).value == 1280


def test_who_may_open_and_send_it(pages: Asking, world: World) -> None:
    assert pages.everybody("reference_count", world.union.pk) == administrators()
    assert pages.everybody_sends("reference_count", world.union.pk, **FORM) == administrators(done=302)


def test_other_methods_are_refused(pages: Asking, world: World) -> None:
    browser = pages.client_of("administrator")
    assert browser.put(f"/organization/units/{world.union.pk}/count/").status_code == 405


@pytest.mark.parametrize(
    "bad",
    [
        {"value": "-1"},
        {"value": "10000万"},
        {"value": "9" * 18},
        {"on": "2099-01-01"},
        {"source": ""},
        {"kind": "x"},
    ],
    ids=str,
)
def test_bad_input_is_refused(pages: Asking, world: World, bad: dict[str, str]) -> None:
    assert pages.post("reference_count", world.union.pk, **{**FORM, **bad}).status_code == 422
    assert not ReferenceCount.objects.filter(unit=world.union).exists()
