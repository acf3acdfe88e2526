"""Every address and who may see it. An address that is not in the table fails the test.

A row gives the answer to a GET for clerk, reviewer, head, stranger, auditor, administrator, security and visitor, about
things of the clerk's union: 2 seen, 3 sent elsewhere, 4 not found (404), F forbidden (403), M wrong method (405).
The second table does the same for an empty form sent to what is only posted; r is a refusal in a sentence to somebody
who may.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import time
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jiangong.books.evidence.operations import Upload
from jiangong.books.figures import operations as figures
from jiangong.books.figures.rules.catalogue import Form
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.measures import CountUnit
from jiangong.books.ledger.models import Record
from jiangong.governance.plan import operations as plan
from jiangong.governance.plan.models import Task
from jiangong.governance.plan.rules import (
    DecisionContent,
    ItemContent,
    MeetingContent,
    ProgressContent,
    TaskContent,
)
from jiangong.governance.reports import operations as reports
from jiangong.governance.reports.models import Report
from jiangong.governance.reports.queries.comments import Passage
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.ground.identity.models import Passkey
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Account, RoleGrant
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor, Role
from jiangong.ground.shared.rules.periods import Period
from jiangong.ground.sheets import operations as sheets
from jiangong.work.activities import operations as activities
from jiangong.work.activities.operations import VenueContent
from jiangong.work.activities.rules import AUDIENCE, ActivityContent
from tests.conftest import AT, DAY, SINCE, SYSTEM, TODAY, MakeRecord, World, photo
from tests.ground.identity.keys import SoftKey
from tests.ground.sheets.files import workbook

NAMES = ("clerk", "reviewer", "head", "stranger", "auditor", "administrator", "security", "visitor")
LETTERS = {200: "2", 302: "3", 303: "3", 403: "F", 404: "4", 405: "M"}
TABLE = {
    "desk:home": "22222223",
    "desk:sign_in": "33333332",
    "desk:second_step": "33333333",
    "desk:passkey": "MMMMMMMM",
    "desk:passkey_options": "MMMMMMMM",
    "desk:outside": "44444444",
    "desk:outside_back": "44444444",
    "desk:invitation": "22222222",
    "desk:sign_out": "MMMMMMMM",
    "desk:entry": "22222223",
    "desk:queue": "22222223",
    "desk:queue_record": "22242223",
    "desk:records": "22222223",
    "desk:record": "22242223",
    "desk:submit": "MMMMMMMM",
    "desk:confirm": "MMMMMMMM",
    "desk:return": "MMMMMMMM",
    "desk:withdraw": "MMMMMMMM",
    "desk:discard": "MMMMMMMM",
    "desk:accept": "MMMMMMMM",
    "desk:refuse": "MMMMMMMM",
    "desk:ledger": "22222223",
    "desk:figure": "22222223",
    "desk:search": "22222223",
    "desk:choose_unit": "22222223",
    "desk:settings": "22222223",
    "desk:password": "22222223",
    "desk:end_session": "MMMMMMMM",
    "desk:end_other_sessions": "MMMMMMMM",
    "desk:language": "MMMMMMMM",
    "desk:help": "22222223",
    "desk:audit": "FFFF2FF3",
    "desk:sheets": "22222223",
    "desk:sheet_template": "2222FFF3",
    "desk:sheet_export": "22222223",
    "desk:send_sheet": "MMMMMMMM",
    "desk:sheet_import": "24444443",
    "desk:start_import": "MMMMMMMM",
    "desk:returned_sheet": "24444443",
    "desk:audit_export": "MMMMMMMM",
    "desk:bounds": "FF2FF2F3",
    "desk:photo_rules": "FF2FF2F3",
    "desk:bound": "FF2FF2F3",
    "desk:closing": "FF2F2FF3",
    "identity:factors": "22222223",
    "identity:authenticator": "22222223",
    "identity:remove_authenticator": "22222223",
    "identity:recovery_codes": "22222223",
    "identity:add_passkey": "MMMMMMMM",
    "identity:passkey_options": "MMMMMMMM",
    "identity:remove_passkey": "24444443",
    "identity:link": "44444443",
    "identity:unlink": "MMMMMMMM",
    "identity:reset": "MMMMMMMM",
    "desk:measures": "FF2FF2F3",
    "desk:add_measure": "FF2FF2F3",
    "desk:measure": "FF2FF2F3",
    "desk:end_measure": "MMMMMMMM",
    "desk:resume_measure": "MMMMMMMM",
    "desk:own_figures": "FF2FF2F3",
    "desk:define_figure": "FF2FF2F3",
    "desk:own_figure": "FF2FF2F3",
    "desk:end_figure": "MMMMMMMM",
    "desk:resume_figure": "MMMMMMMM",
    "desk:batches": "F22FFFF3",
    "desk:look_through": "MMMMMMMM",
    "desk:batch": "42444443",
    "desk:confirm_batch": "MMMMMMMM",
    "desk:resume_batch": "MMMMMMMM",
    "organization:units": "22222223",
    "organization:unit": "22242223",
    "organization:below": "22242223",
    "organization:create_unit": "FFF4F2F3",
    "organization:change_unit": "FFF4F2F3",
    "organization:correct_start": "FFF4F2F3",
    "organization:move_unit": "FFF4F2F3",
    "organization:dissolve_unit": "FFF4F2F3",
    "organization:revive_unit": "MMMMMMMM",
    "organization:reference_count": "FFF4F2F3",
    "organization:add_person": "FFF4F2F3",
    "organization:appoint": "FFF4F2F3",
    "organization:end_post": "FFF4F2F3",
    "organization:people": "22222223",
    "organization:person": "22242223",
    "organization:change_person": "FFF4F2F3",
    "organization:transfer_person": "FFF4F2F3",
    "organization:release_person": "FFF4F2F3",
    "organization:return_person": "MMMMMMMM",
    "organization:open_account": "FFF4F2F3",
    "organization:accounts": "FFFF2223",
    "organization:account": "FFF42223",
    "organization:grant_role": "FFF4FF23",
    "organization:reset_password": "FFF4FF23",
    "organization:invite_again": "MMMMMMMM",
    "organization:unlock": "MMMMMMMM",
    "organization:end_sessions": "MMMMMMMM",
    "organization:close_account": "MMMMMMMM",
    "organization:reopen_account": "MMMMMMMM",
    "organization:end_role": "MMMMMMMM",
    "evidence:thumbnail": "22242223",
    "evidence:lookalike": "44444443",
    "evidence:picture": "22242223",
    "evidence:original": "22242223",
    "evidence:caption": "F224FFF3",
    "evidence:remove": "MMMMMMMM",
    "evidence:add": "MMMMMMMM",
    "activities:activities": "22222223",
    "activities:enter": "2222FFF3",
    "activities:check": "MMMMMMMM",
    "activities:change": "2224FFF3",
    "activities:booked": "24444443",
    "activities:kinds": "FF2FF2F3",
    "activities:add_kind": "FF2FF2F3",
    "activities:kind": "FF2FF2F3",
    "activities:kind_of_number": "FF3FF3F3",
    "activities:kind_preview": "MMMMMMMM",
    "activities:end_kind": "MMMMMMMM",
    "activities:resume_kind": "MMMMMMMM",
    "activities:sign_in_sheet": "22242223",
    "activities:sign_in": "44444444",
    "activities:venues": "22222223",
    "activities:enter_venue": "2222FFF3",
    "activities:change_venue": "2224FFF3",
    "activities:lecturers": "22222223",
    "activities:add_lecturer": "FF2FF2F3",
    "activities:end_lecturer": "MMMMMMMM",
    "activities:reinstate_lecturer": "MMMMMMMM",
    "plan:campaigns": "22222223",
    "plan:lights": "FF2FFFF3",
    "plan:open_campaign": "FF2FFFF3",
    "plan:campaign": "22222223",
    "plan:change_campaign": "FF2FFFF3",
    "plan:close_campaign": "MMMMMMMM",
    "plan:reopen_campaign": "MMMMMMMM",
    "plan:write_programme": "FF2FFFF3",
    "plan:copy_programme": "MMMMMMMM",
    "plan:issue_programme": "MMMMMMMM",
    "plan:add_task": "FF2FFFF3",
    "plan:task": "22222223",
    "plan:departments": "33323333",
    "plan:department": "22242223",
    "plan:overview": "22222223",
    "plan:timeline": "22222223",
    "plan:board": "22222223",
    "plan:wall": "FF2F2223",
    "plan:wall_settings": "FF2FFFF3",
    "plan:change_task": "FF2FFFF3",
    "plan:move_task": "MMMMMMMM",
    "plan:remove_task": "MMMMMMMM",
    "plan:end_task": "MMMMMMMM",
    "plan:tasks_to_report": "22222223",
    "plan:report_progress": "222FFFF3",
    "plan:change_progress": "2224FFF3",
    "plan:ask_closing": "MMMMMMMM",
    "plan:closings": "22222223",
    "plan:closing": "22222223",
    "plan:check_closing": "MMMMMMMM",
    "plan:strike_off": "MMMMMMMM",
    "plan:return_closing": "MMMMMMMM",
    "plan:reopen_task": "MMMMMMMM",
    "plan:list": "22222223",
    "plan:choices": "FF2FFFF3",
    "plan:titles": "FF2FFFF3",
    "plan:end_title": "MMMMMMMM",
    "plan:resume_title": "MMMMMMMM",
    "plan:leading_group": "22222223",
    "plan:name_leading_bodies": "MMMMMMMM",
    "plan:feeds": "22222223",
    "plan:end_feed": "MMMMMMMM",
    "plan:calendar": "44444444",
    "plan:meetings": "22222223",
    "plan:call_meeting": "FF2FFFF3",
    "plan:meeting_kinds": "FF2FFFF3",
    "plan:end_meeting_kind": "MMMMMMMM",
    "plan:difficulties": "22222223",
    "plan:meeting": "24242223",
    "plan:change_meeting": "F424FFF3",
    "plan:call_off_meeting": "MMMMMMMM",
    "plan:hold_meeting": "MMMMMMMM",
    "plan:roll": "F424FFF3",
    "plan:add_item": "F424FFF3",
    "plan:add_decision": "F424FFF3",
    "plan:draft_minutes": "MMMMMMMM",
    "plan:change_item": "F424FFF3",
    "plan:remove_item": "MMMMMMMM",
    "plan:raise_item": "MMMMMMMM",
    "plan:change_decision": "F424FFF3",
    "plan:remove_decision": "MMMMMMMM",
    "plan:minutes": "44444443",
    "plan:difficulty": "33333333",
    "plan:withdraw_difficulty": "MMMMMMMM",
    "plan:raise_difficulty": "222FFFF3",
    "plan:notices": "22222223",
    "plan:notice": "22242223",
    "plan:mark_milestone": "MMMMMMMM",
    "plan:receive_notice": "MMMMMMMM",
    "plan:accept_notice": "MMMMMMMM",
    "plan:send_notice_back": "MMMMMMMM",
    "plan:issue_notice": "FF2FFFF3",
    "plan:reminders": "22222223",
    "plan:read_reminders": "MMMMMMMM",
    "plan:choose_reminders": "22222223",
    "plan:robots": "FF2FFFF3",
    "plan:add_robot": "FF2FFFF3",
    "plan:end_robot": "MMMMMMMM",
    "plan:send_again": "MMMMMMMM",
    "reports:reports": "22222223",
    "reports:write": "2222FFF3",
    "reports:templates": "22222223",
    "reports:change_template": "4424FFF3",
    "reports:end_template": "MMMMMMMM",
    "reports:sign_off_rule": "FF2FF2F3",
    "reports:published_list": "22222222",
    "reports:published_export": "22222222",
    "reports:published": "22222222",
    "reports:published_figure": "22222222",
    "reports:report": "44242223",
    "reports:edit": "4424FFF3",
    "reports:preview": "MMMMMMMM",
    "reports:copy": "MMMMMMMM",
    "reports:make_template": "4424FFF3",
    "reports:versions": "44242223",
    "reports:take_up": "MMMMMMMM",
    "reports:compare": "44242223",
    "reports:send": "MMMMMMMM",
    "reports:recall": "MMMMMMMM",
    "reports:check": "MMMMMMMM",
    "reports:return": "MMMMMMMM",
    "reports:consent": "MMMMMMMM",
    "reports:withdraw_consent": "MMMMMMMM",
    "reports:comment": "MMMMMMMM",
    "reports:answer": "MMMMMMMM",
    "reports:settle": "MMMMMMMM",
    "reports:issue": "4424FFF3",
    "reports:issued": "44242223",
    "reports:changes": "44242223",
    "reports:withdraw": "MMMMMMMM",
    "reports:publish": "MMMMMMMM",
    "reports:unpublish": "MMMMMMMM",
    "reports:download": "44242223",
    "reports:layout": "22222223",
    "reports:text_check": "22222223",
    "reports:checked": "24444443",
    "reports:draft_checked": "MMMMMMMM",
    "reports:report_text_check": "44242223",
}
POSTED = {
    "desk:submit": "3334FFF3",
    "desk:confirm": "F334FFF3",
    "desk:return": "F334FFF3",
    "desk:withdraw": "F334FFF3",
    "desk:discard": "3334FFF3",
    "desk:accept": "F334FFF3",
    "desk:refuse": "F334FFF3",
    "desk:passkey": "rrrrrrrr",
    "desk:passkey_options": "22222222",
    "identity:add_passkey": "33333333",
    "identity:passkey_options": "22222223",
    "identity:unlink": "44444443",
    "identity:reset": "FFF4FF33",
    "desk:language": "33333333",
    "desk:end_session": "rrrrrrr3",
    "desk:end_other_sessions": "33333333",
    "desk:send_sheet": "rrrrFFF3",
    "desk:start_import": "r4444443",
    "desk:audit_export": "FFFF2FF3",
    "organization:revive_unit": "FFF4FrF3",
    "organization:return_person": "FFF4FrF3",
    "organization:invite_again": "FFF4FrF3",
    "organization:unlock": "FFF4FF33",
    "organization:end_sessions": "FFF4FF33",
    "organization:close_account": "FFF4F3F3",
    "organization:reopen_account": "FFF4FrF3",
    "organization:end_role": "FFF4FF33",
    "evidence:remove": "rrr4FFF3",
    "evidence:add": "3334FFF3",
    "activities:check": "44444443",
    "desk:end_measure": "44r4FrF3",
    "desk:resume_measure": "44r4FrF3",
    "desk:end_figure": "44r4FrF3",
    "desk:resume_figure": "44r4FrF3",
    "desk:look_through": "F33FFFF3",
    "desk:confirm_batch": "4r444443",
    "desk:resume_batch": "43444443",
    "activities:kind_preview": "FF2FF2F3",
    "activities:end_kind": "FFrFFrF3",
    "activities:resume_kind": "FFrFFrF3",
    "activities:end_lecturer": "FF34F3F3",
    "activities:reinstate_lecturer": "FF34F3F3",
    "plan:close_campaign": "FF3FFFF3",
    "plan:reopen_campaign": "FF3FFFF3",
    "plan:copy_programme": "FF3FFFF3",
    "plan:issue_programme": "FF3FFFF3",
    "plan:move_task": "FF3FFFF3",
    "plan:remove_task": "FF3FFFF3",
    "plan:end_task": "FF3FFFF3",
    "plan:ask_closing": "333FFFF3",
    "plan:check_closing": "F33FFFF3",
    "plan:strike_off": "FF3FFFF3",
    "plan:return_closing": "F33FFFF3",
    "plan:reopen_task": "FF3FFFF3",
    "plan:end_title": "4434FFF3",
    "plan:resume_title": "4434FFF3",
    "plan:name_leading_bodies": "FF3FFFF3",
    "plan:end_feed": "34444443",
    "plan:end_meeting_kind": "FF4FFFF3",
    "plan:call_off_meeting": "F434FFF3",
    "plan:hold_meeting": "F434FFF3",
    "plan:draft_minutes": "F434FFF3",
    "plan:remove_item": "F434FFF3",
    "plan:raise_item": "F434FFF3",
    "plan:remove_decision": "F434FFF3",
    "plan:withdraw_difficulty": "333FFFF3",
    "plan:mark_milestone": "333FFFF3",
    "plan:receive_notice": "3334FFF3",
    "plan:accept_notice": "FF34FFF3",
    "plan:send_notice_back": "FF34FFF3",
    "plan:read_reminders": "33333333",
    "plan:end_robot": "44344443",
    "plan:send_again": "4434FFF3",
    "reports:end_template": "4434FFF3",
    "reports:draft_checked": "34444443",
    "reports:preview": "4424FFF3",
    "reports:copy": "4434FFF3",
    "reports:take_up": "4434FFF3",
    "reports:send": "44r4FFF3",
    "reports:recall": "44r4FFF3",
    "reports:check": "44r4FFF3",
    "reports:return": "44r4FFF3",
    "reports:consent": "4434FFF3",
    "reports:withdraw_consent": "4434FFF3",
    "reports:comment": "44r4FFF3",
    "reports:answer": "44r4FFF3",
    "reports:settle": "4434FFF3",
    "reports:withdraw": "4434FFF3",
    "reports:publish": "4434FFF3",
    "reports:unpublish": "4434FFF3",
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
        **_texts(report, cast, world),
        **_plan(cast["head"], world, person.pk),
        **_closing(cast, world),
        "which": "tasks",
        "kind": "people",
        "feed": plan.make_feed(actor=cast["clerk"], uuid=uuid4(), unit_id=None, at=AT).feed.uuid,
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
        "token": _invitation(world),
        "handle": "0123456789abcdef",
        "passkey_id": _passkey(accounts["clerk"]),
    }


def _texts(report: Report, cast: dict[str, Actor], world: World) -> dict[str, Any]:
    """What hangs on a report, and a text that was checked."""
    checked = reports.check_text(
        actor=cast["clerk"],
        uuid=uuid4(),
        text="受众80人次。",
        unit_id=world.union.pk,
        period=Period(SINCE, TODAY),
        at=clock.now(),
    )
    template = reports.make_template(actor=cast["head"], uuid=report.uuid, name="模板", guidance="", at=AT)
    return {
        "checked": checked.pk,
        "comment": _comment(report, cast["head"]),
        "consent_id": _consent(report, cast["head"]),
        "template_id": template.pk,
    }


def _consent(report: Report, head: Actor) -> int:
    kept = reports.record_consent(
        actor=head, uuid=report.uuid, name="吴战宇", given_on=DAY, basis="同意书", at=AT
    )
    return kept.pk


def _plan(head: Actor, world: World, person_id: int) -> dict[str, Any]:
    """An issued programme with a task of the clerk's union."""
    content = plan.CampaignContent("创建", "creation", "national_city", SINCE, TODAY)
    campaign = plan.open_campaign(
        actor=head, uuid=uuid4(), federation_id=world.federation.pk, content=content, at=AT
    )
    plan.write_programme(
        actor=head, uuid=campaign.uuid, version=0, title="实施方案", document_number="", at=AT
    )
    asked = TaskContent(
        "大讲堂", SINCE, TODAY, (world.union.pk,), (person_id,), milestones=((TODAY, "开讲"),)
    )
    task = plan.add_task(actor=head, campaign=campaign.uuid, uuid=uuid4(), parent=None, content=asked, at=AT)
    plan.issue_programme(actor=head, uuid=campaign.uuid, issued_on=TODAY, at=AT)
    title = plan.add_title(
        actor=head,
        federation_id=world.federation.pk,
        uuid=uuid4(),
        name="江苏省文明校园",
        level="province",
        holder="unit",
        at=AT,
    )
    return {
        "campaign": campaign.uuid,
        "task": task.uuid,
        "title_id": title.pk,
        **_meeting(head, campaign.uuid, task.uuid, person_id),
        **_supervision(head, world, task.uuid),
        "milestone_id": task.milestones.get().pk,
    }


def _meeting(head: Actor, campaign: UUID, task: UUID, person_id: int) -> dict[str, UUID]:
    """A meeting to which the clerk is asked, its minutes begun by the head, and a difficulty of the task."""
    asked = MeetingContent("office", "办公例会", DAY, time(9), member_ids=(person_id,))
    meeting = plan.call_meeting(actor=head, campaign=campaign, uuid=uuid4(), content=asked, at=AT)
    item = plan.add_item(actor=head, meeting=meeting.uuid, uuid=uuid4(), content=ItemContent("大讲堂"), at=AT)
    plan.hold_meeting(actor=head, uuid=meeting.uuid, at=AT, today=TODAY)
    decided = DecisionContent("继续办好", "note")
    decision = plan.add_decision(actor=head, meeting=meeting.uuid, uuid=uuid4(), content=decided, at=AT)
    difficulty = plan.raise_difficulty(actor=head, task=task, uuid=uuid4(), said="没有场地", asks="", at=AT)
    return {
        "meeting": meeting.uuid,
        "item": item.uuid,
        "decision": decision.uuid,
        "difficulty": difficulty.uuid,
    }


def _closing(cast: dict[str, Actor], world: World) -> dict[str, Any]:
    """A confirmed report of that task with its photo, and its striking off as the clerk asked for it."""
    task = Task.objects.get(title="大讲堂")
    reported = plan.report_progress(
        actor=cast["clerk"],
        uuid=uuid4(),
        task=task.uuid,
        unit_id=world.union.pk,
        content=ProgressContent(DAY, 100, "全部完成。"),
        files=[Upload("现场.jpg", len(photo(9)), BytesIO(photo(9)))],
        submit=True,
        at=AT,
        today=TODAY,
    )
    ledger.confirm_record(actor=cast["reviewer"], record_id=reported.record.pk, at=AT)
    closing = plan.ask_closing(actor=cast["clerk"], task=task.uuid, uuid=uuid4(), text="完成", at=AT)
    return {"closing": closing.uuid, "report": reported.record.pk}


def _supervision(head: Actor, world: World, task: UUID) -> dict[str, UUID]:
    """A notice to the clerk's union, and the federation's robot with what is sent to it."""
    robot = plan.add_robot(
        actor=head,
        federation_id=world.federation.pk,
        uuid=uuid4(),
        name="创建群",
        kind="wecom",
        address="https://robot.example.cn/send?key=1",
        secret="",
        rhythm="at_once",
        at=AT,
    )
    content = plan.NoticeContent("yellow", "请报告进度。", TODAY)
    notice = plan.issue_notice(actor=head, task=task, uuid=uuid4(), content=content, at=AT)
    return {"notice": notice.uuid, "robot": robot.uuid, "delivery": robot.deliveries.get().uuid}


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


def _invitation(world: World) -> str:
    person = organization.add_person(actor=SYSTEM, unit_id=world.union.pk, name="新同志", at=AT)
    return organization.open_account_by_invitation(
        actor=SYSTEM, person_id=person.pk, username="new", at=clock.now()
    ).token


def _passkey(account: Account) -> int:
    public = b64encode(SoftKey().credential).decode()
    key = Passkey.objects.create(account=account, name="手机", credential_id="x", public=public, made_at=AT)
    return key.pk


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
        title="情况报告", since=SINCE, until=TODAY, text="受众{{activities.audience}}。吴战宇作了宣讲。\n"
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
    if name == "plan:change_progress":
        values["record_id"] = things["report"]
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


BEFORE_THE_SECOND_FACTOR = {
    "desk:sign_in",
    "desk:second_step",
    "desk:passkey",
    "desk:passkey_options",
    "desk:outside",
    "desk:outside_back",
    "desk:invitation",
    "desk:sign_out",
    "desk:password",
    "desk:language",
    "identity:factors",
    "identity:authenticator",
    "identity:remove_authenticator",
    "identity:recovery_codes",
    "identity:add_passkey",
    "identity:passkey_options",
    "identity:remove_passkey",
    "identity:link",
    "identity:unlink",
    "plan:calendar",
    "activities:sign_in",
    "reports:published_list",
    "reports:published_export",
    "reports:published",
    "reports:published_figure",
}
"""Signing in and out, setting one up, and what visitors open too."""


def test_nothing_else_opens_before_the_second_factor(
    clients: dict[str, Client], things: dict[str, Any], settings: LazySettings
) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset(Role)
    due, opened = reverse("identity:factors"), set()
    for name, parameters in addresses():
        if name in BEFORE_THE_SECOND_FACTOR:
            continue
        address = address_of(things, name, parameters)
        way = "post" if set(TABLE[name]) == {"M"} else "get"
        for who in ("head", "administrator", "security", "auditor"):
            answer = getattr(clients[who], way)(address)
            if answer.headers.get("Location") != due:
                opened.add((name, who, answer.status_code))
    assert not opened
