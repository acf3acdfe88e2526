"""Reports, and what was issued of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization.models import Account, Unit
from jiangong.ground.shared.rules.periods import Period


class ReportState(models.TextChoices):
    DRAFT = "draft", _("draft")
    ISSUED = "issued", _("issued")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Report(models.Model):
    """A text in which figures are picked. Its text may change; what was issued of it may not.

    DRAFT: something is not issued yet. ISSUED: the last issue says what the text says. WITHDRAWN: it did.
    """

    uuid = models.UUIDField(unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=120)
    subtitle = models.CharField(_("subtitle"), max_length=120, blank=True)
    organ = models.CharField(_("signed by"), max_length=120, blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("to"))
    text = models.TextField(_("text"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("report")
        ordering = ("-changed_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="report_since_before_until"),
        )
        indexes = (models.Index(fields=["unit", "-changed_at"], name="report_unit_changed"),)

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)


class Issue(models.Model):
    """A report as it went out: its words and figures frozen at a position of the book. Append-only."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="issues", db_index=False)
    number = models.PositiveIntegerField()
    position = models.BigIntegerField()
    issued_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    issued_at = models.DateTimeField()
    dated_on = models.DateField(_("date of the report"))
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    findings = models.JSONField(default=list)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("issue")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["report", "number"], name="issue_consecutive"),
            models.CheckConstraint(condition=Q(number__gte=1), name="issue_counts_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class Withdrawal(models.Model):
    """An issue taken back: the issue itself stays as it was. Append-only."""

    issue = models.OneToOneField(Issue, models.PROTECT, primary_key=True, related_name="withdrawal")
    reason = models.CharField(_("reason"), max_length=300)
    withdrawn_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField()

    class Meta:
        verbose_name = _("withdrawal")

    def __str__(self) -> str:
        return str(self.issue)
