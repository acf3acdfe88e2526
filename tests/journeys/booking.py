"""A process of its own that books lectures until it is stopped: the victim of the crash test, a runner of races.

`python -m tests.journeys.booking ACT` works on the database of its environment; the acts stand at the end.
"""

from __future__ import annotations

import io
import itertools
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from jiangong.books.evidence import operations as evidence  # noqa: E402
from jiangong.books.ledger import operations as ledger  # noqa: E402
from jiangong.books.ledger.models import Amendment, BatchReview, Record  # noqa: E402
from jiangong.books.ledger.operations import batches  # noqa: E402
from jiangong.books.ledger.operations.bulk import Header  # noqa: E402
from jiangong.books.ledger.operations.errors import AlreadyDecided  # noqa: E402
from jiangong.books.ledger.queries import batches as waiting  # noqa: E402
from jiangong.config.commands.init import open_books  # noqa: E402
from jiangong.ground.organization import operations as organization  # noqa: E402
from jiangong.ground.organization import queries  # noqa: E402
from jiangong.ground.organization.models import Account, Unit  # noqa: E402
from jiangong.ground.shared.actors import Actor, Door, Role, SystemActor  # noqa: E402
from jiangong.work.activities import operations as activities  # noqa: E402
from jiangong.work.activities import queries as contents  # noqa: E402
from jiangong.work.activities.models import ActivityKind  # noqa: E402
from jiangong.work.activities.operations.bulk import NewActivity, enter_activities  # noqa: E402
from jiangong.work.activities.rules import AUDIENCE, ActivityContent  # noqa: E402
from tests.conftest import AT, PASSWORD, SINCE, TODAY, photo  # noqa: E402

BATCH = UUID(int=1)


def prepare(*, drafts: int = 0) -> None:
    """A federation with a clerk and two who confirm; so many submitted lectures."""
    call_command("migrate", interactive=False, verbosity=0)
    system = SystemActor()
    root = organization.found_federation(actor=system, code="ZGH", name="市总工会", since=SINCE, at=AT)
    open_books(federation=root)
    for name, role in (("clerk", Role.CLERK), ("one", Role.REVIEWER), ("two", Role.MANAGER)):
        person = organization.add_person(actor=system, unit_id=root.pk, name=name, at=AT)
        account = organization.open_account(
            actor=system, person_id=person.pk, username=name, password=PASSWORD, at=AT
        )
        organization.grant_role(
            actor=system, account_id=account.pk, role=role, unit_id=root.pk, since=SINCE, at=AT
        )
    for number in range(drafts):
        submit(number)


def actor(name: str) -> Actor:
    account = Account.objects.select_related("person").get(username=name)
    return queries.actor_of(account=account, door=Door.DESK, address="127.0.0.1", on=TODAY)


def enter(number: int, uuid: UUID) -> Record:
    kind = ActivityKind.objects.get(code="lecture")
    content = ActivityContent(
        title=f"大讲堂第{number}讲", happened_on=date(2020, 1, number % 28 + 1), quantities={AUDIENCE: 50}
    )
    return activities.enter_activity(
        actor=actor("clerk"),
        uuid=uuid,
        kind_id=kind.pk,
        unit_id=Unit.objects.get(code="ZGH").pk,
        content=content,
        at=AT,
        today=TODAY,
    )


def submit(number: int) -> Record:
    record = enter(number, uuid4())
    _prove(record.pk, number)
    return ledger.submit_record(actor=actor("clerk"), record_id=record.pk, at=AT)


def _prove(record_id: int, number: int) -> None:
    data = photo(number, size=(200, 150))
    evidence.add_exhibit(
        actor=actor("clerk"),
        record_id=record_id,
        uuid=uuid4(),
        stream=io.BytesIO(data),
        size=len(data),
        name="现场.jpg",
        at=AT,
    )


def prepare_import(records: int) -> None:
    """A federation whose clerk has imported so many lectures, each with its photo."""
    prepare()
    for number, record in enumerate(bring_in(records)):
        _prove(record.pk, number)


def bring_in(records: int) -> list[Record]:
    """So many lectures at once, all of them or none."""
    kind, unit = ActivityKind.objects.get(code="lecture"), Unit.objects.get(code="ZGH")
    new = []
    for number in range(records):
        day, title = date(2020, 1, number % 28 + 1), f"大讲堂第{number}讲"
        content = ActivityContent(title=title, happened_on=day, quantities={AUDIENCE: 50})
        new.append(NewActivity(Header(uuid4(), unit.pk, day, title, BATCH), kind.pk, content))
    return enter_activities(actor=actor("clerk"), activities=new, at=AT, today=TODAY)


def import_for_ever(records: int) -> None:
    """Bring in so many lectures, again and again."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        bring_in(records)


def prepare_amendments(records: int) -> None:
    """So many lectures of one month, all confirmed, and the clerk asks to amend each."""
    prepare(drafts=records)
    confirm("one")
    for record in Record.objects.order_by("pk"):
        content = replace(contents.content_of(record), quantities={AUDIENCE: 60})
        activities.propose_change(
            actor=actor("clerk"), record_id=record.pk, content=content, reason="笔误", at=AT, today=TODAY
        )


def accept() -> None:
    """Accept every amendment, one after another."""
    person = actor("one")
    for amendment in Amendment.objects.order_by("pk").values_list("pk", flat=True):
        ledger.accept_amendment(actor=person, amendment_id=amendment, at=AT)


def close() -> None:
    """Close the month of the lectures once half of the amendments are accepted."""
    half = Amendment.objects.count() // 2
    while Amendment.objects.filter(state="accepted").count() < half:
        time.sleep(0.01)
    federation = Unit.objects.get(code="ZGH").pk
    ledger.close_months(actor=actor("two"), federation_id=federation, until_month=202001, at=AT)


def send_back() -> None:
    """Return everything that waits, the last first; print how many, and how many it was too late for."""
    returned, late, person = 0, 0, actor("two")
    for record in Record.objects.order_by("-pk").values_list("pk", flat=True):
        try:
            ledger.return_record(actor=person, record_id=record, reason="请补充", at=AT)
            returned += 1
        except AlreadyDecided:
            late += 1
    sys.stdout.write(json.dumps({"returned": returned, "late": late}))


def book(start: int) -> None:
    """Enter, prove, submit and confirm, one lecture after another, for ever."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for number in itertools.count(start):
        record = submit(number)
        ledger.confirm_record(actor=actor("one"), record_id=record.pk, at=AT)


def confirm(name: str) -> None:
    """Try to confirm everything that waits; print how many this process posted and how many it was too late for."""
    posted, late, person = 0, 0, actor(name)
    ids = list(Record.objects.order_by("pk").values_list("pk", flat=True))
    for record_id in ids:
        try:
            ledger.confirm_record(actor=person, record_id=record_id, at=AT)
            posted += 1
        except AlreadyDecided:
            late += 1
    sys.stdout.write(json.dumps({"posted": posted, "late": late}))


def confirm_import(part: int) -> None:
    """Confirm all that waits as one import, so many records at a time, from where it broke off."""
    waiting.PART = part
    if not BatchReview.objects.exists():
        account = Account.objects.get(username="one")
        made = {"uuid": uuid4(), "batch": BATCH, "account": account, "state": "confirming"}
        BatchReview.objects.create(**made, total=Record.objects.count(), begun_at=AT, changed_at=AT)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    batches.confirm_batch(uuid=BatchReview.objects.get().pk, clock=lambda: AT)


def enter_same(uuid: str, times: int) -> None:
    """Send the same capture again and again; print the records it became."""
    found = {enter(1, UUID(uuid)).pk for _ in range(times)}
    sys.stdout.write(json.dumps(sorted(found)))


ACTS: dict[str, Callable[..., object]] = {
    "prepare": lambda drafts: prepare(drafts=int(drafts)),
    "prepare_import": lambda records: prepare_import(int(records)),
    "prepare_amendments": lambda records: prepare_amendments(int(records)),
    "book": lambda first: book(int(first)),
    "confirm": confirm,
    "confirm_import": lambda part: confirm_import(int(part)),
    "import_for_ever": lambda records: import_for_ever(int(records)),
    "accept": accept,
    "close": close,
    "send_back": send_back,
    "enter": lambda uuid, times: enter_same(uuid, int(times)),
}

if __name__ == "__main__":
    act, *rest = sys.argv[1:]
    ACTS[act](*rest)
