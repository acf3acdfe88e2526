"""What the writer's desk refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.errors import DomainError


class CheckMissing(DomainError):
    code = "report_check_missing"
    message = _(
        "This federation has every report checked by another person before it is issued. Send it for "
        "checking first."
    )


class CheckedByWriter(DomainError):
    code = "report_checked_by_writer"
    message = _("You wrote this text last, so somebody else checks it.")
    status = 409


class NotInStage(DomainError):
    code = "report_not_in_stage"
    message = _("The report is “%(state)s” now, so this does not fit. Open it again.")
    status = 409


class OpinionMissing(DomainError):
    code = "report_opinion_missing"
    message = _("Say what is to be mended, so that the writer knows.")


class VersionMissing(DomainError):
    code = "report_version_missing"
    message = _("There is no such version of this report. Choose one from the list.")
    status = 404


class NameMissing(DomainError):
    code = "template_name_missing"
    message = _("Give the template a name of 1 to 40 characters.")


class LimitUnfit(DomainError):
    code = "template_limit_unfit"
    message = _("A limit lies between 1 and %(most)s characters, or is left empty.")


class TemplateEnded(DomainError):
    code = "template_ended"
    message = _("This template is no longer offered. Nothing was changed.")
    status = 409


class CommentEmpty(DomainError):
    code = "comment_empty"
    message = _("Write a comment of 1 to %(most)s characters.")


class PublishedAlready(DomainError):
    code = "issue_published_already"
    message = _("This issue is public already. Nothing was done twice.")
    status = 409


class NotPublished(DomainError):
    code = "issue_not_published"
    message = _("This issue is not public. Open its page again.")
    status = 409


class WithdrawnNotPublished(DomainError):
    code = "issue_withdrawn_not_published"
    message = _("This issue was withdrawn, so it cannot be published. Publish the one that replaces it.")
    status = 409


class NamesUnagreed(DomainError):
    code = "issue_names_people"
    message = _(
        "The text names %(people)s. Leave the names out in a new issue, or confirm that those named agreed."
    )


class NumberUnreadable(DomainError):
    code = "document_number"
    message = _(
        "A document number has the organ's code in Chinese, a year of four digits and a serial number from 1 on, "
        "such as 高工发〔2020〕12号. Give all three, or none."
    )


class NumberTaken(DomainError):
    code = "document_number_taken"
    message = _(
        "%(number)s is already the number of “%(title)s”. The next one is free: give %(next)s as the serial number."
    )
    status = 409


class ElementsMissing(DomainError):
    code = "document_elements_missing"
    message = _(
        "This form of document still lacks: %(elements)s. Fill them in under “Elements of the document”, then issue."
    )


class AnnexNameless(DomainError):
    code = "document_annex_nameless"
    message = _("The text of an annex has no name in the list above it. Add the name, one on each line.")


class AnnexFigures(DomainError):
    code = "document_annex_figures"
    message = _(
        "The text of an annex cannot pick figures: write the number out, or move the sentence into the report."
    )


class NotChecked(DomainError):
    code = "text_not_checked"
    message = _("This text is still being checked. Wait a moment, then try again.")
    status = 409


class ClaimUnbound(DomainError):
    code = "claim_unbound"
    message = _("The ledger has no number for this place. Type it, or pick a figure in the editor.")


class FigureNotOffered(DomainError):
    code = "figure_not_offered"
    message = _("There is no such figure. Type a part of its name, and choose it from the list.")


class ClaimMoved(DomainError):
    code = "claim_moved"
    message = _("This place was rewritten in the draft. Open the draft, and pick the figure there.")
    status = 409


class NameElsewhere(DomainError):
    code = "consent_name_elsewhere"
    message = _("The saved text does not name this person. Write the name as it stands in the text.")


class ConsentDayMissing(DomainError):
    code = "consent_day_missing"
    message = _("Give the day on which the person agreed.")


class BasisMissing(DomainError):
    code = "consent_basis_missing"
    message = _("Say by what the person agreed, such as a signed form, in at most %(most)s characters.")


class ConsentKept(DomainError):
    code = "consent_kept"
    message = _("This person's consent is kept already. Withdraw it first, if it was given anew.")
    status = 409
