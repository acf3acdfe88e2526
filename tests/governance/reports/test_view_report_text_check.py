"""A report's own text, held against the ledger of its unit and period."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangong.governance.reports.models import CheckedText
from tests.conftest import MakeRecord
from tests.governance.reports.conftest import Desk, MakeReport

ClientOf = Callable[[str], Client]
MIXED = "大讲堂受众{{activities.audience}}，大讲堂受众90人次。\n"


def address(desk: Desk) -> str:
    return reverse("reports:report_text_check", args=[desk.report.uuid])


def test_picked_figures_are_bound_and_typed_ones_are_judged(client_of: ClientOf, desk: Desk) -> None:
    desk.save(MIXED)
    page = client_of("clerk").get(address(desk)).content.decode()
    assert "台账引用" in page
    assert "90人次" in page
    assert "改为台账数字" not in page
    assert not CheckedText.objects.exists()


def test_who_may_read_the_report_may_check_it(client_of: ClientOf, desk: Desk) -> None:
    for name, status in (("reviewer", 200), ("head", 200), ("auditor", 200), ("stranger", 404)):
        assert client_of(name).get(address(desk)).status_code == status
    assert client_of("visitor").get(address(desk)).status_code == 302


def test_another_method_is_refused_and_the_report_leads_there(client_of: ClientOf, desk: Desk) -> None:
    assert client_of("clerk").post(address(desk)).status_code == 405
    report = reverse("reports:report", args=[desk.report.uuid])
    assert address(desk) in client_of("clerk").get(report).content.decode()


def test_the_editor_saves_and_goes_on_to_the_check(client_of: ClientOf, desk: Desk) -> None:
    report = desk.now()
    form = {
        "version": report.version,
        "unit": report.unit_id,
        "since": report.since,
        "until": report.until,
        "title": report.title,
        "form": report.form,
        "text": MIXED,
        "act": "text_check",
    }
    response = client_of("clerk").post(reverse("reports:edit", args=[report.uuid]), form)
    assert response["Location"].startswith(address(desk))


@pytest.mark.parametrize("words", ["受众{{activities.audience}}。\n", "受众80人次。\n"])
def test_statements_stay_flat_as_numbers_grow(
    client_of: ClientOf, make_report: MakeReport, make_record: MakeRecord, words: str
) -> None:
    make_record(audience=80)
    client = client_of("head")

    def asked(times: int) -> int:
        where = reverse("reports:report_text_check", args=[make_report(text=words * times).uuid])
        with CaptureQueriesContext(connection) as asked:
            assert client.get(where).status_code == 200
        return len(asked)

    asked(2)
    assert asked(300) == asked(2)


def test_a_draft_with_a_number_without_end_opens_and_is_checked(client_of: ClientOf, desk: Desk) -> None:
    desk.save("共" + "9" * 20_000 + "人。\n")
    for page in (address(desk), reverse("reports:report", args=[desk.report.uuid])):
        response = client_of("clerk").get(page)
        assert response.status_code == 200
        assert "999999…999999" in response.content.decode()
