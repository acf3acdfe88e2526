"""Campaigns, their programmes, and the tasks that these are made of."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Book
from jiangong.governance.plan.rules import LightPolicy
from jiangong.ground.organization.models import Person, Unit
from jiangong.ground.shared.rules.periods import Period


class CampaignKind(models.TextChoices):
    CREATION = "creation", _("creation")
    REVIEW = "review", _("review of the title")


class TitleSought(models.TextChoices):
    """The titles with their levels (domain.md §1)."""

    NATIONAL_CITY = "national_city", _("National Civilized City")
    COUNTY_UNIT = "county_unit", _("civilized unit of the county")
    CITY_UNIT = "city_unit", _("civilized unit of the city")
    PROVINCE_UNIT = "province_unit", _("civilized unit of the province")
    NATIONAL_UNIT = "national_unit", _("national civilized unit")


class Campaign(models.Model):
    """创建: one title that a federation seeks or keeps, from a day to a day. Several may run at once."""

    uuid = models.UUIDField(unique=True)
    book = models.ForeignKey(Book, models.PROTECT, related_name="campaigns")
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(max_length=10, choices=CampaignKind)
    title_sought = models.CharField(max_length=16, choices=TitleSought)
    edition = models.CharField(_("edition of the assessment system"), max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-since", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=CampaignKind.values), name="campaign_kind_known"),
            models.CheckConstraint(
                condition=Q(title_sought__in=TitleSought.values), name="campaign_title_known"
            ),
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="campaign_since_before_until"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)


class Programme(models.Model):
    """实施方案: the document whose tasks these are. A draft until it has its day; only planners see a draft."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="programme")
    title = models.CharField(_("title"), max_length=120)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    issued_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title


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
    """阶段节点: what is there by a day within the task's time."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="milestones")
    due_on = models.DateField()
    title = models.CharField(max_length=120)

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


class LightRule(models.Model):
    """From when on a task is near or behind in one federation; without a row, what `LightPolicy` begins with."""

    book = models.OneToOneField(Book, models.PROTECT, related_name="light_rule")
    near_days = models.PositiveSmallIntegerField()
    slack = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(near_days__range=(0, 365)), name="light_rule_near_within_a_year"
            ),
            models.CheckConstraint(condition=Q(slack__range=(0, 100)), name="light_rule_slack_is_a_share"),
        )

    @property
    def policy(self) -> LightPolicy:
        return LightPolicy(self.near_days, self.slack)
