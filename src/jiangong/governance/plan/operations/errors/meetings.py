"""What meetings, their minutes and difficulties refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.errors import DomainError


class MeetingKindUnknown(DomainError):
    code = "meeting.kind_unknown"
    message = _("There is no such kind of meeting any more. Choose one from the list.")


class KindNameTaken(DomainError):
    code = "meeting_kind.name_taken"
    message = _("There is a kind of meeting of this name already. Give it another one.")


class KindNameMissing(DomainError):
    code = "meeting_kind.name_missing"
    message = _("Give the kind of meeting a name of 1 to 40 characters.")


class EndsBeforeItBegins(DomainError):
    code = "meeting.ends_before"
    message = _("The meeting would end before it begins. Correct one of the times.")


class MeetingOutsideCampaign(DomainError):
    code = "meeting.outside_campaign"
    message = _("The meeting has to lie within the campaign, from %(since)s to %(until)s. Correct its day.")


class NobodyAsked(DomainError):
    code = "meeting.nobody_asked"
    message = _("Choose at least one person who is to attend.")


class AskedTwice(DomainError):
    code = "meeting.asked_twice"
    message = _("“%(person)s” is to attend and to sit in at once. Leave one of them.")


class CalledOff(DomainError):
    code = "meeting.called_off"
    message = _("The meeting was called off. Call another one.")
    status = 409


class HeldAlready(DomainError):
    code = "meeting.held_already"
    message = _("The minutes of this meeting are begun already, so it is not called off.")
    status = 409


class NotHeldYet(DomainError):
    code = "meeting.not_held_yet"
    message = _(
        "The meeting is called for %(day)s. Its minutes begin on that day; change the day if it was held."
    )
    status = 409


class NotBegun(DomainError):
    code = "meeting.not_begun"
    message = _("What came of the meeting is written once it is held. Begin the minutes first.")
    status = 409


class OffReasonMissing(DomainError):
    code = "meeting.off_reason_missing"
    message = _("Say in a few words why the meeting is called off.")


class ItemTitleMissing(DomainError):
    code = "agenda.title_missing"
    message = _("Give the agenda item a title of 1 to 120 characters.")


class ItemOutside(DomainError):
    code = "agenda.outside"
    message = _("The task or difficulty does not belong to this campaign. Choose again.")


class DecisionWordsMissing(DomainError):
    code = "decision.words_missing"
    message = _("Say what was decided, in 1 to 500 characters.")


class DeadlineMissing(DomainError):
    code = "decision.deadline_missing"
    message = _("Say by when it is to be done.")


class SolvesNothing(DomainError):
    code = "decision.solves_nothing"
    message = _("Choose the difficulty that this decision solves.")


class DifficultyDecided(DomainError):
    code = "difficulty.decided"
    message = _(
        "This difficulty is solved or withdrawn already. Choose another one, or only write the decision."
    )
    status = 409


class DifficultyWordsMissing(DomainError):
    code = "difficulty.words_missing"
    message = _("Say in 1 to 300 characters what stands in the way.")


class WithdrawalReasonMissing(DomainError):
    code = "difficulty.reason_missing"
    message = _("Say in a few words why it is withdrawn.")


class NotConfirmed(DomainError):
    code = "minutes.not_confirmed"
    message = _("Minutes are issued from a record that another person has confirmed. Hand it in first.")
    status = 409
