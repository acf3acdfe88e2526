from django.apps import AppConfig
from django.db.models import Q
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "jiangong.books.ledger"
    label = "ledger"
    verbose_name = _("ledger")

    def ready(self) -> None:
        from jiangong.books.ledger.measures import measures
        from jiangong.books.ledger.models import Amendment, Book, Closing, Measure, Record
        from jiangong.books.ledger.operations import books
        from jiangong.books.ledger.operations.records import CONTENT
        from jiangong.books.ledger.queries import own, proof, records
        from jiangong.ground.organization import operations as organization
        from jiangong.ground.shared import frame, seals

        seals.keep("book", Book, only=("federation_id",))
        seals.keep("record", Record)
        seals.keep("amendment", Amendment)
        seals.keep("closing", Closing)
        seals.keep("measure", Measure, where=Q(book__isnull=False))
        seals.sealed.add(seals.Sealed(CONTENT, proof.sealed_contents))
        measures.read_also(own.kept)
        organization.tree_guards.add(
            organization.TreeGuard(
                code="ledger", moving=books.require_no_later_entries, ending=books.require_no_later_records
            )
        )
        organization.code_guards.add(organization.CodeGuard(code="ledger", check=books.require_code_unbooked))
        frame.search_sources.add(
            frame.SearchSource(code="records", label=_("Records"), read=records.search_records)
        )
        _tell_the_log()
        post_migrate.connect(_after_migrate, sender=self)


def _after_migrate(**_kwargs: object) -> None:
    from jiangong.books.ledger import operations

    operations.synchronize_measures()


def _tell_the_log() -> None:
    """Its acts and what they are about."""
    from jiangong.books.ledger.queries import records
    from jiangong.ground.shared import frame

    frame.subjects.add(
        frame.Subject("record", _("record"), "desk:record", records.titles_of),
        frame.Subject("book", _("book")),
        frame.Subject("batch", _("import")),
        frame.Subject("measure", _("measure"), "desk:measure"),
    )
    frame.acts.add(
        frame.Act("record.enter", _("entered it"), "plus"),
        frame.Act("record.change", _("changed it"), "pencil"),
        frame.Act("record.submit", _("submitted it"), "send"),
        frame.Act("record.return", _("returned it"), "arrow-back-up"),
        frame.Act("record.confirm", _("confirmed it"), "circle-check"),
        frame.Act("record.withdraw", _("withdrew it"), "ban"),
        frame.Act("record.discard", _("discarded it")),
        frame.Act("amendment.propose", _("proposed an amendment"), "pencil"),
        frame.Act("amendment.accept", _("accepted the amendment"), "circle-check"),
        frame.Act("amendment.refuse", _("refused the amendment"), "circle-x"),
        frame.Act("book.open", _("opened the book")),
        frame.Act("book.close", _("closed months")),
        frame.Act("batch.confirm", _("confirmed an import at once"), "circle-check"),
        frame.Act("measure.add", _("added a measure"), "plus"),
        frame.Act("measure.change", _("changed a measure"), "pencil"),
        frame.Act("measure.end", _("ended a measure")),
        frame.Act("measure.resume", _("took up a measure again")),
    )
