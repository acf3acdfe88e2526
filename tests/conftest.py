"""One cast everywhere: clerk and reviewer of the same unit, head of the federation, stranger from another unit,
the three administrators (administrator, security, auditor), and a visitor without an account."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal, Protocol
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import translation
from PIL import Image

from jiangong.books.evidence import operations as evidence
from jiangong.books.evidence.queries import gallery
from jiangong.books.figures import operations as figures
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Book, Record
from jiangong.books.ledger.queries.totals import Reading
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization import queries
from jiangong.ground.organization.models import Account, CountKind, Unit, UnitKind
from jiangong.ground.shared import registry
from jiangong.ground.shared.actors import Actor, Door, Role, SystemActor
from jiangong.work.activities import operations as activities
from jiangong.work.activities.models import ActivityKind
from jiangong.work.activities.rules import AUDIENCE, ActivityContent

pytest_plugins = ["tests.example"]

Name = Literal["clerk", "reviewer", "head", "stranger", "auditor", "administrator", "security"]
AT = datetime(2020, 5, 4, 1, 30, tzinfo=UTC)
TODAY = date(2020, 5, 4)
DAY = date(2020, 5, 1)
SINCE = date(2018, 1, 1)
PASSWORD = "correct horse 2020"
SYSTEM = SystemActor()


@dataclass(frozen=True)
class World:
    """A small federation: two unions, a community, a book with the kinds that ship."""

    federation: Unit
    union: Unit
    other_union: Unit
    community: Unit
    book: Book
    lecture: ActivityKind

    def reading(self, unit: Unit | None = None, *, as_of: int | None = None) -> Reading:
        return Reading(
            unit_id=(unit or self.federation).pk,
            since=date(2018, 1, 1),
            until=date(2020, 12, 31),
            as_of=as_of,
        )


@pytest.fixture
def world(db: None) -> World:
    federation = organization.found_federation(
        actor=SYSTEM, code="ZGH", name="高邮市总工会", since=date(2000, 1, 1), at=AT
    )
    book = ledger.open_book(actor=SYSTEM, federation_id=federation.pk, at=AT)
    activities.load_shipped_kinds(actor=SYSTEM, book=book, at=AT)
    figures.seed_bounds(actor=SYSTEM, book=book, at=AT)

    def unit(code: str, name: str, kind: UnitKind) -> Unit:
        return organization.create_unit(
            actor=SYSTEM, parent_id=federation.pk, code=code, name=name, kind=kind, since=SINCE, at=AT
        )

    organization.set_reference_count(
        actor=SYSTEM,
        unit_id=federation.pk,
        kind=CountKind.POPULATION,
        on=date(2019, 12, 31),
        value=810_000,
        source="统计年鉴",
        at=AT,
    )
    return World(
        federation=federation,
        union=unit("GD", "市供电公司工会", UnitKind.GRASSROOTS),
        other_union=unit("SW", "市税务局工会", UnitKind.GRASSROOTS),
        community=unit("YM", "御码社区", UnitKind.COMMUNITY),
        book=book,
        lecture=ActivityKind.objects.get(book=book, code="lecture"),
    )


@pytest.fixture
def accounts(world: World) -> dict[str, Account]:
    places = {
        "clerk": (world.union, Role.CLERK),
        "reviewer": (world.union, Role.REVIEWER),
        "head": (world.federation, Role.MANAGER),
        "stranger": (world.other_union, Role.CLERK),
        "auditor": (world.federation, Role.AUDITOR),
        "administrator": (world.federation, Role.ADMINISTRATOR),
        "security": (world.federation, Role.SECURITY),
    }
    made = {}
    for name, (unit, role) in places.items():
        person = organization.add_person(actor=SYSTEM, unit_id=unit.pk, name=f"{name}同志", at=AT)
        account = organization.open_account(
            actor=SYSTEM, person_id=person.pk, username=name, password=PASSWORD, at=AT
        )
        organization.grant_role(
            actor=SYSTEM, account_id=account.pk, role=role, unit_id=unit.pk, since=SINCE, at=AT
        )
        made[name] = account
    return made


@pytest.fixture
def cast(accounts: dict[str, Account]) -> dict[str, Actor]:
    """The same people as actors at the desk."""
    return {
        name: queries.actor_of(account=account, door=Door.DESK, address="127.0.0.1", on=TODAY)
        for name, account in accounts.items()
    }


@pytest.fixture
def client_of(accounts: dict[str, Account]) -> Callable[[str], Client]:
    """A browser signed in as one of the cast; `visitor` is not signed in."""

    def client(name: str) -> Client:
        browser = Client()
        if name != "visitor":
            browser.force_login(accounts[name], backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return client


def photo(seed: int = 1, *, size: tuple[int, int] = (640, 480)) -> bytes:
    """A small JPEG; another seed, another picture."""
    dice = random.Random(seed)
    image = Image.new("RGB", size, tuple(dice.randrange(256) for _ in range(3)))
    for _ in range(40):
        spot = (dice.randrange(size[0] - 60), dice.randrange(size[1] - 60))
        image.paste(tuple(dice.randrange(256) for _ in range(3)), (*spot, spot[0] + 60, spot[1] + 60))
    target = io.BytesIO()
    image.save(target, "JPEG")
    return target.getvalue()


class MakeRecord(Protocol):
    def __call__(
        self,
        *,
        state: str = "confirmed",
        audience: int = 80,
        day: date = DAY,
        title: str = "职工大讲堂：劳模精神",
        unit: Unit | None = None,
        by: str = "clerk",
        photos: int = 1,
        uuid: UUID | None = None,
        kind: str = "lecture",
    ) -> Record: ...


@pytest.fixture
def make_record(world: World, cast: dict[str, Actor]) -> MakeRecord:
    """A lecture of the clerk's unit, brought to a state through the operations that people use."""
    counter = iter(range(1_000_000))

    def make(
        *,
        state: str = "confirmed",
        audience: int = 80,
        day: date = DAY,
        title: str = "职工大讲堂：劳模精神",
        unit: Unit | None = None,
        by: str = "clerk",
        photos: int = 1,
        uuid: UUID | None = None,
        kind: str = "lecture",
    ) -> Record:
        actor = cast[by]
        content = ActivityContent(
            title=title, happened_on=day, place="三楼会议室", quantities={AUDIENCE: audience}
        )
        record = activities.enter_activity(
            actor=actor,
            uuid=uuid or uuid4(),
            kind_id=ActivityKind.objects.get(book=world.book, code=kind).pk,
            unit_id=(unit or (world.other_union if by == "stranger" else world.union)).pk,
            content=content,
            at=AT,
            today=TODAY,
        )
        for _ in range(photos):
            data = photo(next(counter))
            evidence.add_exhibit(
                actor=actor,
                record_id=record.pk,
                uuid=uuid4(),
                stream=io.BytesIO(data),
                size=len(data),
                name="现场.jpg",
                at=AT,
            )
        _bring(record, state, actor, cast)
        record.refresh_from_db()
        return record

    return make


def _bring(record: Record, state: str, actor: Actor, cast: dict[str, Actor]) -> None:
    judge = cast["head"]
    if state != "draft":
        ledger.submit_record(actor=actor, record_id=record.pk, at=AT)
    if state == "returned":
        ledger.return_record(actor=judge, record_id=record.pk, reason="请补人数依据", at=AT)
    if state in {"confirmed", "withdrawn"}:
        ledger.confirm_record(actor=judge, record_id=record.pk, at=AT)
    if state == "withdrawn":
        ledger.withdraw_record(actor=judge, record_id=record.pk, reason="重复录入", at=AT)


@pytest.fixture(autouse=True)
def quick_and_aside(settings: LazySettings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Evidence of tests goes to a folder of its own, passwords are hashed quickly, and each test begins in Chinese."""
    translation.activate(settings.LANGUAGE_CODE)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    folder = tmp_path_factory.mktemp("files")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "jiangong.ground.shared.storage.AtomicFolder",
            "OPTIONS": {"location": str(folder)},
        },
    }


@pytest.fixture(autouse=True)
def nothing_seen_before() -> None:
    """What this process has read of photos is gone with the test's rows."""
    gallery.forget()
    registry.look_again()
