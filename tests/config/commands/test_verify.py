"""`jiangong verify` names whatever was done behind the system's back, and ends in words whatever it meets."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from jiangong.books.evidence import operations as evidence
from jiangong.books.evidence.models import Exhibit, File
from jiangong.books.evidence.rules import Caption
from jiangong.books.figures import operations as figures
from jiangong.books.figures.models import Bound, OwnFigure
from jiangong.books.figures.operations import Formula
from jiangong.books.figures.rules.bounds import Limits
from jiangong.books.figures.rules.catalogue import Form
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.measures import CountUnit
from jiangong.books.ledger.models import Amendment, Book, Closing, Facet, Measure, Posting, Record
from jiangong.config.commands import verify
from jiangong.governance.reports import operations as reports
from jiangong.governance.reports.models import Issue, Publication, Report, Template, Version
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.ground.audit.models import AuditEvent, AuditHead
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Account, Ancestry, Post, ReferenceCount, RoleGrant, Unit
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities import operations as activities
from jiangong.work.activities.models import Activity, ActivityKind, ActivityQuantity, KindQuantity, Lecturer
from jiangong.work.activities.queries.defining import content_of_kind
from tests.books.ledger.test_records import _propose
from tests.conftest import AT, DAY, SYSTEM, MakeRecord, World

TAMPERINGS: list[Callable[[Record], str]] = []


@pytest.fixture
def story(world: World, cast: dict[str, Actor], make_record: MakeRecord) -> Record:
    """A confirmed and amended lecture with a captioned photo; others in every state; a report out in public."""
    head = cast["head"]
    record = make_record(audience=80)
    for state in ("draft", "submitted", "returned", "withdrawn"):
        make_record(state=state, audience=30)
    exhibit = Exhibit.objects.filter(record=record)[0]
    evidence.change_caption(actor=head, exhibit_id=exhibit.pk, caption=Caption(place="三楼"), at=AT)
    amendment = _propose(cast["clerk"], record, audience=95)
    ledger.accept_amendment(actor=head, amendment_id=amendment, at=AT)
    ledger.close_months(actor=head, federation_id=world.federation.pk, until_month=202003, at=AT)
    ledger.close_months(actor=head, federation_id=world.federation.pk, until_month=202004, at=AT)
    report = reports.write_report(
        actor=head,
        uuid=uuid4(),
        unit_id=world.federation.pk,
        content=ReportContent(title="工作情况", since=DAY.replace(day=1), until=DAY, text="举办了讲座。"),
        at=AT,
    )
    for _time in range(2):
        report.refresh_from_db()
        reports.issue_report(actor=head, uuid=report.uuid, version=report.version, dated_on=DAY, at=AT)
    reports.publish_issue(actor=head, uuid=report.uuid, number=2, at=AT)
    reports.withdraw_issue(actor=head, uuid=report.uuid, number=1, reason="数字有误", at=AT)
    _settle(world, head)
    record.refresh_from_db()
    return record


def _settle(world: World, head: Actor) -> None:
    """What a federation sets: a measure and a figure of its own, a kind that was changed, a post and a lecturer."""
    federation = world.federation.pk
    reports.load_shipped_templates(actor=SYSTEM, federation_id=federation, at=AT)
    said, nature = ledger.MeasureWords(name="植树"), ledger.MeasureNature(unit=CountUnit.TREES)
    measure = ledger.add_measure(actor=head, federation_id=federation, nature=nature, said=said, at=AT)
    formula = Formula(form=Form.PER, measures=(measure.code,), over=("activities.held",), unit="棵/场")
    figures.define_figure(
        actor=head, federation_id=federation, name="场均植树", name_en="", formula=formula, at=AT
    )
    figures.set_bound(
        actor=head, federation_id=federation, figure=measure.code, limits=Limits(low=1, high=500), at=AT
    )
    for kind in (world.lecture, ActivityKind.objects.get(code="study")):
        content = replace(content_of_kind(kind), photos=3)
        activities.change_kind(actor=head, kind_id=kind.pk, version=kind.version, content=content, at=AT)
    person = organization.add_person(actor=SYSTEM, unit_id=world.union.pk, name="陈建国", at=AT)
    for until in (None, DAY):
        post = organization.appoint(
            actor=SYSTEM,
            unit_id=federation,
            person_id=person.pk,
            body="创建工作领导小组",
            title="成员" if until else "副组长",
            since=DAY,
            at=AT,
        )
        if until:
            organization.end_post(actor=SYSTEM, post_id=post.pk, until=until, at=AT)
    lecturer = activities.add_lecturer(
        actor=SYSTEM, book=world.book, person_id=person.pk, topic_ids=[], since=DAY, at=AT
    )
    activities.end_lecturer(actor=SYSTEM, lecturer_id=lecturer.pk, until=DAY, at=AT)


def proved(*, as_json: bool = False) -> int:
    return verify.run(argparse.Namespace(without_files=False, json=as_json))


def release(table: str) -> None:
    """Drop the triggers, as somebody with the database's password could; rolled back with the test."""
    postgres = connection.vendor == "postgresql"
    names = ["append_only", "no_truncate"] if postgres else ["no_update", "no_delete"]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER {table}_{name}" + (f" ON {table}" if postgres else ""))


def tampering(function: Callable[[Record], str]) -> Callable[[Record], str]:
    TAMPERINGS.append(function)
    return function


@tampering
def remove_an_exhibit(record: Record) -> str:
    exhibit = Exhibit.objects.filter(record=record)[0]
    pk = exhibit.pk
    exhibit.delete()
    return f"exhibit {pk} is gone: event "


@tampering
def hide_an_exhibit(record: Record) -> str:
    Exhibit.objects.filter(record=record).update(removed_at=AT)
    return f"exhibit {Exhibit.objects.filter(record=record)[0].pk} was changed: it is not what event "


@tampering
def point_an_exhibit_at_another_file(record: Record) -> str:
    exhibit = Exhibit.objects.filter(record=record)[0]
    other = Exhibit.objects.exclude(file=exhibit.file_id)[0]
    Exhibit.objects.filter(pk=exhibit.pk).update(file=other.file_id)
    return f"exhibit {exhibit.pk} was changed"


@tampering
def move_an_exhibit(record: Record) -> str:
    exhibit = Exhibit.objects.filter(record=record)[0]
    Exhibit.objects.filter(pk=exhibit.pk).update(record=Record.objects.exclude(pk=record.pk)[0])
    return f"exhibit {exhibit.pk} was changed"


@tampering
def forge_a_caption(record: Record) -> str:
    Exhibit.objects.filter(record=record).update(place="人民大会堂")
    return "was changed: it is not what event "


@tampering
def forge_when_a_photo_was_taken(record: Record) -> str:
    file = Exhibit.objects.filter(record=record)[0].file
    file.taken_at = AT
    file.save()
    return f"evidence file {file.pk} was changed"


@tampering
def invent_an_exhibit(record: Record) -> str:
    exhibit = Exhibit.objects.filter(record=record)[0]
    exhibit.pk, exhibit.uuid, exhibit.record = None, uuid4(), Record.objects.exclude(pk=record.pk)[0]
    exhibit.save(force_insert=True)
    return f"exhibit {exhibit.pk} is there, but no event of the audit trail left it"


@tampering
def retitle_a_record(record: Record) -> str:
    Record.objects.filter(pk=record.pk).update(title="劳模宣讲")
    return f"record {record.pk} was changed: it is not what event "


@tampering
def confirm_in_another_name(record: Record) -> str:
    other = Record.objects.exclude(entered_by=None)[0].entered_by_id
    Record.objects.filter(pk=record.pk).update(entered_by=None, confirmed_by=other)
    return f"record {record.pk} was changed"


@tampering
def confirm_at_another_time(record: Record) -> str:
    Record.objects.filter(pk=record.pk).update(confirmed_at=AT - timedelta(days=400))
    return f"record {record.pk} was changed"


@tampering
def count_another_revision(record: Record) -> str:
    Record.objects.filter(pk=record.pk).update(revision=7)
    return f"record {record.pk} was changed"


@tampering
def move_the_place(record: Record) -> str:
    Activity.objects.filter(pk=record.pk).update(place="人民大会堂")
    return f"content {record.pk} was changed"


@tampering
def lose_a_waiting_record(record: Record) -> str:
    waiting = Record.objects.get(state="submitted")
    pk = waiting.pk
    ActivityQuantity.objects.filter(activity=pk).delete()
    Activity.objects.filter(pk=pk).delete()
    Exhibit.objects.filter(record=pk).delete()
    waiting.delete()
    return f"record {pk} is gone: event "


@tampering
def forge_an_amendment(record: Record) -> str:
    Amendment.objects.filter(record=record).update(reason="笔误")
    return "amendment "


@tampering
def hang_an_entry_elsewhere(record: Record) -> str:
    release("ledger_entry")
    other = Record.objects.get(state="submitted")
    posting = Posting.objects.filter(record=record).order_by("-revision")[0]
    entry = posting.entries.filter(reversal=False)[0]
    posting.entries.filter(pk=entry.pk).update(record=other)
    return f"entry {entry.pk} belongs to no posting of its record"


@tampering
def open_closed_months(record: Record) -> str:
    Book.objects.filter(pk=record.book_id).update(closed_until=None)
    return f"book {record.book_id} says it is closed until None, its closings until 2020-04-30"


@tampering
def lose_a_closing(record: Record) -> str:
    release("ledger_closing")
    closing = Closing.objects.order_by("last_day")[0]
    pk = closing.pk
    closing.delete()
    return f"closing {pk} is gone"


@tampering
def lose_an_issue(record: Record) -> str:
    release("reports_issue")
    Publication.objects.all().delete()
    issue = Issue.objects.get(number=2)
    pk = issue.pk
    issue.delete()
    return f"issue {pk} is gone"


@tampering
def move_an_issue_to_another_position(record: Record) -> str:
    release("reports_issue")
    Issue.objects.filter(number=2).update(position=1)
    return f"issue {Issue.objects.get(number=2).pk} was changed: it is not what event "


@tampering
def hide_what_was_odd(record: Record) -> str:
    release("reports_issue")
    Issue.objects.filter(number=2).update(reason="领导同意")
    return f"issue {Issue.objects.get(number=2).pk} was changed"


@tampering
def retitle_a_report(record: Record) -> str:
    Report.objects.update(title="别的题目")
    return f"report {Report.objects.get().pk} was changed"


@tampering
def rewrite_a_version(record: Record) -> str:
    release("reports_version")
    Version.objects.update(words="举办了很多讲座。")
    return f"version {Version.objects.first().pk} was changed"  # type: ignore[union-attr]


@tampering
def make_public_for_ever(record: Record) -> str:
    Publication.objects.update(published_at=AT - timedelta(days=90))
    return f"publication {Publication.objects.get().pk} was changed"


@tampering
def raise_a_clerk(record: Record) -> str:
    grant = RoleGrant.objects.filter(role="clerk")[0]
    RoleGrant.objects.filter(pk=grant.pk).update(role="manager")
    return f"role {grant.pk} was changed"


@tampering
def grant_a_role(record: Record) -> str:
    grant = RoleGrant.objects.filter(role="clerk")[0]
    grant.pk, grant.role = None, "reviewer"
    grant.save(force_insert=True)
    return f"role {grant.pk} is there, but no event of the audit trail left it"


@tampering
def open_a_closed_account(record: Record) -> str:
    account = Account.objects.all()[0]
    Account.objects.filter(pk=account.pk).update(is_active=not account.is_active)
    return f"account {account.pk} was changed"


@tampering
def rename_a_unit(record: Record) -> str:
    Unit.objects.filter(pk=record.unit_id).update(name="别的工会")
    return f"unit {record.unit_id} was changed"


@tampering
def place_a_unit_elsewhere(record: Record) -> str:
    placed = Ancestry.objects.filter(unit=record.unit_id, depth=1)[0]
    Ancestry.objects.filter(pk=placed.pk).update(until=DAY)
    return f"placement {placed.pk} was changed"


@tampering
def count_fewer_people(record: Record) -> str:
    ReferenceCount.objects.update(value=1)
    return f"reference count {ReferenceCount.objects.get().pk} was changed"


@tampering
def lose_the_whole_audit_trail(record: Record) -> str:
    release("audit_auditevent")
    AuditEvent.objects.all().delete()
    AuditHead.objects.update(number=0, digest="0" * 64)
    return f"unit {Unit.objects.get(code='ZGH').pk} is there, but no event of the audit trail left it"


@tampering
def lose_the_end_of_the_audit_trail(record: Record) -> str:
    release("audit_auditevent")
    last = AuditEvent.objects.order_by("-number")
    kept = last[2]
    AuditEvent.objects.filter(number__gt=kept.number).delete()
    AuditHead.objects.update(number=kept.number, digest=kept.digest)
    return f"lecturer {Lecturer.objects.get().pk} is there, but no event of the audit trail left it"


@tampering
def lose_the_head_of_the_audit_trail(record: Record) -> str:
    AuditHead.objects.all().delete()
    return "the audit trail has lost its head"


@tampering
def drop_a_trigger(record: Record) -> str:
    release("ledger_entry")
    name = "append_only" if connection.vendor == "postgresql" else "no_update"
    return f"trigger ledger_entry_{name}, which keeps its table append-only, is missing"


@tampering
def rename_a_measure(record: Record) -> str:
    measure = Measure.objects.get(code="activities.audience")
    Measure.objects.filter(pk=measure.pk).update(code="activities.crowd")
    return "measure activities.audience is missing from the table, or was changed in it"


@tampering
def take_one_part_for_another(record: Record) -> str:
    facets = Facet.objects.filter(code="lecture", measure__code="activities.audience")
    facets.update(code="study")
    return f"record {record.pk} says other quantities"


@tampering
def loosen_a_bound(record: Record) -> str:
    bound = Bound.objects.get(figure="activities.audience")
    Bound.objects.filter(pk=bound.pk).update(factor=900)
    return f"bound {bound.pk} was changed"


@tampering
def lose_a_bound(record: Record) -> str:
    bound = Bound.objects.order_by("figure")[0]
    pk = bound.pk
    bound.delete()
    return f"bound {pk} is gone"


@tampering
def ask_for_no_photos(record: Record) -> str:
    kind = ActivityKind.objects.get(code="lecture", is_current=True)
    ActivityKind.objects.filter(pk=kind.pk).update(photos=0)
    return f"kind {kind.pk} was changed"


@tampering
def take_any_audience_for_usual(record: Record) -> str:
    asked = KindQuantity.objects.get(kind__code="study", measure__code="activities.audience")
    KindQuantity.objects.filter(pk=asked.pk).update(high=10**9)
    return f"kind quantity {asked.pk} was changed"


@tampering
def ask_for_no_audience(record: Record) -> str:
    asked = KindQuantity.objects.filter(kind__code="study", measure__code="activities.audience")
    pk = asked.get().pk
    asked.delete()
    return f"kind quantity {pk} is gone"


@tampering
def widen_a_measure(record: Record) -> str:
    measure = Measure.objects.get(name="植树")
    Measure.objects.filter(pk=measure.pk).update(kind="stock")
    return f"measure {measure.pk} was changed"


@tampering
def divide_by_less(record: Record) -> str:
    OwnFigure.objects.update(over=["activities.audience"])
    return f"figure {OwnFigure.objects.get().pk} was changed"


@tampering
def rewrite_a_template(record: Record) -> str:
    template = Template.objects.exclude(text="")[0]
    Template.objects.filter(pk=template.pk).update(text="一切顺利。")
    return f"template {template.pk} was changed"


@tampering
def appoint_behind_the_back(record: Record) -> str:
    post = Post.objects.get(until=None)
    Post.objects.filter(pk=post.pk).update(title="组长")
    return f"post {post.pk} was changed"


@tampering
def let_a_lecturer_go_on(record: Record) -> str:
    Lecturer.objects.update(until=None)
    return f"lecturer {Lecturer.objects.get().pk} was changed"


@tampering
def make_a_kind_of_nothing(record: Record) -> str:
    Record.objects.filter(pk=record.pk).update(kind="nonsense")
    return "records: the tables hold what cannot be read (KeyError: 'nonsense')"


@tampering
def give_the_book_away(record: Record) -> str:
    Book.objects.update(federation=Unit.objects.exclude(code="ZGH")[0])
    return f"book {record.book_id} was changed"


@tampering
def seal_with_a_list(record: Record) -> str:
    release("audit_auditevent")
    AuditEvent.objects.filter(number=5).update(seals=[1, 2])
    return "audit trail: the tables hold what cannot be read (AttributeError"


@tampering
def lead_a_file_out_of_its_folder(record: Record) -> str:
    File(sha256="../../../etc/passwd", size=1, media_type="image/jpeg", stored_at=AT).save(force_insert=True)
    return "evidence files: the tables hold what cannot be read (SuspiciousFileOperation"


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_whatever_is_done_behind_its_back_is_named(
    story: Record, tamper: Callable[[Record], str], capsys: pytest.CaptureFixture[str]
) -> None:
    expected = tamper(story)
    assert proved() == 1
    told = capsys.readouterr().out
    assert expected in told
    assert "All agrees" not in told
    assert proved(as_json=True) == 1
    assert any(expected in sentence for sentence in json.loads(capsys.readouterr().out)["breaks"])


def test_when_all_agrees_the_heads_are_told_and_what_is_not_proved(
    story: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    assert proved() == 0
    book, trail = Book.objects.get(), AuditHead.objects.get()
    told = capsys.readouterr().out
    assert f"Head of book {book.pk}: posting {book.position}, {book.digest}" in told
    assert f"Head of the audit trail: event {trail.number}, {trail.digest}" in told
    assert "Not proved by this:" in told
    assert proved(as_json=True) == 0
    heads = json.loads(capsys.readouterr().out)["heads"]
    assert heads["books"] == [{"book": book.pk, "posting": book.position, "digest": book.digest}]
    assert heads["audit"] == {"event": trail.number, "digest": trail.digest}


def test_a_record_that_was_sent_back_may_say_something_else(story: Record, cast: dict[str, Actor]) -> None:
    returned = Record.objects.get(state="returned")
    Activity.objects.filter(pk=returned.pk).update(place="四楼")
    assert proved() == 0


def test_a_discarded_draft_leaves_nothing_to_miss(story: Record, cast: dict[str, Actor]) -> None:
    draft = Record.objects.get(state="draft")
    assert Exhibit.objects.filter(record=draft).exists()
    ledger.discard_draft(actor=cast["clerk"], record_id=draft.pk, at=AT)
    assert proved() == 0


def test_a_book_that_is_gone_is_named(story: Record, capsys: pytest.CaptureFixture[str]) -> None:
    """And comes back at the end: the database would not let the test end without it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_book")
        assert proved() == 1
        transaction.set_rollback(True)
    told = capsys.readouterr().out
    assert f"book {story.book_id} is gone, and with it the order of its " in told
    assert f"book {story.book_id} is gone: event " in told
