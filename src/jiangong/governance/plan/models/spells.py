"""Since when a task's light is what it is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan.models.tasks import Task


class SpellLight(models.TextChoices):
    """The values of `rules.Light`, as the database keeps them."""

    ON_TRACK = "on_track", _("on track")
    NEAR = "near", _("near the deadline")
    BEHIND = "behind", _("behind")
    OVERDUE = "overdue", _("overdue")
    DONE = "done", _("reached")


class TaskLight(models.Model):
    """亮灯时段: a light that a task had from a day on, both days included; without a last day it has it still."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="lights")
    light = models.CharField(max_length=8, choices=SpellLight)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ("-since", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["task"], condition=Q(until__isnull=True), name="task_light_one_now"
            ),
            models.CheckConstraint(condition=Q(light__in=SpellLight.values), name="task_light_known"),
        )
