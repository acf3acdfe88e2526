"""Versions: every save is kept, shares a number with its neighbours, and can be taken up again."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.models import Version
from jiangong.governance.reports.queries.versions import kept, version_rows
from jiangong.ground.shared.errors import Forbidden, StaleForm
from tests.governance.reports.conftest import TEXT, Desk, verbs


def numbers(desk: Desk) -> list[tuple[int, int]]:
    return list(Version.objects.filter(report=desk.report).values_list("number", "step"))


def text_of(desk: Desk, number: int) -> str:
    found = queries.kept_version(report=desk.report, number=number)
    assert found is not None
    return found.text


def test_the_first_text_is_the_first_version(desk: Desk) -> None:
    assert numbers(desk) == [(1, 0)]
    assert text_of(desk, 1) == TEXT


def test_saves_shortly_after_one_another_are_one_version(desk: Desk) -> None:
    desk.save("一", minutes=9)
    desk.save("二", minutes=10)
    desk.save("三", minutes=11)
    assert numbers(desk) == [(1, 0), (1, 1), (1, 2), (2, 0)]
    assert (text_of(desk, 1), text_of(desk, 2)) == ("二", "三")


def test_another_person_begins_another_version(desk: Desk) -> None:
    desk.save("一", by="reviewer", minutes=1)
    assert numbers(desk) == [(1, 0), (2, 0)]


def test_what_was_sent_or_commented_is_a_version_of_its_own(desk: Desk) -> None:
    desk.send()
    desk.at = desk.now().made_at
    desk.save("一", minutes=1)
    desk.comment()
    desk.at = desk.now().made_at
    desk.save("二", minutes=2)
    assert numbers(desk) == [(1, 0), (2, 0), (3, 0)]


def test_a_save_that_changes_nothing_keeps_nothing(desk: Desk) -> None:
    desk.save(TEXT)
    assert numbers(desk) == [(1, 0)]
    assert verbs() == ["report.write", "report.change"]


def test_every_one_of_many_versions_reads_as_it_was_saved(desk: Desk) -> None:
    texts = [TEXT]
    for turn in range(50):
        texts.append(texts[-1].replace("大讲堂", f"大讲堂{turn}", 1) + f"第{turn}段。\n")
        desk.save(texts[-1])
    assert [text_of(desk, number) for number in range(1, 52)] == texts
    assert len(version_rows(report=desk.report)) <= 20
    assert kept(version_rows(report=desk.report)).text == desk.now().text


def test_a_version_of_a_long_text_stays_small(desk: Desk) -> None:
    long = "团结引导广大职工投身创建。\n" * 5000
    desk.save(long)
    desk.save(long.replace("投身", "积极投身", 1))
    last = Version.objects.filter(report=desk.report).order_by("-number").first()
    assert last is not None
    assert (last.words, last.around, last.is_whole) == ("积极", {}, False)


def test_an_old_version_is_taken_up_as_a_new_one(desk: Desk) -> None:
    desk.save("后来的话。")
    report = desk.now()
    operations.take_up_version(
        actor=desk.cast["clerk"], uuid=report.uuid, version=report.version, number=1, at=desk.later()
    )
    assert desk.now().text == TEXT
    assert (text_of(desk, 2), text_of(desk, 3)) == ("后来的话。", TEXT)
    assert verbs()[-1] == "report.change"


def test_a_version_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(operations.VersionMissing):
        operations.take_up_version(
            actor=desk.cast["clerk"], uuid=desk.report.uuid, version=1, number=9, at=desk.later()
        )


def test_taking_up_needs_the_right_and_a_fresh_page(desk: Desk) -> None:
    desk.save("后来的话。")
    with pytest.raises(Forbidden):
        operations.take_up_version(
            actor=desk.cast["auditor"], uuid=desk.report.uuid, version=2, number=1, at=desk.later()
        )
    with pytest.raises(StaleForm):
        operations.take_up_version(
            actor=desk.cast["clerk"], uuid=desk.report.uuid, version=1, number=1, at=desk.later()
        )
    assert desk.now().text == "后来的话。"


@pytest.mark.parametrize("table", ["reports_version", "reports_step", "reports_trailannex"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_what_was_kept_cannot_be_changed(table: str, act: str, desk: Desk) -> None:
    desk.send()
    desk.check()
    desk.issue(with_trail=True)
    column = {"reports_version": "step", "reports_step": "opinion", "reports_trailannex": "digest"}[table]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table, column, column))
