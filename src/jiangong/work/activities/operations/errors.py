"""What activities refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.errors import DomainError


class MeasureNotOfKind(DomainError):
    code = "measure_not_of_kind"
    message = _("%(kind)s does not ask for %(measure)s. Leave it out, or choose another kind of activity.")


class NegativeQuantity(DomainError):
    code = "negative_quantity"
    message = _("A quantity cannot be less than zero. Correct it.")


class VenueNotInBeing(DomainError):
    code = "venue_not_in_being"
    message = _("%(venue)s was not in use on %(day)s. Check the date, or choose another venue.")


class LecturerNotInPost(DomainError):
    code = "lecturer_not_in_post"
    message = _("%(lecturer)s was not a lecturer on %(day)s. Check the date, or choose another lecturer.")


class NotACommunity(DomainError):
    code = "not_a_community"
    message = _("Choose a community, village, grid or street of this federation.")


class ClosedBeforeOpened(DomainError):
    code = "closed_before_opened"
    message = _("The last day of the venue lies before its first. Correct one of them.")


class SignInNameMissing(DomainError):
    code = "sign_in_name_missing"
    message = _("Write your name and your work unit, so that you are counted once.")


class TooManySignIns(DomainError):
    code = "too_many_sign_ins"
    message = _("Very many people are signing in just now. Wait a minute, then send it again.")
    status = 429


class SentBefore(DomainError):
    code = "sent_before"
    message = _(
        "This form was already submitted with different content. Open the record to see what is booked."
    )
    status = 409


class AlreadyLecturer(DomainError):
    code = "already_lecturer"
    message = _("%(person)s is already a lecturer. Choose another person.")
    status = 409


class PlaceIncomplete(DomainError):
    code = "venue.place_incomplete"
    message = _("Give latitude and longitude in degrees, both or none, such as 32.7849 and 119.4437.")
