from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanConfig(AppConfig):
    name = "jiangong.governance.plan"
    label = "plan"
    verbose_name = _("plan")

    def ready(self) -> None:
        from jiangong.governance.plan import models, operations
        from jiangong.ground.organization import operations as organization
        from jiangong.ground.shared import seals

        seals.keep("campaign", models.Campaign)
        seals.keep("programme", models.Programme)
        seals.keep("task", models.Task)
        seals.keep("task_unit", models.TaskUnit)
        seals.keep("task_person", models.TaskPerson)
        seals.keep("milestone", models.Milestone)
        seals.keep("dependency", models.Dependency)
        seals.keep("light_rule", models.LightRule)
        seals.keep("wall", models.Wall)
        organization.tree_guards.add(
            organization.TreeGuard(
                code="plan", moving=lambda _units, _day: None, ending=operations.require_no_open_tasks
            )
        )
        _tell_the_desk()


def _tell_the_desk() -> None:
    from jiangong.governance.plan import queries
    from jiangong.ground.shared import frame

    frame.menu.add(
        frame.MenuEntry(code="plan", label=_("Plan"), icon="target", url_name="plan:campaigns", order=20)
    )
    frame.menu.add(
        frame.MenuEntry(
            code="departments",
            label=_("Departments"),
            icon="briefcase",
            url_name="plan:departments",
            order=21,
        )
    )
    frame.acts.add(frame.Act("wall.set", _("chose the figures of the wall page"), "device-desktop"))
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
