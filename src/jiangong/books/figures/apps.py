from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "jiangong.books.figures"
    label = "figures"
    verbose_name = _("figures")

    def ready(self) -> None:
        from jiangong.books.figures.models import Bound, OwnFigure
        from jiangong.books.figures.operations import bounds
        from jiangong.books.figures.queries import own
        from jiangong.books.figures.rules.catalogue import catalogue
        from jiangong.books.ledger.measures import MeasureReader, measure_readers
        from jiangong.ground.shared import frame, seals

        seals.keep("bound", Bound)
        seals.keep("figure", OwnFigure)
        catalogue.read_also(own.kept)
        measure_readers.add(MeasureReader("figures", own.is_name_taken, bounds.begin_bound))

        frame.subjects.add(
            frame.Subject("bound", _("checks of a figure")),
            frame.Subject("figure", _("figure"), "desk:own_figure"),
        )
        frame.acts.add(
            frame.Act("bound.load", _("set what figures are checked against at first")),
            frame.Act("bound.set", _("set what a figure is checked against"), "settings"),
            frame.Act("figure.add", _("defined a figure"), "plus"),
            frame.Act("figure.change", _("renamed a figure"), "pencil"),
            frame.Act("figure.end", _("ended a figure")),
            frame.Act("figure.resume", _("took up a figure again")),
        )
        post_migrate.connect(_after_migrate, sender=self)


def _after_migrate(**_kwargs: object) -> None:
    from jiangong.books.figures import operations
    from jiangong.ground.shared import clock
    from jiangong.ground.shared.actors import SystemActor

    operations.seed_all_bounds(actor=SystemActor(), at=clock.now())
