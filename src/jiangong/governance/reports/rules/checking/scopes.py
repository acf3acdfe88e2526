"""Of what a claim tells: its own clause, those before it, and whether they say each, a part or the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jiangong.governance.reports.rules.checking.model import Claim

CLAUSE = re.compile("[，,；;：:。！？!?\n（）()]")
ENDS_CLAIM = re.compile("、|" + CLAUSE.pattern)
WHOLE = re.compile("全[市县区州省]|[我本][市县区]|各级工会")
EACH = re.compile(
    "(?P<mean>[人户场次家村日月年])均|(?:每|/)(?:一|个)?(?P<each>季度|半年|星期|[户场人次家村月周季年天日批班队位名册份件])"
    "|各$|各(?:赠送|送去|发放|捐赠|开展|举办|慰问|[送赠发捐办])"
)
MEAN = re.compile("平均")
TOGETHER = re.compile("共|合计|总计|累计")
AMONG = "其中"
ENDS_PARTS = re.compile("[。；;]|共计|合计|总计|另|同时|此外")
TITLE, TITLES_AND_MORE = re.compile("《[^》]*》"), re.compile("》等")
ONLY_TIME = re.compile(r"[\s0-9０-９年月日号至到—~～\-季度上下半以来起今去本全内截目前末底，、。；：（）]*")
"""Such a stretch is of no part and of no unit."""
NEAR, BEHIND = 400, 24


@dataclass(frozen=True, slots=True)
class Setting:
    """`own` is the stretch before the number up to its clause's mark or to the claim before it, `behind` what follows
    within the clause, `earlier` the stretches before, the nearest first; `reaches_start` where the last of them
    begins the sentence."""

    own: str
    behind: str
    earlier: tuple[str, ...]
    reaches_start: bool
    whole: Claim | None = None
    """The claim of which this one is a part (其中)."""

    @property
    def clause(self) -> str:
        return f"{self.own}{self.behind}"

    @property
    def is_of_whole(self) -> bool:
        return WHOLE.search(self.own) is not None

    @property
    def is_item(self) -> bool:
        """Copies of one title, which are some of all; not 《…》等书籍."""
        return TITLE.search(self.clause) is not None and TITLES_AND_MORE.search(self.clause) is None

    @property
    def each(self) -> str | None:
        """What it is counted for each of: 户 in 户均 and 每户, empty where that is not said; None of a total."""
        found = EACH.search(self.own) or EACH.match(self.behind) or MEAN.search(self.own)
        if found is None or TOGETHER.search(self.own, found.end()):
            return None
        return "".join(found.groups(""))


def settings(text: str, start: int, claims: Sequence[Claim]) -> Iterator[Setting]:
    """Of the claims of one sentence that begins at `start`."""
    for at, claim in enumerate(claims):
        first = max(start, claim.start - NEAR)
        cuts = [one.end for one in _shortly_before(claims, at, first) if one.end <= claim.start]
        stretches = _stretches(text, first, claim.start, cuts)
        ahead = claims[at + 1].start if at + 1 < len(claims) else len(text)
        behind = ENDS_CLAIM.split(text[claim.end : min(ahead, claim.end + BEHIND)])[0]
        own = stretches[-1]
        yield Setting(
            own, behind, tuple(reversed(stretches[:-1])), first == start, _whole_of(text, claims, at, first)
        )


def _shortly_before(claims: Sequence[Claim], at: int, first: int) -> Iterator[Claim]:
    """The nearest first."""
    for claim in reversed(claims[max(0, at - NEAR) : at]):
        if claim.start < first:
            return
        yield claim


def _stretches(text: str, first: int, end: int, cuts: Sequence[int]) -> list[str]:
    places = {match.end() for match in CLAUSE.finditer(text, first, end)} | set(cuts)
    ordered = [first, *sorted(places - {first}), end]
    pieces = [text[one:other] for one, other in pairwise(ordered)]
    own = pieces.pop()
    return [*(piece for piece in pieces if not ONLY_TIME.fullmatch(piece)), own]


def _whole_of(text: str, claims: Sequence[Claim], at: int, first: int) -> Claim | None:
    """职工500人，其中男300人、女200人: parts are of one unit with their whole, and end where something else begins."""
    claim = claims[at]
    among = text.rfind(AMONG, first, claim.start)
    if among < 0 or ENDS_PARTS.search(text, among, claim.start):
        return None
    for one in _shortly_before(claims, at, first):
        if one.unit != claim.unit:
            return None
        if one.end <= among:
            return one
    return None
