"""What has changed since a report was issued."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.test import Client
from django.urls import reverse

from jiangong.governance.reports import queries
from tests.conftest import MakeRecord
from tests.governance.reports.conftest import MakeIssue, MakeReport


def test_nothing_booked_since_means_nothing_changed(
    make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    make_record()
    changes = queries.changes_since(issue=make_issue(make_report()))
    assert (changes.changed, changes.postings, changes.then, changes.now) == ([], [], 1, 1)


def test_the_difference_is_the_sum_of_the_postings_between(
    make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    make_record(audience=80)
    issue = make_issue(make_report())
    make_record(audience=30)
    make_record(audience=12)
    changes = queries.changes_since(issue=issue)
    audience = changes.figures[1]
    assert (audience.used.value, audience.now, audience.difference) == (
        Decimal(80),
        Decimal(122),
        Decimal(42),
    )
    effects = [effect.amount for change in changes.postings for effect in change.effects]
    assert effects == [Decimal(1), Decimal(30), Decimal(1), Decimal(12)]
    assert "as_of=3" in audience.href


def test_postings_outside_the_period_or_unit_do_not_count(
    make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    make_record()
    issue = make_issue(make_report())
    make_record(day=date(2019, 5, 1))
    make_record(by="stranger")
    changes = queries.changes_since(issue=issue)
    assert (changes.now, changes.changed, changes.postings) == (3, [], [])


def test_a_figure_printed_twice_is_listed_once(
    make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    make_record()
    report = make_report(text="{{activities.audience}}，即{{activities.audience|floor}}。")
    assert len(queries.changes_since(issue=make_issue(report)).figures) == 1


def test_a_ratio_changes_without_an_amount_by_posting(
    make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    make_record(audience=80)
    issue = make_issue(make_report(text="场均{{activities.audience_per_session}}。"))
    make_record(audience=40)
    changes = queries.changes_since(issue=issue)
    assert changes.figures[0].difference == Decimal("-20.0")
    assert [effect.amount for effect in changes.postings[0].effects] == [None]


def test_more_postings_cost_no_more_statements(
    make_record: MakeRecord,
    make_report: MakeReport,
    make_issue: MakeIssue,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    make_record()
    issue = make_issue(make_report())
    counted = []
    for more in (1, 6):
        for _ in range(more):
            make_record()
        with django_assert_max_num_queries(25) as context:  # type: ignore[attr-defined]
            queries.changes_since(issue=issue)
        counted.append(len(context))
    assert counted[0] == counted[1]


def test_figures_of_an_issue_are_named_in_the_readers_language(
    client_of: Callable[[str], Client],
    make_record: MakeRecord,
    make_report: MakeReport,
    make_issue: MakeIssue,
) -> None:
    make_record(audience=1)
    report = make_report(text="{{activities.audience@lecture}}")
    issue = make_issue(report)
    client = client_of("head")
    client.post("/language/", {"language": "en"})
    address = reverse("reports:changes", args=[report.uuid, issue.number])
    page = client.get(address).content.decode()
    assert "Audience (Workers&#x27; lecture hall)" in page
    assert '1<span class="measure">attendance</span>' in page
    assert issue.document["figures"][0]["name"] == "受众（职工大讲堂）"
