"""The people of the example: who enters, who confirms, who leads, who lectures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jiangong.books.ledger.models import Book
from jiangong.config.example import places
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization import queries
from jiangong.ground.organization.models import Account, Person, Unit
from jiangong.ground.shared.actors import Actor, Door, Role, SystemActor
from jiangong.work.activities import operations as activities
from jiangong.work.activities.models import Topic

LEADERS = (
    ("head", "ZGH", "主席", "组长", Role.MANAGER),
    ("deputy", "ZGH", "副主席", "副组长", Role.MANAGER),
    ("reviewer", "XJB", "部长", "成员", Role.REVIEWER),
    ("office", "BGS", "主任", "成员", Role.CLERK),  # drafts what the federation reports
    ("rights", "QYB", "部长", "成员", Role.CLERK),
    ("build", "ZZB", "部长", "成员", Role.CLERK),
    ("women", "NZG", "部长", "成员", Role.CLERK),
    ("finance", "CWB", "部长", "成员", Role.CLERK),
    ("palace", "WHG", "主任", "成员", Role.CLERK),
    ("branch", "ZB", "书记", "成员", Role.CLERK),
    ("mass", "QT", "负责人", "成员", Role.CLERK),
    ("publicity", "XJB", "干事", "成员", Role.CLERK),
)
LECTURERS = 15
FOR_ALL = "ZGH"
SHOWN = (
    ("clerk", "基层工会录入员（市供电公司工会）", "clerk of a grass-roots union"),
    ("office", "办公室主任（拟写市总工会报告）", "office of the federation, drafts its reports"),
    ("reviewer", "审核员（宣传教育部）", "reviewer"),
    ("deputy", "市总工会副主席（核稿）", "deputy head, checks reports"),
    ("head", "市总工会负责人（签发报告、看全局）", "head of the federation"),
    ("auditor", "审计员", "auditor"),
    ("admin", "系统管理员", "administrator"),
)


@dataclass(frozen=True)
class Cast:
    """Actors by the unit they enter for, the reviewer who confirms for the whole federation, and those who report."""

    clerks: dict[str, Actor]
    reviewer: Actor
    head: Actor
    deputy: Actor
    office: Actor

    def clerk_of(self, unit: str) -> Actor:
        return self.clerks[unit]

    @staticmethod
    def sign_ins() -> list[str]:
        rows = [f"  {name:<10}{chinese} / {english}" for name, chinese, english in SHOWN]
        return ["Sign in as / 登录名：", *rows, f"Password / 密码：{places.PASSWORD}"]

    @classmethod
    def hire(cls, *, units: dict[str, Unit], book: Book, at: datetime) -> Cast:
        office = _Office(units=units, at=at)
        clerks: dict[str, Actor] = {}
        actors: dict[str, Actor] = {}
        for rank, (username, code, title, post, role) in enumerate(LEADERS):
            scope = FOR_ALL if role is not Role.CLERK or username == "office" else code
            actor = office.open(username, code, title, role, scope)
            actors[username] = actor
            if role is Role.CLERK:
                clerks[code] = actor
            office.appoint(units["ZGH"], title=post, rank=rank)
        clerks |= office.union_clerks()
        office.open("auditor", "ZGH", "经审委员", Role.AUDITOR, "ZGH")
        office.open("admin", "ZGH", "系统管理员", Role.ADMINISTRATOR, "ZGH")
        office.engage_lecturers(book)
        leading = {name: actors[name] for name in ("reviewer", "head", "deputy", "office")}
        return cls(clerks=clerks, **leading)


class _Office:
    """Adds people one after another; names are made up by number."""

    def __init__(self, *, units: dict[str, Unit], at: datetime) -> None:
        self._units, self._at = units, at
        self._system = SystemActor()
        self._number = 0
        self._last: Person | None = None

    def person(self, code: str, title: str) -> Person:
        self._last = organization.add_person(
            actor=self._system,
            unit_id=self._units[code].pk,
            name=places.person_name(self._number),
            title=title,
            at=self._at,
        )
        self._number += 1
        return self._last

    def open(self, username: str, code: str, title: str, role: Role, scope: str) -> Actor:
        person = self.person(code, title)
        account: Account = organization.open_account(
            actor=self._system,
            person_id=person.pk,
            username=username,
            password=places.PASSWORD,
            at=self._at,
        )
        organization.grant_role(
            actor=self._system,
            account_id=account.pk,
            role=role,
            unit_id=self._units[scope].pk,
            since=places.FOUNDED,
            at=self._at,
        )
        return queries.actor_of(account=account, door=Door.DESK, address="127.0.0.1", on=self._at.date())

    def appoint(self, unit: Unit, *, title: str, rank: int) -> None:
        if self._last is not None:
            organization.appoint(
                actor=self._system,
                unit_id=unit.pk,
                person_id=self._last.pk,
                body=places.GROUP,
                title=title,
                rank=rank,
                since=places.CAMPAIGN[0],
                at=self._at,
            )

    def union_clerks(self) -> dict[str, Actor]:
        """A clerk for every township and system union, who also enters for the enterprises below."""
        clerks: dict[str, Actor] = {}
        for place in places.unions():
            if place.parent in clerks:
                clerks[place.code] = clerks[place.parent]
                continue
            username = "clerk" if place.code == "S01" else f"clerk-{place.code.lower()}"
            clerks[place.code] = self.open(username, place.code, "工会干事", Role.CLERK, place.code)
        return clerks

    def engage_lecturers(self, book: Book) -> None:
        topics = list(Topic.objects.filter(book=book).values_list("pk", flat=True))
        for number in range(LECTURERS):
            unit = places.unions()[13 + number].code
            person = self.person(unit, "工会义工（专家）教授")
            activities.add_lecturer(
                actor=self._system,
                book=book,
                person_id=person.pk,
                topic_ids=[topics[number % len(topics)], topics[(number * 3 + 1) % len(topics)]],
                since=places.CAMPAIGN[0],
                at=self._at,
            )
