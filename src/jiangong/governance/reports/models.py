"""Reports, and what was issued of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Book
from jiangong.governance.reports.rules.head_words import FORMS
from jiangong.governance.reports.rules.heads import DocumentNumber, Form, Head
from jiangong.ground.organization.models import Account, Unit
from jiangong.ground.shared.rules.periods import Period


class ReportState(models.TextChoices):
    DRAFT = "draft", _("draft")
    RETURNED = "returned", _("returned")
    CHECKING = "checking", _("awaiting check")
    SIGNING = "signing", _("awaiting signature")
    ISSUED = "issued", _("issued")
    WITHDRAWN = "withdrawn", _("withdrawn")


class DocumentForm(models.TextChoices):
    """The forms of official documents; `Form` of the rules has the same values."""

    PLAIN = Form.PLAIN.value, FORMS[Form.PLAIN]
    NOTICE = Form.NOTICE.value, FORMS[Form.NOTICE]
    REPORT = Form.REPORT.value, FORMS[Form.REPORT]
    LETTER = Form.LETTER.value, FORMS[Form.LETTER]
    MINUTES = Form.MINUTES.value, FORMS[Form.MINUTES]


class TextKind(models.TextChoices):
    """What sort of text it is; an explanatory report may not be longer than its limit."""

    SUMMARY = "summary", _("year summary")
    EFFECT = "effect", _("effect report")
    BRIEF = "brief", _("brief")
    EXPLANATORY = "explanatory", _("explanatory report")
    REQUEST = "request", _("request")
    NOTICE = "notice", FORMS[Form.NOTICE]
    LETTER = "letter", FORMS[Form.LETTER]
    MINUTES = "minutes", FORMS[Form.MINUTES]
    OTHER = "other", _("other text")


class Report(models.Model):
    """A text in which figures are picked. Its text may change; what was issued of it may not.

    DRAFT: something is not issued yet. CHECKING: sent to be checked. SIGNING: checked, and not changed since.
    RETURNED: sent back with an opinion. ISSUED: the last issue says what the text says. WITHDRAWN: it did.
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
    text_kind = models.CharField(_("kind of text"), max_length=12, choices=TextKind, default=TextKind.OTHER)
    limit = models.PositiveIntegerField(_("at most so many characters"), null=True)
    written_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)

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
            models.CheckConstraint(condition=Q(text_kind__in=TextKind.values), name="report_text_kind_known"),
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

    def is_in_hand(self) -> bool:
        """Somebody works on it: its present text says more than its last issue."""
        return self.state not in {ReportState.ISSUED, ReportState.WITHDRAWN}


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


class Version(models.Model):
    """A save of a report, as the difference to the save before it. Append-only.

    Saves of one person within ten minutes share a number, unless the text was sent or commented meanwhile.
    `around` holds what else changed; of the text before, `cut` characters from `start` on gave way to `words`.
    Now and then everything is kept whole, so that few rows give any version.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    step = models.PositiveIntegerField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    is_whole = models.BooleanField()
    around = models.JSONField(default=dict)
    start = models.PositiveIntegerField()
    cut = models.PositiveIntegerField()
    words = models.TextField(blank=True)

    class Meta:
        verbose_name = _("version")
        ordering = ("number", "step")
        constraints = (
            models.UniqueConstraint(fields=["report", "number", "step"], name="version_step_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_counts_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class StepAct(models.TextChoices):
    SENT = "sent", _("sent for checking")
    RECALLED = "recalled", _("taken back")
    CHECKED = "checked", _("checked")
    RETURNED = "returned", _("returned")


class Step(models.Model):
    """One step of the sign-off, and the version that it was about. Append-only."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps")
    version = models.ForeignKey(Version, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=8, choices=StepAct)
    opinion = models.CharField(_("opinion"), max_length=300, blank=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("step of the sign-off")
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(act__in=StepAct.values), name="step_act_known"),
            models.CheckConstraint(
                condition=~Q(act=StepAct.RETURNED) | ~Q(opinion=""), name="step_return_says_why"
            ),
        )


class SignOffRule(models.Model):
    """Whether a federation's reports are checked by another person before they are issued."""

    book = models.OneToOneField(Book, models.PROTECT, related_name="sign_off_rule")
    demands_check = models.BooleanField(_("check by another person before issuing"), default=False)

    class Meta:
        verbose_name = _("rule of sign-off")


class Comment(models.Model):
    """A remark of a colleague on a passage, or an answer to one. Never printed."""

    uuid = models.UUIDField(unique=True)
    report = models.ForeignKey(Report, models.PROTECT, related_name="comments")
    version = models.ForeignKey(Version, models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", models.PROTECT, related_name="replies", null=True)
    quote = models.CharField(max_length=200, blank=True)
    start = models.PositiveIntegerField(default=0)
    words = models.CharField(_("comment"), max_length=1000)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    settled_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("comment")
        ordering = ("at", "id")
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="comment_says_something"),)


class Template(models.Model):
    """What a text of one kind begins with; offered to its unit and all below it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="templates")
    code = models.CharField(max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=40)
    text_kind = models.CharField(_("kind of text"), max_length=12, choices=TextKind)
    form = models.CharField(_("form"), max_length=10, choices=DocumentForm, default=DocumentForm.PLAIN)
    guidance = models.CharField(_("guidance"), max_length=300, blank=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("text"), blank=True)
    limit = models.PositiveIntegerField(_("at most so many characters"), null=True)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("template")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "code"], condition=~Q(code=""), name="template_shipped_once"
            ),
            models.CheckConstraint(condition=Q(text_kind__in=TextKind.values), name="template_kind_known"),
            models.CheckConstraint(condition=Q(form__in=DocumentForm.values), name="template_form_known"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_official(self) -> bool:
        return self.form != DocumentForm.PLAIN


class TrailAnnex(models.Model):
    """The records behind an issue's figures, as they stood when it was issued. Append-only."""

    issue = models.OneToOneField(Issue, models.PROTECT, primary_key=True, related_name="trail")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("trail as an annex")

    def __str__(self) -> str:
        return str(self.issue)


class Publication(models.Model):
    """An issue that anybody may read, from when until when. `facts` tells of its figures without records."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="publications", db_index=False)
    facts = models.JSONField()
    published_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    published_at = models.DateTimeField()
    ended_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("publication")
        ordering = ("-published_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["issue"], condition=Q(ended_at__isnull=True), name="publication_open_once"
            ),
        )
        indexes = (models.Index(fields=["issue", "-published_at"], name="publication_of_issue"),)


class Consent(models.Model):
    """That a person whom a report names agreed to be named in public: when, by what, and until when."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="consents")
    name = models.CharField(_("name"), max_length=60)
    given_on = models.DateField(_("agreed on"))
    basis = models.CharField(_("basis"), max_length=120)
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("consent")
        constraints = (
            models.UniqueConstraint(
                fields=["report", "name"], condition=Q(withdrawn_at__isnull=True), name="consent_open_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class CheckState(models.TextChoices):
    WAITING = "waiting", _("being checked")
    DONE = "done", _("text checked")
    FAILED = "failed", _("failed")


class CheckedText(models.Model):
    """A text that somebody had checked, for them alone; `jiangong tidy` deletes it after a day.

    `findings` is what was found, a line each, `laid` where (`rules.laying.Laid`); `bound` the numbers of the
    claims that its draft picks.
    """

    uuid = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    text = models.TextField()
    state = models.CharField(max_length=10, choices=CheckState, default=CheckState.WAITING)
    laid = models.JSONField(default=dict)
    findings = models.TextField(default="")
    bound = models.JSONField(default=list)
    draft = models.ForeignKey(Report, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("checked text")
        ordering = ("-made_at",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=CheckState.values), name="checked_text_state_known"),
        )

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)
