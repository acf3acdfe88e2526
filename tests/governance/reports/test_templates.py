"""Templates: those that ship hold what they promise; own ones are offered where they belong."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.models import Template, TextKind
from jiangong.governance.reports.operations import TemplateContent
from jiangong.governance.reports.rules import placeholders
from jiangong.governance.reports.rules.instructions import instructions, title_to_fill
from jiangong.governance.reports.rules.shipped import SHIPPED_TEMPLATES, ShippedTemplate
from jiangong.governance.reports.rules.text import parse
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, StaleForm
from jiangong.ground.shared.rules import periods
from tests.conftest import AT, SYSTEM, World
from tests.governance.reports.conftest import TEXT, Desk

YEAR = periods.year(2020)


def by_code(template: ShippedTemplate) -> str:
    return template.code


@pytest.fixture
def shipped(world: World) -> list[Template]:
    for _ in range(2):
        operations.load_shipped_templates(actor=SYSTEM, federation_id=world.federation.pk, at=AT)
    return list(Template.objects.order_by("pk"))


@pytest.fixture
def own(desk: Desk) -> Template:
    return operations.make_template(
        actor=desk.cast["head"],
        uuid=desk.report.uuid,
        name="大讲堂月报",
        guidance="每月一篇",
        at=desk.later(),
    )


@pytest.mark.parametrize("template", SHIPPED_TEMPLATES, ids=by_code)
def test_a_shipped_template_reads_and_picks_known_figures(template: ShippedTemplate) -> None:
    filled = placeholders.filled(template.text, unit="高邮市总工会", period=YEAR)
    parsed = parse(filled)
    assert parsed.remarks == ()
    assert {FigureKey.parse(token.key).code for token in parsed.tokens} <= {
        figure.code for figure in catalogue.shipped
    }
    assert parsed.tokens
    assert "{单位}" not in filled
    assert template.code in TextKind.values


@pytest.mark.parametrize("template", SHIPPED_TEMPLATES, ids=by_code)
def test_every_instruction_of_a_shipped_template_is_found(template: ShippedTemplate) -> None:
    filled = placeholders.filled(template.text, unit="高邮市总工会", period=YEAR)
    places = list(instructions(filled))
    assert places
    assert [filled[place.start : place.end] for place in places] == re.findall("（[^）]*）", filled)
    assert all(filled.split("\n")[place.line - 1].count("（") for place in places)
    assert bool(title_to_fill(template.title)) == ("××" in template.title)


@pytest.mark.parametrize(
    "text", ["（填写单位）", "(此处插入照片)", "（请写明时间（地点））", "开展活动（写明次数"]
)
def test_other_instructions_are_found_too(text: str) -> None:
    assert len(list(instructions(f"前文。\n{text}"))) == 1


@pytest.mark.parametrize(
    "text", ["工会（含基层）写明时间。", "（一）写明责任", "请在此处填写。", "（详见附件）", ""]
)
def test_what_is_no_instruction_is_left_alone(text: str) -> None:
    assert list(instructions(text)) == []


def test_the_shipped_ones_are_loaded_once(shipped: list[Template]) -> None:
    assert [template.text_kind for template in shipped] == [
        "summary",
        "effect",
        "brief",
        "explanatory",
        "request",
        "notice",
        "letter",
        "minutes",
    ]
    assert next(t.limit for t in shipped if t.text_kind == "explanatory") == 500


def test_only_the_house_loads_them(world: World, cast: dict[str, Actor]) -> None:
    with pytest.raises(Forbidden):
        operations.load_shipped_templates(actor=cast["head"], federation_id=world.federation.pk, at=AT)


@given(st.text(alphabet="{}|@甲a单", max_size=40))
def test_other_braces_stay_as_they_are(text: str) -> None:
    assert placeholders.filled(text, unit="甲会", period=YEAR) == text


def test_a_day_in_a_title_is_no_period() -> None:
    assert placeholders.pattern("2020年5月1日的活动", unit="", period=YEAR) == "2020年5月1日的活动"


def test_places_are_filled_and_marks_of_figures_are_not() -> None:
    text = "{单位}{期间}{year}年{{activities.held|2019}}{unit}"
    filled = placeholders.filled(text, unit="工会", period=YEAR)
    assert filled == "工会2020年2020年{{activities.held|2019}}工会"


def test_a_title_gives_its_places_back() -> None:
    title = "高邮市总工会2020年工作总结"
    found = placeholders.pattern(title, unit="高邮市总工会", period=YEAR)
    assert found == "{单位}{期间}工作总结"
    assert placeholders.filled(found, unit="高邮市总工会", period=YEAR) == title


def test_any_report_becomes_a_template(own: Template, desk: Desk) -> None:
    assert (own.unit_id, own.text, own.code) == (desk.report.unit_id, TEXT, "")
    event = AuditEvent.objects.filter(subject_type="template").get()
    assert event.verb == "template.make"


def test_it_is_offered_to_its_unit_and_below_only(own: Template, desk: Desk) -> None:
    assert list(queries.offered(actor=desk.cast["clerk"])) == [own]
    assert list(queries.offered(actor=desk.cast["stranger"])) == []
    assert own in queries.offered(actor=desk.cast["head"])
    assert list(queries.offered(actor=desk.cast["auditor"])) == []


def content(**changes: object) -> TemplateContent:
    return TemplateContent(**{"name": "新名", "text_kind": "brief", "text": "正文", "limit": 300} | changes)  # type: ignore[arg-type]


def change(own: Template, desk: Desk, *, by: str = "head", version: int = 1, **changes: object) -> Template:
    return operations.change_template(
        actor=desk.cast[by],
        template_id=own.pk,
        version=version,
        content=content(**changes),
        at=desk.later(),
    )


def test_a_template_is_changed_by_who_may(own: Template, desk: Desk) -> None:
    assert change(own, desk).limit == 300
    with pytest.raises(StaleForm):
        change(own, desk)
    for name, refusal in (("clerk", Forbidden), ("reviewer", Forbidden), ("stranger", NotFound)):
        with pytest.raises(refusal):
            change(own, desk, by=name, version=2)
    assert AuditEvent.objects.filter(verb="template.change").count() == 1


@pytest.mark.parametrize(
    "changes,code",
    [
        ({"name": " "}, "template_name_missing"),
        ({"limit": 0}, "template_limit_unfit"),
        ({"text": "长" * 100_001}, "report_text_too_long"),
    ],
)
def test_what_does_not_fit_is_refused(
    changes: dict[str, object], code: str, own: Template, desk: Desk
) -> None:
    with pytest.raises(DomainError) as refused:
        change(own, desk, **changes)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_an_ended_template_is_offered_no_longer(own: Template, desk: Desk) -> None:
    operations.end_template(actor=desk.cast["head"], template_id=own.pk, at=desk.later())
    assert list(queries.offered(actor=desk.cast["head"])) == []
    with pytest.raises(operations.TemplateEnded):
        operations.end_template(actor=desk.cast["head"], template_id=own.pk, at=desk.later())
    assert AuditEvent.objects.filter(verb="template.end").count() == 1


def test_making_one_needs_the_right(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        operations.make_template(
            actor=desk.cast["clerk"], uuid=desk.report.uuid, name="我的", guidance="", at=desk.later()
        )


def test_an_upgrade_brings_new_ones_and_leaves_the_others_as_they_were_set(
    world: World, shipped: list[Template], cast: dict[str, Actor]
) -> None:
    ended, gone = shipped[0], shipped[1]
    operations.end_template(actor=cast["head"], template_id=ended.pk, at=AT)
    Template.objects.filter(pk=gone.pk).delete()
    operations.load_all_shipped_templates(actor=SYSTEM, at=AT)
    codes = Template.objects.values_list("code", flat=True)
    assert sorted(codes) == sorted(one.code for one in shipped)
    assert Template.objects.get(pk=ended.pk).ended_at == AT
    assert AuditEvent.objects.filter(verb="template.load").count() == 2
