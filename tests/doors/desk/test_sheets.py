"""Excel in and out at the desk: works; colleague; stranger; no right; wrong method; bad input."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiangong.books.ledger import operations as ledger
from jiangong.ground.organization.models import Person
from jiangong.ground.shared import clock
from jiangong.ground.sheets import operations
from jiangong.ground.sheets.models import ImportState, SheetImport
from tests.conftest import AT, SYSTEM, TODAY, MakeRecord, World
from tests.doors.desk.asking import ClientOf, text_of
from tests.ground.sheets.files import cells_of, workbook

ADDRESS = "/sheets/"
HEAD = ["单位", "姓名", "职务"]
WANG = ["市供电公司工会", "王小明", "工会主席"]


@pytest.fixture(autouse=True)
def in_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def admin(client_of: ClientOf) -> Client:
    return client_of("administrator")


def upload(rows: Sequence[Sequence[Any]], name: str = "人员.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, workbook(rows).getvalue())


def send(client: Client, rows: Sequence[Sequence[Any]], *, sheet: str = "people", uuid: str = "") -> str:
    """The address of the import's page, once it was checked."""
    answer = client.post(f"{ADDRESS}{sheet}/send/", {"file": upload(rows), "uuid": uuid or str(uuid4())})
    assert answer.status_code == 302
    sent = SheetImport.objects.first()
    assert sent
    operations.check_import(uuid=sent.uuid, at=AT)
    return str(answer["Location"])


def test_a_file_is_sent_looked_at_and_imported(admin: Client) -> None:
    page = send(admin, [HEAD, WANG])
    shown = text_of(admin.get(page))
    assert "可以导入" in shown
    assert "王小明，市供电公司工会，工会主席" in shown
    assert "hx-trigger" not in shown
    assert admin.post(f"{page}start/").status_code == 302
    assert "正在导入" in text_of(admin.get(page))
    sent = SheetImport.objects.get()
    operations.apply_import(uuid=sent.uuid, at=AT)
    shown = text_of(admin.get(page))
    assert "已全部导入" in shown
    assert "确认导入" not in shown
    assert Person.objects.filter(name="王小明").exists()
    assert "人员.xlsx" in text_of(admin.get(ADDRESS))


def test_a_page_that_waits_refreshes_itself_and_says_for_what(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = admin.post(f"{ADDRESS}people/send/", {"file": upload([HEAD, WANG]), "uuid": str(uuid4())})[
        "Location"
    ]
    shown = text_of(admin.get(page))
    assert 'hx-trigger="every 1s"' in shown
    assert "等待后台读取核对" in shown
    assert "告诉系统管理员" not in shown
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=1))
    assert "告诉系统管理员" in text_of(admin.get(page))
    SheetImport.objects.update(rows=12)
    assert "已读取12行" in text_of(admin.get(page))


def test_what_is_odd_stands_beside_the_changes_counted_and_cut(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number that is unusual stops nothing; past what the page lists, the rest is counted."""
    clerk = client_of("clerk")
    head = ["类型", "单位", "日期", "标题", "受众（人次）"]
    rows = [["职工大讲堂", "GD", "2020-04-01", f"第{number}讲", 3001] for number in range(202)]
    page = send(clerk, [head, *rows], sheet="activities")
    shown = text_of(clerk.get(page))
    assert SheetImport.objects.get().warnings == 202
    assert "请留意" in shown
    assert "<code>E2</code>" in shown
    assert "另有2处" in shown
    assert "不影响导入" in shown
    assert "确认导入" in shown
    assert "第0讲" in shown


def test_a_month_that_is_closed_after_the_preview_is_shown_before_it_is_imported(
    client_of: ClientOf, world: World
) -> None:
    clerk = client_of("clerk")
    page = send(
        clerk,
        [["类型", "单位", "日期", "受众（人次）"], ["职工大讲堂", "GD", "2020-03-02", 86]],
        sheet="activities",
    )
    ledger.close_months(actor=SYSTEM, federation_id=world.federation.pk, until_month=202003, at=AT)
    clerk.post(f"{page}start/")
    sent = operations.apply_import(uuid=SheetImport.objects.get().uuid, at=AT)
    assert (sent.state, sent.warnings) == ("ready", 1)
    assert "说明理由" in text_of(clerk.get(page))


def test_bad_cells_are_named_and_the_marked_sheet_is_there(admin: Client) -> None:
    page = send(admin, [HEAD, WANG, ["某公司", "李四", ""]])
    shown = text_of(admin.get(page))
    assert "<code>A3</code>" in shown
    assert "您管理的单位中没有“某公司”" in shown
    assert "确认导入" not in shown
    answer = admin.get(f"{page}returned/")
    assert "待修改" in _name(answer)
    assert cells_of(_content(answer))[2][0].startswith("B3：")


def _content(answer: Any) -> bytes:
    return bytes(answer.content)


def _name(answer: Any) -> str:
    from urllib.parse import unquote

    return unquote(answer["Content-Disposition"])


def test_files_are_named_in_words_and_with_the_day(admin: Client) -> None:
    assert "单位模板-2020年5月4日.xlsx" in _name(admin.get(f"{ADDRESS}units/template/"))
    answer = admin.get(f"{ADDRESS}units/export/")
    assert "单位-高邮市总工会-2020年5月4日.xlsx" in _name(answer)
    assert [row[0] for row in cells_of(_content(answer))] == ["代码*", "GD", "SW", "YM", "ZGH"]


def test_an_export_has_the_unit_and_the_filters_of_its_list(admin: Client, world: World) -> None:
    address = f"{ADDRESS}units/export/?q=社区&page=3"
    assert [row[0] for row in cells_of(_content(admin.get(address)))][1:] == ["YM"]
    address = f"{ADDRESS}units/export/?unit={world.union.pk}"
    assert [row[0] for row in cells_of(_content(admin.get(address)))][1:] == ["GD"]


@pytest.mark.parametrize("sheet", ["units", "people", "counts", "venues", "lecturers", "activities"])
def test_every_sheet_is_exported_for_whoever_reads(
    client_of: ClientOf, sheet: str, make_record: MakeRecord
) -> None:
    make_record()
    for name in ("clerk", "auditor", "stranger"):
        content = _content(client_of(name).get(f"{ADDRESS}{sheet}/export/"))
        assert cells_of(content)[0]


@pytest.mark.parametrize(
    ("list_", "sheet"),
    [
        ("/organization/", "units"),
        ("/organization/people/", "people"),
        ("/activities/venues/", "venues"),
        ("/activities/lecturers/", "lecturers"),
    ],
)
def test_lists_lead_to_their_export(admin: Client, list_: str, sheet: str) -> None:
    shown = text_of(admin.get(f"{list_}?q=电&page=2"))
    assert f'href="/sheets/{sheet}/export/?q=%E7%94%B5"' in shown
    assert "/sheets/?q=" not in shown
    assert f"#{sheet}" in shown


def test_only_what_one_may_is_offered(client_of: ClientOf) -> None:
    clerk = text_of(client_of("clerk").get(ADDRESS))
    assert "/sheets/venues/send/" in clerk
    assert "/sheets/units/send/" not in clerk
    assert "/sheets/units/export/" in clerk
    auditor = text_of(client_of("auditor").get(ADDRESS))
    assert "/send/" not in auditor
    assert "您可以导出高邮市总工会的列表" in auditor


def test_the_form_sent_twice_is_one_file(admin: Client) -> None:
    uuid = str(uuid4())
    assert send(admin, [HEAD, WANG], uuid=uuid) == send(admin, [HEAD, WANG], uuid=uuid)
    assert SheetImport.objects.count() == 1


@pytest.mark.parametrize("name", ["clerk", "stranger", "head", "visitor"])
def test_an_import_is_seen_by_who_sent_it_alone(admin: Client, client_of: ClientOf, name: str) -> None:
    page = send(admin, [HEAD, ["某公司", "李四", ""]])
    expected = 302 if name == "visitor" else 404
    other = client_of(name)
    assert other.get(page).status_code == expected
    assert other.get(f"{page}returned/").status_code == expected
    assert other.post(f"{page}start/").status_code == expected


@pytest.mark.parametrize(("name", "status"), [("clerk", 403), ("auditor", 403), ("visitor", 302)])
def test_others_send_nothing(client_of: ClientOf, name: str, status: int) -> None:
    form = {"file": upload([HEAD, WANG]), "uuid": str(uuid4())}
    assert client_of(name).post(f"{ADDRESS}people/send/", form).status_code == status
    assert client_of(name).get(f"{ADDRESS}people/template/").status_code == status
    assert not SheetImport.objects.exists()


def test_a_strangers_unit_is_unknown(client_of: ClientOf, world: World) -> None:
    stranger = client_of("stranger")
    for address in ("", "venues/export/", "venues/template/"):
        assert stranger.get(f"{ADDRESS}{address}?unit={world.union.pk}").status_code == 404


def test_other_methods_are_refused(admin: Client) -> None:
    page = send(admin, [HEAD, WANG])
    assert admin.get(f"{ADDRESS}people/send/").status_code == 405
    assert admin.get(f"{page}start/").status_code == 405
    for address in (
        ADDRESS,
        f"{ADDRESS}people/template/",
        f"{ADDRESS}people/export/",
        page,
        f"{page}returned/",
    ):
        assert admin.post(address).status_code == 405


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "请选择要上传的 Excel 文件"),
        ({"file": "人员.xlsx"}, "请选择要上传的 Excel 文件"),
        ({"file": io.BytesIO(b"hello"), "uuid": "x"}, "这不是 Excel 文件"),
    ],
)
def test_a_bad_file_is_refused_beside_its_form(admin: Client, form: dict[str, Any], words: str) -> None:
    answer = admin.post(f"{ADDRESS}people/send/", form)
    assert answer.status_code == 422
    shown = text_of(answer)
    assert words in shown.split('id="people"')[1].split('id="counts"')[0]
    assert not SheetImport.objects.exists()


def test_an_unknown_sheet_is_not_found(admin: Client) -> None:
    for address in ("nothing/template/", "nothing/export/"):
        assert admin.get(f"{ADDRESS}{address}").status_code == 404
    assert admin.post(f"{ADDRESS}nothing/send/").status_code == 404


def test_what_is_not_ready_is_not_started(admin: Client) -> None:
    page = send(admin, [HEAD, ["某公司", "李四", ""]])
    assert admin.post(f"{page}start/").status_code == 409
    assert SheetImport.objects.get().state == ImportState.REFUSED


def test_nothing_to_import_is_said(admin: Client) -> None:
    page = send(admin, [HEAD, ["GD", "clerk同志", ""]])
    shown = text_of(admin.get(page))
    assert "不需要导入" in shown
    assert "确认导入" not in shown
