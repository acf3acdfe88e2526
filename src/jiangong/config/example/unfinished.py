"""What still waits at the end of the example, so that queues have something in them. None of it is in a figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Record
from jiangong.config.example.drawing import draw
from jiangong.config.example.loading import SPOT, ActivityLoader, moment
from jiangong.config.example.plan import Planned
from jiangong.work.activities import operations as activities
from jiangong.work.activities import queries, rules

DAY = date(2020, 12, 28)
LECTURE = Planned(
    DAY, "S01", "lecture", "大讲堂：迎新年道德讲堂", "lecture", {rules.AUDIENCE: 86}, hall="S01", topic=2
)


def load(loader: ActivityLoader) -> None:
    def photos(seed: int, title: str) -> list[bytes]:
        return draw([(seed, title[:16], moment(DAY, 10), SPOT, "lecture")])

    one = photos(90_001, LECTURE.title)
    loader.submit(LECTURE, one)
    huge = replace(
        LECTURE,
        unit="S03",
        hall="S03",
        title="大讲堂：师德师风专题",
        quantities={rules.AUDIENCE: 100_000_000},
    )
    loader.submit(huge, photos(90_002, huge.title))
    same = replace(
        LECTURE, unit="S05", hall="S05", title="大讲堂：警营文明礼仪", quantities={rules.AUDIENCE: 64}
    )
    loader.submit(same, one)
    bare = replace(LECTURE, unit="X03", hall="X03", title="大讲堂：安全生产", quantities={rules.AUDIENCE: 40})
    loader.submit(bare, [])
    back = loader.submit(replace(LECTURE, title="大讲堂：工匠故事会"), photos(90_003, "工匠故事会"))
    ledger.return_record(
        actor=loader.cast.reviewer,
        record_id=back.pk,
        reason="请补充签到表，并核对到场人数。",
        at=moment(DAY + timedelta(days=1), 9),
    )
    loader.draft(replace(LECTURE, title="大讲堂：新春读书会", quantities={}), [])
    _amendment(loader)


def _amendment(loader: ActivityLoader) -> None:
    """A clerk found that the sign-in sheet says three more."""
    clerk = loader.cast.clerk_of("S02")
    record = (
        Record.objects.filter(
            unit=loader.units["S02"], kind="activity", state="confirmed", activity__basis="head_count"
        )
        .order_by("-happened_on")
        .first()
    )
    if record is None:
        return
    content = queries.content_of(record)
    more = {**content.quantities, rules.AUDIENCE: content.quantities[rules.AUDIENCE] + 3}
    activities.propose_change(
        actor=clerk,
        record_id=record.pk,
        content=replace(content, quantities=more),
        reason="签到表复核多3人",
        at=moment(DAY + timedelta(days=2), 9),
        today=DAY,
    )
