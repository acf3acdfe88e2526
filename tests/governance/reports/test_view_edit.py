"""The editor and its preview."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.governance.reports.models import Report
from tests.conftest import MakeRecord, World
from tests.governance.reports.conftest import TEXT, MakeReport

ClientOf = Callable[[str], Client]


def filled(report: Report, **changes: object) -> dict[str, object]:
    return {
        "version": report.version,
        "unit": report.unit_id,
        "since": "2020-01-01",
        "until": "2020-05-04",
        "title": report.title,
        "subtitle": "",
        "organ": "",
        "text": TEXT,
        "form": "plain",
        "act": "save",
    } | changes


def edit(report: Report) -> str:
    return reverse("reports:edit", args=[report.uuid])


def preview(report: Report) -> str:
    return reverse("reports:preview", args=[report.uuid])


def test_the_editor_offers_every_figure_with_its_value(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record(audience=1234)
    page = client_of("head").get(edit(make_report())).content.decode()
    assert "{{受众|多}}" in page
    assert "1200多人次" in page
    assert "1230多人次" in page
    assert "{{受众@职工大讲堂}}" in page


def test_the_editor_shows_names_and_stores_codes(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record(audience=80)
    report = make_report(text="受众{{activities.audience@lecture|yu}}。")
    client = client_of("head")
    assert "受众{{受众@职工大讲堂|余}}。" in client.get(edit(report)).content.decode()
    client.post(edit(report), filled(report, text="又{{ 受众@职工大讲堂 ｜ 整十 }}。"))
    report.refresh_from_db()
    assert report.text == "又{{activities.audience@lecture|tens}}。"


def test_the_frame_shows_the_unit_and_period_of_the_report(
    client_of: ClientOf, make_report: MakeReport
) -> None:
    page = client_of("head").get(edit(make_report()) + "?since=2015-01-01&until=2015-12-31").content.decode()
    assert page.count('class="pick-fixed"') == 2
    assert "2015年" not in page
    assert reverse("desk:choose_unit") not in page


def test_saving_keeps_the_text(client_of: ClientOf, make_report: MakeReport) -> None:
    report = make_report()
    response = client_of("head").post(edit(report), filled(report, text="第一段。\r\n第二段。"))
    report.refresh_from_db()
    assert (response.status_code, report.text, report.version) == (302, "第一段。\n第二段。", 2)


def test_saving_to_issue_goes_on_to_the_issue_page(client_of: ClientOf, make_report: MakeReport) -> None:
    report = make_report()
    response = client_of("head").post(edit(report), filled(report, act="issue"))
    assert response.headers["Location"] == reverse("reports:issue", args=[report.uuid])


def test_a_preview_without_a_script_saves_nothing(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record(audience=80)
    report = make_report()
    text = "新写受众{{activities.audience}}。"
    page = client_of("head").post(edit(report), filled(report, act="preview", text=text))
    assert page.status_code == 200
    assert "80人次</a>" in page.content.decode()
    report.refresh_from_db()
    assert (report.text, report.version) == (TEXT, 1)


def test_a_stale_form_keeps_what_was_typed_and_can_be_saved_again(
    client_of: ClientOf, make_report: MakeReport
) -> None:
    report = make_report()
    client = client_of("head")
    client.post(edit(report), filled(report, text="先到的。"))
    response = client.post(edit(report), filled(report, text="后到的。"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "后到的。" in page
    assert '<input type="hidden" name="version" value="2"' in page
    report.refresh_from_db()
    assert report.text == "先到的。"
    assert client.post(edit(report), filled(report, text="后到的。", version=2)).status_code == 302


@pytest.mark.parametrize(
    "changes", [{"until": "2019-01-01"}, {"version": ""}, {"version": "x"}, {"unit": 999_999}, {"since": ""}]
)
def test_bad_input_comes_back_with_what_was_typed(
    changes: dict[str, object], client_of: ClientOf, make_report: MakeReport
) -> None:
    report = make_report()
    response = client_of("head").post(edit(report), filled(report, text="刚写的。", **changes))
    assert response.status_code == 422
    assert "刚写的。" in response.content.decode()


def test_too_long_a_text_is_refused_and_kept(client_of: ClientOf, make_report: MakeReport) -> None:
    report = make_report()
    response = client_of("head").post(edit(report), filled(report, text="长" * 100_001))
    assert response.status_code == 422
    report.refresh_from_db()
    assert report.text == TEXT


@pytest.mark.parametrize(
    "name,status", [("auditor", 403), ("administrator", 403), ("stranger", 404), ("visitor", 302)]
)
def test_only_who_has_the_right_edits(
    name: str, status: int, client_of: ClientOf, make_report: MakeReport
) -> None:
    report = make_report()
    client = client_of(name)
    assert client.get(edit(report)).status_code == status
    assert client.post(edit(report), filled(report, text="改。")).status_code == status
    assert client.post(preview(report), filled(report)).status_code == status
    report.refresh_from_db()
    assert report.text == TEXT


def test_other_methods_are_refused(client_of: ClientOf, make_report: MakeReport) -> None:
    report = make_report()
    assert client_of("head").delete(edit(report)).status_code == 405
    assert client_of("head").get(preview(report)).status_code == 405


def test_the_preview_follows_the_typing(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record(audience=80)
    report = make_report()
    text = "受众{{activities.audience}}，书籍2000多册，{{activities.nothing}}。"
    page = client_of("head").post(preview(report), filled(report, text=text)).content.decode()
    assert "80人次</a>" in page
    assert "2000多册" in page
    assert 'id="remark-count"' in page
    assert '<span id="remark-count" hx-swap-oob="innerHTML">2</span>' in page


def test_figures_are_sent_again_when_the_period_changes(client_of: ClientOf, make_report: MakeReport) -> None:
    report = make_report()
    shown = f"{report.unit_id} 2020-01-01 2020-05-04"
    client = client_of("head")
    same = client.post(preview(report), filled(report, shown=shown)).content.decode()
    other = client.post(preview(report), filled(report, shown=shown, since="2019-01-01")).content.decode()
    assert 'id="editor-figures"' not in same
    assert 'id="editor-figures"' in other


def test_a_preview_of_unreadable_fields_says_which(client_of: ClientOf, make_report: MakeReport) -> None:
    report = make_report()
    page = client_of("head").post(preview(report), filled(report, since="x")).content.decode()
    assert "notice" in page


def test_what_is_typed_stays_text(client_of: ClientOf, make_report: MakeReport) -> None:
    report = make_report()
    text = "</textarea><script>alert(1)</script>{{<script>}}"
    for response in (
        client_of("head").post(edit(report), filled(report, text=text, act="preview")),
        client_of("head").post(preview(report), filled(report, text=text)),
    ):
        assert "<script>alert" not in response.content.decode()


def test_a_unit_elsewhere_cannot_be_previewed(
    world: World, client_of: ClientOf, make_report: MakeReport
) -> None:
    report = make_report()
    page = client_of("head").post(preview(report), filled(report, unit=world.other_union.pk))
    assert page.status_code == 200
    refused = client_of("clerk").post(preview(report), filled(report, unit=world.other_union.pk))
    assert "notice-warning" in refused.content.decode()
    assert "official" not in refused.content.decode()
