from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationConfig(AppConfig):
    name = "jiangong.ground.organization"
    label = "organization"
    verbose_name = _("organization")

    def ready(self) -> None:
        from jiangong.ground.organization import queries
        from jiangong.ground.shared import frame
        from jiangong.ground.shared.actors import Role

        frame.menu.add(
            frame.MenuEntry(
                code="units",
                label=_("Structure"),
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
                roles=frozenset({Role.ADMINISTRATOR}),
            ),
        )
        frame.search_sources.add(
            frame.SearchSource(code="units", label=_("Units"), read=queries.search_units),
            frame.SearchSource(code="people", label=_("Personnel"), read=queries.search_people),
        )
