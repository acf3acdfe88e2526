"""Numbers whose digits were lost: 受众余人次, 开展活动　场, 投入多万元."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiangong.books.figures.rules.units import UNIT
from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking.model import Mark, Verdict
from jiangong.ground.shared.translation import gettext as _

PLAIN = "人次|场次|万元|亿元|人|名|位|户|家|件|场|册|份|本|次|元|个|项|条|处|期|支|篇"
NUMERAL = "0-9０-９零一二两三四五六七八九十百千万亿几数半"
ENDS = r"(?=[，。；、！？）)\n]|以上|左右|$)"
TOTALS = (
    "共计|合计|总计|累计|共有|人数达|总数达|金额达|经费|资金|补助|资助|金额|善款|捐款|共|达到|超过|近|约|逾"
    "|发放|送出|送去|募集|投入|筹集"
)
PATTERNS = (
    # 余 counts nothing of its own, but in words such as 其余 and 业余
    re.compile(
        rf"(?<![{NUMERAL}其剩业残结盈有富空宽多年岁])(?P<at>余(?:万|亿|千|百)?(?:{PLAIN}))(?![员人家地额款数])"
    ),
    re.compile(rf"(?<![{NUMERAL}许很更众诸太颇繁最过增差大])(?P<at>多(?:[万亿](?:{PLAIN})|人次|场次))"),
    # a gap, a line or crosses where a number belongs
    re.compile(rf"(?<=[\u4e00-\u9fff])(?P<at>[\u3000_＿□○〇×Ｘ]{{1,8}}\s?[余多]?[万亿]?{UNIT})"),
    re.compile(rf"(?<=[\u4e00-\u9fff])(?P<at>[Xx×]{{2,4}}[余多]?[万亿]?{UNIT})"),
    re.compile(
        rf"(?:{TOTALS})(?P<at>(?:人次|场次|(?<![近约逾过])(?:万元|亿元)|余?元|余?户|余?件|余?册){ENDS})"
    ),
    re.compile(rf"(?:共计|合计|总计|累计|共有|超过)(?:{{0}})(?P<at>(?:{PLAIN}){ENDS})".replace("{0}", "")),
    re.compile(
        r"(?:慰问|走访|帮扶|救助|资助|培训|吸引|惠及|覆盖|服务|组织|为|给|向)(?P<at>(?:余|多)?(?:名(?![称单义誉额师校家录册字为人目正言])|户(?![外籍口主型])|余人)(?=[\u4e00-\u9fff]{2}))"
    ),
    # 累计接听来电多个: what was added up is no 多
    re.compile(
        rf"(?:累计|共计|合计|总计|总共)[^，。；、！？\n]{{0,12}}(?<![{NUMERAL}许很更众诸太颇繁最过增差大其剩])(?P<at>[多余](?:{PLAIN}){ENDS})"
    ),
    re.compile(r"(?:增长|下降|提高|提升|上升|达到|达|完成|占比?|率为|率达|率)(?P<at>(?:了)?[%％])"),
    re.compile(rf"(?<=其中)(?P<at>(?:{PLAIN}){ENDS})"),
)
WORDS = re.compile(r"^(?:多元|元旦|场馆|家庭|余元(?!宵)$)")


def numbers_missing(text: str) -> Iterator[Mark]:
    taken: list[tuple[int, int]] = []
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("at")
            if any(a < end and start < b for a, b in taken) or _is_word(text, start, end):
                continue
            taken.append((start, end))
            words = _("The number before “%(unit)s” is missing. Write it.") % {
                "unit": match["at"].strip("\u3000_＿ ×XxＸ□○")
            }
            yield Mark(
                "M1", Severity.ERROR, words, start, end, (match["at"].strip(), "—"), verdict=Verdict.MISSING
            )


def _is_word(text: str, start: int, end: int) -> bool:
    """多元化, 元旦, 达人, 为名 and the like."""
    stretch = text[start : end + 2]
    return stretch.startswith(
        (
            "元旦",
            "元宵",
            "多元",
            "名为",
            "元素",
            "家庭",
            "场所",
            "场地",
            "个别",
            "个人",
            "人民",
            "人员",
            "人才",
            "次数",
            "件数",
        )
    )
