"""A process of its own that decides on reports which others decide on at the same time.

`python -m tests.journeys.writing ACT` works on the database of its environment.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from uuid import uuid4

from tests.journeys.booking import actor, prepare  # first: it sets Django up

from jiangong.governance.reports import operations, queries  # isort: skip
from jiangong.governance.reports.models import Report  # isort: skip
from jiangong.governance.reports.rules.drafts import ReportContent  # isort: skip
from jiangong.ground.organization.models import Unit  # isort: skip
from jiangong.ground.shared.errors import DomainError  # isort: skip
from jiangong.ground.shared.rules.periods import Period  # isort: skip
from tests.conftest import AT, SINCE, TODAY  # isort: skip

TEXT = "开展创建活动。"
AS_SENT = 2


def content(text: str) -> ReportContent:
    return ReportContent(title="情况报告", since=SINCE, until=TODAY, text=text)


def send(count: int) -> None:
    """So many reports, each written and sent for checking by the clerk."""
    prepare()
    unit, clerk = Unit.objects.get(code="ZGH"), actor("clerk")
    for _ in range(count):
        report = operations.write_report(
            actor=clerk, uuid=uuid4(), unit_id=unit.pk, content=content(TEXT), at=AT
        )
        operations.send_report(actor=clerk, uuid=report.uuid, version=report.version, at=AT)


def acts() -> dict[str, Callable[..., object]]:
    """What each does with a report as it was sent; who comes second is refused."""
    unit = Unit.objects.get(code="ZGH").pk
    change = partial(operations.change_report, unit_id=unit, content=content("改过的话。"))
    return {
        "save": partial(change, actor=actor("clerk")),
        "check": partial(operations.check_report, actor=actor("one")),
        "return": partial(operations.return_report, actor=actor("two"), opinion="请补充"),
        "issue": partial(operations.issue_report, actor=actor("two"), dated_on=TODAY),
    }


def decide(name: str) -> None:
    act, done, late = acts()[name], 0, 0
    for report in Report.objects.order_by("pk"):
        try:
            act(uuid=report.uuid, version=AS_SENT, at=AT)
            done += 1
        except DomainError as refusal:
            late += refusal.status == 409
    sys.stdout.write(json.dumps({"done": done, "late": late}))


def issue_for_ever() -> None:
    """Write a report with a figure, issue it and make its pages, again and again. The check's words are read before."""
    federation, person = Unit.objects.get(code="ZGH"), actor("two")
    unit = federation.pk
    queries.text_check(actor=person, text=TEXT, unit=federation, period=Period(SINCE, TODAY))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        text = "开展活动{{activities.held}}。"
        report = operations.write_report(
            actor=person, uuid=uuid4(), unit_id=unit, content=content(text), at=AT
        )
        issue = operations.issue_report(
            actor=person, uuid=report.uuid, version=report.version, dated_on=TODAY, at=AT, with_trail=True
        )
        queries.rendition(issue=issue, form="html")


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        send(int(sys.argv[2]))
    elif sys.argv[1] == "issue_for_ever":
        issue_for_ever()
    else:
        decide(sys.argv[1])
