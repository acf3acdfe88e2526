"""Kinds of activity as the federation defines them, and what its own measures and evidence rules do to records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.measures import CountUnit, MeasureKind
from jiangong.books.ledger.models import Measure, Record
from jiangong.books.ledger.operations import MeasureNature, MeasureWords
from jiangong.books.ledger.operations import errors as ledger_errors
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations as organization
from jiangong.ground.shared import registry
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound, StaleForm
from jiangong.work.activities import operations, queries
from jiangong.work.activities.models import ActivityKind
from jiangong.work.activities.operations import errors
from jiangong.work.activities.rules import AUDIENCE, ActivityContent, Asked, KindContent
from tests.conftest import AT, DAY, SYSTEM, TODAY, MakeRecord, World

Cast = dict[str, Actor]
PLANTING = KindContent(name="义务植树", icon="plant-2", asks=(Asked(AUDIENCE),))


def add(world: World, actor: Actor, content: KindContent = PLANTING) -> ActivityKind:
    return operations.add_kind(actor=actor, federation_id=world.federation.pk, content=content, at=AT)


def change(actor: Actor, kind: ActivityKind, content: KindContent, version: int = 1) -> ActivityKind:
    return operations.change_kind(actor=actor, kind_id=kind.pk, version=version, content=content, at=AT)


def measure(world: World, actor: Actor, name: str = "植树", **nature: Any) -> Measure:
    return ledger.add_measure(
        actor=actor,
        federation_id=world.federation.pk,
        nature=MeasureNature(**({"unit": CountUnit.TREES} | nature)),
        said=MeasureWords(name),
        at=AT,
    )


def findings_of(record: Record) -> set[str]:
    one = {finding.code for finding in queries.activity_findings(record)}
    assert one == {finding.code for finding in queries.activity_findings_of([record])[record.pk]}
    return one


def test_a_kind_is_added_with_a_code_that_never_ships(world: World, cast: Cast) -> None:
    kind = add(world, cast["head"])
    assert (kind.code, kind.version, kind.is_active) == ("own-1", 1, True)
    assert AuditEvent.objects.get(verb="kind.add").detail["name"] == "义务植树"
    assert add(world, cast["head"], replace(PLANTING, name="植绿")).code == "own-2"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": " "}, ledger_errors.NameMissing),
        ({"name": "学习会"}, ledger_errors.NameTaken),
        ({"icon": "skull"}, errors.IconUnknown),
        ({"photos": 21}, errors.PhotosUnreadable),
        ({"caption_parts": ("weather",)}, errors.CaptionPartUnknown),
        ({"asks": (Asked("activities.held"),)}, errors.QuantityNotOffered),
        ({"asks": (Asked(AUDIENCE), Asked(AUDIENCE))}, errors.QuantityNotOffered),
        ({"asks": (Asked(AUDIENCE, 9, 3),)}, ledger_errors.RangeUnreadable),
    ],
)
def test_what_makes_no_kind_is_refused(
    world: World, cast: Cast, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        add(world, cast["head"], replace(PLANTING, **changes))


def test_only_those_who_configure_define_kinds(world: World, cast: Cast) -> None:
    for name, refusal in (("clerk", NotFound), ("auditor", Forbidden)):
        with pytest.raises(refusal):
            add(world, cast[name])


def test_a_change_makes_a_version_once_something_was_entered(
    world: World, cast: Cast, make_record: MakeRecord
) -> None:
    kind = add(world, cast["head"])
    same = change(cast["head"], kind, replace(PLANTING, photos=2))
    assert (same.pk, same.version) == (kind.pk, 2)
    record = make_record(kind="own-1", photos=2)
    new = change(cast["head"], same, replace(PLANTING, name="植绿", photos=5), version=2)
    assert (new.pk != kind.pk, new.version, new.code) == (True, 3, "own-1")
    assert findings_of(record) == set()
    assert {line.value for line in queries.activity_lines(record)} >= {"义务植树"}
    with pytest.raises(StaleForm):
        change(cast["head"], same, PLANTING, version=2)


def test_an_ended_kind_is_entered_no_more_and_can_be_taken_up_again(world: World, cast: Cast) -> None:
    kind = add(world, cast["head"])
    ended = operations.end_kind(actor=cast["head"], kind_id=kind.pk, version=1, at=AT)
    with pytest.raises(NotFound):
        queries.kind_of_code(actor=cast["clerk"], code="own-1")
    operations.resume_kind(actor=cast["head"], kind_id=kind.pk, version=ended.version, at=AT)
    assert queries.kind_of_code(actor=cast["clerk"], code="own-1").pk == kind.pk


def test_captions_state_what_the_kind_wants(world: World, cast: Cast, make_record: MakeRecord) -> None:
    add(world, cast["head"], replace(PLANTING, caption_parts=("subject", "background")))
    record = make_record(kind="own-1", state="submitted")
    assert findings_of(record) == {"CAPTION"}
    record.exhibits.update(subject="植树", background="春季行动")
    assert findings_of(record) == set()


def test_a_kind_that_is_not_held_online_refuses_it(world: World, cast: Cast) -> None:
    kind = add(world, cast["head"], replace(PLANTING, allows_online=False))
    with pytest.raises(errors.OnlineNotAllowed):
        operations.enter_activity(
            actor=cast["clerk"],
            uuid=uuid4(),
            kind_id=kind.pk,
            unit_id=world.union.pk,
            content=ActivityContent(title="云植树", happened_on=DAY, is_online=True),
            at=AT,
            today=TODAY,
        )


def test_a_lecturer_whose_time_was_ended_meanwhile_is_odd(world: World, cast: Cast) -> None:
    person = organization.add_person(actor=SYSTEM, unit_id=world.union.pk, name="张文博", at=AT)
    lecturer = operations.add_lecturer(
        actor=SYSTEM, book=world.book, person_id=person.pk, topic_ids=[], since=date(2020, 1, 1), at=AT
    )
    record = operations.enter_activity(
        actor=cast["clerk"],
        uuid=uuid4(),
        kind_id=world.lecture.pk,
        unit_id=world.union.pk,
        content=ActivityContent(
            title="讲座", happened_on=DAY, lecturer_id=lecturer.pk, quantities={AUDIENCE: 33}
        ),
        at=AT,
        today=TODAY,
    )
    assert "P16" not in findings_of(record)
    operations.end_lecturer(actor=SYSTEM, lecturer_id=lecturer.pk, until=date(2020, 4, 1), at=AT)
    assert "P16" in findings_of(record)


@pytest.mark.parametrize(
    ("nature", "refusal"),
    [
        ({"kind": MeasureKind.DISTINCT}, ledger_errors.DistinctByHand),
        ({"unit": CountUnit.YUAN, "decimals": 1}, ledger_errors.DecimalsUnfit),
        ({"decimals": 4}, ledger_errors.DecimalsUnfit),
        ({"facet_source": "weather"}, ledger_errors.DimensionUnknown),
    ],
)
def test_what_makes_no_measure_is_refused(
    world: World, cast: Cast, nature: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        measure(world, cast["head"], **nature)
    assert not Measure.objects.filter(book=world.book).exists()


@pytest.mark.parametrize("name", ["受众", "Audience", "活动场次", "植树"])
def test_one_name_means_one_thing(world: World, cast: Cast, name: str) -> None:
    measure(world, cast["head"])
    with pytest.raises(ledger_errors.NameTaken):
        measure(world, cast["head"], name)


def test_an_ended_measure_is_offered_no_more_and_still_read(world: World, cast: Cast) -> None:
    made = measure(world, cast["head"])
    offered = {
        item.code for item in queries.kind_definition(actor=cast["head"], unit_id=world.union.pk).typed
    }
    assert made.code in offered
    ended = ledger.end_measure(actor=cast["head"], measure_id=made.pk, version=1, at=AT)
    offered = {
        item.code for item in queries.kind_definition(actor=cast["head"], unit_id=world.union.pk).typed
    }
    assert made.code not in offered
    with pytest.raises(StaleForm):
        ledger.change_measure(
            actor=cast["head"], measure_id=made.pk, version=1, said=MeasureWords("别名"), at=AT
        )
    renamed = ledger.change_measure(
        actor=cast["head"], measure_id=made.pk, version=ended.version, said=MeasureWords("种树"), at=AT
    )
    assert (renamed.code, renamed.unit, renamed.name) == (made.code, made.unit, "种树")


def test_another_process_knows_of_a_measure_with_its_next_request(world: World, cast: Cast) -> None:
    """What this process has read is told apart by its edition, which one statement a request asks for."""
    from jiangong.books.ledger.measures import measures
    from jiangong.books.ledger.models import Edition

    made = measure(world, cast["head"])
    assert str(measures[made.code].name) == "植树"
    Measure.objects.filter(pk=made.pk).update(name="别处改的")
    Edition.objects.update(token=uuid4().hex)
    assert str(measures[made.code].name) == "植树"
    registry.look_again()
    assert str(measures[made.code].name) == "别处改的"
