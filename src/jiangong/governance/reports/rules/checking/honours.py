"""Claims without a number: persons and bodies that were honoured by name, 首届十大工匠, 五进, 五个一, 1+N."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jiangong.books.figures.rules.numerals import Sense, amount
from jiangong.governance.reports.rules.checking.lexicon import honours as lexicon
from jiangong.governance.reports.rules.checking.model import NO_SPAN, Claim, Sort
from jiangong.governance.reports.rules.checking.segmenting import is_name, is_whole_name, is_word

SURNAME = "(?:" + "|".join(lexicon.COMPOUND_SURNAMES) + f"|[{''.join(sorted(lexicon.SURNAMES))}])"
PERSON = rf"{SURNAME}[\u4e00-\u9fff]{{1,2}}"
TITLE = (
    r"(?:[^，。；、“”]{0,12}“[^”]{2,30}”(?:、?“[^”]{2,30}”)*(?:荣誉)?(?:称号|[一二三四特]等奖)?"
    rf"|[^，。；“”]{{0,16}}?(?:{lexicon.ENDS}))"
)
OF_PERSONS = re.compile(
    rf"(?:^|[，。；、：（局司院校厂部会处所队区县市员工师傅长手家者匠模生]|同志|职工|教师|工人)(?P<names>{PERSON}(?:(?:、|和){PERSON})*)(?:同志|等)?"
    rf"(?P<give>(?:被推荐|被)?(?:{lexicon.GIVEN}))(?:了|为)?(?P<title>{TITLE})(?!\s?[0-9０-９]+\s?[人名家个])",
)
OF_BODY = re.compile(
    rf"(?P<body>[\u4e00-\u9fff]{{2,12}}?(?:公司|局|院|厂|学校|中心|工会|社区|集团|部门|支队|大队|班组|大讲堂|车间)(?:“[^”]{{1,12}}”[\u4e00-\u9fff]{{0,8}})?)"
    rf"(?:被[\u4e00-\u9fff]{{0,10}}?)?(?P<give>{lexicon.GIVEN}|表彰为|命名为)(?P<title>{TITLE})(?!\s?[0-9０-９]+\s?[人名家个])",
)
ROUND = re.compile(
    r"(?:评选|表彰|命名|选树|评出|推选|选出|揭晓|产生)[^，。；0-9“”]{0,6}?(?P<round>(?:首届|第[一二三四五六七八九十0-9]+届)?(?:全[市省县区])?)十(?P<size>大|佳)"
    r"(?P<title>[\u4e00-\u9fff]{2,10}?(?:工匠|标兵|能手|人物|模范|职工|青年|员工|巾帼|之星|之友|个人))(?!\s?[0-9０-９])"
)
LIST_NAME = re.compile(r"(?P<open>“?)(?P<count>[二三四五六七八九十])(?P<what>进|送|个一|包)(?P<close>”?)")
ITEMS = {
    "进": re.compile(r"(?:走|送)?进(?=[\u4e00-\u9fff]{2,6})"),
    "送": re.compile(r"送(?=[\u4e00-\u9fff]{2,6})"),
}
ONE = re.compile(r"一(?:系列|[\u4e00-\u9fff])(?=.)")
SCHEME = re.compile(r"(?<![0-9+＋])(?P<text>[0-9０-９]{1,2}[+＋][NnＮX](?:[+＋][0-9NXＮ])?)(?![0-9A-Za-z])")
REACH = 60
GIVING = re.compile("获|评|表彰|授|选|命名|揭晓|产生|当选")
QUOTED_AHEAD = re.compile("“[\u4e00-\u9fff]{1,6}$")
"""“工会六送”: the list's name begins with whose it is."""
UNIT_OF_LIST = {"进": "个", "送": "项", "个一": "项", "包": "项"}


def honour_claims(text: str, start: int, end: int, sentence: int) -> Iterator[Claim]:
    """Of one sentence. A person counts as 1人; one body's prize as 1项."""
    said = text[start:end]
    found = [*_schemes(said), *_named_lists(said)]
    if GIVING.search(said):
        found += _honoured(said)
    for claim in found:
        claim.start, claim.end, claim.sentence = claim.start + start, claim.end + start, sentence
        yield claim


def _honoured(said: str) -> Iterator[Claim]:
    taken: list[tuple[int, int]] = []
    for match in OF_PERSONS.finditer(said):
        taken.append(match.span("names"))
        count = len(re.split("、|和", match["names"]))
        yield _claim(match, "names", count, "人", match["title"], Sort.HONOUR)
    for match in OF_BODY.finditer(said):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield _claim(match, "body", 1, "项", match["title"], Sort.HONOUR)
    for match in ROUND.finditer(said):
        yield _claim(match, "title", 10, "人", match["title"], Sort.ROUND)


def _schemes(said: str) -> Iterator[Claim]:
    for match in SCHEME.finditer(said):
        found = _claim(match, "text", 1, "", re.split("[，。；、]", said[match.end() :])[0][:8], Sort.SCHEME)
        found.value = found.lower = found.upper = None
        yield found


def _named_lists(said: str) -> Iterator[Claim]:
    seen: set[str] = set()
    for match in LIST_NAME.finditer(said):
        name = match[0].strip("“”")
        if name not in seen and _is_list(said, match):
            seen.add(name)
            count = int(amount(match["count"]))
            yield _claim(match, "count", count, UNIT_OF_LIST[match["what"]], name, Sort.LIST)


def _is_list(said: str, match: re.Match[str]) -> bool:
    """“五进” by itself or 五进活动; 门前四包 is a name of another sort."""
    follows = said[match.end() : match.end() + 2] in {"活动", "工程", "行动", "联创"}
    quoted = bool(match["open"] and (match["close"] or follows))
    is_ending = (
        match["close"]
        and match["what"] in ITEMS
        and QUOTED_AHEAD.search(said, max(0, match.start() - LONGEST_LIST), match.start())
    )
    return quoted or bool(is_ending) or (match["what"] in {"进", "个一"} and follows)


def listed(said: str, name: str) -> list[str]:
    """The items that a sentence lists for 五进 or 五个一, before or after the name."""
    what = name[1:]
    at = said.find(name)
    if what == "个一":
        after = said[at + len(name) :].split("即", 1)[-1][: 2 * REACH]
        return max(_ones(after), _ones(said[max(0, at - REACH) : at]), key=len)
    pattern = ITEMS.get(what)
    if pattern is None:
        return []
    before, after = said[max(0, at - REACH) : at], said[at + len(name) : at + len(name) + REACH]
    return max((pattern.findall(before), pattern.findall(after)), key=len)


def _ones(stretch: str) -> list[str]:
    """The items 发一封信、办一场赛 of a stretch: each a 一 that counts, one after another."""
    found: list[str] = []
    for item in re.split("[、，；。]", stretch):
        if ONE.search(item):
            found.append(item)
        elif found:
            break
    return found


def _claim(match: re.Match[str], group: str, count: int, unit: str, thing: str, sort: Sort) -> Claim:
    value = Decimal(count)
    return Claim(
        text=match[0].strip("，。；、：") if sort is not Sort.ROUND else match[0],
        start=match.start(group),
        end=match.end(group),
        sentence=0,
        value=value,
        lower=value,
        upper=value,
        sense=Sense.EXACT,
        unit=unit,
        thing=thing.strip("“”"),
        span=NO_SPAN,
        sort=sort,
    )


NAMED = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<a>{PERSON})(?=(?:同志)?(?:被推荐|被|荣获|获评|获得|当选|获|等领导|同志|在会上|出席|主持|作为))"
    rf"|(?:局|司|院|校|厂|书记|主席|市长|主任|局长|部长|校长|经理|召集人|会议由|活动由|大会由|同志|教师|医生|护士|劳模|工匠)(?P<b>{PERSON})"
    rf"(?=(?:同志)?(?:被推荐|被|荣获|获评|获得|当选|获|等领导|等同志|同志|来|在会上|出席|主持|作|为|说|表示|介绍|，|、[市区县省]|带领|率))"
    rf"|(?:我叫|名叫)(?P<c>{PERSON})(?=[，。、；：（）()\s]|$)"
)
NO_NAMES = re.compile(
    r"^(?:来|余[户人名元件场]|于|向|时|单位|全|都|方面|应|强|相关|成立|万|连|包|能|解|易|全体|车间|别|常|成|边|有|高度|高质|安全|安排|文明|广大|项目|班子|计划|全市|党|任务|路|金|单|解|农|水|石|阳|游|师|充|温|何|左|平|计)"
)


NO_ENDS = "地的得了着们在和与被将把等也还已为是说从向对因以用"
"""劳模高兴地说 names nobody."""
SEVERAL = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<names>{PERSON}(?:[、和]{PERSON})+)(?=(?:等|两|[三四五]|同志)?[\u4e00-\u9fff]{{0,3}}?(?:{lexicon.GIVEN}|被))"
)
TITLED = re.compile(
    rf"(?:{lexicon.TITLES_BEFORE})(?P<name>{SURNAME}[\u4e00-\u9fff]{{2}})(?=(?:{lexicon.DOINGS}))"
)


BY_WORK = re.compile(
    rf"{lexicon.OCCUPATIONS}[”’]?(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}}?)(?=(?:{lexicon.NAME_GOES_ON}))"
)
BY_CRAFT = re.compile(
    rf"(?:{lexicon.CRAFTS}|(?P<many>{lexicon.MANY}))[”’]?(?P<name>{SURNAME}[\u4e00-\u9fff]{{2}})(?P<next>[\u4e00-\u9fff]{{2}})"
)
ADDRESSED = re.compile(
    rf"(?:授予|追授|学习|任命|推荐|推选|选举|增补|聘任|聘请|慰问|看望|—记[^，。\n]{{0,12}})(?P<name>{PERSON})(?=同志|为|$)"
)
NEXT = re.compile(
    rf"[、和](?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}}?)(?=[、，。；和]|等|同志|被|获|荣|两|三|代表|先后|作)"
)
LONGEST_LIST = 12
SHORT = 2
INTRODUCED = re.compile("兹有|兹介绍|联系人")
WRITERS = ("记者", "通讯员")
"""A letter that its bearer hands over is not published, and who writes has consented."""


def _by_work(text: str) -> Iterator[tuple[str, int, int]]:
    """电工徐建平等, 炼钢工郭振海的, and who is named side by side with them."""
    for pattern in (BY_WORK, ADDRESSED):
        for match in pattern.finditer(text):
            joined = text[match.start("name") - 1 : match.start("name") + 1]
            if (
                not _is_person(match["name"])
                or (is_word(joined) and not (len(match["name"]) > SHORT and is_whole_name(match["name"])))
                or INTRODUCED.search(text, max(0, match.start() - 12), match.start())
                or text.endswith(WRITERS, 0, match.start("name"))
            ):
                continue
            yield match["name"], *match.span("name")
            at = match.end("name")
            for _number in range(LONGEST_LIST):
                following = NEXT.match(text, at)
                if following is None or not _is_person(following["name"]):
                    break
                yield following["name"], *following.span("name")
                at = following.end("name")


def _by_craft(text: str) -> Iterator[tuple[str, int, int]]:
    """驾驶员徐惠民安全行车: a name before any word, where its last sign and the next make none."""
    for match in BY_CRAFT.finditer(text):
        name, after, start = match["name"], match["next"], match.start("name")
        if is_word(text[start - 1 : start + 1]) or INTRODUCED.search(
            text, max(0, start - LONGEST_LIST), start
        ):
            continue
        if match["many"] and not is_whole_name(name):
            continue
        if _is_person(name) and not is_word(name[-1] + after[0]) and is_word(after):
            yield name, start, start + len(name)
        elif _is_person(name[:SHORT]) and is_word(name[-1] + after[0]) and not is_word(name[:SHORT]):
            yield name[:SHORT], start, start + SHORT


ADDRESSED_AS = re.compile(
    "师傅|大姐|大妈|大爷|大叔|大哥|阿姨|老师|主席|书记|主任|队长|班长|组长|医生|经理|先生|女士|教练|教授|院长|校长|厂长|局长"
    "|部长|科长|所长|站长|会长|律师|护士|总工"
)
"""张师傅 names nobody who could not be another."""


def _is_person(name: str) -> bool:
    """A surname before signs that make no word with it: 高兴的 and 全部被 name nobody."""
    if (
        name[-1] in NO_ENDS
        or ADDRESSED_AS.fullmatch(name[1:])
        or name == name[0] * SHORT
        or (len(name) == SHORT and NO_NAMES.match(name))
    ):
        return False
    if name[0] in lexicon.DOUBTFUL_SURNAMES and is_word(name[1:]):
        return False
    return all(not is_word(stretch) or is_name(stretch) for stretch in (name, name[:SHORT]))


def persons_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Persons by name, with where they stand: after a post, an honour or a body, or before what they were given."""
    found = [
        (match[group], *match.span(group)) for match in NAMED.finditer(text) if (group := match.lastgroup)
    ]
    for match in SEVERAL.finditer(text):
        at = match.start("names")
        found += [
            (name[0], at + name.start(), at + name.end()) for name in re.finditer("[^、和]+", match["names"])
        ]
    found += [(match["name"], *match.span("name")) for match in TITLED.finditer(text)]
    found = [one for one in found if not NO_NAMES.match(one[0])]
    found += [*_by_work(text), *_by_craft(text)]
    done = -1
    for name, start, end in sorted(found, key=lambda one: (one[1], -one[2])):
        if start >= done and name[-1] not in NO_ENDS:
            done = end
            yield name, start, end
