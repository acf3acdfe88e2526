"""Refusals of progress by hand and of striking off."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.errors import DomainError


class PercentUnfit(DomainError):
    code = "task_progress.percent_unfit"
    message = _("Give the progress as a whole number from 0 to 100.")


class ProgressWordsMissing(DomainError):
    code = "task_progress.words_missing"
    message = _("Say in 1 to 500 characters what was done.")


class BackWithoutReason(DomainError):
    code = "task_progress.back_without_reason"
    message = _("%(before)s%% was confirmed before. Say why the task is less far now.")


class NotOfTask(DomainError):
    code = "task_progress.not_of_task"
    message = _("Only the lead unit and the responsible departments report the progress of a task.")
    status = 403


class ClosingAsked(DomainError):
    code = "closing.asked_already"
    message = _("The task is on its way to being struck off already. Nothing was done twice.")
    status = 409


class ClosingUnproved(DomainError):
    code = "closing.unproved"
    message = _(
        "A task is struck off on evidence only. Report it as fully done with a photo or a file, and have the "
        "report confirmed."
    )
    status = 409


class TargetNotReached(DomainError):
    code = "closing.target_not_reached"
    message = _("The target is not reached: %(value)s of %(aim)s. Ask again once the ledger shows it.")
    status = 409


class PartsOpen(DomainError):
    code = "closing.parts_open"
    message = _("%(count)s tasks below it are not struck off, such as “%(task)s”. Strike those off first.")
    status = 409


class ClosingWordsMissing(DomainError):
    code = "closing.words_missing"
    message = _("Say in 1 to 300 characters what it rests on.")


class RecheckPlaceMissing(DomainError):
    code = "closing.place_missing"
    message = _("Say where the re-check was made.")


class RecheckDayUnfit(DomainError):
    code = "closing.day_unfit"
    message = _("The day of the re-check lies between the check, on %(since)s, and today. Correct it.")


class PhotosWithoutReport(DomainError):
    code = "closing.photos_without_report"
    message = _(
        "Photos of the spot are kept with the report that the closing rests on, and this one rests on none. "
        "Leave the photos out, and describe what was seen."
    )


class ClosingReasonMissing(DomainError):
    code = "closing.reason_missing"
    message = _("Say in a few words what is still to be done.")
