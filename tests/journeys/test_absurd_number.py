"""The clerk who types 10000万."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from django.test import Client

from jiangong.books.figures import queries as figures
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.books.ledger.models import Amendment, Record
from jiangong.books.ledger.queries import proof
from jiangong.governance.reports import operations as reports
from jiangong.governance.reports.models import Issue
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import AT, TODAY, MakeRecord, World
from tests.work.activities.test_change import again
from tests.work.activities.typed import AUDIENCE_FIELD, typed

ENTRY, CHECK = "/activities/enter/lecture/", "/activities/check/lecture/"


def audience(world: World) -> int | None:
    found = figures.read_figure(key=FigureKey(AUDIENCE), reading=world.reading())
    return None if found.value is None else int(found.value)


def text(client: Client, address: str, form: dict[str, object] | None = None) -> str:
    answer = client.get(address) if form is None else client.post(address, form, follow=True)
    return " ".join(answer.content.decode().split())


def test_it_is_met_while_typed_at_entry_and_at_confirmation_and_never_reaches_a_figure_unseen(
    client_of: Callable[[str], Client], world: World
) -> None:
    clerk, reviewer = client_of("clerk"), client_of("reviewer")
    form = typed(world, activities__audience="10000万")
    beside = text(clerk, CHECK, {**form, "photos": ""})
    assert "“10000万”容易差出一万倍" in beside, "beside the field, before it is saved"
    kept = text(clerk, ENTRY, form)
    assert "容易差出一万倍" in kept
    record = Record.objects.get()
    assert (record.state, record.exhibits.count()) == ("draft", 1), "nothing typed is lost"

    meant = {**form, AUDIENCE_FIELD: "100000000", "version": str(record.version), "photos": []}
    change = f"/activities/{record.pk}/change/"
    first = text(clerk, change, meant)
    assert "100,000,000" in first
    assert "810,000" in first, "the finding names both numbers"
    record.refresh_from_db()
    assert record.state == "draft", "an error not yet seen is read first"
    insisted = {**meant, "version": str(record.version), "shown": shown(first)}
    clerk.post(change, insisted)
    record.refresh_from_db()
    assert record.state == "submitted"

    page = text(reviewer, f"/queue/{record.pk}/")
    assert "100,000,000" in page
    assert "810,000" in page
    reviewer.post(f"/records/{record.pk}/confirm/", {"version": str(record.version), "override": ""})
    record.refresh_from_db()
    assert record.state == "submitted", "an error stops it until a reason is given"
    assert audience(world) in {0, None}
    back = {"version": str(record.version), "reason": "人数不可能，请核对签到表"}
    reviewer.post(f"/records/{record.pk}/return/", back)

    record.refresh_from_db()
    right = {**meant, AUDIENCE_FIELD: "137", "version": str(record.version)}
    assert clerk.post(change, right).status_code == 302
    record.refresh_from_db()
    reviewer.post(f"/records/{record.pk}/confirm/", {"version": str(record.version)})
    assert audience(world) == 137
    assert not list(proof.record_breaks())
    told = AuditEvent.objects.filter(subject_type="record").order_by("number").values_list("verb", flat=True)
    assert list(told)[-3:] == ["record.change", "record.submit", "record.confirm"]


def test_with_a_reason_it_is_confirmed_and_the_reason_is_kept(
    client_of: Callable[[str], Client], cast: dict[str, Actor], world: World
) -> None:
    clerk, reviewer = client_of("clerk"), client_of("reviewer")
    first = text(clerk, ENTRY, form := typed(world, activities__audience="900000"))
    record = Record.objects.get()
    form |= {"version": str(record.version), "shown": shown(first), "photos": []}
    clerk.post(f"/activities/{record.pk}/change/", form)
    record.refresh_from_db()
    reason = "含全省直播分会场，已与承办单位核对"
    reviewer.post(f"/records/{record.pk}/confirm/", {"version": str(record.version), "override": reason})
    assert audience(world) == 900_000
    assert AuditEvent.objects.get(verb="record.confirm").detail["override"] == reason

    # confirmed all the same, it is told wherever the figure is read
    period = f"unit={world.federation.pk}&since=2020-01-01&until=2020-12-31"
    head = client_of("head")
    for page in (f"/ledger/?{period}", f"/ledger/{AUDIENCE}/?{period}", f"/checks/?{period}"):
        assert "810,000" in text(head, page), page
    commands = figures.read_compared(keys=[FigureKey(AUDIENCE)], reading=world.reading(), on=TODAY)
    assert [finding.code for finding in commands[0].findings] == ["P1"]
    content = ReportContent(
        title="年度总结", since=date(2020, 1, 1), until=date(2020, 12, 31), text="受众{{受众}}。"
    )
    report = reports.write_report(
        actor=cast["head"], uuid=uuid4(), unit_id=world.federation.pk, content=content, at=AT
    )
    assert "810,000" in text(head, f"/reports/{report.uuid}/edit/")
    head.post(f"/reports/{report.uuid}/issue/", {"version": report.version, "dated_on": TODAY.isoformat()})
    assert not Issue.objects.exists(), "no report goes out with it unless a reason is given"


def test_an_amendment_to_one_is_met_before_anybody_decides(
    client_of: Callable[[str], Client], world: World, make_record: MakeRecord
) -> None:
    record = make_record(audience=80)
    form = again(world, record, activities__audience="100000000", reason="笔误")
    client_of("clerk").post(f"/activities/{record.pk}/change/", form)
    reviewer, amendment = client_of("reviewer"), Amendment.objects.get()
    page = text(reviewer, f"/queue/{record.pk}/")
    assert "810,000" in page
    assert 'name="override"' in page, "it can be accepted with a reason only"
    accept = f"/amendments/{amendment.pk}/accept/"
    reviewer.post(accept, {"override": ""})
    assert audience(world) == 80
    reviewer.post(accept, {"override": "已与承办单位核对"})
    assert audience(world) == 100_000_000


def shown(page: str) -> str:
    """What the form says its reader has seen."""
    found = page.partition('name="shown"')[2].partition('value="')[2].partition('"')[0]
    assert found
    return found
