"""The example's report: the seed report restored, its numbers bound to the ledger, and issued."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from uuid import uuid5

from jiangong.config.example import places
from jiangong.config.example.loading import NAMESPACE, moment
from jiangong.config.example.people import Cast
from jiangong.governance.reports import operations as reports
from jiangong.governance.reports.models import Report
from jiangong.governance.reports.rules import drafts
from jiangong.ground.organization.models import Unit

DATED = date(2021, 1, 5)
UUID = uuid5(NAMESPACE, "effect report")


def load(*, cast: Cast, federation: Unit) -> None:
    text = files("jiangong.config.example").joinpath("effect_report.txt").read_text(encoding="utf-8")
    since, until = places.CAMPAIGN
    content = drafts.from_file(text, since=since, until=until)
    report = reports.write_report(
        actor=cast.head, uuid=UUID, unit_id=federation.pk, content=content, at=moment(DATED, 9)
    )
    reports.issue_report(
        actor=cast.head,
        uuid=report.uuid,
        version=report.version,
        dated_on=DATED,
        at=moment(DATED, 10),
    )


def is_loaded() -> bool:
    """The report is the last thing that a load writes."""
    return Report.objects.filter(uuid=UUID, state="issued").exists()
