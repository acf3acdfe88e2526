from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "jiangong.books.figures"
    label = "figures"
    verbose_name = _("figures")

    def ready(self) -> None:
        from jiangong.ground.shared import frame

        frame.subjects.add(frame.Subject("bound", _("checks of a figure")))
        frame.acts.add(frame.Act("bound.set", _("set what a figure is checked against"), "settings"))
        post_migrate.connect(_after_migrate, sender=self)


def _after_migrate(**_kwargs: object) -> None:
    from jiangong.books.figures import operations
    from jiangong.ground.shared.actors import SystemActor

    operations.seed_all_bounds(actor=SystemActor())
