"""An office brings in its units and people, mends what came back, and sends its own export: nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiangong.ground.organization.models import Person, Unit
from tests.ground.sheets.files import cells_of, workbook
from tests.jobs import work_off


class Office:
    """A browser whose jobs are done at once."""

    def __init__(self, browser: Client) -> None:
        self._browser = browser

    def send(self, sheet: str, content: bytes) -> str:
        file = SimpleUploadedFile(f"{sheet}.xlsx", content)
        answer = self._browser.post(f"/sheets/{sheet}/send/", {"file": file, "uuid": str(uuid4())})
        work_off()
        return str(answer["Location"])

    def confirm(self, page: str) -> None:
        assert self._browser.post(f"{page}start/").status_code == 302
        work_off()

    def text(self, page: str) -> str:
        return " ".join(self._browser.get(page).content.decode().split())

    def rows(self, address: str) -> list[list[Any]]:
        return cells_of(self._browser.get(address).content)

    def file(self, address: str) -> bytes:
        return bytes(self._browser.get(address).content)


@pytest.fixture
def office(
    client_of: Callable[[str], Client],
) -> Office:
    return Office(client_of("administrator"))


def test_an_office_brings_in_its_units_and_people(office: Office) -> None:
    head = office.rows("/sheets/units/template/")[0]
    assert head[:6] == ["代码*", "名称*", "简称", "类型*", "上级单位", "成立日期*"]
    body = [
        ["CH", "城南社区", "", "社区", "城南街道", "２０１９年1月1日"],
        ["CN", "城南街道", "城南", "街道（乡镇）", "高邮市总工会", "去年"],
        ["CH1", "城南一网格", "", "网格", "城南设区", "2020.1.1"],
    ]
    page = office.send("units", workbook([head, *body]).getvalue())
    assert "待修改" in office.text(page)
    marked = office.rows(f"{page}returned/")
    assert [row[0][:3] for row in marked[1:]] == ["", "G3：", "F4："]
    marked[2][6], marked[3][5] = "2018-05-01", "城南社区"
    page = office.send("units", workbook(marked).getvalue())
    assert "可以导入" in office.text(page)
    assert not Unit.objects.filter(code="CN").exists()
    office.confirm(page)
    assert "已全部导入" in office.text(page)

    people = [["单位", "姓名", "职务"], ["城南社区", "=王小明", "主任"], ["城南", "李四", "+书记"]]
    office.confirm(office.send("people", workbook(people).getvalue()))
    assert set(Person.objects.filter(unit__code__in=["CH", "CN"]).values_list("name", flat=True)) == {
        "=王小明",
        "李四",
    }

    before = (Unit.objects.count(), Person.objects.count())
    for address in ("units/export/", "units/export/?q=城", "people/export/", "people/export/?q=李"):
        page = office.send(address.partition("/")[0], office.file(f"/sheets/{address}"))
        assert "不需要导入" in office.text(page)
    assert (Unit.objects.count(), Person.objects.count()) == before
