"""The example's meetings: called, held, confirmed by another person; decisions, difficulties, issued minutes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID, uuid5

from jiangong.books.evidence import operations as evidence
from jiangong.books.evidence.rules import Caption
from jiangong.books.ledger import operations as ledger
from jiangong.config.example.drawing import draw
from jiangong.config.example.loading import NAMESPACE, SPOT, moment, said
from jiangong.config.example.people import Cast
from jiangong.governance.plan import operations as plan
from jiangong.governance.plan.models import Difficulty, Meeting, Task
from jiangong.governance.plan.rules import Came, DecisionContent, ItemContent, MeetingContent
from jiangong.governance.reports import operations as reports
from jiangong.ground.organization.models import Account, Person, Unit

FIRST_SEED, SHEETS_EVERY = 98_000, 6
"""Every so many meetings their sign-in sheet is kept with the record."""
ROOM, HALL = "市总工会三楼会议室", "工人文化宫职工剧场"
REASONS = ("出差", "参加上级培训", "下基层走访", "病假")
HEADS = (
    "head",
    "deputy",
    "reviewer",
    "office",
    "rights",
    "build",
    "women",
    "finance",
    "palace",
    "branch",
    "mass",
)
GUESTS = "市文明办联络员"
TOPICS = (
    ("通报上月创建工作进度", "办公室", "会议听取各部室上月创建工作情况。"),
    ("研究职工大讲堂建设和宣讲安排", "宣传教育部", "会议同意宣讲安排，要求活动记录当月入账。"),
    ("研究“门前四包”责任落实", "办公室", "会议要求按责任区域加强巡查，逐项销号。"),
    ("研究困难职工走访慰问安排", "权益保障部", "会议同意走访名单，慰问金按程序发放。"),
    ("研究结对社区共建活动", "工人文化宫", "会议同意共建活动方案，志愿者分组到网格。"),
    ("研究网上申报材料准备", "办公室", "会议要求各部室对照测评标准逐条核对佐证材料。"),
)
NOTES = (
    "各部室每月25日前报送创建工作小结。",
    "宣讲活动须有签到册和现场照片。",
    "走访慰问逐户登记，当月入账。",
)


@dataclass(frozen=True, slots=True)
class Work:
    """A decision that asks for work: of the working meeting of a month, by a department, until a day."""

    month: date
    words: str
    lead: str
    person: str
    until: date
    parent: str = ""


WORKS = (
    Work(date(2018, 3, 1), "3月底前完成“门前四包”责任区域划分并上墙。", "BGS", "office", date(2018, 3, 31),
         "落实“门前四包”，做好自身阵地创建"),
    Work(date(2018, 9, 1), "年底前为已建大讲堂统一制作标识牌。", "XJB", "reviewer", date(2018, 12, 31),
         "加强职工思想引领"),
    Work(date(2019, 5, 1), "三季度完成困难职工家庭信息核对。", "QYB", "rights", date(2019, 9, 30),
         "做好困难职工解困脱困"),
    Work(date(2020, 6, 1), "10月底前整理三年活动档案，形成目录。", "BGS", "office", date(2020, 10, 31)),
    Work(date(2020, 11, 1), "年底前编印职工志愿服务案例集。", "QT", "mass", date(2020, 12, 31)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hard:
    """A difficulty: raised on a task, treated at a month's meeting, and solved there where `solution` says how."""

    task: str
    by: str
    raised: date
    words: str
    asks: str
    studied: date | None = None
    solution: str = ""
    withdrawn: str = ""


HARD = (
    Hard("建立“听党话、跟党走”职工大讲堂", "XJB", date(2018, 4, 20),
         "8家两新组织没有固定场地设立大讲堂。",
         "请协调相邻社区活动室共用。", date(2018, 5, 1), "由组织建设部协调，与社区党群服务中心共用场地。"),
    Hard("建好职工书屋", "WHG", date(2019, 2, 26), "书屋图书更新经费不足。", "请从文体经费中列支。",
         date(2019, 3, 1), "从工会文体经费中安排，财务部按季度拨付。"),
    Hard("志愿者赴网格解决问题", "QT", date(2019, 8, 20), "工作日志愿者人手不足。", "请各部室轮流派人。",
         date(2019, 9, 1)),
    Hard("开展职工大讲堂活动", "XJB", date(2020, 2, 18), "疫情期间不能集中宣讲。", "请同意改为线上。",
         date(2020, 3, 1), "采取线上方式继续宣讲，按点击量单独统计。"),
    Hard("发放创建宣传资料", "QT", date(2020, 5, 8), "宣传资料印刷延期。", "",
         withdrawn="印刷厂已补交，问题自行解决。"),
    Hard("深入市民家庭宣传文明创建", "QT", date(2020, 12, 8), "部分小区封闭管理，入户困难。",
         "请社区统一安排入户时间。"),
)  # fmt: skip
ISSUED = (date(2018, 5, 1), date(2019, 3, 1), date(2020, 6, 1))
"""The months whose working meeting has issued minutes."""


def load(*, cast: Cast, units: dict[str, Unit]) -> None:
    """36 working meetings, one a month; a study session each quarter; both great meetings each year."""
    office = _Office(cast, units)
    for month in _months():
        office.difficulties(month)
        office.monthly(month)
        if month.month % 3 == 0:
            office.simple(
                "party", f"{month.year}年第{month.month // 3}次党组专题研究", _weekday(month, 20), HEADS[:4]
            )
        if month.month == 2:
            office.simple(
                "union_work", f"{month.year}年全市工会工作会议", _weekday(month, 25), HEADS, place=HALL
            )
        if month.month == 7:
            office.simple(
                "committee", f"市总工会{month.year}年全委会", _weekday(month, 24), HEADS, place=HALL
            )


def _months() -> Iterator[date]:
    for number in range(36):
        yield date(2018 + number // 12, number % 12 + 1, 1)


def _weekday(month: date, day: int) -> date:
    """The day of the month, or the Monday after it."""
    found = month.replace(day=day)
    return found + timedelta(days=7 - found.weekday()) if found.weekday() > 4 else found


class _Office:
    def __init__(self, cast: Cast, units: dict[str, Unit]) -> None:
        self._cast, self._units = cast, units
        accounts = Account.objects.select_related("person")
        self._people: dict[str, Person] = {row.username: row.person for row in accounts}
        self._campaign: UUID = uuid5(NAMESPACE, "campaign")
        self._tasks = {
            task.title: task for task in Task.objects.filter(programme__campaign__uuid=self._campaign)
        }
        self._number = 0

    def difficulties(self, month: date) -> None:
        """Those that were raised before the month's meeting, since the one before; withdrawn at once where they are."""
        for hard in HARD:
            if (hard.raised.year, hard.raised.month) != (month.year, month.month):
                continue
            clerk = self._cast.clerks.get(hard.by, self._cast.reviewer)
            raised = plan.raise_difficulty(
                actor=clerk,
                task=self._tasks[hard.task].uuid,
                uuid=uuid5(NAMESPACE, f"difficulty {hard.words}"),
                said=hard.words,
                asks=hard.asks,
                at=moment(hard.raised, 10),
            )
            if hard.withdrawn:
                at = moment(hard.raised + timedelta(days=9), 10)
                plan.withdraw_difficulty(actor=clerk, uuid=raised.uuid, reason=hard.withdrawn, at=at)

    def monthly(self, month: date) -> None:
        day, number = _weekday(month, 8), month.year * 12 + month.month
        topics = [TOPICS[0], TOPICS[1 + number % 5]]
        items = [ItemContent(*topic[:2], outcome="heard", result=topic[2]) for topic in topics]
        decisions = [DecisionContent(NOTES[number % 3], "note")]
        for hard in HARD:
            if hard.studied == month:
                items.append(self._item_of(hard))
                if hard.solution:
                    decisions.append(self._solution(hard))
        decisions += [self._work(work) for work in WORKS if work.month == month]
        title = f"{month.year}年{month.month}月办公例会"
        meeting = self._hold("office", title, day, HEADS, items, decisions)
        if month in ISSUED:
            self._issue(meeting, day + timedelta(days=2))

    def simple(self, kind: str, title: str, day: date, asked: Sequence[str], *, place: str = ROOM) -> None:
        items = [
            ItemContent("研究全国文明城市创建工作", "办公室", outcome="adopted", result="会议同意工作安排。"),
        ]
        decided = [DecisionContent("将创建工作纳入重点工作安排。", "note")]
        self._hold(kind, title, day, asked, items, decided, place=place)

    def _hold(
        self,
        kind: str,
        title: str,
        day: date,
        asked: Sequence[str],
        items: Sequence[ItemContent],
        decisions: Sequence[DecisionContent],
        *,
        place: str = ROOM,
    ) -> Meeting:
        """Called some days before, begun and handed in by the office, confirmed by the deputy."""
        office, self._number = self._cast.office, self._number + 1
        called = MeetingContent(
            kind=kind,
            title=title,
            held_on=day,
            begins=time(9),
            ends=time(10 + self._number % 2, 30),
            place=place,
            chair_id=self._people["head"].pk,
            recorder_id=self._people["office"].pk,
            member_ids=[self._people[name].pk for name in asked],
            observer_ids=[self._people["publicity"].pk],
        )
        meeting = plan.call_meeting(
            actor=office,
            campaign=self._campaign,
            uuid=uuid5(NAMESPACE, f"meeting {title}"),
            content=called,
            at=moment(day - timedelta(days=3), 15),
        )
        record = plan.hold_meeting(actor=office, uuid=meeting.uuid, at=moment(day, 9), today=day)
        self._call_the_roll(meeting, day, asked)
        for place_, item in enumerate(items):
            uuid = uuid5(meeting.uuid, f"item {place_}")
            plan.add_item(actor=office, meeting=meeting.uuid, uuid=uuid, content=item, at=moment(day, 11))
        for place_, one in enumerate(decisions):
            uuid = uuid5(meeting.uuid, f"decision {place_}")
            plan.add_decision(
                actor=office, meeting=meeting.uuid, uuid=uuid, content=one, at=moment(day, 11, 30)
            )
        if self._number % SHEETS_EVERY == 0:
            self._sheet(record.pk, title, day, place)
        ledger.submit_record(actor=office, record_id=record.pk, at=moment(day, 14))
        ledger.confirm_record(actor=self._cast.deputy, record_id=record.pk, at=moment(day, 16))
        return meeting

    def _sheet(self, record_id: int, title: str, day: date, place: str) -> None:
        """The sign-in sheet, photographed when all had come."""
        seed = FIRST_SEED + self._number * 10
        (photo,) = draw([(seed, f"{title}签到表", moment(day, 9), SPOT, "sheet")])
        evidence.add_exhibit(
            actor=self._cast.office,
            record_id=record_id,
            uuid=uuid5(NAMESPACE, f"sheet {title}"),
            stream=io.BytesIO(photo),
            size=len(photo),
            name="签到表.jpg",
            at=moment(day, 12),
            caption=Caption(time=said(day), place=place, subject=f"{title}签到表"),
        )

    def _call_the_roll(self, meeting: Meeting, day: date, asked: Sequence[str]) -> None:
        """Now and then one of those below the head is away."""
        away = asked[1 + self._number % (len(asked) - 1)] if self._number % 3 else ""
        if away in {"office", "deputy"}:
            away = ""
        roll = [
            Came(self._people[name].pk, name != away, REASONS[self._number % 4] if name == away else "")
            for name in asked
        ]
        plan.keep_roll(
            actor=self._cast.office,
            uuid=meeting.uuid,
            version=Meeting.objects.get(pk=meeting.pk).version,
            came=roll,
            guests=GUESTS if self._number % 4 == 0 else "",
            at=moment(day, 9, 10),
        )

    def _item_of(self, hard: Hard) -> ItemContent:
        return ItemContent(
            title=f"研究{hard.task}中的难点",
            speaker=self._units[hard.by].short_name,
            words=hard.words,
            task_id=self._tasks[hard.task].pk,
            difficulty_id=self._difficulty(hard).pk,
            outcome="adopted" if hard.solution else "heard",
            result="会议作了研究。",
        )

    def _solution(self, hard: Hard) -> DecisionContent:
        return DecisionContent(hard.solution, "solution", difficulty_id=self._difficulty(hard).pk)

    def _difficulty(self, hard: Hard) -> Difficulty:
        return Difficulty.objects.get(uuid=uuid5(NAMESPACE, f"difficulty {hard.words}"))

    def _work(self, work: Work) -> DecisionContent:
        return DecisionContent(
            work.words,
            "task",
            (self._units[work.lead].pk,),
            (self._people[work.person].pk,),
            work.until,
            parent_id=self._tasks[work.parent].pk if work.parent else None,
        )

    def _issue(self, meeting: Meeting, day: date) -> None:
        """The office drafts the official minutes, the deputy checks them, the head signs."""
        cast = self._cast
        drafted = plan.draft_minutes(actor=cast.office, uuid=meeting.uuid, at=moment(day, 9))
        uuid = drafted.uuid
        sent = reports.send_report(actor=cast.office, uuid=uuid, version=drafted.version, at=moment(day, 10))
        checked = reports.check_report(actor=cast.deputy, uuid=uuid, version=sent.version, at=moment(day, 11))
        reports.issue_report(
            actor=cast.head, uuid=uuid, version=checked.version, dated_on=day, at=moment(day, 15)
        )
