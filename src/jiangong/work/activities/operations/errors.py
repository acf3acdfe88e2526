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


class KindChanged(DomainError):
    code = "activity.kind_changed"
    message = _(
        "This kind of activity was changed meanwhile. What you typed is kept: look at what it asks for now, then "
        "send it again."
    )
    status = 409


class OnlineNotAllowed(DomainError):
    code = "activity.online_not_allowed"
    message = _("“%(kind)s” is not held online. Take the mark off, or choose another kind.")


class IconUnknown(DomainError):
    code = "kind.icon_unknown"
    message = _("Choose one of the icons offered.")


class QuantityNotOffered(DomainError):
    code = "kind.quantity_not_offered"
    message = _("Choose quantities from the list, each of them once.")


class PhotosUnreadable(DomainError):
    code = "kind.photos_unreadable"
    message = _("Say how many photos prove it: 0 to %(most)s.")


class CaptionPartUnknown(DomainError):
    code = "kind.caption_part_unknown"
    message = _("Choose what captions state from the list.")
