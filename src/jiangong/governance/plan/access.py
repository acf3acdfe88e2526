"""Who may do what with plans: those who plan for the federation write them, all its people read what is issued."""

from __future__ import annotations

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from jiangong.governance.plan.models import (
    Attendance,
    Campaign,
    Closing,
    ClosingState,
    LeadingBody,
    LeadingPart,
    Meeting,
    Notice,
    Robot,
    Task,
    TaskUnit,
    UnitPart,
)
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, Ancestry, Post, Unit
from jiangong.ground.shared.actors import Actor


def campaigns_in_reach(actor: Actor) -> QuerySet[Campaign]:
    """Of the federations above (or at) the units on which the actor has a role."""
    if actor.is_system:
        return Campaign.objects.all()
    above = Ancestry.objects.filter(unit_id__in=actor.units_with(), until__isnull=True)
    return Campaign.objects.filter(book__federation_id__in=above.values("ancestor_id"))


def tasks_in_reach(actor: Actor) -> QuerySet[Task]:
    """A draft's tasks do not exist for those who do not plan."""
    found = Task.objects.filter(programme__campaign__in=campaigns_in_reach(actor))
    if actor.is_system:
        return found
    planned = organization.unit_ids_in_scope(actor, Right.PLAN)
    return found.filter(
        Q(programme__issued_on__isnull=False) | Q(programme__campaign__book__federation_id__in=planned)
    )


def may_plan(actor: Actor, *, federation_id: int) -> bool:
    return organization.can(actor, Right.PLAN, ancestor_ids=frozenset({federation_id}))


def may_recheck(actor: Actor, *, campaign: Campaign) -> bool:
    """创建办: who plans for the federation, or holds a post in the campaign's own office."""
    if may_plan(actor, federation_id=campaign.book.federation_id):
        return True
    return campaign.pk in set(campaigns_of_office(actor).values_list("pk", flat=True))


def campaigns_of_office(actor: Actor) -> QuerySet[Campaign]:
    """Those in whose office the actor holds a post."""
    own = Account.objects.filter(pk=actor.account_id or 0).values("person_id")
    posts = Post.objects.filter(
        person_id__in=own, until__isnull=True, unit=OuterRef("unit_id"), body=OuterRef("body")
    )
    offices = LeadingBody.objects.filter(Exists(posts), part=LeadingPart.OFFICE)
    return Campaign.objects.filter(pk__in=offices.values("campaign_id"))


def federations_to_plan(actor: Actor) -> QuerySet[Unit]:
    return organization.units_in_scope(actor, Right.PLAN).filter(book__isnull=False).order_by("code")


def reporting_unit_ids(task: Task) -> frozenset[int]:
    """The lead unit and the responsible departments, which report the progress of the task and ask for its end."""
    responsible = task.units.filter(part=UnitPart.RESPONSIBLE).values_list("unit_id", flat=True)
    return frozenset({task.lead_unit_id, *responsible})


def units_to_report_for(actor: Actor, task: Task) -> QuerySet[Unit]:
    """Of those, the ones that the actor enters for; the lead unit first."""
    found = organization.units_in_scope(actor, Right.ENTER).filter(pk__in=reporting_unit_ids(task))
    return found.filter(until__isnull=True).order_by(
        Case(When(pk=task.lead_unit_id, then=0), default=1), "code"
    )


def tasks_to_report(actor: Actor) -> QuerySet[Task]:
    """Open tasks of issued programmes whose progress the actor reports by hand."""
    own = organization.unit_ids_in_scope(actor, Right.ENTER)
    mine = Q(lead_unit_id__in=own) | Q(
        pk__in=TaskUnit.objects.filter(unit_id__in=own, part=UnitPart.RESPONSIBLE).values("task_id")
    )
    struck_off = Closing.objects.filter(state=ClosingState.STRUCK_OFF).values("task_id")
    return Task.objects.filter(
        mine,
        figure="",
        parts__isnull=True,
        ended_at__isnull=True,
        programme__issued_on__isnull=False,
        programme__campaign__closed_at__isnull=True,
    ).exclude(pk__in=struck_off)


def closings_in_reach(actor: Actor) -> QuerySet[Closing]:
    return Closing.objects.filter(task__in=tasks_in_reach(actor))


def may_ask(actor: Actor, task: Task) -> bool:
    return units_to_report_for(actor, task).exists()


def may_check(actor: Actor, task: Task) -> bool:
    """The lead unit's reviewer or manager."""
    above = organization.present_ancestor_ids(task.lead_unit_id)
    return organization.can(actor, Right.CONFIRM, ancestor_ids=above)


def meetings_in_reach(actor: Actor) -> QuerySet[Meeting]:
    """Of those who hold a role at the federation itself, and of all who were asked to one, chair it or record it."""
    if actor.is_system:
        return Meeting.objects.all()
    own = Account.objects.filter(pk=actor.account_id or 0).values("person_id")
    whole = Meeting.objects.filter(
        campaign__book__federation_id__in=organization.unit_ids_in_scope(actor),
    ).values("pk")
    asked = Attendance.objects.filter(person_id__in=own).values("meeting_id")
    return Meeting.objects.filter(
        Q(pk__in=whole) | Q(pk__in=asked) | Q(chair_id__in=own) | Q(recorder_id__in=own)
    )


def may_meet(actor: Actor, *, federation_id: int) -> bool:
    """Whether one calls meetings of the federation and keeps their minutes: who enters records there."""
    return organization.can(actor, Right.ENTER, ancestor_ids=frozenset({federation_id}))


def may_raise(actor: Actor, *, task: Task) -> bool:
    """Who enters for the task's lead or a responsible unit, and who plans."""
    if may_plan(actor, federation_id=task.programme.campaign.book.federation_id):
        return True
    doing = task.units.filter(part=UnitPart.RESPONSIBLE).values_list("unit_id", flat=True)
    above = Ancestry.objects.filter(unit_id__in=[task.lead_unit_id, *doing], until__isnull=True)
    return organization.can(
        actor, Right.ENTER, ancestor_ids=frozenset(above.values_list("ancestor_id", flat=True))
    )


def federations_to_meet(actor: Actor) -> QuerySet[Unit]:
    return organization.units_in_scope(actor, Right.ENTER).filter(book__isnull=False)


def notices_in_reach(actor: Actor) -> QuerySet[Notice]:
    """Of the units that the actor's roles reach; those who hold one on the federation see all."""
    return Notice.objects.filter(to_unit_id__in=organization.unit_ids_in_scope(actor))


def may_answer(actor: Actor, *, unit_id: int) -> bool:
    above = organization.present_ancestor_ids(unit_id)
    return organization.can(actor, Right.ENTER, ancestor_ids=above)


def robots_in_reach(actor: Actor) -> QuerySet[Robot]:
    """Of the federations that the actor plans for."""
    planned = organization.unit_ids_in_scope(actor, Right.PLAN)
    return Robot.objects.filter(book__federation_id__in=planned)
