"""The three-year action plan (三年行动实施方案) of the example: its tasks, through the operations that people use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import uuid5

from jiangong.config.example import places
from jiangong.config.example.loading import NAMESPACE, moment
from jiangong.config.example.people import Cast
from jiangong.governance.plan import operations as plan
from jiangong.governance.plan.models import CampaignKind, TargetPeriod, Task, TitleSought
from jiangong.governance.plan.operations import CampaignContent
from jiangong.governance.plan.rules import TaskContent
from jiangong.ground.organization.models import Account, Person, Unit

CAMPAIGN = "创建全国文明城市（2018—2020年）"
PROGRAMME = "高邮市总工会创建全国文明城市三年行动实施方案（2018—2020年）"
START, END = places.CAMPAIGN


@dataclass(frozen=True, slots=True)
class Planned:
    """One task of the programme. `lead` is the code of its department, `person` the sign-in of who answers for it."""

    title: str
    lead: str
    person: str
    until: date = END
    since: date = START
    item: str = ""
    detail: str = ""
    standard: str = ""
    figure: str = ""
    aim: int = 0
    period: TargetPeriod = TargetPeriod.CAMPAIGN
    responsible: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    evidence: str = ""
    milestones: tuple[tuple[date, str], ...] = ()
    parts: tuple[Planned, ...] = ()
    needs: str = ""


LEADING = (
    Planned(
        "成立创建全国文明城市三年行动计划领导小组", "BGS", "office", date(2018, 1, 31),
        evidence="成立文件、会议记录",
    ),
    Planned(
        "制定实施方案，细化工作职责责任", "BGS", "office", date(2018, 2, 28),
        detail="将涉及工会职责的各项工作细化分解，明确各部室工作目标任务、牵头责任人。",
        evidence="实施方案、任务分解表", needs="成立创建全国文明城市三年行动计划领导小组",
    ),
    Planned(
        "党组专题研究，纳入每月重点工作安排", "BGS", "office",
        standard="每月工作例会有部署，每年全市工会工作会议、市总全委会有要求。", evidence="会议纪要",
        milestones=((date(2018, 12, 31), "首年工作小结"), (date(2019, 12, 31), "第二年工作小结")),
    ),
    Planned(
        "每月召开工作例会，部署创建工作", "BGS", "office", figure="plan.meetings@office", aim=36,
        evidence="会议纪要、签到册",
    ),
)  # fmt: skip
LEARNING = (
    Planned(
        "坚持学习文明城市创建知识", "BGS", "office", figure="activities.held@study", aim=36,
        standard="办公例会、全体人员会每月一次。", responsible=("WHG",), evidence="学习记录、现场照片",
    ),
    Planned("醒目位置布置宣传阵地", "WHG", "palace", figure="activities.publicity", aim=400, responsible=("BGS",)),
    Planned("利用网上平台宣讲文明创建", "XJB", "publicity", figure="activities.views", aim=5000, cooperating=("XCB",)),
)  # fmt: skip
GUIDANCE = (
    Planned(
        "建立“听党话、跟党走”职工大讲堂", "XJB", "reviewer", date(2019, 6, 30), figure="activities.venues@hall", aim=65,
        milestones=((date(2018, 6, 30), "建成20个"), (date(2018, 12, 31), "建成40个"), (date(2019, 6, 30), "建成65个")),
        responsible=("ZZB",), evidence="挂牌照片、讲堂名册",
    ),
    Planned(
        "开展职工大讲堂活动", "XJB", "reviewer", figure="activities.held@lecture", aim=130,
        needs="建立“听党话、跟党走”职工大讲堂", evidence="签到册、讲稿、现场照片",
    ),
    Planned("职工大讲堂受众", "XJB", "publicity", figure="activities.audience@lecture", aim=12_000),
    Planned("建好职工书屋", "WHG", "palace", date(2019, 12, 31), figure="activities.venues@reading_room", aim=12),
    Planned(
        "推进劳模创新工作室“双创双提升”", "ZZB", "build", date(2019, 12, 31), figure="activities.venues@studio", aim=8,
        cooperating=("TSW",),
    ),
)  # fmt: skip
CARE = (
    Planned(
        "每季度走访慰问周巷村、董谭村困难群众", "QYB", "rights", figure="activities.visit_money", aim=150_000,
        standard="每季度一次，入户到人。", responsible=("CWB",), evidence="慰问名册、发放凭证、照片",
    ),
    Planned("建立职工互助互济组织", "QYB", "rights", date(2019, 6, 30), responsible=("NZG",)),
    Planned("宣传女职工劳动保护特别规定", "NZG", "women", date(2018, 12, 31), cooperating=("FL",)),
)  # fmt: skip
COMMUNITY = (
    Planned(
        "赴御码社区发放书籍", "WHG", "palace", figure="activities.books@YM", aim=2000, cooperating=("YM",),
        detail="发放《劳模风采》《江苏省女职工劳动保护特别规定》《职工维权手册》等。",
    ),
    Planned("志愿者赴网格解决问题", "QT", "mass", figure="activities.problems", aim=60, responsible=("ZB",)),
    Planned("深入市民家庭宣传文明创建", "QT", "mass", figure="activities.households", aim=300),
    Planned("发放创建宣传资料", "QT", "mass", figure="activities.leaflets", aim=500),
)  # fmt: skip
OFFICE = (
    Planned(
        "排定“门前四包”责任区域，定岗定责定人员", "BGS", "office", date(2018, 6, 30), responsible=("WHG", "ZB"),
        evidence="责任清单、巡查记录",
    ),
    Planned("开展“最美办公室”评选", "ZB", "branch", date(2019, 6, 30)),
)  # fmt: skip
PLANNED = (
    Planned("建立创建工作机制", "BGS", "office", item="组织领导", parts=LEADING),
    Planned("加强学习宣传", "XJB", "publicity", item="宣传教育", parts=LEARNING),
    Planned("加强职工思想引领", "XJB", "reviewer", item="职工核心价值观教育实践", parts=GUIDANCE),
    Planned("做好困难职工解困脱困", "QYB", "rights", item="困难职工帮扶", parts=CARE),
    Planned("结对社区网格共建共创", "WHG", "palace", item="共建联建", parts=COMMUNITY),
    Planned("落实“门前四包”，做好自身阵地创建", "BGS", "office", item="自身创建", parts=OFFICE),
    Planned(
        "做好网上资料申报",
        "BGS",
        "office",
        date(2020, 10, 31),
        item="网上申报",
        evidence="说明报告和佐证材料",
    ),
)
ENDED = ("开展“最美办公室”评选", "并入“五个一”联创活动，不再单独评选。")


def load(*, cast: Cast, units: dict[str, Unit]) -> None:
    """The head opens the campaign, writes the programme, adds the tasks and issues it."""
    _Planner(cast, units).load()


class _Planner:
    def __init__(self, cast: Cast, units: dict[str, Unit]) -> None:
        self._head, self._units = cast.head, units
        self._people = {row.username: row.person for row in Account.objects.select_related("person")}
        self._campaign = uuid5(NAMESPACE, "campaign")
        self._at = moment(date(2018, 1, 10), 9)
        self._made: dict[str, Task] = {}

    def load(self) -> None:
        content = CampaignContent(
            CAMPAIGN,
            CampaignKind.CREATION,
            TitleSought.NATIONAL_CITY,
            START,
            END,
            "全国文明城市测评体系（2018年版）",
        )
        federation = self._units[places.FEDERATION[0]]
        plan.open_campaign(
            actor=self._head, uuid=self._campaign, federation_id=federation.pk, content=content, at=self._at
        )
        plan.write_programme(
            actor=self._head,
            uuid=self._campaign,
            version=0,
            title=PROGRAMME,
            document_number="邮工发〔2018〕3号",
            at=self._at,
        )
        for planned in PLANNED:
            self._add(planned, None)
        plan.issue_programme(
            actor=self._head,
            uuid=self._campaign,
            issued_on=date(2018, 1, 15),
            at=moment(date(2018, 1, 15), 9),
        )
        title, reason = ENDED
        plan.end_task(
            actor=self._head, uuid=self._made[title].uuid, reason=reason, at=moment(date(2019, 3, 4), 10)
        )

    def _add(self, planned: Planned, above: Task | None) -> None:
        task = plan.add_task(
            actor=self._head,
            campaign=self._campaign,
            uuid=uuid5(NAMESPACE, f"task {planned.title}"),
            parent=above.uuid if above else None,
            content=self._content(planned),
            at=self._at,
        )
        self._made[planned.title] = task
        for part in planned.parts:
            self._add(part, task)

    def _content(self, planned: Planned) -> TaskContent:
        return TaskContent(
            title=planned.title,
            since=planned.since,
            until=planned.until,
            lead_unit_ids=(self._units[planned.lead].pk,),
            person_ids=(self._person(planned.person).pk,),
            item=planned.item,
            detail=planned.detail,
            standard=planned.standard,
            leader_id=self._person("head" if planned.parts else "deputy").pk,
            responsible_unit_ids=tuple(self._units[code].pk for code in planned.responsible),
            cooperating_unit_ids=tuple(self._units[code].pk for code in planned.cooperating),
            evidence=planned.evidence,
            milestones=planned.milestones,
            needs_ids=(self._made[planned.needs].pk,) if planned.needs else (),
            figure=planned.figure,
            target_value=Decimal(planned.aim) if planned.aim else None,
            target_unit_id=self._units[places.FEDERATION[0]].pk if planned.aim else None,
            target_period=planned.period.value if planned.aim else "",
        )

    def _person(self, username: str) -> Person:
        return self._people[username]
