"""The audit trail: append-only, chained."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """Who did what, to what, when, from where. Never holds the content of a form or personal data."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    account_id = models.BigIntegerField(null=True, db_index=True)
    actor_name = models.CharField(max_length=100)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    unit_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    seals = models.JSONField(null=True)
    """What rows said when the act had left them (ground/shared/seals)."""
    door = models.CharField(max_length=10)
    address = models.CharField(max_length=45, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("audit event")
        indexes = (
            models.Index(fields=["subject_type", "subject_id"], name="audit_event_subject"),
            models.Index(fields=["unit_id", "-number"], name="audit_event_unit"),
            models.Index(fields=["verb", "-number"], name="audit_event_verb"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class AuditHead(models.Model):
    """The end of the chain: one row, locked by every writer, so that numbers are consecutive."""

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="audit_head_single"),)
