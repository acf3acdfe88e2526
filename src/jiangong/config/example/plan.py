"""What the example's campaign did: every activity with its day, numbers and photos. Deterministic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from jiangong.config.example.pictures import Scene
from jiangong.work.activities import rules
from jiangong.work.activities.operations import VenueContent

AUDIENCE_OF_LECTURES = 10_034
BOOKS, LEAFLETS, HOUSEHOLDS, PROBLEMS = 2_036, 563, 312, 56
VISIT_YUAN = 152_400
VIEWS_OF_THE_TALK = 213
LECTURES, VISITS, SIGNED_IN = 137, 36, 4
TITLES = (
    "学习贯彻党的十九大精神", "劳模精神、劳动精神、工匠精神", "社会主义核心价值观", "职业道德与职业操守",
    "安全生产人人有责", "劳动合同法与职工维权", "职工心理健康与减压", "文明礼仪与文明城市创建",
    "技能成才、匠心筑梦", "女职工劳动保护特别规定", "垃圾分类从我做起", "家风家教与文明家庭",
)  # fmt: skip
VENUES_OF_FIVE = ("进校园", "进社区", "进机关", "进企业", "进农村")


@dataclass(frozen=True, slots=True)
class Planned:
    """One activity. Quantities in the smallest unit; `signed`: so many sign in by the QR page."""

    day: date
    unit: str
    kind: str
    title: str
    scene: Scene
    quantities: dict[str, int] = field(default_factory=dict)
    hall: str = ""
    community: str = ""
    place: str = ""
    partners: tuple[str, ...] = ()
    topic: int | None = None
    photos: int = 1
    signed: int = 0
    online: bool = False


def shared_out(total: int, parts: int, *, chance: Random, spread: float = 0.5, step: int = 1) -> list[int]:
    """`parts` whole multiples of `step` that add up to `total` exactly, each within `spread` of the mean."""
    units = total // step
    mean = units / parts
    weights = [mean * chance.uniform(1 - spread, 1 + spread) for _ in range(parts)]
    scale = units / sum(weights)
    numbers = [max(1, int(weight * scale)) for weight in weights]
    for place in range(units - sum(numbers)):
        numbers[place % parts] += 1
    return [number * step for number in numbers]


def hall_openings(codes: Sequence[str]) -> dict[str, date]:
    """65 halls opened one after another from January 2018 to June 2019."""
    return {code: date(2018, 1, 8) + timedelta(days=8 * number) for number, code in enumerate(codes)}


def other_venues(halls: dict[str, date]) -> list[tuple[str, VenueContent]]:
    """Twelve reading rooms and six studios of model workers."""
    codes = list(halls)
    rooms = [
        (
            codes[number * 5],
            VenueContent(f"职工书屋（{number + 1}号）", date(2018, 3 + number % 9, 8), "reading_room"),
        )
        for number in range(12)
    ]
    studios = [
        (
            codes[13 + number * 3],
            VenueContent(f"劳模创新工作室（{number + 1}号）", date(2018, 5 + number, 1), "studio"),
        )
        for number in range(6)
    ]
    return rooms + studios


def activities(halls: dict[str, date]) -> list[Planned]:
    chance = Random(20180101)  # noqa: S311  # an example, the same every time
    planned = [
        *_lectures(halls, chance),
        *_study(chance),
        *_publicity(chance),
        *_five_entries(chance),
        *_visits(chance),
        *_communities(chance),
        *_surveys(),
        _talk(),
    ]
    return sorted(planned, key=lambda item: (item.day, item.unit, item.kind, item.title))


def _lectures(halls: dict[str, date], chance: Random) -> list[Planned]:
    codes = list(halls)
    audiences = shared_out(AUDIENCE_OF_LECTURES, LECTURES, chance=chance, spread=0.45)
    lectures = []
    for number, audience in enumerate(audiences):
        code = codes[number % len(codes)]
        first = halls[code] + timedelta(days=10)
        day = _workday(first + timedelta(days=chance.randrange((date(2020, 12, 18) - first).days)))
        topic = chance.randrange(len(TITLES))
        signed = audience if number % 34 == 1 else 0
        lectures.append(
            Planned(
                day,
                code,
                "lecture",
                f"大讲堂：{TITLES[topic]}",
                "lecture",
                {} if signed else {rules.AUDIENCE: audience},
                hall=code,
                topic=topic % 8,
                photos=1 + (number % 4 == 0),
                signed=signed,
            )
        )
    return lectures


def _study(chance: Random) -> list[Planned]:
    """Monthly, at the office's meeting and at the Palace's."""
    return [
        Planned(
            _workday(date(2018 + month // 12, month % 12 + 1, 6)),
            "WHG" if month % 3 == 2 else "BGS",
            "study",
            "办公例会学习文明城市创建知识" if month % 3 != 1 else "全体人员会学习文明城市创建知识",
            "study",
            {rules.AUDIENCE: chance.randrange(18, 42)},
            place="市总机关三楼会议室" if month % 3 != 2 else "工人文化宫多功能厅",
        )
        for month in range(36)
    ]


def _publicity(chance: Random) -> list[Planned]:
    goods = ("横幅标语", "电子屏滚动标语", "宣传画", "公益宣传品")
    return [
        Planned(
            _workday(date(2018 + number // 8, number % 8 + 3, 12)),
            "WHG" if number % 2 else "BGS",
            "publicity",
            f"{goods[number % 4]}布置",
            "banner",
            {rules.PUBLICITY: chance.randrange(2, 12)},
            place="工人文化宫门前" if number % 2 else "市总机关大院",
        )
        for number in range(24)
    ]


def _five_entries(chance: Random) -> list[Planned]:
    return [
        Planned(
            _workday(date(2018 + number // 5, 4 + number % 5, 20)),
            "XJB",
            "five_entries",
            f"劳模精神{VENUES_OF_FIVE[number % 5]}",
            "meeting" if number % 2 else "award",
            {rules.AUDIENCE: chance.randrange(40, 160)},
            place=("市第一中学", "御码社区", "市行政中心", "供电公司", "周巷村")[number % 5],
            topic=1,
        )
        for number in range(15)
    ]


def _visits(chance: Random) -> list[Planned]:
    """Three in every quarter, by turns to the two villages."""
    money = shared_out(VISIT_YUAN, VISITS, chance=chance, spread=0.3, step=100)
    visits = []
    for number, yuan in enumerate(money):
        quarter, turn = divmod(number, 3)
        month = quarter % 4 * 3 + turn + 1
        village = "DT" if turn == 1 else "ZX"
        visits.append(
            Planned(
                _workday(date(2018 + quarter // 4, month, 15 + turn * 3)),
                "QYB",
                "visit",
                f"走访慰问{'董谭村' if village == 'DT' else '周巷村'}困难群众",
                "visit",
                {rules.MONEY: yuan * 100},
                community=village,
            )
        )
    return visits


def _communities(chance: Random) -> list[Planned]:
    books = shared_out(BOOKS, 8, chance=chance, spread=0.3)
    leaflets = shared_out(LEAFLETS, 20, chance=chance, spread=0.4)
    households = shared_out(HOUSEHOLDS, 12, chance=chance, spread=0.3)
    problems = shared_out(PROBLEMS, 24, chance=chance, spread=0.6)
    desks = _desks(books, leaflets[:8], chance=chance)
    return desks + _homes(households, leaflets[8:], problems[:12]) + _streets(problems[12:], chance=chance)


def _desks(books: list[int], leaflets: list[int], *, chance: Random) -> list[Planned]:
    return [
        Planned(
            _workday(date(2018 + number // 3, number % 3 * 4 + 3, 9)),
            "XJB",
            "desk",
            "御码社区文明创建咨询台",
            "desk",
            {
                rules.BOOKS: books[number],
                rules.LEAFLETS: leaflets[number],
                rules.AUDIENCE: chance.randrange(60, 180),
            },
            community="YM",
            partners=("TSW", "FL"),
        )
        for number in range(8)
    ]


def _homes(households: list[int], leaflets: list[int], problems: list[int]) -> list[Planned]:
    return [
        Planned(
            _workday(date(2018 + number // 4, number % 4 * 3 + 2, 22)),
            "ZB",
            "household_visit",
            f"{'御码' if number % 3 else '水部楼'}社区入户宣传文明创建",
            "household",
            {
                rules.HOUSEHOLDS: households[number],
                rules.LEAFLETS: leaflets[number],
                rules.PROBLEMS: problems[number],
            },
            community="YM" if number % 3 else "SBL",
        )
        for number in range(12)
    ]


def _streets(problems: list[int], *, chance: Random) -> list[Planned]:
    return [
        Planned(
            _workday(date(2018 + number // 4, number % 4 * 3 + 1, 26)),
            "QT" if number % 2 else "ZB",
            "order" if number % 2 else "clean_up",
            f"{'御码' if number % 2 else '水部楼'}社区网格{'秩序整治' if number % 2 else '环境保洁'}",
            "cleanup",
            {rules.AUDIENCE: chance.randrange(12, 36), rules.PROBLEMS: problems[number]},
            community="YM" if number % 2 else "SBL",
            photos=2,
        )
        for number in range(12)
    ]


def _surveys() -> list[Planned]:
    return [
        Planned(
            date(2019, 6, 18),
            "BGS",
            "survey",
            "扬州市总工会领导来邮调研产改工作",
            "meeting",
            {rules.AUDIENCE: 16},
        ),
        Planned(
            date(2020, 4, 28), "BGS", "survey", "市委领导来市总工会调研指导", "meeting", {rules.AUDIENCE: 22}
        ),
    ]


def _talk() -> Planned:
    return Planned(
        date(2020, 9, 16),
        "XJB",
        "themed_talk",
        "以社会主义核心价值观引领文明城市创建",
        "lecture",
        {rules.AUDIENCE: 64, rules.VIEWS: VIEWS_OF_THE_TALK},
        place="职工大讲堂网上平台",
        topic=1,
        online=True,
    )


def _workday(day: date) -> date:
    """Moved off the weekend, back to Friday."""
    return day - timedelta(days=max(0, day.weekday() - 4))
