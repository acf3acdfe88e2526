"""A file on its way in: sent, checked by a job, looked at, imported by a job."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path, PurePath
from typing import Any, BinaryIO
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import default_storage
from django.utils import translation

from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Account, Person, RoleGrant, Unit, UnitKind
from jiangong.ground.organization.sheets import UNITS
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound
from jiangong.ground.sheets import operations, queries, tasks
from jiangong.ground.sheets.models import ImportState, SheetImport
from jiangong.ground.sheets.rules import opening
from jiangong.work.activities import operations as activities
from jiangong.work.activities.models import Venue
from jiangong.work.activities.operations import VenueContent
from jiangong.work.activities.sheets.venues import VENUES
from tests.conftest import AT, SINCE, SYSTEM, TODAY, World
from tests.ground.sheets.files import cells_of, workbook
from tests.ground.sheets.trying import context_of
from tests.jobs import work_off

HEAD = ["单位", "姓名", "职务"]
WANG = ["市供电公司工会", "王小明", "工会主席"]


@pytest.fixture(autouse=True)
def then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def send(
    actor: Actor,
    world: World,
    rows: Sequence[Sequence[Any]],
    *,
    code: str = "people",
    uuid: UUID | None = None,
    unit: Unit | None = None,
) -> SheetImport:
    stream = workbook(rows)
    return operations.begin_import(
        actor=actor,
        code=code,
        unit_id=(unit or world.federation).pk,
        uuid=uuid or uuid4(),
        stream=stream,
        size=len(stream.getvalue()),
        name="../../人员.xlsx",
        at=AT,
    )


@pytest.fixture
def admin(cast: dict[str, Actor]) -> Actor:
    return cast["administrator"]


def test_a_file_is_checked_and_imported_by_jobs(admin: Actor, world: World) -> None:
    sent = send(admin, world, [HEAD, WANG])
    assert work_off() == 1
    sent.refresh_from_db()
    assert (sent.state, sent.rows, sent.new, sent.preview[0]) == (
        ImportState.READY,
        1,
        1,
        [[2, True, "王小明，市供电公司工会，工会主席"]],
    )
    assert not Person.objects.filter(name="王小明").exists()
    operations.start_import(actor=admin, uuid=sent.uuid, at=AT)
    assert work_off() == 1
    sent.refresh_from_db()
    assert (sent.state, sent.done) == (ImportState.DONE, 1)
    assert Person.objects.get(name="王小明").unit == world.union
    verbs = AuditEvent.objects.filter(subject_type="sheet").values_list("verb", flat=True)
    assert sorted(verbs) == ["sheet.import", "sheet.send", "sheet.start"]
    assert (
        AuditEvent.objects.get(verb="person.add", subject_id=str(Person.objects.get(name="王小明").pk)).door
        == "excel"
    )


def test_a_file_in_the_other_language_is_understood(
    admin: Actor, world: World, accounts: dict[str, Account]
) -> None:
    Account.objects.filter(pk=accounts["administrator"].pk).update(language="en")
    sent = send(
        admin,
        world,
        [["代码", "名称", "类型", "上级单位", "成立日期"], ["C1", "一村", "村", "ZGH", "2019-01-01"]],
        code="units",
    )
    found = operations.check_import(uuid=sent.uuid, at=AT)
    assert (found.state, found.new) == (ImportState.READY, 1)
    assert "Village" in found.preview[0][0][2] or "village" in found.preview[0][0][2]


def test_bad_cells_come_back_by_their_names(admin: Actor, world: World) -> None:
    sent = send(admin, world, [HEAD, WANG, ["某公司", "", "长" * 81]])
    found = operations.check_import(uuid=sent.uuid, at=AT)
    assert (found.state, found.faults) == (ImportState.REFUSED, 3)
    assert sorted(cell for cell, _text in found.preview[1]) == ["A3", "B3", "C3"]
    file = queries.returned_file(actor=admin, uuid=sent.uuid)
    assert cells_of(file.content)[2][0].count("；") == 2
    with pytest.raises(operations.NotReady):
        operations.start_import(actor=admin, uuid=sent.uuid, at=AT)


def test_a_file_without_its_columns_is_refused_in_a_sentence(admin: Actor, world: World) -> None:
    sent = send(admin, world, [["甲"], ["乙"]])
    found = operations.check_import(uuid=sent.uuid, at=AT)
    assert found.state == ImportState.REFUSED
    assert "单位、姓名" in found.message
    with pytest.raises(NotFound):
        queries.returned_file(actor=admin, uuid=sent.uuid)


def test_sent_twice_it_is_one_file_and_nobody_elses(cast: dict[str, Actor], world: World) -> None:
    uuid = uuid4()
    first = send(cast["administrator"], world, [HEAD, WANG], uuid=uuid)
    assert send(cast["administrator"], world, [HEAD], uuid=uuid).pk == first.pk
    assert SheetImport.objects.count() == 1
    with pytest.raises((NotFound, Forbidden)):
        send(cast["head"], world, [HEAD, WANG], code="lecturers", uuid=uuid)
    with pytest.raises(NotFound):
        operations.start_import(actor=cast["head"], uuid=uuid, at=AT)


def test_of_two_that_come_at_once_the_second_gets_the_first(
    admin: Actor, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one arrives while this one is looked at; its file is not left behind."""
    uuid, inspect = uuid4(), opening.inspect

    def overtaken(stream: BinaryIO) -> bool:
        monkeypatch.setattr(opening, "inspect", inspect)
        send(admin, world, [HEAD, WANG], uuid=uuid)
        return inspect(stream)

    monkeypatch.setattr(opening, "inspect", overtaken)
    sent = send(admin, world, [HEAD, WANG, WANG], uuid=uuid)
    assert SheetImport.objects.get() == sent
    kept = [path.name for path in Path(default_storage.path("")).rglob(f"*{uuid}*")]
    assert kept == [PurePath(sent.file).name]


def test_a_name_that_is_a_path_names_a_file_only(admin: Actor, world: World) -> None:
    sent = send(admin, world, [HEAD, WANG])
    assert "/" not in sent.file.removeprefix("imports/")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello"])
def test_what_is_no_workbook_is_refused_at_once(admin: Actor, world: World, content: bytes) -> None:
    with pytest.raises((opening.NotASheet, opening.Broken)):
        operations.begin_import(
            actor=admin,
            code="people",
            unit_id=world.federation.pk,
            uuid=uuid4(),
            stream=io.BytesIO(content),
            size=len(content),
            name="x.xlsx",
            at=AT,
        )
    assert not SheetImport.objects.exists()


def test_a_file_that_is_too_large_is_refused(
    admin: Actor, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "LARGEST_FILE", 100)
    with pytest.raises(operations.FileTooLarge):
        send(admin, world, [HEAD, WANG])


def test_unknown_sheets_and_missing_rights_are_refused(cast: dict[str, Actor], world: World) -> None:
    with pytest.raises(NotFound):
        send(cast["administrator"], world, [HEAD, WANG], code="nothing")
    with pytest.raises(Forbidden):
        send(cast["head"], world, [HEAD, WANG])
    with pytest.raises(NotFound):
        send(cast["stranger"], world, [HEAD, WANG])


def test_what_somebody_else_changed_meanwhile_is_shown_again(admin: Actor, world: World) -> None:
    sent = _ready(admin, world)
    organization.add_person(actor=SYSTEM, unit_id=world.union.pk, name="王小明", title="工会主席", at=AT)
    operations.start_import(actor=admin, uuid=sent.uuid, at=AT)
    found = operations.apply_import(uuid=sent.uuid, at=AT)
    assert (found.state, found.new, found.same) == (ImportState.READY, 0, 1)
    assert found.message


def test_what_somebody_else_changed_in_a_changed_row_is_shown_again(admin: Actor, world: World) -> None:
    """The numbers of new, changed and same rows stay what they were."""
    person = organization.add_person(
        actor=SYSTEM, unit_id=world.union.pk, name="王小明", title="副主席", at=AT
    )
    sent = _ready(admin, world)
    organization.change_person(
        actor=SYSTEM, person_id=person.pk, version=person.version, name="王小明", title="女工委员", at=AT
    )
    operations.start_import(actor=admin, uuid=sent.uuid, at=AT)
    found = operations.apply_import(uuid=sent.uuid, at=AT)
    assert (found.state, found.changed, found.done) == (ImportState.READY, 1, 0)
    assert "女工委员 → 工会主席" in found.preview[0][0][2]
    assert found.message
    assert Person.objects.get(pk=person.pk).title == "女工委员"
    operations.start_import(actor=admin, uuid=sent.uuid, at=AT)
    assert operations.apply_import(uuid=sent.uuid, at=AT).state == ImportState.DONE
    assert Person.objects.get(pk=person.pk).title == "工会主席"


def test_a_venue_that_its_owner_changed_meanwhile_is_shown_again(
    cast: dict[str, Actor], world: World
) -> None:
    uuid = uuid4()
    content = VenueContent(title="供电讲堂", happened_on=SINCE, kind="hall", capacity=100)
    record = activities.book_venue(
        actor=cast["clerk"],
        uuid=uuid4(),
        unit_id=world.union.pk,
        content=content,
        submit=False,
        at=AT,
        today=TODAY,
    )
    with translation.override("zh-hans"):
        labels = [str(column.label) for column in VENUES.columns(context_of(cast["clerk"], world.union))]
    rows: list[list[Any]] = [
        labels[:4] + labels[6:7],
        ["市供电公司工会", "供电讲堂", "职工大讲堂", SINCE, 300],
    ]
    send(cast["clerk"], world, rows, code="venues", uuid=uuid, unit=world.union)
    assert operations.check_import(uuid=uuid, at=AT).changed == 1
    activities.rebook_venue(
        actor=cast["clerk"],
        record_id=record.pk,
        version=record.version,
        content=replace(content, capacity=150),
        submit=False,
        at=AT,
        today=TODAY,
    )
    operations.start_import(actor=cast["clerk"], uuid=uuid, at=AT)
    found = operations.apply_import(uuid=uuid, at=AT)
    assert (found.state, found.changed) == (ImportState.READY, 1)
    assert Venue.objects.get(record=record).capacity == 150


def test_whoever_lost_the_right_meanwhile_imports_nothing(admin: Actor, world: World) -> None:
    sent = _ready(admin, world)
    operations.start_import(actor=admin, uuid=sent.uuid, at=AT)
    RoleGrant.objects.filter(account__pk=admin.account_id or 0).update(until=AT.date() - timedelta(days=1))
    found = operations.apply_import(uuid=sent.uuid, at=AT)
    assert found.state == ImportState.FAILED
    assert found.message
    assert not Person.objects.filter(name="王小明").exists()


def test_the_last_row_refused_leaves_nothing_of_the_first(
    admin: Actor, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a check has overlooked what an operation refuses."""
    sent = _ready(admin, world, [*WANG[:1], "李四", ""])
    operations.start_import(actor=admin, uuid=sent.uuid, at=AT)
    add = organization.add_person

    def refuse(**given: Any) -> Person:
        if given["name"] == "李四":
            raise Forbidden
        return add(**given)

    monkeypatch.setattr(organization, "add_person", refuse)
    found = operations.apply_import(uuid=sent.uuid, at=AT)
    assert found.state == ImportState.FAILED
    assert found.message.startswith("第3行")
    assert not Person.objects.filter(name="王小明").exists()


def test_a_fault_of_ours_is_told_and_leaves_nothing(
    admin: Actor, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = _ready(admin, world)
    operations.start_import(actor=admin, uuid=sent.uuid, at=AT)

    def break_off(**given: Any) -> Person:
        raise RuntimeError

    monkeypatch.setattr(organization, "add_person", break_off)
    with pytest.raises(RuntimeError):
        tasks.apply_sheet.func(str(sent.uuid))
    sent.refresh_from_db()
    assert sent.state == ImportState.FAILED
    assert "重新上传" in sent.message


def test_jobs_that_come_twice_do_it_once(admin: Actor, world: World) -> None:
    sent = _ready(admin, world)
    assert operations.check_import(uuid=sent.uuid, at=AT).state == ImportState.READY
    operations.start_import(actor=admin, uuid=sent.uuid, at=AT)
    with pytest.raises(operations.NotReady):
        operations.start_import(actor=admin, uuid=sent.uuid, at=AT)
    for _ in range(2):
        assert operations.apply_import(uuid=sent.uuid, at=AT).state == ImportState.DONE
    assert Person.objects.filter(name="王小明").count() == 1


def _ready(admin: Actor, world: World, *more: Sequence[Any]) -> SheetImport:
    sent = send(admin, world, [HEAD, WANG, *more])
    found = operations.check_import(uuid=sent.uuid, at=AT)
    assert found.state == ImportState.READY
    return found


def test_templates_are_for_those_who_may_import(cast: dict[str, Actor], world: World) -> None:
    with translation.override("zh-hans"):
        content = queries.template_file(
            sheet=UNITS, context=context_of(cast["administrator"], world.federation)
        )
        assert cells_of(content)[0][:2] == ["代码*", "名称*"]
        with pytest.raises(Forbidden):
            queries.template_file(sheet=UNITS, context=context_of(cast["clerk"], world.union))
        assert queries.export_file(sheet=UNITS, context=context_of(cast["clerk"], world.union))
        with pytest.raises(NotFound):
            queries.export_file(sheet=UNITS, context=context_of(cast["stranger"], world.union))
    assert Unit.objects.filter(kind=UnitKind.GRASSROOTS, since=SINCE).count() == 2


def test_an_act_and_its_job_are_written_together_or_not_at_all(
    admin: Actor, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that dies after the act was written leaves no file standing that nobody works on."""
    sent = send(admin, world, [HEAD, WANG])
    assert work_off() == 1

    def die(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("django_tasks_db.DatabaseBackend.enqueue", die)
        with pytest.raises(KeyboardInterrupt):
            operations.start_import(actor=admin, uuid=sent.uuid, at=AT)
    sent.refresh_from_db()
    assert sent.state == ImportState.READY
    operations.start_import(actor=admin, uuid=sent.uuid, at=AT)
    assert work_off() == 1
    sent.refresh_from_db()
    assert sent.state == ImportState.DONE
