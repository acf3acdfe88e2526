"""Meetings: who comes, what is on the agenda, what is decided. What was held is a record of the ledger."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Book, Record
from jiangong.governance.plan.models.campaigns import Campaign
from jiangong.governance.plan.models.tasks import Task
from jiangong.governance.reports.models import Report
from jiangong.ground.organization.models import Person, Unit


class MeetingKind(models.Model):
    """会议类别: one that a federation added to those that ship (`rules.meetings`)."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="meeting_kinds")
    code = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["book", "code"], name="meeting_kind_code_once"),
            models.UniqueConstraint(fields=["book", "name"], name="meeting_kind_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """会议: called with an agenda; once it is held its minutes are a record."""

    uuid = models.UUIDField(unique=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=40)
    title = models.CharField(_("title"), max_length=120)
    held_on = models.DateField()
    begins = models.TimeField()
    ends = models.TimeField(null=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    recorder = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    guests = models.CharField(_("guests"), max_length=300, blank=True)
    called_off_because = models.CharField(max_length=300, blank=True)
    report = models.OneToOneField(Report, models.PROTECT, related_name="+", null=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-held_on", "-begins", "-id")
        indexes = (models.Index(fields=["campaign", "-held_on"], name="meeting_of_campaign"),)

    def __str__(self) -> str:
        return self.title


class Minutes(models.Model):
    """会议记录: the record of a meeting that was held. Day and title are the record's too."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="minutes")
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")

    def __str__(self) -> str:
        return self.meeting.title


class Part(models.TextChoices):
    MEMBER = "member", _("asked to attend")
    OBSERVER = "observer", _("asked to sit in")


class Attendance(models.Model):
    """Who is asked, and whether they came: `came` is None until the meeting is held."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=Part)
    came = models.BooleanField(null=True)
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once"),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="attendance_part_known"),
            models.CheckConstraint(
                condition=Q(reason="") | Q(came=False), name="attendance_reason_of_absence"
            ),
        )


class DifficultyState(models.TextChoices):
    RAISED = "raised", _("raised")
    STUDIED = "studied", _("studied")
    SOLVED = "solved", _("solved")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Difficulty(models.Model):
    """难点: what a task's units cannot solve alone; `asks` is what they ask for."""

    uuid = models.UUIDField(unique=True)
    task = models.ForeignKey(Task, models.PROTECT, related_name="difficulties")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    words = models.CharField(_("difficulty"), max_length=300)
    asks = models.CharField(_("what is asked for"), max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=DifficultyState, default=DifficultyState.RAISED)
    raised_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-raised_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=DifficultyState.values), name="difficulty_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn") & ~Q(withdrawn_because="")
                | ~Q(state="withdrawn") & Q(withdrawn_because=""),
                name="difficulty_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["raised", "studied"], closed_at__isnull=True)
                | Q(state__in=["solved", "withdrawn"], closed_at__isnull=False),
                name="difficulty_closed_when_decided",
            ),
        )
        indexes = (models.Index(fields=["state", "task"], name="difficulty_open"),)

    def __str__(self) -> str:
        return self.words


class Outcome(models.TextChoices):
    OPEN = "", _("not said yet")
    ADOPTED = "adopted", _("agreed")
    HEARD = "heard", _("heard")
    MOVED = "moved", _("moved to a later meeting")


class AgendaItem(models.Model):
    """议题: what is treated, by whom it is presented, and what came of it. `moved_from`: of an earlier meeting."""

    uuid = models.UUIDField(unique=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    place = models.PositiveIntegerField()
    title = models.CharField(_("agenda item"), max_length=120)
    speaker = models.CharField(_("speaker"), max_length=60, blank=True)
    words = models.TextField(max_length=1000, blank=True)
    task = models.ForeignKey(Task, models.PROTECT, related_name="agenda_items", null=True)
    difficulty = models.ForeignKey(Difficulty, models.PROTECT, related_name="agenda_items", null=True)
    moved_from = models.ForeignKey("self", models.PROTECT, related_name="moved_to", null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    result = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ("place", "id")
        constraints = (
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="agenda_outcome_known"),
        )

    def __str__(self) -> str:
        return self.title


class Makes(models.TextChoices):
    TASK = "task", _("a task of the programme")
    SOLUTION = "solution", _("the solution of a difficulty")
    NOTE = "note", _("only a decision")


class Decision(models.Model):
    """议定事项: what was decided. One that asks for work becomes a task when the minutes are confirmed."""

    uuid = models.UUIDField(unique=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    place = models.PositiveIntegerField()
    words = models.TextField(_("decision"), max_length=500)
    makes = models.CharField(max_length=8, choices=Makes)
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    due_on = models.DateField(null=True)
    parent = models.ForeignKey(Task, models.PROTECT, related_name="+", null=True)
    difficulty = models.ForeignKey(Difficulty, models.PROTECT, related_name="decisions", null=True)
    task = models.OneToOneField(Task, models.PROTECT, related_name="decision", null=True)

    class Meta:
        ordering = ("place", "id")
        constraints = (
            models.CheckConstraint(condition=Q(makes__in=Makes.values), name="decision_makes_known"),
            models.CheckConstraint(
                condition=Q(makes="solution", difficulty__isnull=False)
                | ~Q(makes="solution") & Q(difficulty__isnull=True),
                name="decision_solves_a_difficulty",
            ),
        )

    def __str__(self) -> str:
        return self.words


class DecisionPerson(models.Model):
    """责任人 of a decision."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="persons")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["decision", "person"], name="decision_person_once"),)
