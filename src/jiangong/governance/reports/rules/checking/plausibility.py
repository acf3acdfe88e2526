"""Numbers that cannot be, by the checks of the books and by what the text says beside them (domain.md §11.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from jiangong.books.figures.rules import checks
from jiangong.books.figures.rules.bounds import Every, Frequency
from jiangong.books.figures.rules.checks import InText
from jiangong.books.figures.rules.numerals import amount
from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking import dates, honours
from jiangong.governance.reports.rules.checking.lexicon.words import FREQUENCY
from jiangong.governance.reports.rules.checking.model import Claim, Mark, Registry, Sort, Verdict
from jiangong.governance.reports.rules.checking.restoring import Restored
from jiangong.ground.shared.rules.numbers import grouped
from jiangong.ground.shared.rules.periods import Period
from jiangong.ground.shared.translation import gettext as _

CHECKS = (
    (checks.malformed_numbers, re.compile("[0-9０-９]")),
    (checks.counts_called_rates, re.compile("率")),
    (checks.person_times_of_a_stock, re.compile("人次")),
    (checks.numbers_without_period, re.compile("以来|年来|近[几些]年|这几年|前些年|过去几年")),
    (checks.shares_in_text, re.compile("占")),
    (checks.impossible_days, re.compile("[日号]")),
)
"""Each with what a line must hold for it to find anything."""
AMOUNT = re.compile(r"[0-9]{4}(?:\.[0-9]+)?万元")
"""Accounts are kept in 万元 up to an 亿; of people and pieces nobody writes 1256万."""
SIGNS = re.compile("[0-9０-９]")
OFTEN = re.compile(FREQUENCY)
SEEN = re.compile(
    "走访|慰问|深入|开展|巡查|检查|看望|召开|组织|举办|举行|进驻|宣讲|培训|巡检|接待|义诊|理发|放映|演出|体检|坐诊|各?办一|[放讲演办打扫修查洗送上跑走]一|打扫|维修|清扫|辅导|教学|授课|开讲"
)
MEETING = re.compile(
    "一?[次场个]?(?:工作|班组|安全|调度|主席|办公|碰头|学习|部门|班前)?(?:例会|会议|会商|碰头会|晨会|学习会)"
)
"""每周例会: the meeting itself says that it is held."""
YEAR = re.compile("(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}[日号])?")
THIS_YEAR = re.compile("今年|本年度?|全年|年内")
PLACES = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:社区|村|企业|网格|单位|镇|乡|街道)")
EVERY = {"季度": Every.QUARTER, "季": Every.QUARTER, "月": Every.MONTH, "个月": Every.MONTH, "年": Every.YEAR}
DAYS = {
    "两周": 14,
    "两个星期": 14,
    "两个月": 59,
    "两月": 59,
    "三个月": 90,
    "两天": 2,
    "周": 7,
    "星期": 7,
    "天": 1,
    "日": 1,
    "半个月": 14,
    "半月": 14,
    "半年": 181,
}
TIMES = re.compile("(?P<times>[一二两三四五六七八九十]|[0-9]{1,2})(?:次|场|期|轮|趟|回)")
AUDIENCE = re.compile("受众|听众|参加|参与|参训|受教育|聆听|观众|培训|听讲|吸引")
OCCASION = frozenset({"场", "期", "次"})
ONCE = re.compile("(?<![每同这那另又第再一])一[场堂节](?![一场次])")
FARTHEST_SESSION = 40
BEYOND_PLACES = re.compile("走访|慰问|开展|看望|举办|举行|组织|召开|巡查|；|，(?!以及|及|和|还有)|各?办一")
EXAMPLES = re.compile("其中|如|包括|分别是|既有|有|即")
MODELS = re.compile("典型|先进|榜样|楷模|标杆|标兵|模范|示范|之星|风采|亮点|样板|能手|骨干|最美|身边")
EXAMPLES_END = re.compile("(?<=等)(?=[，。；]|$)")
LEAD, FARTHEST_EXAMPLE = 6, 200
BODY = re.compile(
    "”|(?:公司|车间|班组|工会|中心|书屋|驿站|工作室|社区|村|学校|医院|集团|支队|服务队|厂|站|所|队|班|科|室|食堂|院|店)(?=[、和及等，。])"
)


def implausible(
    restored: Restored, by_sentence: Sequence[Sequence[Claim]], registry: Registry
) -> Iterator[Mark]:
    yield from _checks_of_books(restored)
    yield from dates.odd_dates(restored.text)
    for number, claims in enumerate(by_sentence):
        counts = [claim for claim in claims if claim.sort is Sort.COUNT]
        yield from _people(counts, registry)
        yield from _audience(restored, counts, registry)
        if counts:
            yield from _frequency(restored, number, counts, registry)
            yield from _mixed_examples(restored, claims)


def _checks_of_books(restored: Restored) -> Iterator[Mark]:
    """Paragraph by paragraph, so that a long text takes no longer for each of its numbers."""
    at = 0
    for line in restored.text.split("\n"):
        if SIGNS.search(line) or "率" in line:
            found: list[InText] = []
            for check, sign in CHECKS:
                if sign.search(line) is None:
                    continue
                found += [
                    one
                    for one in check(line)
                    if not any(one.overlaps(other) and other.code == "P3" for other in found)
                ]
            for one in found:
                if one.code == "P3" and AMOUNT.match(line, one.start):
                    continue
                yield Mark(
                    one.code,
                    one.severity,
                    one.text,
                    at + one.start,
                    at + one.end,
                    one.compared,
                    verdict=Verdict.IMPLAUSIBLE,
                )
        at += len(line) + 1


def _people(counts: Sequence[Claim], registry: Registry) -> Iterator[Mark]:
    """Nobody reaches more people than live there (P1)."""
    if registry.population is None:
        return
    for claim in counts:
        if claim.unit not in {"人", "户"} or claim.lower is None or claim.lower <= registry.population:
            continue
        found = checks.people_within_population(
            what=f"“{claim.text}”",
            value=int(claim.lower),
            population=registry.population,
            place=registry.place,
            on=registry.population_on,
        )
        for one in found:
            claim.mark(Verdict.IMPLAUSIBLE, "P1")
            yield Mark(
                one.code,
                one.severity,
                one.text,
                claim.start,
                claim.end,
                one.compared,
                verdict=Verdict.IMPLAUSIBLE,
            )


def _audience(restored: Restored, counts: Sequence[Claim], registry: Registry) -> Iterator[Mark]:
    """An audience by the sessions that are told before it (P2)."""
    if registry.audience is None:
        return
    low, high = registry.audience
    for at, claim in enumerate(counts):
        if claim.unit not in {"人", "人次"} or not claim.lower:
            continue
        sessions = _sessions(restored, counts, at)
        said = restored.text[max(restored.sentences[claim.sentence].start, claim.start - 10) : claim.end + 4]
        if sessions is None or not AUDIENCE.search(said):
            continue
        held, place = sessions
        each = claim.lower / held
        if low <= each <= high or each < 1:
            continue
        for one in checks.within_band(what=_("Audience per activity"), value=int(each), low=low, high=high):
            claim.mark(Verdict.IMPLAUSIBLE, "P2")
            yield Mark(
                one.code,
                one.severity,
                one.text,
                claim.start,
                claim.end,
                one.compared,
                place,
                Verdict.IMPLAUSIBLE,
            )


def _sessions(restored: Restored, counts: Sequence[Claim], at: int) -> tuple[Decimal, tuple[int, int]] | None:
    """How many there were: the count just before; else 一场, which is no claim, within the same sentence."""
    if at and counts[at - 1].unit in OCCASION and (held := counts[at - 1].value):
        return held, (counts[at - 1].start, counts[at - 1].end)
    start = counts[at - 1].end if at else restored.sentences[counts[at].sentence].start
    start = max(start, counts[at].start - FARTHEST_SESSION)
    once = list(ONCE.finditer(restored.text, start, counts[at].start))
    return (Decimal(1), once[-1].span()) if once else None


def _frequency(
    restored: Restored, number: int, counts: Sequence[Claim], registry: Registry
) -> Iterator[Mark]:
    """每季度 in two villages for three years is 24 times, not 30 (P7)."""
    sentence = restored.sentences[number]
    said = restored.text[sentence.start : sentence.end]
    often = OFTEN.search(said)
    if often is None or often["every"] not in {*EVERY, *DAYS}:
        return
    for claim in counts:
        between = said[often.end() : max(often.end(), claim.start - sentence.start)]
        named = MEETING.match(said, often.end()) is not None
        if (
            claim.unit not in OCCASION
            or not (named or SEEN.search(between))
            or re.search("[0-9]", YEAR.sub("", TIMES.sub("", between)))
        ):
            continue
        place = BEYOND_PLACES.split(between)[0]
        times = TIMES.search(re.split("[，。；]", said[often.end() :])[0])
        places = max(1, len(PLACES.findall(place))) * (int(amount(times["times"])) if times else 1)
        until = claim.span.until or registry.until or _end_of(restored, claim)
        since = claim.span.since or registry.since
        if claim.span.since is None and until and THIS_YEAR.search(said):
            since = date(until.year, 1, 1)
        if claim.lower is None or not since or not until:
            continue
        most = _most(often["every"], places, since, until)
        if 0 < most < claim.lower:
            place = (sentence.start + often.start(), sentence.start + often.end())
            yield _too_often(claim, often[0], place, places, most, Period(since, until))


def _most(every: str, places: int, since: date, until: date) -> int:
    if every in DAYS:
        return ((until - since).days // DAYS[every] + 1) * places
    return Frequency(1, EVERY[every], places).most(since, until)


def _too_often(
    claim: Claim, often: str, place: tuple[int, int], places: int, most: int, period: Period
) -> Mark:
    words = _(
        "“%(often)s” at %(places)s places from %(since)s to %(until)s is at most %(most)s times, but the "
        "text says %(number)s."
    ) % {
        "often": often,
        "places": places,
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        "most": most,
        "number": claim.text,
    }
    claim.mark(Verdict.IMPLAUSIBLE, "P7")
    return Mark(
        "P7",
        Severity.WARNING,
        words,
        claim.start,
        claim.end,
        (claim.text, grouped(most)),
        place,
        Verdict.IMPLAUSIBLE,
    )


def _end_of(restored: Restored, claim: Claim) -> date | None:
    """The end of the last year that the text names."""
    years = [int(year) for year in re.findall("((?:19|20)[0-9]{2})年", restored.text[:20_000])]
    return date(max(years), 12, 31) if years and claim.span.since else None


def _mixed_examples(restored: Restored, claims: Sequence[Claim]) -> Iterator[Mark]:
    """培植典型6个，其中 a body and a person: what is counted must be of one kind (domain.md §11.3, 2)."""
    for claim in claims:
        if claim.sort is not Sort.COUNT or claim.unit != "个" or not MODELS.search(claim.thing):
            continue
        sentence = restored.sentences[claim.sentence]
        rest = restored.text[claim.end : min(sentence.end, claim.end + FARTHEST_EXAMPLE)]
        rest = EXAMPLES_END.split(rest)[0]
        given = {one.unit for one in claims if one.sort is Sort.HONOUR and one.start > claim.end}
        if BODY.search(rest):
            given.add("项")
        if next(honours.persons_in(rest), None):
            given.add("人")
        if EXAMPLES.search(rest[:LEAD]) and len(given) > 1:
            words = _("The examples of “%(thing)s” are bodies and persons. Count each kind by itself.") % {
                "thing": claim.thing.strip("“”")
            }
            if "P9" not in claim.codes:
                claim.codes.append("P9")
            yield Mark(
                "P9", Severity.WARNING, words, claim.start, claim.end, (claim.text, " / ".join(sorted(given)))
            )
