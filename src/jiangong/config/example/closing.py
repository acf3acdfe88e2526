"""How tasks of the example went on: reports of progress with photos, struck off in three steps, sent back, reopened."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid5

from jiangong.books.evidence import operations as evidence
from jiangong.books.evidence.rules import Caption
from jiangong.books.ledger import operations as ledger
from jiangong.config.example.drawing import draw
from jiangong.config.example.loading import NAMESPACE, SPOT, moment, said
from jiangong.config.example.people import Cast
from jiangong.config.example.pictures import Scene
from jiangong.governance.plan import operations as plan
from jiangong.governance.plan.models import Closing, Task
from jiangong.governance.plan.operations import Recheck
from jiangong.governance.plan.rules import ProgressContent
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor

FIRST_SEED = 95_000


@dataclass(frozen=True, slots=True)
class Report:
    """How far a task was said to be on a day, with one photo of the scene; `reason`: why it went back."""

    day: date
    percent: int
    words: str
    scene: Scene
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One task: who reports it and how; when it was asked for, and how far that came."""

    title: str
    unit: str
    reports: tuple[Report, ...] = ()
    asked_on: date | None = None
    asked: str = ""
    returned: str = ""
    struck_off_on: date | None = None
    place: str = ""
    seen: str = ""
    reopened_on: date | None = None
    reopened: str = ""
    later: tuple[Report, ...] = ()


STORIES = (
    Story(
        "成立创建全国文明城市三年行动计划领导小组", "BGS",
        (Report(date(2018, 1, 30), 100, "领导小组成立文件已印发，召开第一次会议。", "meeting"),),
        date(2018, 1, 31), "成立文件已印发，会议记录齐全。",
        struck_off_on=date(2018, 2, 5), place="市总机关三楼会议室", seen="文件、会议记录齐全。",
    ),
    Story(
        "制定实施方案，细化工作职责责任", "BGS",
        (
            Report(date(2018, 2, 9), 50, "实施方案初稿已征求各部室意见。", "meeting"),
            Report(date(2018, 2, 26), 100, "实施方案和任务分解表已印发各部室。", "study"),
        ),
        date(2018, 2, 27), "方案已印发，任务分解到各部室。",
        struck_off_on=date(2018, 3, 5), place="市总机关", seen="任务分解到部室、到人。",
    ),
    Story(
        "党组专题研究，纳入每月重点工作安排", "BGS",
        (
            Report(date(2018, 12, 28), 33, "首年十二次例会均有部署。", "meeting"),
            Report(date(2019, 12, 27), 66, "第二年十二次例会均有部署。", "meeting"),
        ),
    ),
    Story(
        "建立职工互助互济组织", "QYB",
        (
            Report(date(2018, 12, 20), 60, "六成基层工会建立互助互济组织。", "meeting"),
            Report(date(2019, 6, 20), 100, "应建基层工会全部建立互助互济组织。", "award"),
        ),
        date(2019, 6, 21), "互助互济组织全部建立。", returned="请补充互助互济组织成员名册。",
    ),
    Story(
        "宣传女职工劳动保护特别规定", "NZG",
        (
            Report(date(2018, 6, 29), 50, "在御码社区设点宣传。", "desk"),
            Report(date(2018, 12, 18), 100, "走进企业宣讲，发放读本。", "lecture"),
        ),
        date(2018, 12, 19), "宣讲和发放完成，照片、签收单齐全。",
        struck_off_on=date(2018, 12, 27), place="御码社区", seen="走访女职工，均已收到读本。",
    ),
    Story(
        "排定“门前四包”责任区域，定岗定责定人员", "BGS",
        (Report(date(2018, 6, 20), 100, "责任区域、岗位、人员全部排定上墙。", "banner"),),
        date(2018, 6, 21), "责任清单上墙，巡查记录齐全。",
        struck_off_on=date(2018, 6, 29), place="市总机关门前", seen="责任区域整洁，人员到岗。",
        reopened_on=date(2018, 11, 9), reopened="门前车辆乱停放，责任人未到岗。",
        later=(
            Report(date(2018, 11, 20), 80, "重新排定值守人员，正在整改。", "cleanup", "复核发现责任人未到岗。"),
        ),
    ),
    Story(
        "做好网上资料申报", "BGS",
        (
            Report(date(2020, 6, 28), 40, "完成资料收集，说明报告初稿形成。", "study"),
            Report(date(2020, 9, 29), 80, "说明报告定稿，佐证材料正在上传。", "study"),
        ),
    ),
    Story(
        "建立“听党话、跟党走”职工大讲堂", "XJB", asked_on=date(2020, 12, 21), asked="65个大讲堂全部挂牌，见台账。",
        struck_off_on=date(2020, 12, 24), place="市供电公司大讲堂", seen="抽查五处，均已挂牌开讲。",
    ),
    Story("建好职工书屋", "WHG", asked_on=date(2020, 12, 22), asked="12家职工书屋全部建成，见台账。"),
)  # fmt: skip


def load(*, cast: Cast, units: dict[str, Unit]) -> None:
    """Clerks report and ask, the reviewer confirms and checks, the head looks on the spot."""
    teller = _Teller(cast, units)
    for story in STORIES:
        teller.tell(story)


class _Teller:
    def __init__(self, cast: Cast, units: dict[str, Unit]) -> None:
        self._cast, self._units = cast, units
        self._seed = FIRST_SEED

    def tell(self, story: Story) -> None:
        task = Task.objects.get(uuid=uuid5(NAMESPACE, f"task {story.title}"))
        for report in story.reports:
            self._report(story, task, report)
        closing = self._ask(story, task)
        if closing is not None:
            self._go_on(story, closing)
        for report in story.later:
            self._report(story, task, report)

    def _report(self, story: Story, task: Task, report: Report) -> None:
        clerk = self._cast.clerk_of(story.unit)
        made = plan.report_progress(
            actor=clerk,
            uuid=uuid5(NAMESPACE, f"report {story.title} {report.day}"),
            task=task.uuid,
            unit_id=self._units[story.unit].pk,
            content=ProgressContent(report.day, report.percent, report.words, report.reason),
            files=[],
            submit=False,
            at=moment(report.day, 17),
            today=report.day,
        )
        caption = Caption(time=said(report.day), subject=story.title)
        self._photo(clerk, made.record.pk, report.scene, caption, moment(report.day, 17))
        ledger.submit_record(actor=clerk, record_id=made.record.pk, at=moment(report.day, 17, 5))
        confirmed_on = moment(report.day + timedelta(days=1), 9)
        ledger.confirm_record(actor=self._cast.reviewer, record_id=made.record.pk, at=confirmed_on)

    def _ask(self, story: Story, task: Task) -> Closing | None:
        if story.asked_on is None:
            return None
        return plan.ask_closing(
            actor=self._cast.clerk_of(story.unit),
            task=task.uuid,
            uuid=uuid5(NAMESPACE, f"closing {story.title}"),
            text=story.asked,
            at=moment(story.asked_on, 16),
        )

    def _go_on(self, story: Story, closing: Closing) -> None:
        """As far as it came: sent back, checked, struck off, reopened."""
        day = closing.asked_at.date() + timedelta(days=1)
        if story.returned:
            plan.return_closing(
                actor=self._cast.reviewer,
                uuid=closing.uuid,
                version=closing.version,
                reason=story.returned,
                at=moment(day, 10),
            )
            return
        closing = plan.check_closing(
            actor=self._cast.reviewer,
            uuid=closing.uuid,
            version=closing.version,
            text="佐证齐全，情况属实。",
            at=moment(day, 10),
        )
        if story.struck_off_on:
            closing = self._strike_off(story, closing, story.struck_off_on)
        if story.reopened_on:
            plan.reopen_task(
                actor=self._cast.head,
                uuid=closing.uuid,
                version=closing.version,
                reason=story.reopened,
                at=moment(story.reopened_on, 15),
            )

    def _strike_off(self, story: Story, closing: Closing, day: date) -> Closing:
        """With a photo of the spot, where it rests on a report."""
        struck, _refused = plan.strike_off(
            actor=self._cast.head,
            uuid=closing.uuid,
            version=closing.version,
            recheck=Recheck(on=day, place=story.place, words=story.seen),
            at=moment(day, 16),
            today=day,
        )
        if struck.record_id is not None:
            caption = Caption(
                time=said(day),
                place=story.place,
                subject=story.title,
                background="处置后",
                reason="现场复核",
            )
            scene = story.reports[-1].scene
            self._photo(self._cast.head, struck.record_id, scene, caption, moment(day, 16))
        return struck

    def _photo(self, actor: Actor, record_id: int, scene: Scene, caption: Caption, at: datetime) -> None:
        self._seed += 10
        (photo,) = draw([(self._seed, caption.subject[:16], at - timedelta(hours=1), SPOT, scene)])
        evidence.add_exhibit(
            actor=actor,
            record_id=record_id,
            uuid=uuid5(NAMESPACE, f"photo of progress {self._seed}"),
            stream=io.BytesIO(photo),
            size=len(photo),
            name=f"{caption.subject[:20]}.jpg",
            at=at,
            caption=caption,
        )
