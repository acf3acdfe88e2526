"""Files that were sent to be imported, and what became of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization.models import Account, Unit


class ImportState(models.TextChoices):
    CHECKING = "checking", _("being checked")
    REFUSED = "refused", _("to be corrected")
    READY = "ready", _("ready to import")
    APPLYING = "applying", _("being imported")
    DONE = "done", _("imported")
    FAILED = "failed", _("failed")


class SheetImport(models.Model):
    """One file on its way in. `file` is its name in the storage; `returned` that of the sheet with its faults.

    `plan`: a digest of what the preview says would be done. `finished_at`: when its last step ended; while it is
    being imported, when that was asked for.
    """

    uuid = models.UUIDField(primary_key=True)
    sheet = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    file = models.CharField(max_length=200)
    returned = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.CHECKING)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    preview = models.JSONField(default=list)
    plan = models.CharField(max_length=64, blank=True)
    message = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="sheet_import_state_known"
            ),
        )
        indexes = (models.Index(fields=["account", "-made_at"], name="sheet_import_of_account"),)

    def __str__(self) -> str:
        return self.name
