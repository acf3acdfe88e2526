"""What the ledger refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.errors import DomainError


class DateInFuture(DomainError):
    code = "date_in_future"
    message = _("%(day)s has not come yet. Enter what was done, with the day on which it was done.")


class DateOutsideLife(DomainError):
    code = "date_outside_life"
    message = _("%(unit)s did not exist on %(day)s. Check the date, or choose the unit that existed then.")


class TitleMissing(DomainError):
    code = "title_missing"
    message = _("Give a title of 1 to 120 characters.")


class NotEditable(DomainError):
    code = "not_editable"
    message = _("This record is %(state)s and cannot be edited. Propose an amendment instead.")
    status = 409


class CodeBooked(DomainError):
    code = "code_booked"
    message = _("Records were booked under the code %(booked)s, so it stays. Name and other data can change.")
    status = 409


class MonthNotOver(DomainError):
    code = "month_not_over"
    message = _("The month that ends on %(month)s is not over yet. Close it when it is.")


class MonthClosed(DomainError):
    code = "month_closed"
    message = _("The books are closed until %(day)s already. Choose a later month.")
    status = 409


class LateWithoutReason(DomainError):
    code = "late_without_reason"
    message = _(
        "The books are closed until %(day)s. What is booked in a closed month restates it, so give the reason."
    )
    status = 409


class ChangedSince(DomainError):
    code = "changed_since"
    message = _("This record was changed after you opened it. Look at it as it now stands, then decide.")
    status = 409


class StillUsed(DomainError):
    code = "still_used"
    message = _("Another record refers to this one. Take it out there first.")
    status = 409


class AlreadyDecided(DomainError):
    code = "already_decided"
    message = _("Somebody was quicker: this record is already %(state)s. Nothing was done twice.")
    status = 409


class SelfConfirmation(DomainError):
    code = "self_confirmation"
    message = _("You entered this yourself. Another person has to decide on it.")
    status = 403


class FindingsOpen(DomainError):
    code = "findings_open"
    message = _("%(finding)s Correct the record, or give a reason to confirm it all the same.")


class ReasonMissing(DomainError):
    code = "reason_missing"
    message = _("Give the reason in a few words, so that the other side knows what to do.")


class AmendmentOpen(DomainError):
    code = "amendment_open"
    message = _("An amendment of this record is already waiting. It has to be decided first.")
    status = 409


class NothingChanged(DomainError):
    code = "nothing_changed"
    message = _("Nothing differs from what is booked. Change something, or leave the record as it is.")


class UnitMoved(DomainError):
    code = "unit_has_later_records"
    message = _(
        "Records were already booked on %(day)s or later, so the tree cannot change from that day. "
        "Choose a day after the last record."
    )


class KindUnknown(DomainError):
    code = "kind_unknown"
    message = _("There is no such kind of record. Choose one of those offered.")


class SubjectTooLarge(DomainError):
    code = "subject_too_large"
    message = _("The subject number does not fit. Tell the system administrator.")


class QuantityTooLarge(DomainError):
    code = "quantity_too_large"
    message = _("%(quantity)s is too large to be booked. Check for a unit typed twice, such as 万.")


class BookMissing(DomainError):
    code = "book_missing"
    message = _("This federation has no book yet. The system administrator opens one with `jiangong init`.")


class NameMissing(DomainError):
    code = "own.name_missing"
    message = _("Give it a name of up to 80 characters.")


class NameTaken(DomainError):
    code = "own.name_taken"
    message = _(
        "Something else is called “%(name)s” already. Choose a name of its own: reports call it by name."
    )


class DistinctByHand(DomainError):
    code = "own.distinct_by_hand"
    message = _("Different persons are counted by sign-in only. Choose a flow or a stock for what is typed.")


class DimensionUnknown(DomainError):
    code = "own.dimension_unknown"
    message = _("Choose one of the dimensions offered, or none.")


class DecimalsUnfit(DomainError):
    code = "own.decimals_unfit"
    message = _("Counted in %(unit)s, it takes at most %(most)s decimals here. Change the decimals.")


class RangeUnreadable(DomainError):
    code = "own.range_unreadable"
    message = _("Give the lowest and the highest usual number, the lower one first, or leave both empty.")


class BatchNotReady(DomainError):
    code = "batch_not_ready"
    message = _("This import is %(state)s, so it cannot be confirmed now. Look through it again.")
    status = 409
