"""Every address and who may see it. An address that is not in the table fails the test.

A row gives the answer to a GET for clerk, reviewer, head, stranger, auditor, administrator and visitor, about things of
the clerk's union: 2 seen, 3 sent elsewhere, 4 not found (404), F forbidden (403), M wrong method (405).
The second table does the same for an empty form sent to what is only posted; r is a refusal in a sentence to somebody
who may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jiangong.books.figures import operations as figures
from jiangong.books.figures.rules.catalogue import Form
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.measures import CountUnit
from jiangong.books.ledger.models import Record
from jiangong.governance.reports import operations as reports
from jiangong.governance.reports.models import Report
from jiangong.governance.reports.queries.comments import Passage
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Account, RoleGrant
from jiangong.ground.shared.actors import Actor
from jiangong.ground.sheets import operations as sheets
from jiangong.work.activities import operations as activities
from jiangong.work.activities.operations import VenueContent
from jiangong.work.activities.rules import AUDIENCE, ActivityContent
from tests.conftest import AT, DAY, SINCE, SYSTEM, TODAY, MakeRecord, World
from tests.ground.sheets.files import workbook

NAMES = ("clerk", "reviewer", "head", "stranger", "auditor", "administrator", "visitor")
LETTERS = {200: "2", 302: "3", 303: "3", 403: "F", 404: "4", 405: "M"}
TABLE = {
    "desk:home": "2222223",
    "desk:sign_in": "3333332",
    "desk:sign_out": "MMMMMMM",
    "desk:entry": "2222223",
    "desk:queue": "2222223",
    "desk:queue_record": "2224223",
    "desk:records": "2222223",
    "desk:record": "2224223",
    "desk:submit": "MMMMMMM",
    "desk:confirm": "MMMMMMM",
    "desk:return": "MMMMMMM",
    "desk:withdraw": "MMMMMMM",
    "desk:discard": "MMMMMMM",
    "desk:accept": "MMMMMMM",
    "desk:refuse": "MMMMMMM",
    "desk:ledger": "2222223",
    "desk:figure": "2222223",
    "desk:search": "2222223",
    "desk:choose_unit": "2222223",
    "desk:settings": "2222223",
    "desk:password": "2222223",
    "desk:language": "MMMMMMM",
    "desk:help": "2222223",
    "desk:audit": "FFFF2F3",
    "desk:sheets": "2222223",
    "desk:sheet_template": "2222FF3",
    "desk:sheet_export": "2222223",
    "desk:send_sheet": "MMMMMMM",
    "desk:sheet_import": "2444443",
    "desk:start_import": "MMMMMMM",
    "desk:returned_sheet": "2444443",
    "desk:audit_export": "MMMMMMM",
    "desk:bounds": "FF2FF23",
    "desk:photo_rules": "FF2FF23",
    "desk:bound": "FF2FF23",
    "desk:closing": "FF2F2F3",
    "desk:measures": "FF2FF23",
    "desk:add_measure": "FF2FF23",
    "desk:measure": "FF2FF23",
    "desk:end_measure": "MMMMMMM",
    "desk:resume_measure": "MMMMMMM",
    "desk:own_figures": "FF2FF23",
    "desk:define_figure": "FF2FF23",
    "desk:own_figure": "FF2FF23",
    "desk:end_figure": "MMMMMMM",
    "desk:resume_figure": "MMMMMMM",
    "desk:batches": "F22FFF3",
    "desk:look_through": "MMMMMMM",
    "desk:batch": "4244443",
    "desk:confirm_batch": "MMMMMMM",
    "desk:resume_batch": "MMMMMMM",
    "organization:units": "2222223",
    "organization:unit": "2224223",
    "organization:below": "2224223",
    "organization:create_unit": "FFF4F23",
    "organization:change_unit": "FFF4F23",
    "organization:correct_start": "FFF4F23",
    "organization:move_unit": "FFF4F23",
    "organization:dissolve_unit": "FFF4F23",
    "organization:revive_unit": "MMMMMMM",
    "organization:reference_count": "FFF4F23",
    "organization:add_person": "FFF4F23",
    "organization:appoint": "FFF4F23",
    "organization:end_post": "FFF4F23",
    "organization:people": "2222223",
    "organization:person": "2224223",
    "organization:change_person": "FFF4F23",
    "organization:transfer_person": "FFF4F23",
    "organization:release_person": "FFF4F23",
    "organization:return_person": "MMMMMMM",
    "organization:open_account": "FFF4F23",
    "organization:accounts": "FFFFF23",
    "organization:account": "FFF4F23",
    "organization:grant_role": "FFF4F23",
    "organization:reset_password": "FFF4F23",
    "organization:close_account": "MMMMMMM",
    "organization:reopen_account": "MMMMMMM",
    "organization:end_role": "MMMMMMM",
    "evidence:thumbnail": "2224223",
    "evidence:lookalike": "4444443",
    "evidence:picture": "2224223",
    "evidence:original": "2224223",
    "evidence:caption": "F224FF3",
    "evidence:remove": "MMMMMMM",
    "evidence:add": "MMMMMMM",
    "activities:activities": "2222223",
    "activities:enter": "2222FF3",
    "activities:check": "MMMMMMM",
    "activities:change": "2224FF3",
    "activities:booked": "2444443",
    "activities:kinds": "FF2FF23",
    "activities:add_kind": "FF2FF23",
    "activities:kind": "FF2FF23",
    "activities:kind_of_number": "FF3FF33",
    "activities:kind_preview": "MMMMMMM",
    "activities:end_kind": "MMMMMMM",
    "activities:resume_kind": "MMMMMMM",
    "activities:sign_in_sheet": "2224223",
    "activities:sign_in": "4444444",
    "activities:venues": "2222223",
    "activities:enter_venue": "2222FF3",
    "activities:change_venue": "2224FF3",
    "activities:lecturers": "2222223",
    "activities:add_lecturer": "FF2FF23",
    "activities:end_lecturer": "MMMMMMM",
    "activities:reinstate_lecturer": "MMMMMMM",
    "reports:reports": "2222223",
    "reports:write": "2222FF3",
    "reports:layout": "2222223",
    "reports:templates": "2222223",
    "reports:change_template": "4424FF3",
    "reports:end_template": "MMMMMMM",
    "reports:sign_off_rule": "FF2FF23",
    "reports:published_list": "2222222",
    "reports:published": "2222222",
    "reports:published_figure": "2222222",
    "reports:report": "4424223",
    "reports:edit": "4424FF3",
    "reports:preview": "MMMMMMM",
    "reports:copy": "MMMMMMM",
    "reports:make_template": "4424FF3",
    "reports:versions": "4424223",
    "reports:take_up": "MMMMMMM",
    "reports:compare": "4424223",
    "reports:send": "MMMMMMM",
    "reports:recall": "MMMMMMM",
    "reports:check": "MMMMMMM",
    "reports:return": "MMMMMMM",
    "reports:comment": "MMMMMMM",
    "reports:answer": "MMMMMMM",
    "reports:settle": "MMMMMMM",
    "reports:issue": "4424FF3",
    "reports:issued": "4424223",
    "reports:changes": "4424223",
    "reports:withdraw": "MMMMMMM",
    "reports:publish": "MMMMMMM",
    "reports:unpublish": "MMMMMMM",
    "reports:download": "4424223",
}
POSTED = {
    "desk:submit": "3334FF3",
    "desk:confirm": "F334FF3",
    "desk:return": "F334FF3",
    "desk:withdraw": "F334FF3",
    "desk:discard": "3334FF3",
    "desk:accept": "F334FF3",
    "desk:refuse": "F334FF3",
    "desk:language": "3333333",
    "desk:send_sheet": "rrrrFF3",
    "desk:start_import": "r444443",
    "desk:audit_export": "FFFF2F3",
    "organization:revive_unit": "FFF4Fr3",
    "organization:return_person": "FFF4Fr3",
    "organization:close_account": "FFF4F33",
    "organization:reopen_account": "FFF4Fr3",
    "organization:end_role": "FFF4F33",
    "evidence:remove": "rrr4FF3",
    "evidence:add": "3334FF3",
    "activities:check": "4444443",
    "desk:end_measure": "44r4Fr3",
    "desk:resume_measure": "44r4Fr3",
    "desk:end_figure": "44r4Fr3",
    "desk:resume_figure": "44r4Fr3",
    "desk:look_through": "F33FFF3",
    "desk:confirm_batch": "4r44443",
    "desk:resume_batch": "4344443",
    "activities:kind_preview": "FF2FF23",
    "activities:end_kind": "FFrFFr3",
    "activities:resume_kind": "FFrFFr3",
    "activities:end_lecturer": "FF34F33",
    "activities:reinstate_lecturer": "FF34F33",
    "reports:end_template": "4434FF3",
    "reports:preview": "4424FF3",
    "reports:copy": "4434FF3",
    "reports:take_up": "4434FF3",
    "reports:send": "44r4FF3",
    "reports:recall": "44r4FF3",
    "reports:check": "44r4FF3",
    "reports:return": "44r4FF3",
    "reports:comment": "44r4FF3",
    "reports:answer": "44r4FF3",
    "reports:settle": "4434FF3",
    "reports:withdraw": "4434FF3",
    "reports:publish": "4434FF3",
    "reports:unpublish": "4434FF3",
}


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, list[str]]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}:{pattern.name}", sorted(pattern.pattern.converters)
        else:
            yield from addresses(pattern, pattern.namespace or "")


@pytest.fixture
def things(
    world: World, cast: dict[str, Actor], accounts: dict[str, Account], make_record: MakeRecord
) -> dict[str, Any]:
    """One of each thing that an address can name, all of the clerk's union; the report is the federation's."""
    record = make_record()
    content = ActivityContent(title=record.title, happened_on=DAY, quantities={AUDIENCE: 90})
    amendment = activities.propose_change(
        actor=cast["clerk"], record_id=record.pk, content=content, reason="复核", at=AT, today=TODAY
    )
    venue = _venue(world, cast)
    report = _report(world, cast["head"])
    person = accounts["clerk"].person
    post = organization.appoint(
        actor=SYSTEM, unit_id=world.union.pk, person_id=person.pk, body="组", title="成员", since=SINCE, at=AT
    )
    lecturer = activities.add_lecturer(
        actor=SYSTEM, book=world.book, person_id=person.pk, topic_ids=[], since=SINCE, at=AT
    )
    exhibit = record.exhibits.first()
    assert exhibit
    return {
        "record_id": record.pk,
        "venue": venue.pk,
        "amendment_id": amendment.pk,
        "exhibit_id": exhibit.pk,
        "other_id": exhibit.pk,
        "unit_id": world.union.pk,
        "parent_id": world.union.pk,
        "person_id": person.pk,
        "account_id": accounts["clerk"].pk,
        "post_id": post.pk,
        "lecturer_id": lecturer.pk,
        "grant_id": RoleGrant.objects.get(account=accounts["clerk"]).pk,
        "uuid": report.uuid,
        "comment": _comment(report, cast["head"]),
        "template_id": reports.make_template(
            actor=cast["head"], uuid=report.uuid, name="模板", guidance="", at=AT
        ).pk,
        "place": 1,
        "sent": _sent(cast["clerk"], world),
        "sheet": "venues",
        "number": 1,
        "kind_id": world.lecture.pk,
        **_own(cast["head"], world),
        **_batch(cast["reviewer"], make_record),
        "form": "pdf",
        "key": AUDIENCE,
        "code": "lecture",
    }


def _own(head: Actor, world: World) -> dict[str, int]:
    """A measure and a figure of the federation's own."""
    federation = world.federation.pk
    measure = ledger.add_measure(
        actor=head,
        federation_id=federation,
        nature=ledger.MeasureNature(CountUnit.TREES),
        said=ledger.MeasureWords("植树"),
        at=AT,
    )
    formula = figures.Formula(Form.PER, (measure.code,), (AUDIENCE,), 1)
    figure = figures.define_figure(
        actor=head, federation_id=federation, name="人均植树", name_en="", formula=formula, at=AT
    )
    return {"measure_id": measure.pk, "figure_id": figure.pk}


def _batch(reviewer: Actor, make_record: MakeRecord) -> dict[str, UUID]:
    """What an import brought in, and the reviewer's look at it."""
    batch, look = uuid4(), uuid4()
    record = make_record(state="submitted")
    Record.objects.filter(pk=record.pk).update(batch=batch)
    ledger.begin_review(actor=reviewer, uuid=look, batch=batch, at=AT)
    return {"batch": batch, "look": look}


def _venue(world: World, cast: dict[str, Actor]) -> Record:
    record = activities.enter_venue(
        actor=cast["clerk"],
        uuid=uuid4(),
        unit_id=world.union.pk,
        content=VenueContent("供电职工大讲堂", DAY, "hall"),
        at=AT,
        today=TODAY,
    )
    ledger.submit_record(actor=cast["clerk"], record_id=record.pk, at=AT)
    ledger.confirm_record(actor=cast["reviewer"], record_id=record.pk, at=AT)
    return record


def _sent(clerk: Actor, world: World) -> UUID:
    """A sheet of venues that came back to be mended."""
    uuid, stream = uuid4(), workbook([["单位", "名称", "类型", "启用日期"], ["某公司", "", "", ""]])
    sheets.begin_import(
        actor=clerk, code="venues", unit_id=world.union.pk, uuid=uuid, stream=stream, size=1, name="x", at=AT
    )
    assert sheets.check_import(uuid=uuid, at=AT).returned
    return uuid


def _report(world: World, head: Actor) -> Report:
    content = ReportContent(
        title="情况报告", since=SINCE, until=TODAY, text="受众{{activities.audience}}。\n"
    )
    report = reports.write_report(
        actor=head, uuid=uuid4(), unit_id=world.federation.pk, content=content, at=AT
    )
    reports.issue_report(actor=head, uuid=report.uuid, version=1, dated_on=TODAY, at=AT)
    reports.publish_issue(actor=head, uuid=report.uuid, number=1, at=AT)
    return report


def _comment(report: Report, head: Actor) -> UUID:
    said = reports.comment_on(
        actor=head, uuid=report.uuid, comment_uuid=uuid4(), passage=Passage(), text="请核对。", at=AT
    )
    return said.uuid


@pytest.fixture
def clients(client_of: Callable[[str], Client]) -> dict[str, Client]:
    return {name: client_of(name) for name in NAMES}


def address_of(things: dict[str, Any], name: str, parameters: list[str]) -> str:
    values = {parameter: things[parameter] for parameter in parameters}
    if name == "activities:change_venue":
        values["record_id"] = things["venue"]
    if name in {"desk:sheet_import", "desk:start_import", "desk:returned_sheet"}:
        values["uuid"] = things["sent"]
    if name in {"desk:batch", "desk:confirm_batch", "desk:resume_batch"}:
        values["uuid"] = things["look"]
    return reverse(name, kwargs=values)


def posted(client: Client, address: str) -> int:
    """The answer to an empty form; what it did is taken back."""
    with transaction.atomic():
        status = client.post(address).status_code
        transaction.set_rollback(True)
    return status


def test_every_address_answers_as_the_table_says(clients: dict[str, Client], things: dict[str, Any]) -> None:
    found = {}
    for name, parameters in addresses():
        address = address_of(things, name, parameters)
        found[name] = "".join(LETTERS[clients[who].get(address).status_code] for who in NAMES)
    assert found == TABLE


def test_what_is_only_posted_is_refused_to_who_may_not(
    clients: dict[str, Client], things: dict[str, Any]
) -> None:
    found = {}
    for name, parameters in addresses():
        if set(TABLE[name]) == {"M"} and name != "desk:sign_out":
            address = address_of(things, name, parameters)
            found[name] = "".join(LETTERS.get(posted(clients[who], address), "r") for who in NAMES)

    assert found == POSTED
