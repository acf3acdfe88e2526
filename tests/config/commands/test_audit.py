"""`jiangong audit --export FILE` writes the whole log, or nothing."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

import pytest

from jiangong.config.commands import audit
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.audit.queries import FormUnknown
from jiangong.ground.shared.rules.periods import PeriodUnreadable
from tests.conftest import MakeRecord, World


def run(path: Path, *, since: date | None = None, until: date | None = None) -> int:
    return audit.run(argparse.Namespace(export=path, since=since, until=until))


def test_the_whole_log_is_written_and_the_export_told_of(
    world: World, make_record: MakeRecord, tmp_path: Path
) -> None:
    make_record()
    count = AuditEvent.objects.count()
    assert run(tmp_path / "log.jsonl") == 0
    lines = (tmp_path / "log.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["number"] for line in lines] == list(range(1, count + 1))
    told = AuditEvent.objects.latest("number")
    assert (told.verb, told.door, told.unit_id) == ("audit.export", "command", world.federation.pk)


def test_days_narrow_it(make_record: MakeRecord, tmp_path: Path) -> None:
    make_record()
    run(tmp_path / "log.csv", since=date(2020, 5, 5))
    assert len((tmp_path / "log.csv").read_text("utf-8-sig").splitlines()) == 1
    run(tmp_path / "log.csv", since=date(2020, 5, 4), until=date(2020, 5, 4))
    assert len((tmp_path / "log.csv").read_text("utf-8-sig").splitlines()) > 5


def test_what_cannot_be_written_leaves_nothing(world: World, tmp_path: Path) -> None:
    with pytest.raises(FormUnknown):
        run(tmp_path / "log.exe")
    with pytest.raises(audit.LogNotWritten, match="none"):
        run(tmp_path / "none" / "log.csv")
    with pytest.raises(PeriodUnreadable):
        run(tmp_path / "log.csv", since=date(2020, 5, 5), until=date(2020, 5, 4))
    assert list(tmp_path.iterdir()) == []
