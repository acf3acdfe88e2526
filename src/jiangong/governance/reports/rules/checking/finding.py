"""Claims: each number with what it counts, of whom and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiangong.books.figures.rules.numerals import LEAD, Sense, Stated, numbers
from jiangong.governance.reports.rules.checking import digits, naming, times
from jiangong.governance.reports.rules.checking.lexicon import words
from jiangong.governance.reports.rules.checking.model import NO_SPAN, Claim, Span
from jiangong.governance.reports.rules.checking.restoring import BAR, UNSURE, Restored

MARKS = "，,；;：:。！？!?\n（）()…\u3000｜"
LEADS = re.compile(
    r"(?:超过了?|突破了?|多达|不少于|不低于|至少|逾|超|接近|将近|大约|约为?|近|不到|不足|不超过|至多|最多|共计|合计|总计|总共|一共|累计|先后|"
    r"已经|已|均|达到|达|共|各|仅|只|全部|总数|人数|数量?|的|了|为|有|(?<![发出实兑表体呈涌展])现|等|是|：)+$"
)
VAGUE = re.compile(f"{LEAD}$")
VERB = re.compile("|".join(words.VERBS))
STRONG = re.compile("(?<!运)(?:" + "|".join(words.STRONG_VERBS) + ")(?![金品信者率量])")
VERB_RUN = re.compile(f"(?:{STRONG.pattern})+$")
PARTICLES = re.compile(
    r"^(?:的?(?:基础|前提|规模|情况|条件|背景)(?:之?[上下])?|的|多|余|左右|以上|以下|之多|不等|长达.*|用于.*)+"
)
STOP_AFTER = re.compile(r"[，,；;：:。！？!?\n（()）、…\u3000｜]|[0-9０-９]|[和与及](?=.{0,8}[0-9０-９])")
INDEFINITE = re.compile(
    r"一(?:个|名|位|家|户|场|次|件|项|本|份|条|篇|期|支|台|组|批|张|间|座|套|枚|封|首|例|桩|幅|处|块|人|盏|辆|栋|节|册|株|棵|站|岗)$"
)
PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:社区|街道|村|乡|镇|园区|小区|网格)")
PLACE_LEAD = re.compile(r".*(?:赴|在|到|及|和|与|入|向|往|由|从|对|为|的|了|者|进|走|访|对)(?=..)")
CONTEXT, FARTHEST, NAMED = 40, 400, 20
MAKES = frozenset("建办搞做送买修写选评添置补换种走跑打拍")
"""Behind these 一 is an article: 再建一间。"""
TROOPS = re.compile("[退入队行落为]伍|[大内登着上]陆")
"""退伍人员, 队伍: the signs that accounts write for 5 and 6."""
SLOGAN = re.compile("|".join(map(re.escape, words.NUMBERED_SLOGANS)))


def claims_of(restored: Restored, *, year: int | None) -> Iterator[Claim]:
    """In the order of the text."""
    text = digits.with_digits(restored.text)
    stated = sorted(numbers(text), key=lambda one: (one.start, -one.end))
    taken = 0
    counted: list[Stated] = []
    for one in stated:
        if one.start >= taken and _counts(text, one):
            counted.append(one)
            taken = one.end
    yield from _described(restored, counted, year)


def _counts(text: str, one: Stated) -> bool:
    """Whether a number counts something, or is part of a name, a slogan or a way to speak."""
    before, after = text[max(0, one.start - 12) : one.start], text[one.end : one.end + 8]
    if before.endswith(UNSURE):
        return False  # told as a number that may be one or two
    if naming.is_length_of_time(text, one):
        return False
    if one.in_words:
        is_rank = before.endswith("前") and one.unit == "人" and not _is_top(before)
        return not is_rank and _counts_in_words(one, before, after)
    is_place = before.endswith(("前", "第", "〔", "No.", "NO.")) and one.sense is Sense.EXACT
    return not is_place or _is_top(before)


def _counts_in_words(one: Stated, before: str, after: str) -> bool:
    if TROOPS.search(before[-1:] + one.text[:1]):
        return False
    if SLOGAN.match(one.text + after) or SLOGAN.search(before[-1:] + one.text + after[:2]):
        return False
    if one.sense is not Sense.EXACT:
        return not (one.text.startswith("几") and before.endswith("好"))
    if _is_name(one, before, after) or naming.is_ordinal(before, one.text, after):
        return False
    if INDEFINITE.search(one.text):
        return _is_counted_one(before, after, one.unit)
    return not (one.text.startswith("两") and after.startswith(("新", "手", "委", "会", "级")))


def _is_name(one: Stated, before: str, after: str) -> bool:
    """百名劳模, or a number within quotation marks."""
    if after.startswith(("”", "》")):
        return True  # “门前四包”
    is_plain = one.unit != "%" and re.fullmatch("[一二两三四五六七八九十]+[个项]", one.text)
    if is_plain and _is_quoted_name(before, after):
        return True
    return one.text[0] in "百千万" or (before[-1:] in "“《‘" and after[:6].find("”") > 0)


def _is_top(before: str) -> bool:
    return (
        False
        if before.endswith(("第", "〔"))
        else before.endswith(("年前", "月前", "目前", "日前", "以前", "之前", "提前"))
    )


def _is_quoted_name(before: str, after: str) -> bool:
    """“五个一”, “四个专项行动”: the number is part of the name."""
    return before.endswith(("“", "‘")) or after.startswith(
        ("一", "意识", "自信", "维护", "全面", "确立", "方面", "专项行动”")
    )


def _is_counted_one(before: str, after: str, unit: str) -> bool:
    """一 is an article, but for 劳模一人，: what is counted stands before and nothing after."""
    if before.endswith(("共", "共计", "仅", "只有", "合计")):
        return True
    if unit == "批":
        return False
    ends = not after or after[0] in "，。；、！？）)\n"
    return (
        ends
        and before[-1:] != "“"
        and VERB.search(before[-2:]) is None
        and before[-1:] not in MAKES
        and before[-1:].isalpha()
        and not before.endswith(("每", "任", "同", "这", "那", "哪", "第", "某", "另", "唯", "统", "之"))
    )


def _described(restored: Restored, counted: list[Stated], year: int | None) -> Iterator[Claim]:
    text, spoken = restored.text, _Spans(year)
    at, previous_end = -1, 0
    for one in counted:
        place = _sentence_number(restored, one.start, max(at, 0))
        sentence = restored.sentences[place]
        if place != at:
            spoken.enter(text, restored, place)
            at, previous_end = place, sentence.start
        before = text[max(previous_end, sentence.start) : one.start]
        farthest = one.end + CONTEXT  # a line's end may stand within the number, and end the sentence there
        after = text[one.end : min(sentence.end, farthest) if one.end <= sentence.end else farthest]
        said = text[max(sentence.start, previous_end - FARTHEST) : one.start]
        thing, verb = counted_thing(before, after, said)
        thing = _in_row(text, sentence.start, one.start) or thing
        where = place_before(text[max(sentence.start, one.start - 60) : one.start])
        yield Claim(
            text=one.text if one.text in text[one.start : one.end] else text[one.start : one.end],
            start=one.start,
            end=one.end,
            sentence=place,
            value=one.value,
            lower=one.lower,
            upper=one.upper,
            sense=one.sense,
            unit=one.unit,
            thing=thing,
            verb=verb,
            place=where,
            span=spoken.at(one.start - sentence.start),
        )
        previous_end = one.end


def _sentence_number(restored: Restored, start: int, at: int) -> int:
    while at + 1 < len(restored.sentences) and restored.sentences[at + 1].start <= start:
        at += 1
    return at


class _Spans:
    """The times of a sentence; 以来 and a year hold on until the paragraph or its next numbered point."""

    def __init__(self, year: int | None) -> None:
        self.year = year
        self.kept: Span = NO_SPAN
        self.paragraph = -1
        self.here: list[tuple[int, Span]] = []
        self.last = -1

    def enter(self, text: str, restored: Restored, place: int) -> None:
        for number in range(self.last + 1, place + 1):
            sentence = restored.sentences[number]
            words_of = text[sentence.start : sentence.end]
            if sentence.paragraph != self.paragraph or re.match(r"[一二三四五六七八九十]+是", words_of):
                self.kept, self.paragraph = NO_SPAN, sentence.paragraph
            self.here = times.spans(words_of, year=self.year)
            if number < place and self.here:
                self.kept = self.here[-1][1]
            for _end, span in self.here:
                if span.since is not None and re.match("(?:19|20)", span.text):
                    self.year = (
                        (span.until or span.since).year if not span.text.endswith("以来") else self.year
                    )
        self.last = place

    def at(self, offset: int) -> Span:
        found = self.kept
        for end, span in self.here:
            if end <= offset:
                found = span
        if self.here:
            self.kept = self.here[-1][1] if self.here[-1][0] <= offset else self.kept
        return found


def _in_row(text: str, start: int, end: int) -> str:
    """What is counted in a cell: what the row is called, by its first cell with more than a number, and the column."""
    *cells, head = text[start:end].split(BAR)
    row = next((cell for cell in cells if len(cell) > 1 and not cell[-1:].isdecimal()), "")
    return f"{row[:NAMED]}{VAGUE.sub('', head).rstrip('：')[:NAMED]}" if cells else ""


def place_before(stretch: str) -> str:
    """The last place that is named, without the words before its name."""
    found = PLACE.findall(stretch)
    return PLACE_LEAD.sub("", found[-1]) if found else ""


def counted_thing(before: str, after: str, sentence: str) -> tuple[str, str]:
    """What is counted: the noun after the unit (300余名困难职工), else the one before (书籍2000多册), and the verb."""
    behind = _noun_behind(after)
    clause = before[max((before.rfind(mark) for mark in MARKS), default=-1) + 1 :]
    ahead, verb = _noun_ahead(clause)
    if behind:
        return behind, verb
    if ahead:
        return ahead, verb
    for earlier in reversed(re.split("[，；：。]", sentence[: len(sentence) - len(clause)])):
        if earlier.strip():
            noun, verb = _noun_ahead(earlier)
            return noun or verb or earlier[-8:], verb
    return verb, verb


def _noun_behind(after: str) -> str:
    after = PARTICLES.sub("", after)
    stop = STOP_AFTER.search(after)
    stretch = after[: stop.start()] if stop else after
    if COMES.match(stretch):
        return ""
    verb = STRONG.search(stretch)
    if verb is not None and verb[0] != stretch:
        stretch = stretch[: verb.start()]
    stretch = AMONG.sub("", stretch).rstrip("在的被均已都共为向对将把由从和与及获")
    if len(stretch) < 2 and stretch not in SHORT_THINGS:
        return ""
    return "" if stretch in words.NOT_THINGS else stretch[:20]


AMONG = re.compile("(?<=[\u4e00-\u9fff]{2})(?<![高初集途空其])(?:当中|之中|中)$")
COMES = re.compile(
    "[/／]|到(?:场|会|现场|课|岗)|来到|前来|赶来|听课|听讲|到此|赴|走上|登上|围坐|坐在|站在|全部(?!职工|人员|会员)|全都|常年|均(?!衡)|已经|陆续|先后|分别|一律|一同|正在"
)
"""司机940人次到场听讲: what follows says what they did."""
SHORT_THINGS = frozenset("点班组队村店站校厂")
HEADS = frozenset(
    [
        "中心",
        "活动",
        "组织",
        "项目",
        "资料",
        "时长",
        "时间",
        "队伍",
        "人员",
        "站点",
        "基地",
        "平台",
        "网点",
        "窗口",
        "对象",
        "课程",
        "竞赛",
        "大赛",
        "工作",
        "制度",
        "机构",
        "资金",
        "金额",
        "会",
        "班",
        "奖",
        "品",
        "队",
        "点",
        "室",
        "站",
    ]
)
"""Nouns that are only the end of a name: the verb before them belongs to it (服务中心, 志愿服务活动)."""
OF_LIST = re.compile("(?<![一二三四特同优各])等(?![级奖额])")


def _noun_ahead(clause: str) -> tuple[str, str]:
    clause = LEADS.sub("", clause.rstrip())
    verbs = list(STRONG.finditer(clause))
    if not verbs:
        return _trimmed(clause), ""
    last = verbs.pop()
    noun, verb = clause[last.end() :], last[0]
    if not noun:
        run = VERB_RUN.search(clause)
        return (run[0] if run else verb), verb
    if noun in HEADS and last.start() > 0:
        while verbs and verbs[-1].end() == last.start():
            last = verbs.pop()
        before = verbs[-1] if verbs else None
        noun, verb = clause[before.end() if before else 0 :], before[0] if before else ""
    return _trimmed(noun), verb


def _trimmed(noun: str) -> str:
    weak = VERB.match(noun)
    if weak is not None and len(weak[0]) == 1:
        noun = noun[1:]
    parts = OF_LIST.split(noun)
    noun = parts[-1] or noun
    return noun.lstrip("了过着、和与及以的")[-24:]
