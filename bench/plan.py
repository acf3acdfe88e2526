"""The plan: a campaign's page with 2,053 tasks, and the nightly look at 50,000; beside both, task by task."""

from __future__ import annotations

import time
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from bench import book as books
from bench.common import SCALE, heading, line, median_ms, resident_mb, start, statements_of

FROM, UNTIL = date(2018, 1, 1), date(2020, 12, 31)
NIGHT = date(2020, 6, 1)
AIMED, GROUPS, TASKS = 300, 53, 2_000
PROGRAMMES = 25
TIMES = 10


def main() -> None:
    start()
    from django.test import Client
    from django.urls import reverse

    from jiangong.governance.plan.models import Programme
    from jiangong.ground.organization import operations as organization
    from jiangong.ground.organization.models import Account
    from jiangong.ground.shared.actors import Role

    big = books.federation()
    books.fill(big, records=250_000 // SCALE)
    account = Account.objects.get(username="reviewer")
    organization.grant_role(
        actor=books.SYSTEM,
        account_id=account.pk,
        role=Role.MANAGER,
        unit_id=big.federation.pk,
        since=books.SINCE,
        at=books.AT,
    )
    client = Client(headers={"host": "localhost"})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    heading("A campaign's page")
    campaign = _campaign(big, account.person_id, groups=GROUPS)
    address = reverse("plan:campaign", args=[campaign])
    _page(client, address, "2,053 tasks, 120 units, 300 targets")
    programme = Programme.objects.get(campaign__uuid=campaign)
    line(
        "baseline: progress and lights task by task",
        f"{median_ms(lambda: _one_by_one(programme), times=3):.0f} ms",
    )
    heading("The nightly look")
    for _turn in range(PROGRAMMES // SCALE - 1):
        _campaign(big, account.person_id, groups=0)
    _nights()


def _page(client: object, address: str, what: str) -> None:
    def get() -> None:
        if client.get(address).status_code != 200:  # type: ignore[attr-defined]
            raise RuntimeError(address)

    get()
    line(f"{what}: median", f"{median_ms(get):.0f} ms", "≤ 150 ms")
    worked = time.process_time()
    for _turn in range(TIMES):
        get()
    line("of it at work on the processor, mean", f"{(time.process_time() - worked) / TIMES * 1000:.0f} ms")
    line(f"{what}: statements", str(len(statements_of(get))))


def _nights() -> None:
    from jiangong.governance.plan import operations
    from jiangong.governance.plan.models import Task

    count = Task.objects.count()
    before = resident_mb()
    for what, on in (
        ("the first night", NIGHT),
        ("the same day again", NIGHT),
        ("the next night", NIGHT + timedelta(1)),
        ("the night after all deadlines", UNTIL + timedelta(1)),
    ):
        begun, worked = time.perf_counter(), time.process_time()
        looked = operations.look_at_night(actor=books.SYSTEM, on=on, at=books.AT)
        took, of_it = time.perf_counter() - begun, time.process_time() - worked
        said = f"{count:,} tasks, {what}: {looked.changed:,} changed, {looked.notices:,} notices"
        line(said, f"{took:.1f} s", "≤ 30 s")
        line("of it at work on the processor", f"{of_it:.1f} s")
    line("memory kept after the nights, beside what there was before", f"{resident_mb() - before:.0f} MB")


def _campaign(big: books.BigBook, person_id: int, *, groups: int) -> object:
    """Issued, TASKS tasks below `groups` tasks, led by the 120 unions in turn; AIMED of them with a target."""
    from jiangong.governance.plan.models import Campaign, Programme, Task, TaskPerson, Title
    from jiangong.ground.organization.models import Unit

    unions = list(Unit.objects.filter(code__contains="U").exclude(code__contains="E").order_by("pk"))
    campaign = Campaign.objects.create(
        uuid=uuid4(),
        book=big.book,
        name="创建",
        kind="creation",
        title_sought=Title.objects.get(code="national_city"),
        since=FROM,
        until=UNTIL,
    )
    programme = Programme.objects.create(campaign=campaign, title="实施方案", issued_on=FROM)
    tops = [_task(programme, None, place, unions[place % 120].pk) for place in range(1, groups + 1)]
    Task.objects.bulk_create(tops)
    tasks = [
        _task(programme, tops[number % groups] if groups else None, number + 1, unions[number % 120].pk)
        for number in range(TASKS)
    ]
    for number, task in enumerate(tasks[:AIMED]):
        task.figure, task.target_value = "activities.audience", Decimal(10_000 + number)
        task.target_unit_id, task.target_period = task.lead_unit_id, "task"
    Task.objects.bulk_create(tasks, batch_size=500)
    TaskPerson.objects.bulk_create(
        [TaskPerson(task=task, person_id=person_id) for task in tasks], batch_size=500
    )
    return campaign.uuid


def _task(programme: object, parent: object, place: int, unit_id: int) -> object:
    """Deadlines are spread over the last two years."""
    from jiangong.governance.plan.models import Task

    until = UNTIL - timedelta(place * 7 % 700)
    return Task(
        uuid=uuid4(),
        programme=programme,
        parent=parent,
        place=place,
        title=f"任务{place}",
        lead_unit_id=unit_id,
        since=FROM,
        until=until,
    )


def _one_by_one(programme: object) -> None:
    """As a page would do it that asks for each task by itself."""
    from jiangong.books.figures.queries import Asked, read_values
    from jiangong.books.figures.rules.catalogue import FigureKey
    from jiangong.governance.plan.models import Task
    from jiangong.governance.plan.rules import LightPolicy, light, share

    for pk in Task.objects.filter(programme=programme).values_list("pk", flat=True):
        task = Task.objects.select_related("lead_unit").get(pk=pk)
        progress = None
        if task.target_value and task.target_unit_id:
            asked = Asked(FigureKey.parse(task.figure), task.target_unit_id, task.since, task.until)
            progress = share(read_values(asked=[asked])[0], task.target_value)
        light(progress=progress, since=task.since, until=task.until, on=NIGHT, policy=LightPolicy())


if __name__ == "__main__":
    main()
