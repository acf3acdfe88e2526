"""Check rules: what figures are checked against, who sets it, and what is odd under it."""

from __future__ import annotations

import pytest

from jiangong.books.figures.models import Bound
from jiangong.books.figures.rules.bounds import Every, Frequency, Limits
from jiangong.ground.audit.models import AuditEvent
from jiangong.work.activities.rules import AUDIENCE, HELD
from tests.conftest import MakeRecord, World
from tests.doors.desk.asking import ClientOf, follow, text_of

LIST = "/checks/"
FORM = f"/checks/{HELD}/"
TYPED = {
    "low": "2",
    "high": "9",
    "factor": "4",
    "at_most": "",
    "times": "1",
    "every": "quarter",
    "places": "2",
}


def test_the_rules_are_listed_in_words_with_what_is_odd(
    client_of: ClientOf, make_record: MakeRecord, world: World
) -> None:
    make_record(audience=2)
    page = text_of(client_of("head").get(LIST))
    assert "本时段有1项数据异常" in page
    assert "通常在5至2,000人次/场之间" in page
    assert "不超过上期的3倍" in page
    assert "不超过辖区总人口" in page


@pytest.mark.parametrize("who", ["head", "administrator"])
def test_who_configures_sets_them(client_of: ClientOf, make_record: MakeRecord, who: str) -> None:
    make_record()
    client = client_of(who)
    assert 'name="factor" value="3"' in text_of(client.get(FORM))
    page = follow(client, FORM, TYPED)
    assert "“活动场次”的核验规则已保存" in page
    assert "通常在2至9场之间" in page
    assert "每季度1次，共2处" in page
    assert Bound.objects.get(figure=HELD).limits == Limits(2, 9, "", 4, Frequency(1, Every.QUARTER, 2))
    assert AuditEvent.objects.filter(verb="bound.set").count() == 1
    assert 'value="9"' in text_of(client.get(FORM))


def test_one_part_has_rules_of_its_own(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record()
    client = client_of("head")
    assert f'href="/checks/{HELD}@lecture/"' in text_of(client.get(FORM)).replace("%40", "@")
    follow(client, f"/checks/{HELD}@lecture/", TYPED)
    assert "职工大讲堂" in text_of(client.get(LIST))
    assert "已单独设定" in text_of(client.get(FORM))


@pytest.mark.parametrize(
    "typed,said",
    [
        ({"low": "2", "high": ""}, "请同时填最低值和最高值"),
        ({"low": "9", "high": "2"}, "请同时填最低值和最高值"),
        ({"factor": "1"}, "应为2或以上"),
        ({"places": ""}, "次数、周期、处数请一并填写"),
        ({"at_most": AUDIENCE}, "field-error"),
        ({"low": "x"}, "field-error"),
        ({"every": "week"}, "field-error"),
    ],
)
def test_nonsense_is_said_beside_its_field(
    client_of: ClientOf, world: World, typed: dict[str, str], said: str
) -> None:
    answer = client_of("head").post(FORM, TYPED | typed)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert Bound.objects.get(figure=HELD).limits == Limits(factor=3)


def test_an_unknown_figure_is_not_found(client_of: ClientOf, world: World) -> None:
    assert client_of("head").get("/checks/no.such/").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 403), ("reviewer", 403), ("stranger", 403), ("auditor", 403), ("visitor", 302)],
)
def test_others_may_not(client_of: ClientOf, who: str, status: int) -> None:
    client = client_of(who)
    assert client.get(LIST).status_code == status
    assert client.get(FORM).status_code == status
    assert client.post(FORM, TYPED).status_code == status


def test_the_rail_offers_them_to_who_configures(client_of: ClientOf, world: World) -> None:
    assert 'href="/checks/' in text_of(client_of("head").get("/"))
    assert 'href="/checks/' not in text_of(client_of("clerk").get("/"))


def test_other_methods_are_refused(client_of: ClientOf, world: World) -> None:
    assert client_of("head").post(LIST).status_code == 405
    assert client_of("head").put(FORM).status_code == 405
