from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "jiangong.books.ledger"
    label = "ledger"
    verbose_name = _("ledger")

    def ready(self) -> None:
        from jiangong.books.ledger.operations import books
        from jiangong.books.ledger.queries import records
        from jiangong.ground.organization import operations as organization
        from jiangong.ground.shared import frame

        organization.tree_guards.add(
            organization.TreeGuard(code="ledger", check=books.require_no_later_entries)
        )
        frame.search_sources.add(
            frame.SearchSource(code="records", label=_("Records"), read=records.search_records)
        )
        post_migrate.connect(_after_migrate, sender=self)


def _after_migrate(**_kwargs: object) -> None:
    from jiangong.books.ledger import operations

    operations.synchronize_measures()
