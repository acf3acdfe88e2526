"""Units and the dated tree they stand in; people, posts, accounts and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.actors import Role

if TYPE_CHECKING:
    from jiangong.ground.organization.sessions import SessionStore


class UnitKind(models.TextChoices):
    FEDERATION = "federation", _("federation of trade unions")
    DEPARTMENT = "department", _("department")
    PALACE = "palace", _("workers' cultural palace")
    BRANCH = "branch", _("Party branch")
    MASS = "mass", _("mass organization")
    GRASSROOTS = "grassroots", _("grass-roots union")
    NEW = "new", _("union of new economic and social organizations")
    PARTNER = "partner", _("partner body")
    STREET = "street", _("street or township")
    COMMUNITY = "community", _("residential community")
    VILLAGE = "village", _("village")
    GRID = "grid", _("grid")


KIND_ICONS = {
    UnitKind.FEDERATION: "building-monument",
    UnitKind.DEPARTMENT: "briefcase",
    UnitKind.PALACE: "building-arch",
    UnitKind.BRANCH: "flag",
    UnitKind.MASS: "users-group",
    UnitKind.GRASSROOTS: "building-factory-2",
    UnitKind.NEW: "building-store",
    UnitKind.PARTNER: "building-bank",
    UnitKind.STREET: "road",
    UnitKind.COMMUNITY: "building-community",
    UnitKind.VILLAGE: "home-2",
    UnitKind.GRID: "layout-grid",
}


class Unit(models.Model):
    """One body, from the federation down to a grid. Where it stands in the tree is in `Ancestry`."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    division_code = models.CharField(_("division code"), max_length=12, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    since = models.DateField(_("established on"))
    until = models.DateField(_("dissolved on"), null=True, blank=True)
    pinyin = models.CharField(max_length=200, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("unit")
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="unit_until_after_since"
            ),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known"),
        )

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def icon(self) -> str:
        return KIND_ICONS[UnitKind(self.kind)]


class Ancestry(models.Model):
    """The dated tree, closed: each unit's ancestors (itself at depth 0) and from when until before when.

    Depth 1 is the parent. `until` is exclusive. A posting uses the rows of its day, access those still open.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ancestries")
    ancestor = models.ForeignKey(Unit, models.PROTECT, related_name="descendances")
    depth = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["unit", "ancestor", "since"], name="ancestry_once"),
            models.UniqueConstraint(
                fields=["unit", "depth"], condition=Q(until__isnull=True), name="ancestry_one_open_per_depth"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="ancestry_until_after_since"
            ),
        )
        indexes = (models.Index(fields=["ancestor", "until", "unit"], name="ancestry_downwards"),)


class CountKind(models.TextChoices):
    POPULATION = "population", _("population")
    WORKERS = "workers", _("workers")
    MEMBERS = "members", _("union members")
    HOUSEHOLDS = "households", _("households")


class ReferenceCount(models.Model):
    """How many people a unit has on a day, by whose account: the bound of every people figure (P1)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reference_counts")
    kind = models.CharField(_("what is counted"), max_length=10, choices=CountKind)
    on = models.DateField(_("as of"))
    value = models.PositiveBigIntegerField(_("number"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ("kind", "-on")
        constraints = (
            models.UniqueConstraint(fields=["unit", "kind", "on"], name="reference_count_once"),
            models.CheckConstraint(condition=Q(kind__in=CountKind.values), name="reference_count_kind_known"),
        )


class Person(models.Model):
    """Somebody who holds posts, lectures or signs in. Only what the work needs. `until`: last day here."""

    name = models.CharField(_("name"), max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people", verbose_name=_("unit"))
    title = models.CharField(_("position"), max_length=80, blank=True)
    until = models.DateField(_("last day"), null=True, blank=True)
    pinyin = models.CharField(max_length=120, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("person")
        ordering = ("pinyin", "id")

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A place in a body, held by a person for a time: 组长, 副组长, 成员 of the leading group."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    body = models.CharField(_("body"), max_length=80)
    title = models.CharField(_("post"), max_length=60)
    rank = models.PositiveSmallIntegerField(_("order"), default=10)
    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("body", "rank", "id")
        constraints = (
            models.UniqueConstraint(fields=["unit", "body", "title", "person", "since"], name="post_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="post_until_after_since"
            ),
        )


class Language(models.TextChoices):
    CHINESE = "zh-hans", "简体中文"
    ENGLISH = "en", "English"


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A sign-in. What it may do is in its role grants."""

    username = models.CharField(_("sign-in name"), max_length=60, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    language = models.CharField(_("language"), max_length=8, choices=Language, default=Language.CHINESE)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField()
    password_at = models.DateTimeField(null=True, editable=False)
    must_change = models.BooleanField(default=False, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    class Meta:
        verbose_name = _("account")
        constraints = (
            models.CheckConstraint(condition=Q(language__in=Language.values), name="account_language_known"),
        )

    def __str__(self) -> str:
        return self.username


class FormerPassword(models.Model):
    """A password that an account had, as hashed then: it is not taken again soon."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="former_passwords")
    password = models.CharField(max_length=128)
    until = models.DateTimeField()

    class Meta:
        ordering = ("-until", "-id")


class Invitation(models.Model):
    """A link on which one sets the own password, once. Only its digest is kept."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at__isnull=True), name="invitation_open_once"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("made_at")), name="invitation_until_after_made"),
        )


class Session(AbstractBaseSession):
    """Where somebody is signed in: with which device, from which address, since when. Visitors have some too."""

    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="sessions")
    device = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=45, blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["account", "-seen_at"], name="session_of_account"),)

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        from jiangong.ground.organization.sessions import SessionStore  # noqa: PLC0415 — it names this model

        return SessionStore


class RoleName(models.TextChoices):
    CLERK = Role.CLERK.value, _("clerk")
    REVIEWER = Role.REVIEWER.value, _("reviewer")
    MANAGER = Role.MANAGER.value, _("manager")
    AUDITOR = Role.AUDITOR.value, _("audit administrator")
    ADMINISTRATOR = Role.ADMINISTRATOR.value, _("system administrator")
    SECURITY = Role.SECURITY.value, _("security administrator")


class RoleGrant(models.Model):
    """A role on a unit and its subtree, for a time."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="role_grants")
    role = models.CharField(_("role"), max_length=14, choices=RoleName)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="role_grants")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "role", "unit"],
                condition=Q(until__isnull=True),
                name="role_grant_open_once",
            ),
            models.CheckConstraint(condition=Q(role__in=RoleName.values), name="role_grant_role_known"),
        )
