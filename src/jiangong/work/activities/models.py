"""Activities, their kinds, venues, lecturers and topics."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Book, Measure, Record
from jiangong.ground.organization.models import Person, Unit


class ActivityKind(models.Model):
    """A kind of activity, as data: what it is called, what it asks for, what proves it.

    A row that activities hang on is never changed: a change makes the next version of the same code, and what was
    entered keeps the version under which it was entered. `is_current`: the newest; `is_active`: it can be entered.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="activity_kinds")
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    icon = models.CharField(_("icon"), max_length=40, default="calendar-event")
    order = models.PositiveSmallIntegerField(default=100)
    photos = models.PositiveSmallIntegerField(_("photos needed"), default=1)
    asks_venue = models.BooleanField(default=False)
    asks_lecturer = models.BooleanField(default=False)
    asks_community = models.BooleanField(default=False)
    allows_online = models.BooleanField(default=True)
    caption_parts = models.JSONField(default=list, blank=True)
    is_active = models.BooleanField(default=True)
    is_current = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("order", "code")
        constraints = (
            models.UniqueConstraint(fields=["book", "code", "version"], name="activity_kind_version_once"),
            models.UniqueConstraint(
                fields=["book", "code"], condition=Q(is_current=True), name="activity_kind_current_once"
            ),
            models.CheckConstraint(
                condition=Q(is_current=True) | Q(is_active=False), name="activity_kind_past_not_active"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def edition(self) -> str:
        """By which a form remembers what it was made of."""
        return f"{self.code}.{self.version}"


class KindQuantity(models.Model):
    """A quantity that a kind asks for, with what is usual for one occasion."""

    kind = models.ForeignKey(ActivityKind, models.CASCADE, related_name="quantities")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    required = models.BooleanField(default=False)
    low = models.BigIntegerField(null=True)
    high = models.BigIntegerField(null=True)
    order = models.PositiveSmallIntegerField(default=10)

    class Meta:
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=["kind", "measure"], name="kind_quantity_once"),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                name="kind_quantity_low_below_high",
            ),
        )


class VenueKind(models.TextChoices):
    HALL = "hall", _("workers' lecture hall")
    READING_ROOM = "reading_room", _("workers' reading room")
    STUDIO = "studio", _("model-worker innovation studio")
    SITE = "site", _("activity site")


class Venue(models.Model):
    """A hall, room or studio: a record of its own, in being from the record's day; its title is its name."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="venue")
    kind = models.CharField(_("kind"), max_length=16, choices=VenueKind)
    brand = models.CharField(_("brand"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("venue")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=VenueKind.values), name="venue_kind_known"),
        )

    def __str__(self) -> str:
        return self.record.title

    @property
    def first_day_gone(self) -> date | None:
        return self.until + timedelta(days=1) if self.until else None

    def get_kind_display_zh(self) -> str:
        """The facet's name in the book is Chinese, whatever language its reader has chosen."""
        with translation.override("zh-hans"):
            return str(VenueKind(self.kind).label)


class Topic(models.Model):
    """What lectures are about, by the field's categories (domain.md §6)."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="topics")
    name = models.CharField(_("topic"), max_length=40)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["book", "name"], name="topic_once"),)

    def __str__(self) -> str:
        return self.name


class Lecturer(models.Model):
    """工会义工（专家）教授: a person who lectures, and on what."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="lecturer")
    book = models.ForeignKey(Book, models.PROTECT, related_name="lecturers")
    topics = models.ManyToManyField(Topic, related_name="lecturers", blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("lecturer")
        ordering = ("person__pinyin",)

    def __str__(self) -> str:
        return self.person.name


class Basis(models.TextChoices):
    """How the audience was counted; the figure keeps its source."""

    HEAD_COUNT = "head_count", _("headcount")
    SIGN_IN = "sign_in", _("sign-in by QR code")
    SHEET = "sheet", _("sign-in sheet")


class Activity(models.Model):
    """Something that was held. Day, unit and title are the record's."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="activity")
    kind = models.ForeignKey(ActivityKind, models.PROTECT, related_name="activities")
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="activities", null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    community = models.ForeignKey(
        Unit, models.PROTECT, related_name="activities", null=True, blank=True, verbose_name=_("community")
    )
    lecturer = models.ForeignKey(
        Lecturer, models.PROTECT, related_name="activities", null=True, blank=True, verbose_name=_("lecturer")
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="activities", null=True, blank=True, verbose_name=_("topic")
    )
    partners = models.ManyToManyField(
        Unit, related_name="partnered_activities", blank=True, verbose_name=_("partners")
    )
    is_online = models.BooleanField(_("held online"), default=False)
    basis = models.CharField(_("how counted"), max_length=10, choices=Basis, default=Basis.HEAD_COUNT)
    note = models.CharField(_("note"), max_length=300, blank=True)
    sign_in_code = models.CharField(max_length=24, blank=True, db_index=True)

    class Meta:
        verbose_name = _("activity")
        constraints = (
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="activity_basis_known"),
        )

    def __str__(self) -> str:
        return self.record.title


class ActivityQuantity(models.Model):
    """One quantity of an activity, in the measure's smallest unit."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="quantities")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["activity", "measure"], name="activity_quantity_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="activity_quantity_not_negative"),
        )


class Attendee(models.Model):
    """Somebody who signs in: known by a keyed digest only, so that different persons can be counted."""

    id = models.AutoField(primary_key=True)
    book = models.ForeignKey(Book, models.PROTECT, related_name="attendees")
    key = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["book", "key"], name="attendee_once"),)


class SignIn(models.Model):
    """One attendance by the QR page. The name is kept for the sheet; the ledger gets the attendee's number."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sign_ins")
    attendee = models.ForeignKey(Attendee, models.PROTECT, related_name="sign_ins")
    name = models.CharField(_("name"), max_length=40)
    unit = models.CharField(_("work unit"), max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)
        constraints = (models.UniqueConstraint(fields=["activity", "attendee"], name="sign_in_once"),)
