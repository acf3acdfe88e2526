"""Reminders, how people and robots of a federation get them, and each sending."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Book
from jiangong.governance.plan.models.notices import Notice
from jiangong.governance.plan.models.tasks import Task


class Rhythm(models.TextChoices):
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("one a day")
    WEEKLY = "weekly", _("one a week")
    NONE = "none", _("no message")


class ReminderChoice(models.Model):
    """How somebody gets reminders beside the list on the desk; without a row, there only."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminder_choice")
    rhythm = models.CharField(max_length=8, choices=Rhythm, default=Rhythm.NONE)
    mail = models.EmailField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(rhythm__in=Rhythm.values), name="reminder_choice_rhythm_known"
            ),
            models.CheckConstraint(
                condition=Q(rhythm=Rhythm.NONE) | ~Q(mail=""), name="reminder_choice_has_mail"
            ),
        )


class RobotKind(models.TextChoices):
    WECOM = "wecom", _("WeCom")
    DINGTALK = "dingtalk", _("DingTalk")
    FEISHU = "feishu", _("Feishu")


class Robot(models.Model):
    """群机器人: a webhook of a group chat. Its address is a secret too, so both are kept sealed."""

    uuid = models.UUIDField(unique=True)
    book = models.ForeignKey(Book, models.PROTECT, related_name="robots")
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(max_length=8, choices=RobotKind)
    host = models.CharField(max_length=255)
    address = models.TextField()
    secret = models.TextField(blank=True)
    rhythm = models.CharField(max_length=8, choices=Rhythm, default=Rhythm.DAILY)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=RobotKind.values), name="robot_kind_known"),
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="robot_rhythm_known"),
        )

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("waiting to be sent")
    CLAIMED = "claimed", _("delivery unconfirmed")
    SENT = "sent", _("arrived")
    REFUSED = "refused", _("not taken")


class Delivery(models.Model):
    """投递: one message by mail or robot. Claimed before it is sent; one that stays so is not sent again by itself."""

    uuid = models.UUIDField(unique=True)
    book = models.ForeignKey(Book, models.PROTECT, related_name="deliveries")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    robot = models.ForeignKey(Robot, models.PROTECT, related_name="deliveries", null=True)
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
            models.CheckConstraint(
                condition=Q(account__isnull=False, robot__isnull=True)
                | Q(account__isnull=True, robot__isnull=False),
                name="delivery_to_one",
            ),
        )
        indexes = (models.Index(fields=["state", "made_at"], name="delivery_waiting"),)


class ReminderKind(models.TextChoices):
    NEAR = "near", _("task near the deadline")
    BEHIND = "behind", _("task behind")
    OVERDUE = "overdue", _("task overdue")
    NOTICE = "notice", _("notice issued")
    TALK = "talk", _("called to a talk")
    LATE_ANSWER = "late_answer", _("answer overdue")
    ANSWERED = "answered", _("notice answered")
    SENT_BACK = "sent_back", _("answer sent back")


class Reminder(models.Model):
    """提醒: told to one account or one robot. `cause` is the same for the same thing, so nobody is told twice."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminders", null=True)
    robot = models.ForeignKey(Robot, models.PROTECT, related_name="reminders", null=True)
    kind = models.CharField(max_length=12, choices=ReminderKind)
    cause = models.CharField(max_length=40)
    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+", null=True)
    for_day = models.DateField()
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="reminders", null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["account", "cause"], condition=Q(account__isnull=False), name="reminder_told_once"
            ),
            models.UniqueConstraint(
                fields=["robot", "cause"], condition=Q(robot__isnull=False), name="reminder_sent_once"
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=False, robot__isnull=True)
                | Q(account__isnull=True, robot__isnull=False),
                name="reminder_to_one",
            ),
            models.CheckConstraint(condition=Q(kind__in=ReminderKind.values), name="reminder_kind_known"),
        )
        indexes = (models.Index(fields=["account", "read_at"], name="reminder_unread"),)
