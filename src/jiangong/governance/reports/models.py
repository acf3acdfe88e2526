"""Reports, and what was issued of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangong.governance.reports.rules.heads import DocumentNumber, Form, Head
from jiangong.ground.organization.models import Account, Unit
from jiangong.ground.shared.rules.periods import Period


class ReportState(models.TextChoices):
    DRAFT = "draft", _("draft")
    ISSUED = "issued", _("issued")
    WITHDRAWN = "withdrawn", _("withdrawn")


class DocumentForm(models.TextChoices):
    """The forms of official documents; `Form` of the rules has the same values."""

    PLAIN = Form.PLAIN.value, _("plain text")
    NOTICE = Form.NOTICE.value, _("notice")
    REPORT = Form.REPORT.value, _("report to a superior")
    LETTER = Form.LETTER.value, _("letter")
    MINUTES = Form.MINUTES.value, _("minutes")


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
    form = models.CharField(_("form"), max_length=10, choices=DocumentForm, default=DocumentForm.PLAIN)
    number_code = models.CharField(_("organ's code"), max_length=20, blank=True)
    number_year = models.PositiveSmallIntegerField(_("year"), null=True)
    number_serial = models.PositiveIntegerField(_("serial number"), null=True)
    elements = models.JSONField(_("elements of the document"), default=dict)
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
            models.CheckConstraint(condition=Q(form__in=DocumentForm.values), name="report_form_known"),
            models.CheckConstraint(
                condition=Q(number_code="", number_year__isnull=True, number_serial__isnull=True)
                | Q(number_year__range=(1949, 2099), number_serial__gte=1) & ~Q(number_code=""),
                name="report_number_whole",
            ),
            models.UniqueConstraint(
                fields=["unit", "number_code", "number_year", "number_serial"],
                condition=Q(number_serial__isnull=False),
                name="report_number_given_once",
            ),
        )
        indexes = (models.Index(fields=["unit", "-changed_at"], name="report_unit_changed"),)

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)

    @property
    def number(self) -> DocumentNumber | None:
        if self.number_year is None or self.number_serial is None:
            return None
        return DocumentNumber(self.number_code, self.number_year, self.number_serial)

    @property
    def head(self) -> Head:
        """The elements around the text, all that were typed."""
        number = self.number
        own = {"form": self.form, "number": number and [number.code, number.year, number.serial]}
        return Head.from_json(self.elements | own)

    @head.setter
    def head(self, head: Head) -> None:
        number = head.number
        self.form = head.form.value
        self.number_code = number.code if number else ""
        self.number_year, self.number_serial = (number.year, number.serial) if number else (None, None)
        self.elements = {
            name: value for name, value in head.as_json().items() if name not in {"form", "number"}
        }


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
