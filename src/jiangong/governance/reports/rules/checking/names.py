"""Names that are nearly those of the registry or of one another (domain.md §11.2, P17, P18; §11.3, 20)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking import honours
from jiangong.governance.reports.rules.checking.lexicon import honours as lexicon
from jiangong.governance.reports.rules.checking.likeness import are_alike, look_alikes, sound
from jiangong.governance.reports.rules.checking.model import Mark, Registry
from jiangong.ground.shared.translation import gettext as _

KINDS = "社区|街道|村|镇|乡|小区|园区|大厦|广场|学校|医院|公司|厂"
LEAD = frozenset("赴在到往于由从和与及进入走向对为是的了各该本某全个名家")
"""No place name that is looked at holds one of these: they stand before names."""
PLACE = re.compile(rf"(?=(?P<name>[\u4e00-\u9fff]{{2,4}}(?:{KINDS})))")
FESTIVAL = re.compile(
    r"(?P<mark>[“\"]?)(?P<day>五一|三八)(?P<after>[”\"]?)(?P<rest>劳动奖章|劳动奖状|巾帼标兵岗?|巾帼奖章|文明奖章|创新能手|红旗手|红旗集体)"
)
LONGEST_EXCHANGED = 12
FIRM_HONOURS = frozenset({"劳动模范", "技术能手", "大国工匠"})
"""Short ones that nothing else is like."""
QUOTES = frozenset('“”‘’"')
QUOTED = re.compile(r"“([^”]{3,16})”")


def near_names(text: str, registry: Registry) -> Iterator[Mark]:
    yield from _places(text, registry)
    yield from _written_both_ways(text)
    yield from _near_honours(text, registry)


def _places(text: str, registry: Registry) -> Iterator[Mark]:
    """Of two names that sound alike or differ in one sign: the known one is right, else the one met more often."""
    known = [name for name in (*registry.places, *registry.names) if len(name) > 2]
    found = _names_by_kind(text)
    told: set[int] = set()
    for kind, places in found.items():
        right = {name for name in known if name.endswith(kind)}
        near = _by_holes(places)
        for name, starts in sorted(places.items(), key=lambda item: len(item[0])):
            other = _like(name, kind, right, places, near)
            if other is None:
                continue
            for start in starts:
                if start + len(name) in told:
                    continue
                told.add(start + len(name))
                words = _("“%(name)s” is nearly “%(other)s”. Write one of them throughout.") % {
                    "name": name,
                    "other": other,
                }
                place = text.find(other)
                also = (place, place + len(other)) if place >= 0 else None
                yield Mark("P17", Severity.WARNING, words, start, start + len(name), (name, other), also)
    yield from _misread(text, known, told)


def _misread(text: str, known: list[str], told: set[int]) -> Iterator[Mark]:
    """A known name with one sign that a scanner took for another, its kind too: 望江材."""
    misread = {
        f"{name[:at]}{other}{name[at + 1 :]}": name
        for name in known
        for at, sign in enumerate(name)
        for other in look_alikes(sign)
    }
    misread |= {
        name[:-1] + follows: name
        for name in known
        if len(name) > len("望江村")
        for follows in _follow(text, name[:-1])
        if follows != name[-1] and are_alike(follows, name[-1])
    }
    misread |= {
        f"{name[:at]}{name[at + 1]}{name[at]}{name[at + 2 :]}": name
        for name in known
        for at in range(len(name) - 1)
        if len(name) <= LONGEST_EXCHANGED
    }
    for written in sorted(misread.keys() - set(known)):
        start = text.find(written)
        while start >= 0:
            end = start + len(written)
            if end not in told:
                told.add(end)
                words = _("“%(name)s” is nearly “%(other)s”. Write one of them throughout.") % {
                    "name": written,
                    "other": misread[written],
                }
                yield Mark("P17", Severity.WARNING, words, start, end, (written, misread[written]))
            start = text.find(written, end)


def _follow(text: str, stem: str) -> set[str]:
    """The signs behind a stem, wherever it stands."""
    return set(re.findall(re.escape(stem) + "([\u4e00-\u9fff])", text))


def _names_by_kind(text: str) -> dict[str, dict[str, list[int]]]:
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for match in PLACE.finditer(text):
        name = match["name"]
        if any(sign in LEAD for sign in name[:-2]):
            continue
        kind = next(kind for kind in KINDS.split("|") if name.endswith(kind))
        found[kind][name].append(match.start())
    return found


def _by_holes(places: Iterable[str]) -> dict[str, list[str]]:
    """Names by what is left of them without one sign."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in places:
        for hole in _holes(name):
            found[hole].append(name)
    return found


def _holes(name: str) -> Iterator[str]:
    return (f"{name[:at]}_{name[at + 1 :]}" for at in range(len(name)))


def _like(
    name: str, kind: str, right: set[str], met: dict[str, list[int]], near: dict[str, list[str]]
) -> str | None:
    """The name that this one is probably meant to be."""
    if name in right or any(name.endswith(one) or one.endswith(name) for one in right):
        return None
    stem = name.removesuffix(kind)
    for other in right:
        if len(other) == len(name) and _differs_once(name, other) and sound(name) == sound(other):
            return other
    if len(stem) > 1:
        for other in (one for hole in _holes(name) for one in near[hole]):
            starts = met[other]
            same = other != name and sound(name) == sound(other)
            if same and (len(starts), -starts[0]) > (len(met[name]), -met[name][0]) and name not in right:
                return other
    return _one_sign(name, kind, right)


def _one_sign(name: str, kind: str, right: set[str]) -> str | None:
    """One sign off a known name of four signs or more before its kind."""
    for other in right:
        if len(other) == len(name) and len(other) - len(kind) >= 3 and _differs_once(name, other):
            return other
    return None


def _differs_once(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _written_both_ways(text: str) -> Iterator[Mark]:
    """五一劳动奖章 and “五一”劳动奖章 in one text."""
    ways: dict[str, dict[bool, list[re.Match[str]]]] = defaultdict(lambda: defaultdict(list))
    for match in FESTIVAL.finditer(text):
        ways[match["day"] + match["rest"]][bool(match["mark"] and match["after"])].append(match)
    for name, both in ways.items():
        if len(both) < 2:
            continue
        for match in both[True]:
            words = _("“%(written)s” and “%(name)s” stand in one text. The official name is %(name)s.") % {
                "written": match[0], "name": name,
            }  # fmt: skip
            other = both[False][0]
            yield Mark(
                "P17", Severity.WARNING, words, match.start(), match.end(), (match[0], name), other.span()
            )


def _near_honours(text: str, registry: Registry) -> Iterator[Mark]:
    """An honour that differs in one sign from an official name of five signs or more: “五一”劳动奖张 too."""
    names = [
        name
        for name in dict.fromkeys((*registry.honours, *lexicon.NAMES))
        if len(name) >= 5 or name in FIRM_HONOURS
    ]
    places = [at for at, sign in enumerate(text) if sign not in QUOTES]
    text = "".join(text[at] for at in places)
    for name in names:
        head, tail = name[: len(name) // 2], name[len(name) // 2 :]
        for match in re.finditer(f"{re.escape(head)}|{re.escape(tail)}", text):
            start = match.start() if match[0] == head else match.start() - len(head)
            written = text[max(0, start) : start + len(name)]
            if len(written) != len(name) or written in names or not _differs_once(written, name):
                continue
            if name in FIRM_HONOURS and not any(map(_are_like, written, name)):
                continue
            if (
                sound(written) != sound(name)
                and not _close_sign(written, name)
                and not _close_end(written, name)
            ):
                continue
            words = _("“%(name)s” is nearly “%(other)s”. Write one of them throughout.") % {
                "name": written,
                "other": name,
            }
            place = places[start], places[start + len(name) - 1] + 1
            yield Mark("P17", Severity.WARNING, words, *place, (written, name))


def _are_like(one: str, other: str) -> bool:
    return one != other and are_alike(one, other)


def _close_sign(written: str, name: str) -> bool:
    """章 for 状 is another honour; only a sign that makes no word of the registry is a slip."""
    at = next(place for place, (a, b) in enumerate(zip(written, name, strict=True)) if a != b)
    return 0 < at < len(name) - 1 and "\u4e00" <= written[at] <= "\u9fff"


def _close_end(written: str, name: str) -> bool:
    """Its last sign misread: 模范职工之象."""
    return written[:-1] == name[:-1] and are_alike(written[-1], name[-1])


def named_persons(text: str) -> Iterator[Mark]:
    """Each person once: publication needs that person's consent (P18)."""
    seen: set[str] = set()
    for name, start, end in honours.persons_in(text):
        if name not in seen:
            seen.add(name)
            words = _("%(name)s is named. See that consent to publish is on record.") % {"name": name}
            yield Mark("P18", Severity.WARNING, words, start, end, (name, "—"))
