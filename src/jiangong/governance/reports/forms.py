"""Forms of the report pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangong.governance.reports import access, queries
from jiangong.governance.reports.models import DocumentForm, Report, Template, TextKind
from jiangong.governance.reports.operations import (
    LARGEST_LIMIT,
    LONGEST_COMMENT,
    LONGEST_ELEMENT,
    LONGEST_GUIDANCE,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_REMARK,
    LONGEST_SIGNER,
    LONGEST_TEXT,
    AnnexNameless,
    NumberUnreadable,
    TemplateContent,
)
from jiangong.governance.reports.queries.comments import LONGEST_QUOTE, Passage
from jiangong.governance.reports.rules import heads, titles
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.governance.reports.rules.head_words import FORMS
from jiangong.governance.reports.rules.heads import DocumentNumber, Form, Head
from jiangong.ground.organization.forms import ActForm
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules import periods
from jiangong.ground.shared.rules.periods import Period

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Label = str | _StrPromise

BETWEEN = pgettext_lazy("between names", ", ")
NUMBER_FIELDS = ("number_code", "number_year", "number_serial")
NARROW = ("number_year", "number_serial", "printed_by", "printed_on")
AS_TYPED = (
    "mark",
    "recipients",
    "sealed",
    "stamp",
    "remark",
    "present",
    "absent",
    "observers",
    "cc",
    "printed_by",
    "printed_on",
)
HEAD_FIELDS = (
    "mark",
    *NUMBER_FIELDS,
    "signers",
    "recipients",
    "attachments",
    "attachment_texts",
    "sealed",
    "stamp",
    "remark",
    "present",
    "absent",
    "observers",
    "cc",
    "printed_by",
    "printed_on",
)


@dataclass(frozen=True, slots=True)
class AskedField:
    """`needed`: that the chosen form does not go out without it."""

    bound: BoundField
    span: str
    hint: str
    needed: str


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class UnitChoice(forms.ModelChoiceField[Unit]):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class ReportForm(forms.Form):
    """A report's title, scope and period. A title left empty is proposed from the unit and the period."""

    unit = UnitChoice(queryset=Unit.objects.none(), label=_("About"), empty_label=None)
    since = forms.DateField(label=_("Period from"), widget=DayInput)
    until = forms.DateField(label=_("Period to"), widget=DayInput)
    title = forms.CharField(label=_("Title"), max_length=LONGEST_LINE, required=False)
    subtitle = forms.CharField(label=_("Subtitle"), max_length=LONGEST_LINE, required=False)
    organ = forms.CharField(label=_("Signed by"), max_length=LONGEST_LINE, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = access.units_for_reports(actor)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until, unit = cleaned.get("since"), cleaned.get("until"), cleaned.get("unit")
        if since and until and since > until:
            self.add_error("until", _("The last day lies before the first. Swap the two."))
        elif since and until and (refusal := _unreadable(Period(since, until))):
            self.add_error("since", refusal)
        elif since and until and unit and not cleaned.get("title"):
            cleaned["title"] = self.proposed_title(unit, Period(since, until))[:LONGEST_LINE]
        return cleaned

    def proposed_title(self, unit: Unit, period: Period) -> str:
        return titles.proposed_title(unit=unit.name, period=period)

    @property
    def content(self) -> ReportContent:
        return ReportContent(
            title=self.cleaned_data["title"],
            since=self.cleaned_data["since"],
            until=self.cleaned_data["until"],
            text=self.cleaned_data.get("text", ""),
            subtitle=self.cleaned_data["subtitle"],
            organ=self.cleaned_data["organ"],
        )


def _unreadable(period: Period) -> str:
    try:
        periods.require_readable(period)
    except DomainError as refusal:
        return str(refusal)
    return ""


def _words(label: Label, hint: Label = "", *, longest: int = LONGEST_LINE) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=longest, required=False)


def _lines(label: Label, hint: Label = "", *, longest: int = LONGEST_ELEMENT) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, help_text=hint, max_length=longest, required=False, strip=False, widget=widget
    )


def _forms() -> list[tuple[str, str]]:
    return [(value, capfirst(str(label))) for value, label in DocumentForm.choices]


class HeadForm(ReportForm):
    """The elements around an official document's text; which of them a form has is told by `heads.ASKED`."""

    form = forms.ChoiceField(
        label=_("Form of the document"),
        choices=_forms,
        help_text=_("The form decides which elements are asked for and how they are printed."),
    )
    mark = _words(_("Organ's mark"), _("If left empty: the organ's name, with what the form adds to it."))
    number_code = _words(_("Organ's code"), _("In Chinese, such as 高工发."), longest=20)
    number_year = forms.IntegerField(label=_("Year"), min_value=1949, max_value=2099, required=False)
    number_serial = forms.IntegerField(label=_("Serial number"), min_value=1, max_value=99999, required=False)
    signers = _words(_("Signers"), _("Several names: with 、 between."))
    recipients = _words(_("Recipients"), _("Without the colon; it is printed."), longest=LONGEST_ELEMENT)
    attachments = _lines(_("Annexes"), _("One name on each line; numbers are printed."))
    attachment_texts = _lines(
        _("Texts of annexes"),
        _("Only what is printed along: a line 附件1, then its text, then 附件2…"),
        longest=LONGEST_TEXT,
    )
    sealed = forms.BooleanField(label=_("A seal is put on it"), required=False)
    stamp = _words(
        _("Post beside the signer's stamp"),
        _("Only where the signer's stamp stands in the organ's place: 主席."),
        longest=LONGEST_SIGNER,
    )
    remark = _words(
        _("Remark below the date"),
        _("Such as 此件公开发布, or 联系人 and telephone of a request. The brackets are printed."),
        longest=LONGEST_REMARK,
    )
    present = _lines(_("Present"))
    absent = _words(_("On leave"), longest=LONGEST_ELEMENT)
    observers = _words(_("Observers"), longest=LONGEST_ELEMENT)
    cc = _lines(_("Copies to"))
    printed_by = _words(_("Printed by"))
    printed_on = forms.DateField(label=_("Printed on"), required=False, widget=DayInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        number = [cleaned.get(name) for name in NUMBER_FIELDS]
        if any(number) and not all(number):
            self.add_error("number_serial", str(NumberUnreadable()))
        named = {"listed": cleaned.get("attachments", ""), "texts": cleaned.get("attachment_texts", "")}
        if heads.stray_texts(**named):
            self.add_error("attachment_texts", str(AnnexNameless()))
        return cleaned

    @property
    def content(self) -> ReportContent:
        return replace(super().content, head=self.head)

    @property
    def head(self) -> Head:
        given = self.cleaned_data
        code, year, serial = (given.get(name) for name in NUMBER_FIELDS)
        return Head(
            form=Form(given["form"]),
            number=DocumentNumber(code, year, serial) if code and year and serial else None,
            signers=heads.names(given["signers"]),
            attachments=heads.attachments(listed=given["attachments"], texts=given["attachment_texts"]),
            **{name: given[name] for name in AS_TYPED},
        )

    @property
    def chosen(self) -> Form:
        """The form that is chosen now, saved or not."""
        given = self["form"].value()
        return Form(given) if given in DocumentForm.values else Form.PLAIN

    @property
    def asked(self) -> list[AskedField]:
        """The fields that the chosen form asks for, in the order of the page."""
        names = [name for name in HEAD_FIELDS if _element(name) in heads.asks(self.chosen)]
        return [_asked(self[name], form=self.chosen) for name in names]

    @property
    def unasked(self) -> list[BoundField]:
        """The others are carried along, so that nothing typed is lost when the form is changed."""
        return [self[name] for name in HEAD_FIELDS if _element(name) not in heads.asks(self.chosen)]


def _asked(bound: BoundField, *, form: Form) -> AskedField:
    """A field that some form needs says which ones; only the first of a number's three does."""
    needing = heads.forms_needing(_element(bound.name))
    hint = str(bound.help_text)
    if needing and bound.name not in NUMBER_FIELDS[1:]:
        needed = _("To be filled in before issuing: %(forms)s.")
        hint = f"{hint} {needed % {'forms': str(BETWEEN).join(str(FORMS[one]) for one in needing)}}".strip()
    return AskedField(
        bound,
        "" if bound.name in NARROW else "wide",
        hint,
        str(_("needed for issuing")) if form in needing else "",
    )


def _element(name: str) -> str:
    """The head's field that a field of the page belongs to."""
    return {**dict.fromkeys(NUMBER_FIELDS, "number"), "attachment_texts": "attachments"}.get(name, name)


class NewReportForm(ReportForm):
    """With a template the title and the text are its own, filled in for the unit and the period."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, template: Template | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template

    def proposed_title(self, unit: Unit, period: Period) -> str:
        if self.template is None:
            return super().proposed_title(unit, period)
        if not self.template.title:
            return titles.proposed_title(unit=unit.name, period=period, template=self.template.name)
        return queries.begun(template=self.template, unit=unit, period=period).title

    @property
    def content(self) -> ReportContent:
        content = super().content
        if self.template is None:
            return content
        period = Period(content.since, content.until)
        begun = queries.begun(template=self.template, unit=self.cleaned_data["unit"], period=period)
        return replace(content, text=begun.text, head=Head(form=Form(self.template.form)))


class EditorForm(HeadForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"spellcheck": "false", "data-editor-text": ""}),
    )

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")


class IssueForm(forms.Form):
    dated_on = forms.DateField(label=_("Date of the report"), widget=DayInput)
    reason = forms.CharField(
        label=_("Reason for issuing anyway"),
        required=False,
        max_length=LONGEST_REASON,
        error_messages={"required": _("Errors are open. Say why the report is issued anyway.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    confirmed = forms.BooleanField(
        label=_("I have looked at the open findings, and issue the report as it stands."),
        error_messages={
            "required": _("Some findings are open. Correct them, or tick that you have seen them.")
        },
    )
    with_trail = forms.BooleanField(
        label=_("Print what stands behind the figures as an annex"),
        required=False,
        help_text=_("For each figure its value, formula and the newest records, as they stand now."),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    position = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks_to_confirm: bool, asks_for_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = asks_for_reason
        if not asks_to_confirm:
            del self.fields["confirmed"]


def editor_initial(report: Report, *, shown: str, proposed: DocumentNumber | None) -> dict[str, Any]:
    """`shown`: the text with names in its marks; `proposed`: the number that a document without one is offered."""
    return _head_initial(report.head, proposed) | {
        "unit": report.unit_id,
        "since": report.since,
        "until": report.until,
        "title": report.title,
        "subtitle": report.subtitle,
        "organ": report.organ,
        "text": shown,
        "version": report.version,
    }


def _head_initial(head: Head, proposed: DocumentNumber | None) -> dict[str, Any]:
    listed, texts = heads.listed(head.attachments)
    number = head.number or (proposed if "number" in heads.asks(head.form) else None)
    return {name: getattr(head, name) for name in AS_TYPED} | {
        "form": head.form.value,
        "number_code": number.code if number else "",
        "number_year": number.year if number else None,
        "number_serial": number.serial if number else None,
        "signers": "、".join(head.signers),
        "attachments": listed,
        "attachment_texts": texts,
    }


class NewTemplateForm(ActForm):
    """A template made of a report: what it is called, and what to mind in writing."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    guidance = forms.CharField(
        label=_("Guidance"),
        required=False,
        max_length=LONGEST_GUIDANCE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TemplateForm(NewTemplateForm):
    text_kind = forms.ChoiceField(label=_("Kind of text"), choices=TextKind.choices)
    form = forms.ChoiceField(label=_("Form of the document"), choices=_forms)
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=LONGEST_LINE,
        help_text=_("{单位}, {期间} and {年份} are filled in for each report, in the title and in the text."),
    )
    limit = forms.IntegerField(
        label=_("At most so many characters"),
        required=False,
        min_value=1,
        max_value=LARGEST_LIMIT,
        help_text=_("With punctuation, without spaces. An explanatory report beyond it is an error."),
    )
    text = forms.CharField(
        label=_("Text"), required=False, strip=False, max_length=LONGEST_TEXT, widget=forms.Textarea
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    field_order = ("name", "text_kind", "form", "title", "limit", "guidance", "text")

    @property
    def content(self) -> TemplateContent:
        names = ("name", "text_kind", "form", "guidance", "title", "text", "limit")
        return TemplateContent(**{name: self.cleaned_data[name] for name in names})


class CommentForm(forms.Form):
    """About a quote in the editor's text (`start`), or a paragraph as read, counted from 0."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    quote = forms.CharField(
        required=False, max_length=LONGEST_QUOTE * 10, strip=False, widget=forms.HiddenInput
    )
    start = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_TEXT, widget=forms.HiddenInput)
    paragraph = forms.IntegerField(label=_("Paragraph"), required=False, min_value=0, widget=forms.Select)
    words = forms.CharField(
        label=_("Comment"), max_length=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": 3})
    )

    @property
    def passage(self) -> Passage:
        return Passage(
            quote=self.cleaned_data["quote"],
            start=self.cleaned_data["start"],
            paragraph=self.cleaned_data["paragraph"],
        )


class StepForm(forms.Form):
    """`version` is the report's as the person saw it."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    opinion = forms.CharField(required=False, max_length=LONGEST_REASON, widget=forms.Textarea)


class SignOffRuleForm(ActForm):
    demands_check = forms.BooleanField(
        label=_("Another person than the last writer checks each report before it is issued"), required=False
    )
