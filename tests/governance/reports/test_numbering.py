"""Document numbers: proposed, checked, given once."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.models import Report
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.governance.reports.rules.frozen import Content
from jiangong.governance.reports.rules.heads import Attachment, DocumentNumber, Form, Head
from jiangong.ground.shared.actors import Actor
from tests.conftest import World
from tests.governance.reports.conftest import AT, DATED, PERIOD

Cast = dict[str, Actor]


def written(
    world: World, cast: Cast, head: Head, *, unit_id: int | None = None, title: str = "通知"
) -> Report:
    since, until = PERIOD
    return operations.write_report(
        actor=cast["head"],
        uuid=uuid4(),
        unit_id=unit_id or world.union.pk,
        content=ReportContent(
            title=title, since=since, until=until, text="一句。", organ="高邮市总工会", head=head
        ),
        at=AT,
    )


def notice(serial: int, *, year: int = 2020, code: str = "高工发", **more: object) -> Head:
    given: dict[str, object] = {"recipients": "各基层工会"}
    return Head(form=Form.NOTICE, number=DocumentNumber(code, year, serial), **given | more)  # type: ignore[arg-type]


def test_the_next_number_is_one_more_than_the_highest_of_the_year(world: World, cast: Cast) -> None:
    for serial in (1, 7, 3):
        written(world, cast, notice(serial))
    written(world, cast, notice(9, year=2019))
    written(world, cast, notice(20, code="高工函"))
    assert queries.next_serial(unit_id=world.union.pk, code="高工发", year=2020) == 8
    assert queries.next_serial(unit_id=world.union.pk, code="高工发", year=2021) == 1
    assert queries.next_serial(unit_id=world.federation.pk, code="高工发", year=2020) == 1


def test_a_document_without_a_number_is_offered_the_next_of_its_form(world: World, cast: Cast) -> None:
    written(world, cast, notice(4))
    draft = written(world, cast, Head(form=Form.NOTICE))
    assert queries.proposed_number(report=draft, on=DATED) == DocumentNumber("高工发", 2020, 5)
    assert queries.proposed_number(report=draft, on=date(2021, 1, 4)) == DocumentNumber("高工发", 2021, 1)
    elsewhere = written(world, cast, Head(form=Form.NOTICE), unit_id=world.federation.pk)
    assert queries.proposed_number(report=elsewhere, on=DATED) is None


def test_a_number_is_given_once_in_a_unit(world: World, cast: Cast) -> None:
    written(world, cast, notice(4), title="第一份")
    with pytest.raises(operations.NumberTaken, match=r"高工发〔2020〕4号.*第一份.*5"):
        written(world, cast, notice(4))
    assert written(world, cast, notice(4), unit_id=world.federation.pk).number == notice(4).number
    one = Report.objects.get(title="第一份")
    one.pk, one.uuid = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


@pytest.mark.parametrize("number", [DocumentNumber("ZGH", 2020, 1), DocumentNumber("高工发", 20, 1)])
def test_a_number_of_another_form_is_refused(world: World, cast: Cast, number: DocumentNumber) -> None:
    with pytest.raises(operations.NumberUnreadable):
        written(world, cast, Head(form=Form.NOTICE, number=number))


def test_a_document_does_not_go_out_without_what_its_form_needs(world: World, cast: Cast) -> None:
    report = written(world, cast, Head(form=Form.REPORT, recipients="市委"))
    with pytest.raises(operations.ElementsMissing) as caught:
        issue(cast, report)
    assert all(word in str(caught.value) for word in ("发文字号", "签发人"))
    assert "主送机关" not in str(caught.value)


def issue(cast: Cast, report: Report) -> Content:
    made = operations.issue_report(
        actor=cast["head"], uuid=report.uuid, version=report.version, dated_on=DATED, at=AT
    )
    return queries.content_of(made)


def test_what_stands_around_is_frozen_with_the_issue(world: World, cast: Cast) -> None:
    report = written(world, cast, notice(4, cc="市文明办", attachments=(Attachment("名单", "甲"),)))
    content = issue(cast, report)
    assert content.head.number == DocumentNumber("高工发", 2020, 4)
    assert content.head.mark == "高邮市总工会文件"
    assert content.head.attachments == (Attachment("名单", "甲"),)
    report.refresh_from_db()
    operations.change_report(
        actor=cast["head"],
        uuid=report.uuid,
        version=report.version,
        unit_id=report.unit_id,
        content=ReportContent(title="改", since=PERIOD[0], until=PERIOD[1], text="改。"),
        at=AT,
    )
    kept = report.issues.latest("number")
    assert queries.content_of(kept).head == content.head


def test_what_was_frozen_before_there_were_forms_is_a_plain_text(world: World, cast: Cast) -> None:
    document = issue(cast, written(world, cast, Head())).as_json()
    assert document["format"] == 2
    old = {name: value for name, value in document.items() if name != "head"} | {"format": 1}
    assert Content.from_json(old) == Content.from_json(document)


def test_a_copy_takes_what_stands_around_but_no_number(world: World, cast: Cast) -> None:
    report = written(world, cast, notice(4, cc="市文明办"))
    copy = operations.copy_report(actor=cast["head"], uuid=report.uuid, new_uuid=uuid4(), at=AT)
    assert (copy.number, copy.head.cc, copy.head.form) == (None, "市文明办", Form.NOTICE)


def test_an_annex_picks_no_figures_and_has_a_name(world: World, cast: Cast) -> None:
    with pytest.raises(operations.AnnexFigures):
        written(world, cast, notice(1, attachments=(Attachment("表", "受众{{activities.audience}}"),)))
    with pytest.raises(operations.AnnexNameless):
        written(world, cast, notice(1, attachments=(Attachment("", "甲"),)))
