"""Files, stored once under their digest, and the exhibits that tie them to records."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangong.books.evidence import rules
from jiangong.books.ledger.models import Book, Record
from jiangong.ground.organization.models import Account


class File(models.Model):
    """One content, stored once under its SHA-256, never overwritten."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    extension = models.CharField(max_length=8)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    camera = models.CharField(max_length=100, blank=True)
    stored_at = models.DateTimeField()

    class Meta:
        verbose_name = _("file")

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


class Likeness(models.Model):
    """What a picture shows, as bits: a narrow table, so that a process reads a million in one go.

    `is_compared` once its look-alikes among the others are written down.
    """

    file = models.OneToOneField(File, models.PROTECT, related_name="likeness")
    bits = models.BinaryField(max_length=rules.SIZE)
    is_compared = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["id"], name="likeness_to_compare", condition=Q(is_compared=False)),)


class Lookalike(models.Model):
    """Two different files that show nearly the same, once each way round."""

    file = models.ForeignKey(File, models.PROTECT, related_name="lookalikes")
    other = models.ForeignKey(File, models.PROTECT, related_name="+")
    distance = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["file", "other"], name="lookalike_once"),)


class PhotoRules(models.Model):
    """From when on a photo is odd in one federation: days off its record, kilometres off its venue, bits alike."""

    book = models.OneToOneField(Book, models.PROTECT, related_name="photo_rules")
    days = models.PositiveSmallIntegerField(default=rules.USUAL_DAYS)
    kilometres = models.PositiveSmallIntegerField(default=rules.USUAL_KILOMETRES)
    bits = models.PositiveSmallIntegerField(default=rules.USUAL_BITS)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kilometres__gte=1), name="photo_rules_kilometres_some"),
            models.CheckConstraint(condition=Q(bits__lte=rules.MOST_BITS), name="photo_rules_bits_kept"),
        )


class Exhibit(models.Model):
    """佐证材料: a file under a record, with its caption in six parts, who added it and when."""

    uuid = models.UUIDField(unique=True)
    record = models.ForeignKey(Record, models.PROTECT, related_name="exhibits")
    file = models.ForeignKey(File, models.PROTECT, related_name="exhibits")
    name = models.CharField(_("file name"), max_length=120)
    time = models.CharField(_("time"), max_length=60, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    people = models.CharField(_("people"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    background = models.CharField(_("background"), max_length=300, blank=True)
    reason = models.CharField(_("occasion"), max_length=300, blank=True)
    added_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("exhibit")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["record", "file"],
                condition=Q(removed_at__isnull=True),
                name="exhibit_once_per_record",
            ),
        )

    def __str__(self) -> str:
        return self.name
