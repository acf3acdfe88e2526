from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "jiangong.work.activities"
    label = "activities"
    verbose_name = _("activities")

    def ready(self) -> None:
        from jiangong.ground.shared import seals
        from jiangong.ground.sheets.rules import listings, sheets
        from jiangong.work.activities import models
        from jiangong.work.activities.sheets import activities, kinds, lecturers, venues

        seals.keep("kind", models.ActivityKind)
        seals.keep("kind_quantity", models.KindQuantity)
        seals.keep("topic", models.Topic)
        seals.keep("lecturer", models.Lecturer)
        _tell_the_books()
        _tell_the_desk()
        post_migrate.connect(_after_migrate, sender=self)
        sheets.add(venues.VENUES, lecturers.LECTURERS, activities.SHEET)
        listings.add(kinds.KINDS)


def _after_migrate(**_kwargs: object) -> None:
    from jiangong.ground.shared import clock
    from jiangong.ground.shared.actors import SystemActor
    from jiangong.work.activities import operations

    operations.load_all_shipped_kinds(actor=SystemActor(), at=clock.now())


def _tell_the_books() -> None:
    """What is measured here, the figures made of it, and how its records are read and written."""
    from jiangong.books.figures.rules.catalogue import catalogue
    from jiangong.books.ledger.measures import RecordKind, facet_sources, measures, record_kinds
    from jiangong.work.activities import measures as own
    from jiangong.work.activities import operations, queries

    measures.add(*own.MEASURES)
    facet_sources.add(*own.FACET_SOURCES)
    catalogue.add(*own.FIGURES)
    record_kinds.add(
        RecordKind(
            code="activity",
            label=_("Activity"),
            icon="calendar-event",
            entries=own.activity_entries,
            findings=queries.activity_findings,
            findings_of=queries.activity_findings_of,
            names=queries.activity_names,
            lines=queries.activity_lines,
            contents=queries.activity_contents,
            apply=operations.apply_activity,
            described=queries.activity_described,
            change_url_name="activities:change",
        ),
        RecordKind(
            code="venue",
            label=_("Venue"),
            icon="building-community",
            entries=own.venue_entries,
            findings=queries.venue_findings,
            findings_of=queries.venue_findings_of,
            names=queries.venue_names,
            lines=queries.venue_lines,
            contents=queries.venue_contents,
            apply=operations.apply_venue,
            described=queries.venue_described,
            change_url_name="activities:change_venue",
        ),
    )


def _tell_the_desk() -> None:
    """Its acts in the log, its kinds on the entry page, and its places in the menu."""
    from jiangong.ground.shared import frame
    from jiangong.work.activities import queries

    frame.subjects.add(frame.Subject("kind", _("kind of activity"), "activities:kind_of_number"))
    frame.acts.add(
        frame.Act("kind.load", _("took in the kinds of activity that ship")),
        frame.Act("kind.add", _("added a kind of activity"), "plus"),
        frame.Act("kind.change", _("changed a kind of activity"), "pencil"),
        frame.Act("kind.end", _("ended a kind of activity")),
        frame.Act("kind.resume", _("took up a kind of activity again")),
        frame.Act("activity.sign_in", _("opened the sign-in by QR code"), "qrcode"),
        frame.Act("lecturer.add", _("added a lecturer")),
        frame.Act("lecturer.end", _("ended a lecturer's time")),
        frame.Act("lecturer.reinstate", _("reinstated a lecturer")),
    )
    frame.places.add(frame.PlaceSource(code="venues", read=queries.venue_places))
    frame.shown_records.add(frame.ShownRecords(code="activities", read=queries.shown_activities))
    frame.entry_sources.add(frame.EntrySource(code="activities", read=queries.entry_choices))
    frame.menu.add(
        frame.MenuEntry(
            code="activities",
            label=_("Activities"),
            icon="calendar-event",
            url_name="activities:activities",
            order=30,
            group=_("Work"),
        ),
        frame.MenuEntry(
            code="venues",
            label=_("Venues"),
            icon="building-community",
            url_name="activities:venues",
            order=31,
            group=_("Work"),
        ),
        frame.MenuEntry(
            code="lecturers",
            label=_("Lecturers"),
            icon="school",
            url_name="activities:lecturers",
            order=32,
            group=_("Work"),
        ),
    )
