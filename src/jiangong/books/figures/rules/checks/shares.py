"""Parts and their whole."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from jiangong.books.figures.rules.checks.words import InText, sentences
from jiangong.books.ledger.rules import Finding, Severity
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.rules.numbers import HALF_WIDTH, grouped
from jiangong.ground.shared.translation import gettext as _
from jiangong.ground.shared.translation import gettext_lazy

TOLERANCE = Decimal("0.5")
"""Of percentages that were rounded one by one (domain.md §11.2, P13)."""
SPLIT = re.compile("其中|分别")
REST = re.compile("(?:其他|其余|其它)[^，。；0-9]{0,8}占")
"""A rest is named, so that the shares are of one whole."""
_MORE = gettext_lazy("The shares of this sentence add up to %(total)s%%, more than the whole.")
_LESS = gettext_lazy("The shares of this sentence and its rest add up to %(total)s%%, less than the whole.")
SHARE = re.compile(
    r"占(?:比|总数|全部)?(?:的|为|达)?\s?(?P<percent>[0-9０-９]+(?:[.．][0-9０-９]+)?)\s?[%％]"
)


SIDES = (
    ("男", "女"),
    ("城镇", "农村"),
    ("在职", "退休"),
    ("线上", "线下"),
    ("本地", "外地"),
    ("已婚", "未婚"),
)
TRAITS = re.compile(
    "[男女岁]|党员|团员|学历|本科|大专|硕士|青年|以上|以下|满意|参[加与]|农民工|民族|一线|技|高级|中级|劳模|职称|代表|会员|率|同比|其"
)
"""What one person may have several of: 女职工占52%、党员占60%."""
SHORT_SUBJECT = re.compile("^[\u4e00-\u9fff“”]{1,8}$")
LEAST_LIST = 3
SEVERAL = re.compile("多选|可选[两二三多]|最多选|限选|不止一|多项选择")
"""Who may choose several answers is counted with each of them."""
YEARS = "(?:周?岁|年)"
NEAR = 40
BAND = re.compile(
    rf"(?P<low>[0-9]{{1,2}}){YEARS}?(?:及?以上|以后|(?:[-—–~～至到]|以上至)(?P<high>[0-9]{{1,2}}){YEARS}?)"
    rf"|(?P<below>[0-9]{{1,2}}){YEARS}(?:及)?以下|(?:不满|不足)(?P<most>[0-9]{{1,2}}){YEARS}"
)
DECADE = re.compile("([0-9][05])后")
LEVELS = ("小学", "初中", "高中", "中专", "技校", "大专", "专科", "本科", "硕士", "研究生", "博士")
OPEN_LEVEL = re.compile("以上|及以上|以下|及以下")
ONE_QUESTION = re.compile(
    "按[^，。：]{1,8}(?:分|划分|统计)(?:类|组)?[，：]|从?(?:年龄|学历|性别|岗位|行业|户籍|来源|职业|身份|工种|区域|地域)(?:结构|构成|分布|类型)?(?:上|来)?(?:看|分)?[，：]"
)
"""By what those who are counted are told apart: each of them is in one share."""
ANSWERS = re.compile(
    "(?:(?:表示|觉得|认为|回答|选择?)?“?(?P<answer>非常满意|很满意|比较满意|较满意|基本满意|一般|不太满意|不满意|满意|非常了解|比较了解|基本了解|不太了解|不了解|了解|经常|有时|偶尔|很少|从不|从来不"
    "|赞成|反对|弃权|无所谓|说不清|优秀|良好|合格|不合格|称职|基本称职|不称职)”?的?(?:职工|人|受访者|会员)?)$"
)


def _are_of_one_whole(sentence: str, shares: list[re.Match[str]]) -> bool:
    """男职工占…，女职工占…; 培训占…、慰问占…、宣传占…: one subject has no two of them."""
    if len(shares) < 2:
        return False
    ends = [0, *(share.end() for share in shares)]
    subjects = [sentence[end : share.start()] for end, share in zip(ends, shares, strict=False)]
    subjects = [re.split("[，：:]", subjects[0])[-1], *(subject[1:] for subject in subjects[1:])]
    if ONE_QUESTION.search(sentence) and not any(OPEN_LEVEL.search(subject) for subject in subjects):
        return len(shares) >= LEAST_LIST
    if _are_bands(subjects) or _are_levels(subjects) or _are_answers(subjects):
        return True
    if len(shares) == len(SIDES[0]):
        return any(one in subjects[0] and other in subjects[1] for one, other in SIDES)
    joins = {sentence[share.end()] for share in shares[:-1]}
    return (
        len(shares) >= LEAST_LIST
        and joins in ({"、"}, {"，"})
        and all(SHORT_SUBJECT.match(subject) and not TRAITS.search(subject) for subject in subjects)
    )


def _are_bands(subjects: list[str]) -> bool:
    """35岁以下的, 36岁至50岁的, 51岁以上的: nobody is in two of them."""
    born = [DECADE.findall(subject) for subject in subjects]
    if all(len(found) == 1 for found in born):
        return len({found[0] for found in born}) == len(subjects) > 1
    bands: list[tuple[int, int]] = []
    for subject in subjects:
        found = BAND.search(subject.translate(HALF_WIDTH))
        if found is None:
            return False
        most = found["below"] or found["most"]
        low = 0 if most else int(found["low"])
        bands.append((low, int(most or found["high"] or 999)))
    ordered = sorted(bands)
    return len(bands) > 1 and all(one[1] <= other[0] for one, other in pairwise(ordered))


def _are_levels(subjects: list[str]) -> bool:
    """高中, 大专, 本科及以上: each level once, and none that holds another."""
    named = [[at for at, level in enumerate(LEVELS) if level in subject] for subject in subjects]
    if len(subjects) < LEAST_LIST or not all(named):
        return False
    spans = [_span_of(subject, levels) for subject, levels in zip(subjects, named, strict=True)]
    ordered = sorted(spans)
    return all(one[1] < other[0] for one, other in pairwise(ordered))


def _span_of(subject: str, levels: list[int]) -> tuple[int, int]:
    opened = OPEN_LEVEL.search(subject)
    if opened is None:
        return levels[0], levels[-1]
    return (levels[0], len(LEVELS)) if "上" in opened[0] else (-1, levels[-1])


def _are_answers(subjects: list[str]) -> bool:
    """非常满意的, 满意的, 不满意的: who is asked gives one answer."""
    answers = [found["answer"] for subject in subjects if (found := ANSWERS.search(subject))]
    return len(answers) == len(subjects) >= LEAST_LIST and len(set(answers)) == len(answers)


def part_within_whole(
    *, what: Text, value: Decimal | int, whole: Text, most: Decimal | int, field: str = ""
) -> list[Finding]:
    """Of people and households: a part larger than its whole, of one unit and period (domain.md §11.2, P6)."""
    if value <= most:
        return []
    compared = (str(value), str(most))
    return [Finding("P6", Severity.ERROR, _larger(what, value, whole, most), compared, field)]


def done_within_due(
    *, what: Text, value: Decimal | int, whole: Text, most: Decimal | int, field: str = ""
) -> list[Finding]:
    """Of cases: more closed than registered, more on time than closed (domain.md §11.2, P13)."""
    if value <= most:
        return []
    compared = (str(value), str(most))
    return [Finding("P13", Severity.ERROR, _larger(what, value, whole, most), compared, field)]


def _larger(what: Text, value: Decimal | int, whole: Text, most: Decimal | int) -> str:
    return _("%(what)s is %(value)s, more than %(whole)s of the same unit and period (%(most)s).") % {
        "what": what,
        "value": grouped(value),
        "whole": whole,
        "most": grouped(most),
    }


def shares_in_text(text: str) -> list[InText]:
    """Where a sentence splits a whole (其中, 分别), its shares cannot be more than all of it; a rest may go unsaid.

    Where the rest is named (其余占…), they cannot be less either. domain.md §11.2, P13.
    """
    found = []
    for start, sentence in sentences(text):
        rest = REST.search(sentence)
        shares = list(SHARE.finditer(sentence))
        if SEVERAL.search(text, max(0, start - NEAR), start + len(sentence)):
            continue
        if not (rest or SPLIT.search(sentence) or _are_of_one_whole(sentence, shares)):
            continue
        total = sum((Decimal(share["percent"].translate(HALF_WIDTH)) for share in shares), Decimal(0))
        if len(shares) < 2 or not (total > 100 + TOLERANCE or (rest and total < 100 - TOLERANCE)):
            continue
        words = _MORE if total > 100 else _LESS
        place = (start + shares[0].start(), start + shares[-1].end())
        found.append(
            InText(
                "P13",
                Severity.ERROR,
                words % {"total": grouped(total)},
                (str(total), "100"),
                start=place[0],
                end=place[1],
            )
        )
    return found
