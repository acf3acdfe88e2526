"""Refusals of lights, notices, reminders and robots."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.errors import DomainError


class DaysUnfit(DomainError):
    code = "light_rule.days_unfit"
    message = _("Give 0 to %(most)s days.")


class SlackUnfit(DomainError):
    code = "light_rule.slack_unfit"
    message = _("Give 0 to 100 points of progress.")


class WordsMissing(DomainError):
    code = "notice.words_missing"
    message = _("Say what is asked, in 1 to 1,000 characters.")


class LevelUnknown(DomainError):
    code = "notice.level_unknown"
    message = _("Choose blue, yellow or red.")


class AnswerDayPast(DomainError):
    code = "notice.answer_day_past"
    message = _("The answer cannot be due before today. Choose today or a later day.")


class ProgrammeNotIssued(DomainError):
    code = "notice.programme_not_issued"
    message = _("The programme is a draft. Issue it before a notice about one of its tasks.")
    status = 409


class ReceivedAlready(DomainError):
    code = "notice.received_already"
    message = _("The notice was received already. Nothing was done twice.")
    status = 409


class NotToAnswer(DomainError):
    code = "notice.not_to_answer"
    message = _("The notice waits for no answer now: receive it first, or see below what came of it.")
    status = 409


class NotAnswered(DomainError):
    code = "notice.not_answered"
    message = _("The notice has no answer that waits. See below what came of it.")
    status = 409


class ReportNotOfTask(DomainError):
    code = "notice.report_not_of_task"
    message = _("Choose a confirmed report of progress of this task, or none.")


class AnswerMissing(DomainError):
    code = "notice.answer_missing"
    message = _("Say what was done, in 1 to 2,000 characters.")


class OwnAnswer(DomainError):
    code = "notice.own_answer"
    message = _("You gave this answer yourself. Another person of the office accepts it or sends it back.")
    status = 409


class SendBackReasonMissing(DomainError):
    code = "notice.reason_missing"
    message = _("Say in a few words why the answer is sent back.")


class AnswerDaysUnfit(DomainError):
    code = "light_rule.answer_days_unfit"
    message = _("Give 1 to 90 days for the answer.")


class NightsUnfit(DomainError):
    code = "light_rule.nights_unfit"
    message = _("Give 0 to 365 nights; 0 is never.")


class NoticesUnfit(DomainError):
    code = "light_rule.notices_unfit"
    message = _("Give 0 to 20 notices; 0 is never.")


class AlreadySent(DomainError):
    code = "delivery.sent_already"
    message = _("The message was sent, or is on its way. Nothing was done twice.")
    status = 409


class MailUnset(DomainError):
    code = "delivery.mail_unset"
    message = _("The server has no mail set up. Ask the operator to set JIANGONG_MAIL_HOST.")
    status = 503


class MailMissing(DomainError):
    code = "reminders.mail_missing"
    message = _("Give a mail address such as name@example.cn, or choose none.")


class RhythmUnknown(DomainError):
    code = "reminders.rhythm_unknown"
    message = _("Choose how often: at once, one a day, one a week, or none.")


class RobotEnded(DomainError):
    code = "robot.ended"
    message = _("The robot was taken away. Nothing was sent.")
    status = 409


class RobotNameMissing(DomainError):
    code = "robot.name_missing"
    message = _("Give the robot a name of 1 to 60 characters, such as that of its chat.")


class RobotKindUnknown(DomainError):
    code = "robot.kind_unknown"
    message = _("Choose WeCom, DingTalk or Feishu.")


class SecretTooLong(DomainError):
    code = "robot.too_long"
    message = _("The address has at most 500 characters, the secret 200. Copy them again.")


class RobotSealed(DomainError):
    code = "robot.sealed"
    message = _("The server's secret key is another one than before. Take the robot away and add it again.")
    status = 409
