"""The number's trail as an annex: frozen with the issue, printed in every form, in a fixed number of statements."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import docx
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangong.books.ledger.models import Measure
from jiangong.books.ledger.queries.trails import record_counts, records_behind
from jiangong.governance.reports import queries
from jiangong.governance.reports.models import TrailAnnex
from jiangong.governance.reports.queries import trails as reading
from jiangong.governance.reports.rules import trails
from jiangong.governance.reports.rules.trails import Trail
from jiangong.work.activities.rules import AUDIENCE, HELD
from tests.conftest import DAY, MakeRecord, World
from tests.governance.reports.conftest import Desk
from tests.governance.reports.test_pdf import pages


def frozen_trails(desk: Desk, **more: object) -> tuple[Trail, ...]:
    del more
    issue = desk.issue(with_trail=True)
    return trails.from_json(TrailAnnex.objects.get(issue=issue).content)


def test_each_figure_is_explained_once(desk: Desk, make_record: MakeRecord) -> None:
    make_record(audience=1200, title="后来的一场", day=DAY + timedelta(days=2))
    desk.save("受众{{activities.audience}}。\n\n又受众{{activities.audience|floor}}。\n")
    (trail,) = frozen_trails(desk)
    assert (trail.exact, trail.places, trail.phrases) == ("1,280人次", (1, 2), ("1280人次", "1200多人次"))
    assert (trail.records, trail.position, trail.formula) == (2, 2, "“受众”的合计。")
    assert [(line.title, line.quantity) for line in trail.lines] == [
        ("后来的一场", "1,200人次"),
        ("职工大讲堂：劳模精神", "80人次"),
    ]


def test_what_is_booked_later_changes_nothing(desk: Desk, make_record: MakeRecord) -> None:
    before = frozen_trails(desk)
    make_record(audience=45)
    issue = desk.report.issues.latest("number")
    assert trails.from_json(issue.trail.content) == before
    assert list(queries.changed_issues()) == []


def test_withdrawn_records_are_left_out(desk: Desk, make_record: MakeRecord) -> None:
    make_record(audience=45, state="withdrawn")
    assert [trail.records for trail in frozen_trails(desk)] == [1, 1]


def test_too_many_records_are_cut_and_counted(
    desk: Desk, make_record: MakeRecord, monkeypatch: Callable[..., None]
) -> None:
    monkeypatch.setattr(reading, "MOST_RECORDS", 2)  # type: ignore[attr-defined]
    for turn in range(3):
        make_record(audience=10 + turn, day=DAY + timedelta(days=turn))
    trail = frozen_trails(desk)[1]
    assert (trail.records, len(trail.lines), trail.left_out) == (4, 2, 2)
    text = str(trails.as_annex([trail]))
    assert "其余2条从略" in text


def test_every_form_prints_it_on_pages_of_its_own(desk: Desk) -> None:
    issue = desk.issue(with_trail=True)
    word = docx.Document(io.BytesIO(queries.render(issue=issue, form="docx")))
    assert [cell.text for cell in word.tables[0].rows[0].cells] == ["日期", "单位", "事项", "数量"]
    assert word.tables[0].rows[1].cells[2].text == "职工大讲堂：劳模精神"
    page = queries.render(issue=issue, form="html").decode()
    assert page.index("数据来源") < page.index("职工大讲堂：劳模精神")
    assert pages(queries.render(issue=issue, form="pdf")) == 2
    assert "附件" in page


def test_without_the_wish_there_is_no_annex(desk: Desk) -> None:
    issue = desk.issue()
    assert not TrailAnnex.objects.exists()
    assert "数据来源" not in queries.render(issue=issue, form="html").decode()


def test_a_changed_annex_is_found_out(desk: Desk, world: World) -> None:
    del world
    desk.issue(with_trail=True)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER reports_trailannex_no_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE reports_trailannex DISABLE TRIGGER USER")
        cursor.execute("UPDATE reports_trailannex SET content = '[]'")
    (sentence,) = queries.changed_issues()
    assert "annex" in sentence


def test_more_figures_cost_no_more_statements(desk: Desk, make_record: MakeRecord) -> None:
    make_record(kind="themed_talk", title="主题宣讲")
    keys = ["activities.audience", "activities.held", "activities.views", "activities.books"]

    def statements(text: str) -> int:
        report = desk.save(text)
        content = queries.resolved(report=report, on=report.until).content
        with CaptureQueriesContext(
            connection,
        ) as caught:
            queries.trail_of(content)
        return len(caught)

    few = statements("".join(f"{{{{{key}}}}}" for key in keys[:2]))
    many = statements(
        "".join(f"{{{{{key}@{part}}}}}。" for key in keys for part in ("lecture", "themed_talk")) * 40
    )
    assert many <= few + 1


def test_counts_and_lines_agree_with_what_is_booked(world: World, make_record: MakeRecord) -> None:
    for turn in range(5):
        make_record(audience=10 * (turn + 1), day=date(2020, 5, 1 + turn % 3))
    numbers = list(Measure.objects.filter(code__in=[AUDIENCE, HELD]).values_list("id", flat=True))
    now = world.reading()
    counts = record_counts(reading=now, measures=numbers)
    assert set(counts.values()) == {5}
    behind = records_behind(reading=now, measures=numbers, most=3)
    assert {key: found.records for key, found in behind.items()} == counts
    assert {len(found.lines) for found in behind.values()} == {3}
    earlier = record_counts(reading=world.reading(as_of=2), measures=numbers)
    assert set(earlier.values()) == {2}
