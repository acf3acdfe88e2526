"""Refusals of campaigns, programmes, tasks and what stands around them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.errors import DomainError


class NameMissing(DomainError):
    code = "campaign.name_missing"
    message = _("Give the campaign a name of 1 to 80 characters.")


class DaysReversed(DomainError):
    code = "plan.days_reversed"
    message = _("The last day lies before the first. Correct one of them.")


class CampaignDaysUnfit(DomainError):
    code = "campaign.days_unfit"
    message = _(
        "A campaign lies between %(first)s and %(last)s and lasts at most %(years)s years. Correct its days."
    )


class FormElsewhere(DomainError):
    code = "plan.form_elsewhere"
    message = _("This form was sent already, for something else. Open it anew, then send it again.")
    status = 409


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


class TitleUnknown(DomainError):
    code = "title.unknown"
    message = _("There is no such title any more. Choose again.")


class TitleNameMissing(DomainError):
    code = "title.name_missing"
    message = _("Give the title a name of 1 to 60 characters.")


class TitleThere(DomainError):
    code = "title.there"
    message = _("There is a title called “%(name)s” already. Choose it, or give another name.")


class BodyUnknown(DomainError):
    code = "leading.body_unknown"
    message = _(
        "The federation has no body called “%(body)s”. Appoint its members first, then choose it here."
    )


class BodyTwice(DomainError):
    code = "leading.body_twice"
    message = _("The leading group and its office are two bodies. Choose another one for the office.")


class FeedMade(DomainError):
    code = "feed.made"
    message = _("This feed was made already, and its address is shown once. End it, and make another.")
    status = 409


class FeedEnded(DomainError):
    code = "feed.ended"
    message = _("The address had ended already. Nothing was done twice.")
    status = 409


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


class IssueDayUnreadable(DomainError):
    code = "programme.issue_day_unreadable"
    message = _("The day of issue cannot be read, so nothing was issued. Choose the day again.")


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


class TargetUnfit(DomainError):
    code = "task.target_unfit"
    message = _("A value to reach has at most %(digits)s digits before the point and two behind it.")


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


class TaskKnownElsewhere(DomainError):
    code = "task.known_elsewhere"
    message = _("This identifier belongs to a task of another campaign. Leave the cell empty for a new task.")


class NumberUnreadable(DomainError):
    code = "task.number_unreadable"
    message = _("“%(number)s” is no number of a task. Write it as 1, 1.1 or 1.2.3.")


class NumberMissing(DomainError):
    code = "task.number_missing"
    message = _("Write where the new task stands, such as 1.2: below task 1, as its second part.")


class ParentMissing(DomainError):
    code = "task.parent_missing"
    message = _(
        "No task has the number %(parent)s, below which %(number)s would stand. Add it, or correct the number."
    )


class NumberUnknown(DomainError):
    code = "task.number_unknown"
    message = _(
        "No task has the number “%(number)s”. Write numbers of this table, such as 1.2, with “、” between them."
    )


class PersonUnknown(DomainError):
    code = "task.person_unknown"
    message = _("Nobody in this federation is called “%(name)s”. Check the name, or add the person first.")


class PersonSeveral(DomainError):
    code = "task.person_several"
    message = _("Several people are called “%(name)s”. Write the unit behind the name: %(example)s.")


class CampaignUnknown(DomainError):
    code = "task.campaign_unknown"
    message = _("No campaign that you plan for is called “%(name)s”. Write its name as the plan has it.")


class CampaignUnsaid(DomainError):
    code = "task.campaign_unsaid"
    message = _("Write the campaign to which the task belongs: there is more than one, or none, that runs.")


class TaskInUse(DomainError):
    code = "task.in_use"
    message = _(
        "Other tasks stand below it or wait for it, or a meeting or a difficulty names it. Change those first."
    )
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


class ProgressIsRead(DomainError):
    code = "task.progress_is_read"
    message = _("The progress of this task is read from the ledger, so nobody reports it.")
    status = 409


class ProgressOfParts(DomainError):
    code = "task.progress_of_parts"
    message = _("The task is as far as the tasks below it. Report the progress of those.")
    status = 409


class NotIssued(DomainError):
    code = "task.not_issued"
    message = _("The programme is a draft. Its tasks are reported and struck off once it is issued.")
    status = 409


class AboveIsClosed(DomainError):
    code = "task.above_is_closed"
    message = _(
        "“%(task)s” has ended or is struck off, so nothing new is put below it. Choose another task above it, "
        "or none."
    )
    status = 409


class TaskStruckOff(DomainError):
    code = "task.struck_off"
    message = _("The task is struck off. The office has to reopen it before anything changes.")
    status = 409
