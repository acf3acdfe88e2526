"""Two sentences of one text that cannot both be right (domain.md §11.2, P6, P9, P12)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking.lexicon import honours as lexicon
from jiangong.governance.reports.rules.checking.model import Claim, Mark, Sort, Verdict
from jiangong.governance.reports.rules.checking.restoring import BAR, Restored
from jiangong.ground.shared.translation import gettext as _

QUOTES = str.maketrans("", "", "“”‘’《》 ")
PARTIAL = re.compile(
    "其中|新增|新建|(?<!创)新(?!时代|业态|就业|型|闻|阶层)|再|又|另|分别|每|比|较|增加|减少|增长|人均|平均|上年|去年|同期|计划|力争|目标|将|拟"
)
PROJECT = re.compile("“([^”]{2,12})”[^，。；：]*$")
"""A name in quotation marks says of which 企业 or 职工 a clause tells."""
SAME_UNITS = {"人次": "人", "家": "个", "处": "个", "间": "个", "座": "个", "所": "个"}
LEADS = re.compile(
    "共计|合计|总计|累计|先后|已经|一共|总共|共|已|就|达到|达|约|近|超过|突破|全年|今年|去年|[0-9]{4}年(?:度)?|上半年|下半年|年内|期间"
)
SUBJECT = re.compile(
    "^(?:全[市县区镇厂院校]|[我本][市县区镇厂院校司会]|市总工会|区总工会|县总工会|公司工会|工会|[我本]单位)"
)
PLANNED = re.compile("至少|不少于|要|拟|计划|应|力争|目标|每|预计|标准")
TOTAL = re.compile("共|合计|总|累计")
HELD_KEY = "held"
HELD = re.compile(
    "(?:现(?:有|共有|建有|设有|拥有)?|目前(?:共|建|设|拥)?有|共有|已有|拥有)(?P<what>[^，。；：、（]{0,20})$"
)
"""现有职工书屋15家 and 将在现有职工书屋18家的基础上: what is there, whatever will be done with it."""
OWNED = re.compile(f"{SUBJECT.pattern}|目前|截至|现在|今后|下一?步|计划|将|拟|要|把|在|对|从|以|使|让|是|就")
OF_PART = re.compile("其中|新增|新建|另|分别|每|比|较|上年|去年|同期|年初|原")
BODY = re.compile(
    "([\u4e00-\u9fff]{1,6}?(?:街道|镇|乡|社区|村|公司|厂|局|医院|车间|班组|分会|学校|支部|园区|分公司|标段|项目部|队))"
)
SHORTEST_CLAUSE = 4
MEMBERS = re.compile("(?:现有|拥有)?(?:工会)?会员(?:总?数|人数)?(?:为|有)?")
WHOLE_BODY = re.compile("全[市县区省]")
FAR = Decimal("1.25")
"""Numbers of members further apart than this are of two bodies."""
GENERIC = frozenset(
    [
        "活动",
        "职工",
        "人员",
        "人",
        "资料",
        "会议",
        "群众",
        "问题",
        "名",
        "工作",
        "培训",
        "项目",
        "志愿者",
        "企业",
        "单位",
        "物资",
        "困难职工",
        "工会",
        "会员",
        "干部",
        "家庭",
        "资金",
        "金额",
    ]
)
AIDED = re.compile("发放|帮扶|救助|补助|慰问")
FILED = re.compile("建档|在档|在册")
ON_FILE = re.compile("建档立卡|建档|在档|在册")
"""Four ways to say it."""
HELPED_OF_FILED = re.compile(f"(?:{AIDED.pattern})了?(?:{FILED.pattern})")
"""帮扶建档困难职工146户 tells of help, not of the file."""


def contradictions(restored: Restored, by_sentence: Sequence[Sequence[Claim]]) -> Iterator[Mark]:
    claims = [claim for group in by_sentence for claim in group]
    yield from _same_thing(restored, claims)
    yield from _more_aided_than_filed(restored, claims)
    yield from _named_again(claims)


def _same_thing(restored: Restored, claims: Sequence[Claim]) -> Iterator[Mark]:
    """One thing of one place, unit and period with two numbers."""
    told: set[int] = set()
    for key, group in _groups(restored, claims).items():
        first = group[0]
        for claim in group[1:]:
            if claim.start in told or not _contradict(restored, key, first, claim):
                continue
            told.add(claim.start)
            words = _("“%(other)s” and “%(number)s” are said of the same: %(thing)s.") % {
                "other": first.text, "number": claim.text, "thing": claim.thing,
            }  # fmt: skip
            claim.mark(Verdict.CONTRADICTS, "C1")
            yield _mark("C1", Severity.ERROR, words, claim, first, Verdict.CONTRADICTS)


def _groups(restored: Restored, claims: Sequence[Claim]) -> dict[tuple[str, ...], list[Claim]]:
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.sort is Sort.COUNT and claim.unit != "倍":
            for key in _keys(claim, restored):
                groups[key].append(claim)
            if thing := _held_thing(claim, restored):
                groups[(thing, SAME_UNITS.get(claim.unit, claim.unit), claim.place, HELD_KEY)].append(claim)
    return groups


def _contradict(restored: Restored, key: tuple[str, ...], first: Claim, claim: Claim) -> bool:
    """Of one time, one body and one owner, in two sentences."""
    if claim.sentence == first.sentence or not _at_one_time(first, claim):
        return False
    if key[-1] == HELD_KEY and first.span != claim.span:
        return False
    owners = {_owner(one, restored) for one in (first, claim)} - {""}
    return len(owners) < 2 and not _overlap(first, claim) and _of_one_body(restored, first, claim)


def _owner(claim: Claim, restored: Restored) -> str:
    """Who has it, as the clause says before 现有: 东区 and 西区 do not contradict one another."""
    said = _clause(claim, restored)
    held = HELD.search(said)
    return OWNED.sub("", said[: held.start()]) if held else ""


def _held_thing(claim: Claim, restored: Restored) -> str:
    """What is there now, where the clause says no more than that."""
    sentence = restored.sentences[claim.sentence]
    before = restored.text[max(sentence.start, claim.start - 30) : claim.start]
    held = HELD.search(re.split("[，。；：、（]", before)[-1])
    thing = SUBJECT.sub("", claim.thing.translate(QUOTES))
    if held is None or OF_PART.search(before[: held.start()][-8:]) or len(thing) < SHORTEST_CLAUSE - 1:
        return ""
    is_said = thing in held["what"].translate(QUOTES) or not held["what"]
    return thing if is_said and thing not in GENERIC and not PARTIAL.search(thing) else ""


def _keys(claim: Claim, restored: Restored) -> Iterator[tuple[str, ...]]:
    """What a claim is known by: its thing with the verb, and all that its clause says of it."""
    thing, unit = _named_thing(claim, restored), SAME_UNITS.get(claim.unit, claim.unit)
    if claim.unit not in {"%", "元"} and _is_telling(thing, claim, restored):
        yield thing, unit, claim.place, claim.verb
    said = _clause(claim, restored)
    if PARTIAL.search(said) or PLANNED.search(said):
        return
    told = ON_FILE.sub("在册", SUBJECT.sub("", LEADS.split(said)[-1] or LEADS.split(said)[0]))
    if claim.unit == "元" and not TOTAL.search(said):
        return
    if claim.unit == "%" and not told.endswith("率"):
        return
    behind = restored.text[claim.end : claim.end + 2]
    if MEMBERS.fullmatch(told) and unit == "人" and not behind[:1].isalpha() and not _body(restored, claim):
        yield told, claim.span.text, "members"
    if len(told) >= SHORTEST_CLAUSE and told not in GENERIC and (not behind[:1].isalpha()):
        yield told, unit, claim.place


def _clause(claim: Claim, restored: Restored) -> str:
    sentence = restored.sentences[claim.sentence]
    before = restored.text[max(sentence.start, claim.start - 30) : claim.start]
    return re.split("[，。；：、（]", before)[-1]


def _of_one_body(restored: Restored, one: Claim, other: Claim) -> bool:
    """Not two numbers of two workshops or towns, each named in its sentence, nor rows of two months' tables."""
    if all(MEMBERS.fullmatch(_named_thing(claim, restored)) for claim in (one, other)):
        return _are_of_one_federation(restored, one, other)
    if _is_in_row(restored, one) and _is_in_row(restored, other):
        return False
    first, second = (_body(restored, claim) for claim in (one, other))
    return not (first and second) or first.endswith(second) or second.endswith(first)


def _are_of_one_federation(restored: Restored, one: Claim, other: Claim) -> bool:
    """会员12.8万人 … 全市会员达到13.5万人: one says of whom, and they are near enough to be told of the same."""
    first, second = sorted(claim.lower or Decimal(0) for claim in (one, other))
    said = _clause(one, restored) + _clause(other, restored)
    return WHOLE_BODY.search(said) is not None and second <= first * FAR


def _is_in_row(restored: Restored, claim: Claim) -> bool:
    sentence = restored.sentences[claim.sentence]
    return restored.text.find(BAR, sentence.start, sentence.end) >= 0


def _body(restored: Restored, claim: Claim) -> str:
    sentence = restored.sentences[claim.sentence]
    found = BODY.findall(restored.text[sentence.start : min(claim.start, sentence.start + 120)])
    return found[0] if found else ""


def _named_thing(claim: Claim, restored: Restored) -> str:
    """What is counted; where that is a word for anything, together with the project that its clause names."""
    thing = ON_FILE.sub("在册", SUBJECT.sub("", claim.thing.translate(QUOTES)))
    if thing not in GENERIC:
        return thing
    sentence = restored.sentences[claim.sentence]
    project = PROJECT.search(restored.text[max(sentence.start, claim.start - 24) : claim.start])
    return project[1] + thing if project else thing


def _is_telling(thing: str, claim: Claim, restored: Restored) -> bool:
    """Long enough to be one thing, and not said of a part or of a change."""
    sentence = restored.sentences[claim.sentence]
    before = restored.text[max(sentence.start, claim.start - 20) : claim.start]
    clause = re.split("[，。；：]", before)[-1]
    return len(thing) >= 3 and thing not in GENERIC and not PARTIAL.search(clause)


def _at_one_time(one: Claim, other: Claim) -> bool:
    if one.span.is_said and other.span.is_said:
        return (one.span.since, one.span.until) == (other.span.since, other.span.until)
    return one.span.text == other.span.text or not (one.span.is_said and other.span.is_said)


def _overlap(one: Claim, other: Claim) -> bool:
    lower = max((claim.lower for claim in (one, other) if claim.lower is not None), default=None)
    upper = min((claim.upper for claim in (one, other) if claim.upper is not None), default=None)
    return lower is None or upper is None or lower <= upper


def _more_aided_than_filed(restored: Restored, claims: Sequence[Claim]) -> Iterator[Mark]:
    """Who is helped is on file first: 建档191人 and 为300余名困难职工 (P6)."""
    filed: Claim | None = None
    for claim in claims:
        if claim.unit not in {"人", "人次", "户"} or claim.sort is not Sort.COUNT:
            continue
        sentence = restored.sentences[claim.sentence]
        said = restored.text[max(sentence.start, claim.start - 16) : claim.end + 20]
        if FILED.search(
            before := restored.text[max(sentence.start, claim.start - 12) : claim.start]
        ) and not HELPED_OF_FILED.search(before):
            filed = claim
        elif (
            filed is not None
            and claim.sentence - filed.sentence in {0, 1, 2}
            and "困难" in claim.thing
            and AIDED.search(said)
        ):
            same = claim.unit == filed.unit or {claim.unit, filed.unit} == {"人", "人次"}
            if same and claim.lower is not None and filed.upper is not None and claim.lower > filed.upper:
                words = _("%(aided)s were helped, more than the %(filed)s on file.") % {
                    "aided": claim.text,
                    "filed": filed.text,
                }
                claim.mark(Verdict.CONTRADICTS, "P6")
                yield _mark("P6", Severity.ERROR, words, claim, filed, Verdict.CONTRADICTS)


def _named_again(claims: Sequence[Claim]) -> Iterator[Mark]:
    """An honour counted in one sentence, and given to a person by name in another: is that person among them? (P9)"""
    counted = [claim for claim in claims if claim.sort is Sort.COUNT and re.search(lexicon.ENDS, claim.thing)]
    for named in claims:
        if named.sort is not Sort.HONOUR:
            continue
        titles = [title.translate(QUOTES) for title in re.split("”、?“", named.thing)]
        for claim in counted:
            thing = claim.thing.translate(QUOTES)
            if (
                claim.sentence != named.sentence
                and len(thing) > 3
                and any(thing == title or title.endswith(thing) for title in titles)
            ):
                words = _("“%(thing)s” is counted as %(number)s elsewhere. Is this one among them?") % {
                    "thing": thing, "number": claim.text,
                }  # fmt: skip
                yield _mark("P9", Severity.WARNING, words, named, claim, None)
                named.codes.append("P9")
                break


def _mark(
    code: str, severity: Severity, words: str, claim: Claim, other: Claim, verdict: Verdict | None
) -> Mark:
    return Mark(
        code,
        severity,
        words,
        claim.start,
        claim.end,
        (claim.text, other.text),
        (other.start, other.end),
        verdict,
    )
