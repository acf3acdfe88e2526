"""The tasks that a programme is made of, and what hangs on each."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan.models.campaigns import Programme
from jiangong.ground.organization.models import Person, Unit
from jiangong.ground.shared.rules.periods import Period


class TargetPeriod(models.TextChoices):
    CAMPAIGN = "campaign", _("the whole campaign")
    TASK = "task", _("the task's own time")


class Task(models.Model):
    """工作任务: one thing to be done, by one lead unit and at least one person, by its deadline (`until`).

    `place` orders the tasks of one parent. A target is a figure that reaches a value, read from the ledger.
    """

    uuid = models.UUIDField(unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="tasks")
    parent = models.ForeignKey("self", models.PROTECT, related_name="parts", null=True)
    place = models.PositiveIntegerField()
    item = models.CharField(_("assessment item"), max_length=120, blank=True)
    title = models.CharField(_("task"), max_length=120)
    detail = models.TextField(max_length=2000, blank=True)
    standard = models.TextField(max_length=2000, blank=True)
    leader = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="led_tasks")
    since = models.DateField()
    until = models.DateField()
    evidence = models.TextField(max_length=1000, blank=True)
    figure = models.CharField(max_length=120, blank=True)
    target_value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    target_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    target_period = models.CharField(max_length=8, choices=TargetPeriod, blank=True)
    notes = models.TextField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("place", "id")
        constraints = (
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="task_since_before_until"),
            models.CheckConstraint(condition=Q(place__gte=1), name="task_place_positive"),
            models.CheckConstraint(
                condition=Q(figure="", target_value__isnull=True, target_unit__isnull=True, target_period="")
                | Q(target_value__gt=0, target_unit__isnull=False, target_period__in=TargetPeriod.values)
                & ~Q(figure=""),
                name="task_target_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | Q(ended_at__isnull=False) & ~Q(ended_because=""),
                name="task_end_has_reason",
            ),
        )
        indexes = (models.Index(fields=["programme", "parent", "place"], name="task_in_tree"),)

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)


class UnitPart(models.TextChoices):
    RESPONSIBLE = "responsible", _("responsible department")
    COOPERATING = "cooperating", _("cooperating unit")


class TaskUnit(models.Model):
    """责任部室、配合单位: who does the task with the lead unit, or helps."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=UnitPart)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["task", "unit"], name="task_unit_once"),
            models.CheckConstraint(condition=Q(part__in=UnitPart.values), name="task_unit_part_known"),
        )


class TaskPerson(models.Model):
    """责任人: who answers for the task."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="persons")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["task", "person"], name="task_person_once"),)


class Milestone(models.Model):
    """阶段节点: what is there by a day within the task's time. `reached_on`: when somebody said that it is."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="milestones")
    due_on = models.DateField()
    title = models.CharField(max_length=120)
    reached_on = models.DateField(null=True)

    class Meta:
        ordering = ("due_on", "id")
        constraints = (models.UniqueConstraint(fields=["task", "due_on", "title"], name="milestone_once"),)


class Dependency(models.Model):
    """前置任务: the task waits for another of the same programme."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="dependencies")
    needs = models.ForeignKey(Task, models.PROTECT, related_name="needed_by")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["task", "needs"], name="dependency_once"),
            models.CheckConstraint(condition=~Q(task=F("needs")), name="dependency_on_another"),
        )
