"""Measures and figures of a federation's own, as its manager defines them at the desk."""

from __future__ import annotations

from datetime import date

import pytest

from jiangong.books.figures import operations as figures
from jiangong.books.figures.models import Bound, OwnFigure
from jiangong.books.figures.queries import FigureUnknown, all_keys, read_figure
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Measure
from jiangong.books.ledger.queries.totals import Reading
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations as organization
from tests.conftest import AT, SYSTEM, World
from tests.doors.desk.asking import ClientOf, follow, text_of

TREES = {"name": "植树棵数", "unit": "trees", "kind": "flow", "decimals": "0", "low": "1", "high": "1.2万"}
PER = {"name": "人均植树", "form": "per", "measures": ["own.m1"], "over": ["activities.audience"]}
PER |= {"decimals": "1", "unit": "棵/人次"}


def test_a_measure_stands_in_the_list_with_its_usual_range(client_of: ClientOf) -> None:
    page = follow(client_of("head"), "/measures/add/", TREES)
    assert "“植树棵数”已保存" in page
    assert "1至12,000" in page
    measure = Measure.objects.get(code="own.m1")
    assert (measure.low, measure.high, measure.version) == (1, 12_000, 1)
    assert Bound.objects.get(figure="own.m1").factor == 3
    assert AuditEvent.objects.get(verb="measure.add").detail["code"] == "own.m1"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "请填写名称"),
        ({"name": "受众"}, "已被使用"),
        ({"unit": ""}, "必填"),
        ({"unit": "yuan", "decimals": "1"}, "小数最多0位"),
        ({"low": "", "high": "9"}, "小的在前"),
        ({"low": "十万八", "high": "9"}, "十万八"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_it(
    client_of: ClientOf, changes: dict[str, str], said: str
) -> None:
    answer = client_of("head").post("/measures/add/", TREES | changes)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Measure.objects.filter(code__startswith="own.").exists()


def test_an_overtaken_form_keeps_what_was_typed(client_of: ClientOf) -> None:
    head = client_of("head")
    head.post("/measures/add/", TREES)
    number = Measure.objects.get(code="own.m1").pk
    assert head.post(f"/measures/{number}/", {"name": "种树", "version": "1"}).status_code == 302
    answer = head.post(f"/measures/{number}/", {"name": "栽树", "version": "1"})
    assert answer.status_code == 409
    assert 'value="栽树"' in text_of(answer)
    assert head.post(f"/measures/{number}/", {"name": "栽树", "version": "2"}).status_code == 302
    assert Measure.objects.get(pk=number).name == "栽树"


def test_a_measure_and_a_figure_end_and_are_taken_up_again(client_of: ClientOf, world: World) -> None:
    head = client_of("head")
    head.post("/measures/add/", TREES)
    head.post("/own-figures/define/", PER)
    measure, figure = Measure.objects.get(code="own.m1"), OwnFigure.objects.get()
    assert "已停用" in follow(head, f"/measures/{measure.pk}/end/", {"version": "1"})
    assert "恢复" in follow(head, f"/own-figures/{figure.pk}/end/", {"version": "1"})
    assert FigureKey("own.f1") not in all_keys(unit_id=world.federation.pk)
    assert head.post(f"/own-figures/{figure.pk}/resume/", {"version": "1"}).status_code == 409
    head.post(f"/own-figures/{figure.pk}/resume/", {"version": "2"})
    head.post(f"/measures/{measure.pk}/resume/", {"version": "2"})
    assert FigureKey("own.f1") in all_keys(unit_id=world.federation.pk)
    assert head.get("/ledger/own.f1/").status_code == 200


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"measures": []}, "请至少选择一个计量项"),
        ({"over": []}, "除以什么"),
        ({"form": "ratio"}, "单位应当相同"),
        ({"form": "sum", "measures": ["own.m1", "activities.audience"]}, "不能相加"),
        ({"decimals": "9"}, "4"),
    ],
)
def test_a_formula_that_makes_no_sense_is_refused(
    client_of: ClientOf, changes: dict[str, object], said: str
) -> None:
    head = client_of("head")
    head.post("/measures/add/", TREES)
    answer = head.post("/own-figures/define/", PER | changes)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_another_federation_knows_nothing_of_it(client_of: ClientOf, world: World) -> None:
    head = client_of("head")
    head.post("/measures/add/", TREES)
    other = organization.found_federation(
        actor=SYSTEM, code="BY", name="宝应县总工会", since=date(2000, 1, 1), at=AT
    )
    book = ledger.open_book(actor=SYSTEM, federation_id=other.pk, at=AT)
    figures.seed_bounds(actor=SYSTEM, book=book, at=AT)
    assert FigureKey("own.m1") in all_keys(unit_id=world.union.pk)
    assert FigureKey("own.m1") not in all_keys(unit_id=other.pk)
    assert not Bound.objects.filter(book=book, figure="own.m1").exists()
    with pytest.raises(FigureUnknown):
        read_figure(key=FigureKey("own.m1"), reading=Reading(other.pk, date(2020, 1, 1), date(2020, 12, 31)))


def test_it_is_found_by_search_and_named_in_both_languages(client_of: ClientOf) -> None:
    head = client_of("head")
    head.post("/measures/add/", TREES | {"name_en": "Trees planted"})
    assert "植树棵数" in text_of(head.get("/search/?q=植树"))
    head.post("/language/", {"language": "en"})
    assert "Trees planted" in text_of(head.get("/ledger/own.m1/"))


def test_a_page_asks_once_whether_anything_changed(client_of: ClientOf, world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    head = client_of("head")
    for number in range(3):
        head.post("/measures/add/", TREES | {"name": f"自定{number}"})
    head.get("/ledger/")
    with CaptureQueriesContext(
        connection,
    ) as sent:
        head.get("/ledger/")
    assert sum("ledger_edition" in query["sql"] for query in sent) == 1
