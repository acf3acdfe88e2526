from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationConfig(AppConfig):
    name = "jiangong.ground.organization"
    label = "organization"
    verbose_name = _("organization")

    def ready(self) -> None:
        from jiangong.ground.organization.models import (
            Account,
            Ancestry,
            Post,
            ReferenceCount,
            RoleGrant,
            Unit,
        )
        from jiangong.ground.organization.sheets import ACCOUNTS, COUNTS, PEOPLE, UNITS
        from jiangong.ground.shared import seals
        from jiangong.ground.sheets.rules import listings, sheets

        seals.keep("unit", Unit)
        seals.keep("placement", Ancestry)
        seals.keep("reference_count", ReferenceCount)
        seals.keep("role", RoleGrant)
        seals.keep("post", Post)
        seals.keep("account", Account, only=("person_id", "username", "is_active"))
        _tell_the_desk()
        _tell_the_log()
        sheets.add(UNITS, PEOPLE, COUNTS)
        listings.add(ACCOUNTS)


def _tell_the_desk() -> None:
    """Its places in the menu, what a line of the log may be about, and what search finds."""
    from jiangong.ground.organization import queries
    from jiangong.ground.shared import frame
    from jiangong.ground.shared.actors import Role

    frame.menu.add(
        frame.MenuEntry(
            code="units",
            label=_("Organization"),
            icon="hierarchy-3",
            url_name="organization:units",
            order=70,
        ),
        frame.MenuEntry(
            code="accounts",
            label=_("Accounts"),
            icon="shield-lock",
            url_name="organization:accounts",
            order=71,
            roles=frozenset({Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR}),
        ),
    )
    frame.subjects.add(
        frame.Subject("sign_in", _("attempt to sign in")),
        frame.Subject("unit", _("unit"), "organization:unit", queries.unit_names, queries.units_found),
        frame.Subject(
            "person", _("person"), "organization:person", queries.person_names, queries.people_found
        ),
        frame.Subject(
            "account", _("account"), "organization:account", queries.account_names, queries.accounts_found
        ),
    )
    frame.search_sources.add(
        frame.SearchSource(code="units", label=_("Units"), read=queries.search_units),
        frame.SearchSource(code="people", label=_("Personnel"), read=queries.search_people),
    )


def _tell_the_log() -> None:
    """How the acts done here read in the audit log."""
    from jiangong.ground.shared import frame

    frame.acts.add(
        frame.Act("unit.found", _("founded the federation")),
        frame.Act("unit.create", _("added a unit")),
        frame.Act("unit.change", _("changed the unit")),
        frame.Act("unit.start", _("corrected the unit's first day")),
        frame.Act("unit.move", _("moved the unit")),
        frame.Act("unit.dissolve", _("dissolved the unit")),
        frame.Act("unit.revive", _("reinstated the unit")),
        frame.Act("unit.count", _("entered a reference count")),
        frame.Act("person.add", _("added a person")),
        frame.Act("person.change", _("changed a person")),
        frame.Act("person.transfer", _("transferred a person")),
        frame.Act("person.release", _("marked a person as having left")),
        frame.Act("person.return", _("marked a person as having returned")),
        frame.Act("post.appoint", _("appointed to a post")),
        frame.Act("post.end", _("ended a post")),
        frame.Act("account.open", _("opened an account")),
        frame.Act("account.close", _("closed an account")),
        frame.Act("account.reopen", _("reopened an account")),
        frame.Act("account.reset", _("reset a password")),
        frame.Act("account.password", _("changed their password")),
        frame.Act("account.language", _("changed their language")),
        frame.Act("account.sign_in_failed", _("wrong password at sign-in"), "alert-triangle"),
        frame.Act(
            "account.unknown_name", _("tried to sign in with a name that nobody has"), "alert-triangle"
        ),
        frame.Act("account.locked", _("sign-in locked after wrong attempts"), "lock"),
        frame.Act("account.unlock", _("lifted a lock after wrong attempts")),
        frame.Act("invitation.make", _("made an invitation link")),
        frame.Act("invitation.accept", _("set their password by an invitation link")),
        frame.Act("session.end", _("ended sessions")),
        frame.Act("account.sign_in", _("signed in")),
        frame.Act("account.sign_out", _("signed out")),
        frame.Act("role.grant", _("granted a role")),
        frame.Act("role.end", _("ended a role")),
    )
