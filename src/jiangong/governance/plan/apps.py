from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanConfig(AppConfig):
    name = "jiangong.governance.plan"
    label = "plan"
    verbose_name = _("plan")

    def ready(self) -> None:
        from jiangong.governance.plan import models, operations, sheets
        from jiangong.ground.organization import operations as organization
        from jiangong.ground.shared import seals
        from jiangong.ground.sheets.rules import listings

        seals.keep("campaign", models.Campaign)
        seals.keep("programme", models.Programme)
        seals.keep("task", models.Task)
        seals.keep("task_unit", models.TaskUnit)
        seals.keep("task_person", models.TaskPerson)
        seals.keep("milestone", models.Milestone)
        seals.keep("dependency", models.Dependency)
        seals.keep("light_rule", models.LightRule)
        for code, model in (
            ("notice", models.Notice),
            ("robot", models.Robot),
            ("reminder_choice", models.ReminderChoice),
        ):
            seals.keep(code, model)
        organization.tree_guards.add(
            organization.TreeGuard(
                code="plan", moving=lambda _units, _day: None, ending=operations.require_no_open_tasks
            )
        )
        listings.add(*sheets.LISTINGS)
        _tell_the_desk()
        _tell_of_supervision()


def _tell_the_desk() -> None:
    from jiangong.governance.plan import queries
    from jiangong.ground.shared import frame

    frame.menu.add(
        frame.MenuEntry(code="plan", label=_("Plan"), icon="target", url_name="plan:campaigns", order=20)
    )
    frame.waiting.add(frame.WaitingSource(code="plan", read=queries.waiting_tasks))
    frame.subjects.add(
        frame.Subject("campaign", _("campaign"), "plan:campaign", queries.campaign_names),
        frame.Subject("light_rule", _("rule of the lights")),
        frame.Subject("task", _("task"), "plan:task", queries.task_names),
    )
    frame.acts.add(
        frame.Act("campaign.open", _("opened a campaign"), "flag"),
        frame.Act("campaign.change", _("changed the campaign"), "pencil"),
        frame.Act("campaign.close", _("closed the campaign"), "lock"),
        frame.Act("campaign.reopen", _("took the campaign up again"), "arrow-back-up"),
        frame.Act("programme.write", _("wrote the programme"), "pencil"),
        frame.Act("programme.issue", _("issued the programme"), "rosette-discount-check"),
        frame.Act("task.add", _("added the task"), "plus"),
        frame.Act("task.change", _("changed the task"), "pencil"),
        frame.Act("task.move", _("moved the task"), "arrows-exchange"),
        frame.Act("task.remove", _("took the task out of the draft"), "trash"),
        frame.Act("lights.set", _("set from when on tasks are near or behind"), "settings"),
        frame.Act("task.end", _("ended the task"), "ban"),
    )


def _tell_of_supervision() -> None:
    """Notices and reminders: what waits, and what was done."""
    from jiangong.governance.plan import queries
    from jiangong.ground.shared import frame

    frame.waiting.add(frame.WaitingSource(code="plan-notices", read=queries.waiting_notices))
    frame.subjects.add(
        frame.Subject("notice", _("supervision notice"), "plan:notice", queries.notice_names),
        frame.Subject("robot", _("robot")),
        frame.Subject("delivery", _("sent message")),
    )
    frame.acts.add(
        frame.Act("notice.issue", _("issued the notice"), "bell"),
        frame.Act("notice.receive", _("received the notice"), "inbox"),
        frame.Act("notice.answer", _("answered the notice"), "messages"),
        frame.Act("notice.accept", _("accepted the answer"), "checks"),
        frame.Act("notice.send_back", _("sent the answer back"), "arrow-back-up"),
        frame.Act("task.milestone", _("said how a milestone of the task stands"), "flag"),
        frame.Act("robot.add", _("added a robot"), "plus"),
        frame.Act("robot.end", _("took the robot away"), "trash"),
        frame.Act("delivery.send_again", _("had the message sent again"), "refresh"),
        frame.Act("reminders.choose", _("chose how reminders come"), "settings"),
    )
