"""When photos are odd: who sets it, and how a reviewer sees what is."""

from __future__ import annotations

import pytest

from jiangong.books.evidence.models import PhotoRules
from jiangong.books.ledger.models import Record
from jiangong.ground.shared.actors import Actor
from tests.books.evidence.altering import altered, scene
from tests.books.evidence.test_likeness import tied
from tests.conftest import MakeRecord, World
from tests.doors.desk.asking import ClientOf, follow, text_of

FORM = "/checks/photos/"
TYPED = {"days": "3", "kilometres": "20", "bits": "24"}


@pytest.mark.parametrize("who", ["head", "administrator"])
def test_who_configures_sets_them(client_of: ClientOf, world: World, who: str) -> None:
    client = client_of(who)
    assert 'name="days" value="1"' in text_of(client.get(FORM))
    page = follow(client, FORM, TYPED)
    assert "照片核验规则已保存" in page
    assert "前后相差不超过3天" in page
    kept = PhotoRules.objects.get()
    assert (kept.days, kept.kilometres, kept.bits) == (3, 20, 24)
    assert 'value="20"' in text_of(client.get(FORM))


@pytest.mark.parametrize(
    "typed",
    [{"days": "x"}, {"days": ""}, {"kilometres": "0"}, {"bits": "99"}, {"days": "-1"}, {"days": "9999"}],
)
def test_nonsense_is_said_beside_its_field(client_of: ClientOf, world: World, typed: dict[str, str]) -> None:
    answer = client_of("head").post(FORM, TYPED | typed)
    assert answer.status_code == 422
    assert "field-error" in text_of(answer)
    assert not PhotoRules.objects.exists()


@pytest.mark.parametrize("who", ["clerk", "reviewer", "stranger", "auditor"])
def test_who_does_not_configure_is_refused(client_of: ClientOf, world: World, who: str) -> None:
    assert client_of(who).get(FORM).status_code == 403
    assert client_of(who).post(FORM, TYPED).status_code == 403


@pytest.fixture
def pair(cast: dict[str, Actor], make_record: MakeRecord) -> tuple[Record, Record]:
    """A lecture of the clerk whose photo is another unit's, saved again and cropped."""
    theirs = make_record(photos=0, state="draft", by="stranger", title="税务局的内部活动")
    tied(cast["stranger"], theirs, scene(1))
    Record.objects.filter(pk=theirs.pk).update(state="submitted")
    mine = make_record(photos=0, state="draft")
    tied(cast["clerk"], mine, altered(scene(1), "cropped at the edges"))
    Record.objects.filter(pk=mine.pk).update(state="submitted")
    return mine, theirs


def test_the_reviewer_sees_both_side_by_side_and_what_differs(
    client_of: ClientOf, pair: tuple[Record, Record]
) -> None:
    mine, theirs = pair
    for address in (f"/records/{mine.pk}/", f"/queue/{mine.pk}/"):
        page = text_of(client_of("reviewer").get(address))
        here, there = mine.exhibits.get(), theirs.exhibits.get()
        assert f"/evidence/{here.pk}/thumbnail/" in page
        assert f"/evidence/{here.pk}/lookalike/{there.pk}/" in page
        assert "税务局的内部活动" in page
        assert "932 × 700" in page
        assert "960 × 720" in page
        assert "拍摄时间" in page


def test_the_clerk_is_told_only_that_there_is_one(client_of: ClientOf, pair: tuple[Record, Record]) -> None:
    mine, theirs = pair
    page = text_of(client_of("clerk").get(f"/records/{mine.pk}/"))
    assert f"/records/{theirs.pk}/" in page
    assert "税务局的内部活动" not in page
    assert "lookalike" not in page
