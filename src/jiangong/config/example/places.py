"""The example's units and people. Offices are those that the seed report names; persons are made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jiangong.ground.organization.models import UnitKind

FOUNDED = date(1950, 5, 1)
CAMPAIGN = (date(2018, 1, 1), date(2020, 12, 31))
FEDERATION = ("ZGH", "高邮市总工会")
POPULATION = (date(2019, 12, 31), 810_000, "高邮市户籍人口，2019年统计公报")
GROUP = "创建全国文明城市三年行动计划领导小组"
PASSWORD = "jiangong-2020"  # noqa: S105  # printed with the sign-ins of the example


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    kind: UnitKind
    parent: str = "ZGH"
    short: str = ""


DEPARTMENTS = (
    Place("BGS", "市总工会办公室", UnitKind.DEPARTMENT, short="办公室"),
    Place("ZZB", "市总工会组织建设部", UnitKind.DEPARTMENT, short="组织建设部"),
    Place("XJB", "市总工会宣传教育部", UnitKind.DEPARTMENT, short="宣传教育部"),
    Place("QYB", "市总工会权益保障部", UnitKind.DEPARTMENT, short="权益保障部"),
    Place("NZG", "市总工会女职工部", UnitKind.DEPARTMENT, short="女职工部"),
    Place("CWB", "市总工会财务部", UnitKind.DEPARTMENT, short="财务部"),
    Place("WHG", "高邮市工人文化宫", UnitKind.PALACE, short="工人文化宫"),
    Place("ZB", "市总工会机关党支部", UnitKind.BRANCH, short="机关党支部"),
    Place("QT", "市总工会机关群团组织", UnitKind.MASS, short="机关群团"),
)
PARTNERS = (
    Place("XCB", "高邮市委宣传部", UnitKind.PARTNER, short="市委宣传部"),
    Place("WMB", "高邮市文明办", UnitKind.PARTNER, short="市文明办"),
    Place("TSW", "共青团高邮市委", UnitKind.PARTNER, short="团市委"),
    Place("FL", "高邮市妇女联合会", UnitKind.PARTNER, short="市妇联"),
)
COMMUNITIES = (
    Place("GYJD", "高邮街道", UnitKind.STREET),
    Place("SBL", "水部楼社区", UnitKind.COMMUNITY, "GYJD"),
    Place("YM", "御码社区", UnitKind.COMMUNITY, "GYJD"),
    Place("LZ", "临泽镇", UnitKind.STREET),
    Place("ZX", "临泽镇周巷村", UnitKind.VILLAGE, "LZ", "周巷村"),
    Place("DTC", "董谭村所在乡镇", UnitKind.STREET, short="董谭村所在乡镇"),
    Place("DT", "董谭村", UnitKind.VILLAGE, "DTC"),
)
TOWNS = (
    "高邮街道", "马棚街道", "车逻镇", "龙虬镇", "卸甲镇", "三垛镇", "甘垛镇",
    "汤庄镇", "临泽镇", "周山镇", "界首镇", "送桥镇", "菱塘回族乡",
)  # fmt: skip
SPOTS = (
    (Decimal("32.7815"), Decimal("119.4593")), (Decimal("32.8520"), Decimal("119.4360")),
    (Decimal("32.7010"), Decimal("119.4720")), (Decimal("32.8210"), Decimal("119.5480")),
    (Decimal("32.7410"), Decimal("119.5650")), (Decimal("32.8080"), Decimal("119.6480")),
    (Decimal("32.8950"), Decimal("119.7020")), (Decimal("32.7800"), Decimal("119.7560")),
    (Decimal("33.0410"), Decimal("119.6390")), (Decimal("33.0170"), Decimal("119.5250")),
    (Decimal("32.9850"), Decimal("119.4400")), (Decimal("32.6350"), Decimal("119.3850")),
    (Decimal("32.6870"), Decimal("119.2960")),
)  # fmt: skip
"""About where each township lies, in their order."""
SYSTEMS = (
    "供电公司", "税务局", "教育体育局", "卫生健康委", "公安局", "交通运输局", "住房和城乡建设局", "城市管理局",
    "水务局", "农业农村局", "市场监督管理局", "民政局", "自然资源和规划局", "邮政公司", "电信公司", "自来水公司",
    "人民医院", "中医医院", "公交公司", "商业银行",
)  # fmt: skip
TRADES = ("纺织", "电缆", "灯具", "机械", "食品", "羽绒制品", "新能源", "物流")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = (
    "建国", "晓云", "志明", "秀兰", "海燕", "文博", "丽华", "国强", "雪梅", "永康", "春生", "佳宁", "玉珍",
    "思远", "红霞", "伟民", "静怡", "长河", "素芬", "立新", "明月", "子涵", "桂英", "学文", "爱华",
)  # fmt: skip


def unions() -> list[Place]:
    """13 townships, 20 systems and 32 two-new enterprises: 65 unions, each with a lecture hall."""
    towns = [
        Place(f"X{number:02}", f"{name}总工会", UnitKind.GRASSROOTS) for number, name in enumerate(TOWNS, 1)
    ]
    systems = [
        Place(f"S{number:02}", f"市{name}工会", UnitKind.GRASSROOTS) for number, name in enumerate(SYSTEMS, 1)
    ]
    enterprises = [
        Place(
            f"Q{number + 1:02}",
            f"{TOWNS[number % 13].removesuffix('镇').removesuffix('街道').removesuffix('回族乡')}"
            f"{TRADES[number % 8]}{'一' if number < 26 else '二'}厂工会",
            UnitKind.NEW,
            parent=f"X{number % 13 + 1:02}",
        )
        for number in range(32)
    ]
    return towns + systems + enterprises


def person_name(number: int) -> str:
    """Made up, and a different one for each number below 750."""
    return SURNAMES[number * 7 % len(SURNAMES)] + GIVEN[(number * 11 + number // len(SURNAMES)) % len(GIVEN)]


def spot(code: str) -> tuple[Decimal, Decimal]:
    """Latitude and longitude of a union's venues: in its township, or in the city; each a little aside."""
    number = int(code[1:])
    town = {"X": number - 1, "Q": (number - 1) % 13}.get(code[0], 0)
    aside = (Decimal(number * 37 % 23 - 11) / 1000, Decimal(number * 53 % 29 - 14) / 1000)
    spread = 2 if code[0] == "Q" else 1
    return SPOTS[town][0] + aside[0] * spread, SPOTS[town][1] + aside[1] * spread
