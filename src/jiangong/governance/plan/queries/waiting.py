"""What the plan tells a person on the home page: tasks of the own units that are late, or will be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan import access
from jiangong.governance.plan.models import Programme
from jiangong.governance.plan.queries.rows import LIGHTS, task_rows
from jiangong.governance.plan.rules import Light
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.frame import WaitingGroup

WORTH_TELLING: dict[Light, tuple[Text, str]] = {
    Light.OVERDUE: (_("Overdue tasks of my units"), "warning"),
    Light.BEHIND: (_("Tasks of my units that are behind"), "warning"),
    Light.NEAR: (_("Tasks of my units near the deadline"), "info"),
}


def waiting_tasks(actor: Actor, on: date) -> list[WaitingGroup]:
    """Of issued programmes of campaigns that run; a programme in which none of the own units leads is not read."""
    units = actor.units_with()
    led = access.tasks_in_reach(actor).filter(lead_unit_id__in=units, ended_at__isnull=True)
    programmes = Programme.objects.filter(
        pk__in=led.values("programme_id"), issued_on__isnull=False, campaign__closed_at__isnull=True
    )
    return [
        group
        for programme in programmes.select_related("campaign").order_by("pk")
        for group in _groups(programme, units, on)
    ]


def _groups(programme: Programme, units: frozenset[int], on: date) -> Iterator[WaitingGroup]:
    rows = task_rows(programme=programme, on=on, led_by=units).values()
    lights = [row.light for row in rows if row.task.lead_unit_id in units]
    address = reverse("plan:campaign", args=[programme.campaign.uuid])
    for light, (label, tone) in WORTH_TELLING.items():
        if light in lights:
            yield WaitingGroup(
                code=f"plan-{programme.pk}-{light.value}",
                label=label,
                icon=LIGHTS[light][0],
                count=lights.count(light),
                href=f"{address}?{urlencode({'own': 'yes', 'light': light.value})}",
                tone=tone,
            )
