from django.apps import AppConfig
from django.apps import apps as every_app
from django.apps.registry import Apps
from django.db.models import Q
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PlanConfig(AppConfig):
    name = "jiangong.governance.plan"
    label = "plan"
    verbose_name = _("plan")

    def ready(self) -> None:
        from jiangong.governance.plan import models, operations
        from jiangong.governance.plan.sheets import TABLE_OF_TASKS
        from jiangong.ground.organization import operations as organization
        from jiangong.ground.shared import seals
        from jiangong.ground.sheets.rules import sheets

        seals.keep("campaign", models.Campaign)
        seals.keep("programme", models.Programme)
        seals.keep("task", models.Task)
        seals.keep("task_unit", models.TaskUnit)
        seals.keep("task_person", models.TaskPerson)
        seals.keep("milestone", models.Milestone)
        seals.keep("dependency", models.Dependency)
        seals.keep("light_rule", models.LightRule)
        seals.keep("task_closing", models.Closing)
        seals.keep("title", models.Title, where=Q(book__isnull=False))
        seals.keep("leading_body", models.LeadingBody)
        seals.keep("feed", models.Feed)
        seals.keep("meeting_kind", models.MeetingKind)
        seals.keep("meeting", models.Meeting)
        seals.keep("minutes", models.Minutes)
        seals.keep("attendance", models.Attendance)
        seals.keep("agenda_item", models.AgendaItem)
        seals.keep("decision", models.Decision)
        seals.keep("decision_person", models.DecisionPerson)
        seals.keep("difficulty", models.Difficulty)
        seals.keep("wall", models.Wall)
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
        _tell_the_books()
        sheets.add(TABLE_OF_TASKS)
        post_migrate.connect(_after_migrate, sender=self)
        _tell_the_desk()
        _tell_of_meetings()
        _tell_of_closing()
        _tell_of_supervision()


def _tell_the_books() -> None:
    """Reports of progress are records like any other."""
    from jiangong.books.figures.rules.catalogue import catalogue
    from jiangong.books.ledger.measures import RecordKind, measures, record_kinds
    from jiangong.governance.plan import measures as own
    from jiangong.governance.plan import operations, queries

    measures.add(*own.MEASURES)
    catalogue.add(*own.FIGURES)
    record_kinds.add(
        RecordKind(
            code="task_progress",
            label=_("Progress of a task"),
            icon="target",
            entries=own.progress_entries,
            findings=queries.progress_findings,
            findings_of=queries.progress_findings_of,
            names=queries.progress_names,
            lines=queries.progress_lines,
            contents=queries.progress_contents,
            apply=operations.apply_progress,
            described=queries.progress_described,
            change_url_name="plan:change_progress",
        )
    )


def _tell_of_closing() -> None:
    """Reports on the entry page, closings that wait, and what was done with them."""
    from jiangong.governance.plan import queries, sheets
    from jiangong.ground.shared import frame
    from jiangong.ground.sheets.rules import listings

    listings.add(*sheets.LISTINGS)
    frame.entry_sources.add(frame.EntrySource(code="plan", read=queries.entry_choices))
    frame.waiting.add(frame.WaitingSource(code="plan-closing", read=queries.waiting_closings))
    frame.acts.add(
        frame.Act("closing.ask", _("asked for the task to be struck off"), "send"),
        frame.Act("closing.check", _("checked the task for the lead unit"), "check"),
        frame.Act("closing.strike_off", _("re-checked the task and struck it off"), "rosette-discount-check"),
        frame.Act("closing.return", _("sent the task back for more work"), "arrow-back-up"),
        frame.Act("closing.reopen", _("reopened the task after a re-check"), "alert-triangle"),
    )


def _after_migrate(apps: Apps = every_app, **_kwargs: object) -> None:
    """Where the migrations stopped before there were titles, there is nothing to ship."""
    from jiangong.governance.plan import operations

    if any(model._meta.label == "plan.Title" for model in apps.get_models()):
        operations.ship_titles()


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
        frame.Subject("title", _("title sought"), names=queries.title_names),
        frame.Subject("feed", _("calendar feed")),
        frame.Subject("task", _("task"), "plan:task", queries.task_names),
    )
    frame.acts.add(
        frame.Act("campaign.open", _("opened a campaign"), "flag"),
        frame.Act("campaign.change", _("changed the campaign"), "pencil"),
        frame.Act("campaign.close", _("closed the campaign"), "lock"),
        frame.Act("campaign.reopen", _("took the campaign up again"), "arrow-back-up"),
        frame.Act("campaign.lead", _("named the leading group"), "users-group"),
        frame.Act("title.add", _("added a title"), "plus"),
        frame.Act("title.end", _("ended a title"), "ban"),
        frame.Act("title.resume", _("took a title up again"), "arrow-back-up"),
        frame.Act("feed.make", _("made a calendar feed"), "calendar-event"),
        frame.Act("feed.end", _("ended a calendar feed"), "ban"),
        frame.Act("programme.write", _("wrote the programme"), "pencil"),
        frame.Act("programme.issue", _("issued the programme"), "rosette-discount-check"),
        frame.Act("task.add", _("added the task"), "plus"),
        frame.Act("task.change", _("changed the task"), "pencil"),
        frame.Act("task.move", _("moved the task"), "arrows-exchange"),
        frame.Act("task.remove", _("took the task out of the draft"), "trash"),
        frame.Act("lights.set", _("set from when on tasks are near or behind"), "settings"),
        frame.Act("task.end", _("ended the task"), "ban"),
    )


def _tell_of_meetings() -> None:
    """Meetings as records of the ledger, what waits of them, and their acts in the log."""
    from jiangong.books.ledger.measures import RecordKind, record_kinds
    from jiangong.governance.plan import measures as own
    from jiangong.governance.plan import operations, queries
    from jiangong.governance.reports.queries.origins import OriginSource, origin_sources
    from jiangong.ground.shared import frame

    record_kinds.add(
        RecordKind(
            code="meeting",
            label=_("Meeting"),
            icon="users-group",
            entries=own.meeting_entries,
            findings=operations.meeting_findings,
            findings_of=operations.meeting_findings_of,
            names=queries.meeting_names,
            lines=queries.meeting_lines,
            contents=queries.meeting_contents,
            apply=operations.apply_meeting,
            described=queries.meeting_described,
            change_url_name="plan:minutes",
            follow=operations.follow_meeting,
        )
    )
    frame.entry_sources.add(frame.EntrySource(code="meetings", read=queries.meeting_choices))
    origin_sources.add(OriginSource(code="meeting", read=queries.origin_of_report))
    frame.waiting.add(frame.WaitingSource(code="difficulties", read=queries.waiting_difficulties))
    frame.subjects.add(
        frame.Subject("meeting", _("meeting"), "plan:meeting", queries.meeting_titles),
        frame.Subject("meeting_kind", _("kind of meeting")),
        frame.Subject("difficulty", _("difficulty"), "plan:difficulty", queries.difficulty_names),
    )
    frame.acts.add(
        frame.Act("meeting.call", _("called the meeting"), "calendar-event"),
        frame.Act("meeting.change", _("changed the meeting"), "pencil"),
        frame.Act("meeting.call_off", _("called the meeting off"), "ban"),
        frame.Act("meeting.hold", _("began the minutes"), "notebook"),
        frame.Act("meeting.roll", _("called the roll"), "users"),
        frame.Act("meeting.item", _("changed the agenda"), "list-details"),
        frame.Act("meeting.item_removed", _("took an item off the agenda"), "trash"),
        frame.Act("meeting.decision", _("wrote down a decision"), "check"),
        frame.Act("meeting.decision_removed", _("struck out a decision"), "trash"),
        frame.Act("meeting.minutes", _("drafted the official minutes"), "file-text"),
        frame.Act("meeting.kind_add", _("added a kind of meeting"), "plus"),
        frame.Act("meeting.kind_end", _("ended a kind of meeting")),
        frame.Act("meeting.kind_resume", _("took up a kind of meeting again")),
        frame.Act("difficulty.raise", _("raised a difficulty"), "help-circle"),
        frame.Act("difficulty.withdraw", _("withdrew a difficulty"), "ban"),
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
