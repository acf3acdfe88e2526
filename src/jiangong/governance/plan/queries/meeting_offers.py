"""What the forms of meetings offer to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jiangong.books.ledger.models import Record
from jiangong.governance.plan import access
from jiangong.governance.plan.models import Campaign, Difficulty, Meeting, Part, Task
from jiangong.governance.plan.queries.difficulties import OPEN
from jiangong.governance.plan.queries.meetings import meeting_kinds
from jiangong.governance.plan.queries.proposals import Proposals, proposals
from jiangong.governance.plan.rules import Numbered, a_month_on, numbered
from jiangong.ground.organization.models import Ancestry, Person, Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.frame import EntryChoice

MOST_CHOICES = 6


@dataclass(frozen=True, slots=True)
class CallOffer:
    """Of a meeting that is called or changed. `proposed` is empty for one that is there already."""

    campaign: Campaign
    kinds: Sequence[tuple[str, str]]
    people: Sequence[Person]
    proposed: Sequence[Proposals] = ()


@dataclass(frozen=True, slots=True)
class WorkOffer:
    """Of an agenda item or a decision."""

    campaign: Campaign
    units: Sequence[Unit]
    people: Sequence[Person]
    tasks: Sequence[tuple[Task, Numbered]]
    difficulties: Sequence[Difficulty]


def call_offer(*, campaign: Campaign, kind: str = "", proposing_on: date | None = None) -> CallOffer:
    """`kind` is that of a meeting which is changed; `proposing_on` the day of one that is called."""
    kinds = meeting_kinds(book_id=campaign.book_id, also=kind)
    found = proposals(campaign=campaign, on=proposing_on) if proposing_on else ()
    return CallOffer(
        campaign, [(code, capfirst(name)) for code, name in kinds.items()], _people(campaign), found
    )


def meeting_choices(actor: Actor) -> list[EntryChoice]:
    """Calling a meeting, for each open campaign of those who may; with its name where there are several."""
    federations = access.federations_to_meet(actor).values("pk")
    found = Campaign.objects.filter(closed_at__isnull=True, book__federation__in=federations)
    campaigns = list(found.order_by("-since", "-pk")[:MOST_CHOICES])
    if not campaigns:
        return []
    used = Record.objects.filter(entered_by_id=actor.account_id, kind="meeting").count()
    return [
        EntryChoice(
            f"plan.meeting.{campaign.uuid}",
            _("Meeting · %(campaign)s") % {"campaign": campaign} if len(campaigns) > 1 else _("Meeting"),
            "users-group",
            reverse("plan:call_meeting", args=[campaign.uuid]),
            used,
        )
        for campaign in campaigns
    ]


def work_offer(*, campaign: Campaign) -> WorkOffer:
    tasks = Task.objects.filter(programme__campaign=campaign).in_bulk()
    numbers = numbered((task.pk, task.parent_id, task.place) for task in tasks.values())
    within = _within(campaign)
    return WorkOffer(
        campaign=campaign,
        units=list(Unit.objects.filter(pk__in=within, until__isnull=True)),
        people=_people(campaign),
        tasks=[(tasks[pk], place) for pk, place in numbers.items() if not tasks[pk].ended_at],
        difficulties=list(
            Difficulty.objects.filter(task__programme__campaign=campaign, state__in=OPEN).order_by(
                "raised_at"
            )
        ),
    )


def _within(campaign: Campaign) -> list[int]:
    below = Ancestry.objects.filter(ancestor_id=campaign.book.federation_id, until__isnull=True)
    return list(below.values_list("unit_id", flat=True))


def _people(campaign: Campaign) -> list[Person]:
    found = Person.objects.filter(unit_id__in=_within(campaign), until__isnull=True)
    return list(found.select_related("unit"))


def last_of_kind(*, campaign: Campaign, kind: str) -> Meeting | None:
    found = Meeting.objects.filter(campaign=campaign, called_off_because="")
    return (found.filter(kind=kind) if kind else found).order_by("-held_on", "-pk").first()


def same_as(meeting: Meeting) -> dict[str, object]:
    """What the next meeting of its kind begins with: the day a month on, all else as it was."""
    asked = list(meeting.attendances.values_list("person_id", "part"))
    names = ("kind", "begins", "ends", "place", "guests")
    return {name: getattr(meeting, name) for name in names} | {
        "held_on": a_month_on(meeting.held_on),
        "chair": meeting.chair_id,
        "recorder": meeting.recorder_id,
        "members": [person for person, part in asked if part == Part.MEMBER],
        "observers": [person for person, part in asked if part == Part.OBSERVER],
    }
