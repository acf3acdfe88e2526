"""A text with its figures read from the book."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from jiangong.books.figures.rules.catalogue import catalogue
from jiangong.books.ledger.models import Facet, Measure
from jiangong.governance.reports import queries
from jiangong.governance.reports.queries import Resolved
from jiangong.governance.reports.rules.blocks import Heading, Paragraph
from tests.conftest import MakeRecord, World
from tests.governance.reports.conftest import DATED, MakeReport

Reads = Callable[[str], Resolved]


@pytest.fixture
def reads(make_report: MakeReport) -> Reads:
    return lambda text: queries.resolved(report=make_report(text=text), on=DATED)


def codes(found: Resolved) -> list[str]:
    return [remark.finding.code for remark in found.remarks]


def phrases(found: Resolved) -> list[str]:
    return [figure.phrase for figure in found.content.figures]


def test_figures_are_printed_with_unit_and_wording(make_record: MakeRecord, reads: Reads) -> None:
    make_record(audience=612)
    make_record(audience=522, title="职工大讲堂：工匠精神")
    found = reads(
        "{{activities.held@lecture}}，{{activities.audience|floor}}，{{activities.audience|yu|bare}}人"
    )
    assert phrases(found) == ["2场", "1100多人次", "1100余"]
    assert found.remarks == ()


def test_the_report_is_chinese_whatever_its_writer_speaks(make_record: MakeRecord, reads: Reads) -> None:
    make_record(audience=80)
    with translation.override("en"):
        (figure,) = reads("{{activities.audience@lecture}}").content.figures
    assert (figure.phrase, figure.unit_of_measure) == ("80人次", "人次")


def test_headings_number_themselves(reads: Reads) -> None:
    blocks = reads("# 甲\n## 乙\n丙。\n# 丁").document.blocks
    assert [block.text if isinstance(block, Heading) else "" for block in blocks] == [
        "一、甲",
        "（一）乙",
        "",
        "二、丁",
    ]
    assert isinstance(blocks[2], Paragraph)


def test_every_number_links_to_its_trail(world: World, make_record: MakeRecord, reads: Reads) -> None:
    make_record(audience=80)
    html = reads("{{activities.audience@lecture}}").html
    assert reverse("desk:figure", args=["activities.audience@lecture"]) in html
    assert f"unit={world.union.pk}&amp;since=2020-01-01&amp;until=2020-05-04&amp;as_of=1" in html


def test_a_token_can_look_at_another_period_and_unit(
    world: World, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record(audience=80)
    make_record(audience=30, by="stranger")
    report = make_report(
        unit=world.federation,
        text="{{activities.audience}}{{activities.audience|unit=SW}}{{activities.audience|2019}}",
    )
    found = queries.resolved(report=report, on=DATED)
    assert phrases(found) == ["110人次", "30人次", "0人次"]
    assert codes(found) == ["R2"]


@pytest.mark.parametrize(
    "text,shown",
    [
        ("{{activities.unheard_of}}", "{{activities.unheard_of}}"),
        ("{{从未听说}}", "{{从未听说}}"),
        ("{{activities.books@从未听说}}", "{{发放书籍@从未听说}}"),
        ("{{activities.audience|unit=NOPE}}", "{{受众|单位=NOPE}}"),
        ("{{activities.audience|unit=SW}}", "{{受众|单位=SW}}"),
        ("{{activities.audience|}}", "{{activities.audience|}}"),
    ],
)
def test_what_nobody_knows_has_to_be_mended(text: str, shown: str, reads: Reads) -> None:
    found = reads(f"受众{text}。")
    assert len(found.to_mend) == 1
    assert found.content.figures == ()
    assert shown in found.html


def test_names_and_codes_are_read_alike(make_record: MakeRecord, reads: Reads) -> None:
    make_record(audience=612)
    for mark in (
        "受众@职工大讲堂|多",
        "参加人次@lecture|floor",
        "Audience@职工大讲堂|多",
        "activities.audience|多",
    ):
        assert phrases(reads(f"{{{{{mark}}}}}")) == ["600多人次"]


def test_people_see_names_where_codes_are_stored(
    world: World, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record(audience=80)
    report = make_report(
        unit=world.federation,
        text="{{activities.audience@lecture|floor}}{{activities.held|2019|unit=SW|bare}}{{activities.nothing}}",
    )
    found = queries.resolved(report=report, on=DATED)
    assert (
        found.shown
        == "{{受众@职工大讲堂|多}}{{活动场次|2019年|单位=市税务局工会|不带单位}}{{activities.nothing}}"
    )
    assert queries.with_codes(report=report, shown=found.shown) == report.text
    assert found.content.source == report.text


def test_a_name_that_two_parts_share_gives_way_to_the_code(
    world: World, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record()
    measure = Measure.objects.get(code="activities.audience")
    Facet.objects.create(measure=measure, code="twin", name="职工大讲堂")
    report = make_report(text="{{activities.audience@lecture}}")
    assert queries.resolved(report=report, on=DATED).shown == "{{受众@lecture}}"


def test_every_figure_reads_back_from_its_name_and_aliases(world: World, make_report: MakeReport) -> None:
    report = make_report(unit=world.federation, text="")
    for figure in catalogue:
        with translation.override("zh-hans"):
            spoken = [str(figure.name), *figure.aliases]
        for name in spoken:
            stored = queries.with_codes(report=report, shown=f"{{{{{name}}}}}")
            assert stored == f"{{{{{figure.code}}}}}", name


def test_a_ratio_without_denominator_is_an_error_and_prints_as_nothing(reads: Reads) -> None:
    found = reads("场均{{activities.audience_per_session}}。")
    assert (phrases(found), codes(found)) == (["—"], ["R1"])
    assert found.content.figures[0].value is None
    assert len(found.errors) == 1


def test_a_finding_of_a_figure_stands_once_beside_its_first_sentence(
    make_record: MakeRecord, reads: Reads
) -> None:
    make_record(audience=2)
    found = reads("场均{{activities.audience_per_session}}。\n又{{activities.audience_per_session|floor}}。")
    bounded = [remark for remark in found.remarks if remark.finding.code == "P2"]
    assert len(bounded) <= 1
    assert found.content.figures[0].value == Decimal("2.0")


def test_a_report_dated_before_its_figures_end_is_odd(make_report: MakeReport) -> None:
    report = make_report(text="{{activities.held|2020}}")
    assert "P16" in codes(queries.resolved(report=report, on=DATED))


def test_one_figure_until_two_days_from_one_first_day_is_an_error(reads: Reads) -> None:
    found = reads("{{activities.held|2020-01-01..2020-03-31}}，{{activities.held|2020-01-01..2020-02-29}}。")
    assert [remark.finding.compared for remark in found.errors] == [("2020-02-29", "2020-03-31")]
    years = reads("2018年{{activities.held|2018}}，2019年{{activities.held|2019}}。")
    assert "P12" not in codes(years)


def test_the_book_is_read_as_it_stood(make_record: MakeRecord, make_report: MakeReport) -> None:
    make_record(audience=80)
    report = make_report(text="{{activities.audience}}")
    make_record(audience=40)
    now = queries.resolved(report=report, on=DATED)
    then = queries.resolved(report=report, on=DATED, as_of=1)
    assert (phrases(now), now.position) == (["120人次"], 2)
    assert (phrases(then), then.position) == (["80人次"], 1)


def test_more_figures_and_records_cost_no_more_statements(
    make_record: MakeRecord, make_report: MakeReport, django_assert_max_num_queries: Callable[..., object]
) -> None:
    text = "{{activities.held}}{{activities.audience@lecture}}"
    make_record()
    small, large = make_report(text=text), make_report(text=text * 40)
    counted = []
    for report in (small, large):
        with django_assert_max_num_queries(20) as context:  # type: ignore[attr-defined]
            queries.resolved(report=report, on=DATED)
        counted.append(len(context))
        make_record()
    assert counted[0] == counted[1]


def test_endless_periods_are_refused(make_report: MakeReport) -> None:
    text = "".join(f"{{{{activities.held|2020-01-{day:02}..2020-02-{day:02}}}}}" for day in range(1, 29))
    text += "".join(f"{{{{activities.held|2019-01-{day:02}..2019-02-{day:02}}}}}" for day in range(1, 29))
    found = queries.resolved(report=make_report(text=text), on=DATED)
    assert len(found.content.figures) == 30
    assert len(found.to_mend) == 26


def test_nothing_written_is_empty(reads: Reads) -> None:
    assert reads("  \n\n").is_empty
