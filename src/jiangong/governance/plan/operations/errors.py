"""What planning refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.errors import DomainError


class NameMissing(DomainError):
    code = "campaign.name_missing"
    message = _("Give the campaign a name of 1 to 80 characters.")


class DaysReversed(DomainError):
    code = "plan.days_reversed"
    message = _("The last day lies before the first. Correct one of them.")


class CampaignOver(DomainError):
    code = "campaign.over"
    message = _("The campaign is closed, so its plan stays as it is.")
    status = 409


class CampaignOpen(DomainError):
    code = "campaign.open_already"
    message = _("The campaign is running already. Nothing was done twice.")
    status = 409


class TasksOutside(DomainError):
    code = "campaign.tasks_outside"
    message = _(
        "%(count)s of its tasks would lie outside these days, such as “%(task)s”. Change those first."
    )


class ProgrammeMissing(DomainError):
    code = "programme.missing"
    message = _("Write the programme first: give it a title.")
    status = 409


class TitleMissing(DomainError):
    code = "programme.title_missing"
    message = _("Give it a title of 1 to 120 characters.")


class ProgrammeEmpty(DomainError):
    code = "programme.empty"
    message = _("The programme has no task yet. Add the first before it is issued.")


class IssuedAlready(DomainError):
    code = "programme.issued_already"
    message = _("The programme was issued already. Nothing was done twice.")
    status = 409


class LeadNotOne(DomainError):
    code = "task.lead_not_one"
    message = _(
        "A task has exactly one lead unit. Choose one; the others are responsible or cooperating units."
    )


class PersonMissing(DomainError):
    code = "task.person_missing"
    message = _("Name at least one responsible person.")


class UnitTwice(DomainError):
    code = "task.unit_twice"
    message = _("“%(unit)s” has two parts in the task. Leave it in one.")


class UnitOutside(DomainError):
    code = "task.unit_outside"
    message = _("One of the units does not belong to this federation. Choose again.")


class PersonOutside(DomainError):
    code = "task.person_outside"
    message = _("One of the persons does not belong to this federation. Choose again.")


class UnitEndsBefore(DomainError):
    code = "task.unit_ends_before"
    message = _("“%(unit)s” is dissolved on %(until)s, before the deadline. Choose the unit that takes over.")


class LeadsTasks(DomainError):
    code = "task.unit_leads"
    message = _(
        "The unit still takes part in open tasks, such as “%(task)s”. Give them to another unit in the plan, "
        "or end them, before it is dissolved."
    )


class OutsideCampaign(DomainError):
    code = "task.outside_campaign"
    message = _("The task has to lie within the campaign, from %(since)s to %(until)s. Correct its days.")


class MilestoneOutside(DomainError):
    code = "task.milestone_outside"
    message = _("“%(title)s” is not within the task's own days. Correct its day, or the task's.")


class TargetIncomplete(DomainError):
    code = "task.target_incomplete"
    message = _(
        "A target is a figure, a unit and a number above 0 together. Fill them in, or leave all empty."
    )


class Circular(DomainError):
    code = "task.circular"
    message = _("The tasks would wait for one another: %(way)s. Take one of them out.")


class NeedsOutside(DomainError):
    code = "task.needs_outside"
    message = _("A task waits only for tasks of the same programme. Choose again.")


class BelowItself(DomainError):
    code = "task.below_itself"
    message = _("A task cannot stand below itself or a task below it. Choose another place.")


class NotDraft(DomainError):
    code = "task.not_draft"
    message = _("The programme is issued, so its tasks are not removed. End the task with a reason.")
    status = 409


class TaskInUse(DomainError):
    code = "task.in_use"
    message = _("Other tasks stand below it or wait for it. Move or change those first.")
    status = 409


class TaskEnded(DomainError):
    code = "task.ended"
    message = _("The task has ended. Nothing was changed.")
    status = 409


class ReasonMissing(DomainError):
    code = "task.reason_missing"
    message = _("Say in a few words why the task ends.")


class TasksThere(DomainError):
    code = "programme.tasks_there"
    message = _("This programme has tasks already. Copy into a campaign that has none yet.")
    status = 409


class CopyOfNothing(DomainError):
    code = "programme.copy_of_nothing"
    message = _("There is no task to copy. Choose a campaign of this federation whose programme has tasks.")


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
