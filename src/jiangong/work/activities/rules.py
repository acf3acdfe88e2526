"""What an activity says of itself, and the kinds that ship. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

HELD = "activities.held"
AUDIENCE = "activities.audience"
ATTENDED = "activities.attended"
VIEWS = "activities.views"
PARTICIPANTS = "activities.participants"
IN_COMMUNITIES = "activities.in_communities"
BOOKS = "activities.books"
LEAFLETS = "activities.leaflets"
HOUSEHOLDS = "activities.households"
PROBLEMS = "activities.problems"
MONEY = "activities.visit_money"
PUBLICITY = "activities.publicity"
VENUES = "activities.venues"


@dataclass(frozen=True, slots=True)
class ActivityContent:
    """All that can be changed of an activity. Quantities by measure code, in the smallest unit (money in 分)."""

    title: str
    happened_on: date
    venue_id: int | None = None
    place: str = ""
    community_id: int | None = None
    lecturer_id: int | None = None
    topic_id: int | None = None
    partner_ids: tuple[int, ...] = ()
    is_online: bool = False
    basis: str = "head_count"
    note: str = ""
    quantities: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "happened_on": self.happened_on.isoformat(),
            "venue": self.venue_id,
            "place": self.place,
            "community": self.community_id,
            "lecturer": self.lecturer_id,
            "topic": self.topic_id,
            "partners": sorted(self.partner_ids),
            "is_online": self.is_online,
            "basis": self.basis,
            "note": self.note,
            "quantities": {code: self.quantities[code] for code in sorted(self.quantities)},
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> ActivityContent:
        return cls(
            title=content["title"],
            happened_on=date.fromisoformat(content["happened_on"]),
            venue_id=content["venue"],
            place=content["place"],
            community_id=content["community"],
            lecturer_id=content["lecturer"],
            topic_id=content["topic"],
            partner_ids=tuple(content["partners"]),
            is_online=content["is_online"],
            basis=content["basis"],
            note=content["note"],
            quantities=dict(content["quantities"]),
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A quantity that a kind asks for, with the usual range for one occasion in the smallest unit."""

    measure: str
    low: int | None = None
    high: int | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class KindContent:
    """All that can be set of a kind; `caption_parts` are those that every photo's caption has to state."""

    name: str
    name_en: str = ""
    icon: str = "calendar-event"
    order: int = 100
    photos: int = 1
    caption_parts: tuple[str, ...] = ()
    allows_online: bool = True
    asks_venue: bool = False
    asks_lecturer: bool = False
    asks_community: bool = False
    asks: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class ShippedKind:
    code: str
    name: str
    name_en: str
    icon: str
    asks: tuple[Asked, ...]
    venue: bool = False
    lecturer: bool = False
    community: bool = False
    photos: int = 1


TYPED = (AUDIENCE, VIEWS, BOOKS, LEAFLETS, HOUSEHOLDS, PROBLEMS, MONEY, PUBLICITY)
"""What people type of an activity; the other measures are counted by the records themselves."""

SHIPPED_KINDS: tuple[ShippedKind, ...] = (
    ShippedKind(
        "lecture",
        "职工大讲堂",
        "Workers' lecture hall",
        "presentation",
        (Asked(AUDIENCE, 5, 2000), Asked(VIEWS, 0, 100_000, required=False)),
        venue=True,
        lecturer=True,
    ),
    ShippedKind("study", "学习会", "Study session", "book-2", (Asked(AUDIENCE, 3, 500),)),
    ShippedKind(
        "publicity", "宣传阵地布置", "Publicity display", "speakerphone", (Asked(PUBLICITY, 1, 200),)
    ),
    ShippedKind(
        "five_entries",
        "劳模精神“五进”",
        "Model-worker outreach",
        "flag",
        (Asked(AUDIENCE, 5, 2000),),
        lecturer=True,
    ),
    ShippedKind(
        "visit",
        "走访慰问",
        "Sympathy visit",
        "home-heart",
        (Asked(MONEY, 0, 5_000_000), Asked(HOUSEHOLDS, 0, 200, required=False)),
        community=True,
    ),
    ShippedKind(
        "desk",
        "咨询台",
        "Information desk",
        "messages",
        (
            Asked(BOOKS, 0, 2000),
            Asked(LEAFLETS, 0, 2000, required=False),
            Asked(AUDIENCE, 0, 2000, required=False),
        ),
        community=True,
    ),
    ShippedKind(
        "clean_up",
        "环境保洁",
        "Clean-up",
        "trash",
        (Asked(AUDIENCE, 2, 500), Asked(PROBLEMS, 0, 50, required=False)),
        community=True,
    ),
    ShippedKind(
        "order",
        "秩序整治",
        "Public-order campaign",
        "traffic-cone",
        (Asked(AUDIENCE, 2, 500), Asked(PROBLEMS, 0, 50, required=False)),
        community=True,
    ),
    ShippedKind(
        "household_visit",
        "入户宣传",
        "Household visits",
        "home-edit",
        (
            Asked(HOUSEHOLDS, 1, 200),
            Asked(LEAFLETS, 0, 500, required=False),
            Asked(PROBLEMS, 0, 50, required=False),
        ),
        community=True,
    ),
    ShippedKind(
        "themed_talk",
        "主题宣讲",
        "Themed talk",
        "microphone-2",
        (Asked(AUDIENCE, 5, 2000), Asked(VIEWS, 0, 100_000, required=False)),
        venue=True,
        lecturer=True,
    ),
    ShippedKind(
        "survey",
        "上级调研",
        "Survey by higher authorities",
        "zoom-question",
        (Asked(AUDIENCE, 1, 200, required=False),),
    ),
    ShippedKind(
        "training", "培训", "Training", "school", (Asked(AUDIENCE, 3, 1000),), venue=True, lecturer=True
    ),
)

SHIPPED_TOPICS = (
    "党的理论",
    "核心价值观",
    "职业道德",
    "技能素养",
    "安全生产",
    "法律法规",
    "健康生活",
    "文明创建",
)
