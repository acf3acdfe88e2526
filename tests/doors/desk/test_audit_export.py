"""The audit log as a file: what the filters show, told of in the log, harmless in Excel, to be checked elsewhere."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import Any, cast

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from jiangong.ground.audit import operations as audit
from jiangong.ground.audit.models import AuditEvent
from tests.conftest import AT, MakeRecord, World
from tests.doors.desk.asking import ClientOf

ADDRESS = "/audit/export/"


def sent(client: Client, **given: str) -> bytes:
    answer = client.post(ADDRESS, given)
    assert answer.status_code == 200
    return b"".join(cast("list[bytes]", list(cast(StreamingHttpResponse, answer))))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def events(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.decode().splitlines()]


def test_excel_reads_who_did_what(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record()
    answer = client_of("auditor").post(ADDRESS, {"form": "csv"})
    assert ".csv" in answer["Content-Disposition"]
    content = sent(client_of("auditor"), form="csv")
    assert content.startswith(b"\xef\xbb\xbf")
    (confirmed,) = [row for row in rows(content) if row["代码"] == "record.confirm"]
    assert (confirmed["操作人"], confirmed["操作"]) == ("head同志", "确认入账")


def test_the_filters_of_the_page_count(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record()
    client = client_of("auditor")
    only = events(sent(client, form="jsonl", verb="record.confirm"))
    assert {event["verb"] for event in only} == {"record.confirm"}
    assert events(sent(client, form="jsonl", to_day="2020-01-01")) == []


def test_the_chain_can_be_followed_elsewhere(client_of: ClientOf, make_record: MakeRecord) -> None:
    """With nothing of the house: what docs/operating.md says of the digest is enough."""
    make_record()
    covered = ["number", "microseconds", "account_id", "actor_name", "verb", "subject_type", "subject_id"]
    covered += ["unit_id", "detail", "door", "address"]
    found = events(sent(client_of("auditor"), form="jsonl", words=""))
    assert len(found) > 5
    for event in found:
        content = [event[name] for name in covered] + ([event["seals"]] if event["seals"] is not None else [])
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256((event["previous"] + text).encode()).hexdigest() == event["digest"]
    assert [event["number"] for event in found] == sorted(event["number"] for event in found)


def test_an_export_is_told_of_in_the_log(client_of: ClientOf, world: World, make_record: MakeRecord) -> None:
    make_record()
    content = events(sent(client_of("auditor"), form="jsonl", words="clerk同志", from_day="2020-01-01"))
    told = AuditEvent.objects.latest("number")
    assert (told.verb, told.actor_name, told.unit_id) == ("audit.export", "auditor同志", world.federation.pk)
    assert told.detail == {
        "events": len(content),
        "verb": "",
        "since": "2020-01-01",
        "until": "",
        "by_words": True,
    }
    assert "导出了审计日志" in client_of("auditor").get("/audit/").content.decode()


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_nothing_runs_in_excel(client_of: ClientOf, world: World, cast: dict[str, Any], text: str) -> None:
    from django.db import transaction

    with transaction.atomic():
        audit.write(
            actor=cast["clerk"],
            verb="record.enter",
            subject_type="record",
            subject_id=text,
            unit_id=world.union.pk,
            at=AT,
        )
    (row,) = [row for row in rows(sent(client_of("auditor"), form="csv")) if text in row["对象编号"]]
    assert row["对象编号"] == f"'{text}"


@pytest.mark.parametrize("name", ["clerk", "reviewer", "head", "stranger", "administrator"])
def test_nobody_else_may(client_of: ClientOf, name: str) -> None:
    before = AuditEvent.objects.count()
    assert client_of(name).post(ADDRESS, {"form": "csv"}).status_code == 403
    assert AuditEvent.objects.count() == before


def test_wrong_method_form_and_visitor(client_of: ClientOf) -> None:
    assert client_of("auditor").get(ADDRESS).status_code == 405
    assert client_of("auditor").post(ADDRESS, {"form": "exe"}).status_code == 422
    assert client_of("visitor").post(ADDRESS, {"form": "csv"}).status_code == 302
