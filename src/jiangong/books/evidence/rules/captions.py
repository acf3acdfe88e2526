"""What a photo's caption must state: 时间、地点、人物、主题、背景、事由 (domain.md §1.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.translation import gettext_lazy as _

CAPTION_PARTS: Mapping[str, Text] = MappingProxyType(
    {
        "time": _("Time"),
        "place": _("Place"),
        "people": _("People"),
        "subject": _("Subject"),
        "background": _("Background"),
        "reason": _("Reason"),
    }
)


@dataclass(frozen=True, slots=True)
class Caption:
    time: str = ""
    place: str = ""
    people: str = ""
    subject: str = ""
    background: str = ""
    reason: str = ""
