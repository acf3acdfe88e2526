"""Supervision in the example: nightly looks, and notices that came their whole way, by the operations people use."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid5

from jiangong.config.example import places
from jiangong.config.example.loading import NAMESPACE, moment
from jiangong.config.example.people import Cast
from jiangong.governance.plan import operations as plan
from jiangong.governance.plan.models import Milestone, Notice
from jiangong.governance.plan.operations import NoticeContent
from jiangong.ground.shared.actors import Actor, SystemActor

SETTLED = (
    "建立职工互助互济组织", date(2019, 7, 8), "应于2019年6月30日完成，尚未报送佐证材料。请说明情况和完成时间。",
    "已拟定互助互济章程，各基层工会报名登记基本完成。", "请补充章程文本和登记名册。",
    "章程已经女职工委员会讨论通过，登记名册报创建办备查，七月底正式成立。",
)  # fmt: skip
ANSWERED = (
    "做好网上资料申报", date(2020, 11, 9), "网上申报应于2020年10月31日完成。请抓紧补报，并反馈逾期原因。",
    "说明报告已定稿，尚缺三项佐证图片，十一月二十日前补齐。",
)  # fmt: skip
RECEIVED = (
    "排定“门前四包”责任区域，定岗定责定人员", date(2019, 1, 14),
    "现场复核发现门前车辆乱停放，整改尚未完成。请报送整改情况和值守安排。",
)  # fmt: skip
SUMMONS = (
    "推进劳模创新工作室“双创双提升”", date(2020, 5, 11),
    "劳模创新工作室应于2019年底建成8个，台账现有6个。请牵头领导到创建办说明原因和完成时间。",
)  # fmt: skip


def load(*, cast: Cast) -> None:
    """Milestones reached on their day; notices by hand, each with what came of it; a look at the last days, by which
    reminders come.
    """
    for milestone in Milestone.objects.select_related("task").order_by("due_on", "pk"):
        day = milestone.due_on
        plan.mark_milestone(
            actor=cast.head,
            task=milestone.task.uuid,
            milestone_id=milestone.pk,
            reached_on=day,
            at=moment(day, 17),
        )
    _Supervision(cast).load()
    until = places.CAMPAIGN[1]
    for day in (until - timedelta(1), until):
        plan.look_at_night(actor=SystemActor(), on=day, at=moment(day, 5))


class _Supervision:
    def __init__(self, cast: Cast) -> None:
        self._office, self._cast = cast.head, cast

    def _of_the_unit(self, notice: Notice) -> Actor:
        """Its clerk, where it has one."""
        return self._cast.clerks.get(notice.to_unit.code, self._cast.reviewer)

    def load(self) -> None:
        title, day, words, first, missing, second = SETTLED
        notice = self._issued(title, day, words, level="red")
        self._received(notice, day + timedelta(1))
        self._answered(notice, day + timedelta(3), first)
        plan.send_notice_back(
            actor=self._office, uuid=notice.uuid, reason=missing, at=moment(day + timedelta(4), 9)
        )
        self._answered(notice, day + timedelta(7), second)
        plan.accept_notice(actor=self._office, uuid=notice.uuid, at=moment(day + timedelta(8), 10))
        title, day, words, answer = ANSWERED
        notice = self._issued(title, day, words, level="red")
        self._received(notice, day)
        self._answered(notice, day + timedelta(2), answer)
        title, day, words = RECEIVED
        self._received(self._issued(title, day, words, level="yellow"), day + timedelta(1))
        title, day, words = SUMMONS
        self._issued(title, day, words, level="red", is_talk=True)

    def _issued(self, title: str, day: date, words: str, *, level: str, is_talk: bool = False) -> Notice:
        content = NoticeContent(level, words, day + timedelta(7), is_talk=is_talk)
        return plan.issue_notice(
            actor=self._office,
            task=task_of(title),
            uuid=uuid5(NAMESPACE, f"notice {title}"),
            content=content,
            at=moment(day, 9),
        )

    def _received(self, notice: Notice, day: date) -> None:
        plan.receive_notice(actor=self._of_the_unit(notice), uuid=notice.uuid, at=moment(day, 14))

    def _answered(self, notice: Notice, day: date, answer: str) -> None:
        present = Notice.objects.get(pk=notice.pk)
        plan.answer_notice(
            actor=self._of_the_unit(notice),
            uuid=notice.uuid,
            version=present.version,
            answer=answer,
            at=moment(day, 16),
        )


def task_of(title: str) -> UUID:
    """As the programme made it."""
    return uuid5(NAMESPACE, f"task {title}")
