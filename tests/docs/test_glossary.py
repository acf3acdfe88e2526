"""docs/glossary.md: every name in the code has its term, and one word has one meaning."""

from __future__ import annotations

import re
from collections import defaultdict
from enum import Enum

from django.apps import apps

from jiangong.books.evidence.rules import MediaType
from jiangong.books.figures.rules.catalogue import Form
from jiangong.books.ledger.measures import CountUnit, MeasureKind
from jiangong.books.ledger.models import AmendmentState, Cause, RecordState
from jiangong.books.ledger.rules import Severity
from jiangong.governance.plan.models import (
    CampaignKind,
    DeliveryState,
    NoticeLevel,
    NoticesFrom,
    NoticeState,
    ReminderKind,
    Rhythm,
    RobotKind,
    TargetPeriod,
    TitleSought,
    UnitPart,
)
from jiangong.governance.plan.rules import Light
from jiangong.governance.reports.models import DocumentForm, ReportState, StepAct, TextKind
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import CountKind, UnitKind
from jiangong.ground.shared.actors import Door, Role
from jiangong.ground.sheets.models import ImportState
from jiangong.work.activities.models import Basis, VenueKind
from tests.docs.documents import rows
from tools.messages import apps as catalogues

ENUMS: tuple[type[Enum], ...] = (
    *(Role, Right, Door, UnitKind, CountKind, RecordState, AmendmentState, Cause, MeasureKind, CountUnit),
    *(Severity, Form, VenueKind, Basis, ReportState, TextKind, StepAct),
    *(DocumentForm, ImportState),
    *(CampaignKind, TitleSought, TargetPeriod, UnitPart, Light),
    *(NoticesFrom, NoticeLevel, NoticeState, Rhythm, RobotKind, DeliveryState, ReminderKind),
)
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def terms() -> list[tuple[str, str, str, str]]:
    """Term, code name without back-ticks, 中文, note."""
    return [(row[0], row[1].strip("`"), row[2], row[3]) for row in rows("docs/glossary.md")]


def singular(term: str) -> str:
    return term.removesuffix("ies") + "y" if term.endswith("ies") else term.removesuffix("s")


def test_every_app_model_role_right_and_state_has_its_term() -> None:
    own = [config for config in apps.get_app_configs() if config.name.startswith("jiangong.")]
    names = {config.label for config in own}
    names |= {model.__name__ for config in own for model in config.get_models()}
    names |= {f"{kind.__name__}.{member.name}" for kind in ENUMS for member in kind}
    assert names - {code for _term, code, _chinese, _note in terms()} == set()


def test_every_code_name_is_in_the_code() -> None:
    """No term outlives what it named: enum members that went away stay in no table."""
    kinds: tuple[type[Enum], ...] = (*ENUMS, MediaType)
    known = {kind.__name__: kind for kind in kinds}
    gone = []
    for _term, code, _chinese, _note in terms():
        kind, dot, member = code.partition(".")
        if dot and kind in known and member not in known[kind].__members__:
            gone.append(code)
    assert gone == []


def test_no_english_word_has_two_chinese_words_and_none_the_other_way_round() -> None:
    chinese_of, english_of = defaultdict(set), defaultdict(set)
    for term, _code, chinese, _note in terms():
        chinese_of[term.casefold()].add(chinese)
        english_of[chinese].add(singular(term.casefold()))
    assert {term: found for term, found in chinese_of.items() if len(found) > 1} == {}
    assert {word: found for word, found in english_of.items() if len(found) > 1} == {}


def test_no_code_name_stands_twice() -> None:
    codes = [code for _term, code, _chinese, _note in terms() if code]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_pages_say_the_word_of_the_glossary() -> None:
    """A shorter form of the word will do, and one that the note gives after "also"."""
    words = {term.casefold(): (chinese, note) for term, _code, chinese, note in terms()}
    odd = []
    for app in catalogues():
        for (_context, text), translations in app.translations().items():
            chinese, note = words.get(text.casefold(), ("", ""))
            said = translations[0]
            also = set(CHINESE.findall(note.partition("also ")[2]))
            if chinese and said not in chinese and chinese not in said and said not in also:
                odd.append(f"{app.name}: {text!r} is {said}, the glossary has {chinese}")
    assert odd == []
