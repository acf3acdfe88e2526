"""Records, postings, entries and balances (DESIGN §4)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.measures import CountUnit
from jiangong.ground.organization.models import Account, Unit
from jiangong.ground.shared.registry import OWN


class Book(models.Model):
    """A federation's book. `position` is the number of its last posting; writers lock this row.

    All days up to `closed_until` are closed: what is booked on them now restates what was told.
    """

    federation = models.OneToOneField(Unit, models.PROTECT, related_name="book")
    position = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)
    closed_until = models.DateField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(position__gte=0), name="book_position_positive"),)

    def __str__(self) -> str:
        return str(self.federation)


class Closing(models.Model):
    """结账: whole months, one after another, closed at a position of the book. Append-only."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="closings")
    first_day = models.DateField()
    last_day = models.DateField()
    position = models.BigIntegerField()
    closed_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField()

    class Meta:
        ordering = ("-last_day",)
        constraints = (
            models.UniqueConstraint(fields=["book", "first_day"], name="closing_begins_once"),
            models.UniqueConstraint(fields=["book", "last_day"], name="closing_ends_once"),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="closing_first_day_before_last"
            ),
        )


class MeasureKindName(models.TextChoices):
    FLOW = "flow", _("flow")
    STOCK = "stock", _("stock")
    DISTINCT = "distinct", _("distinct")


class Measure(models.Model):
    """Something that is counted. Those of apps are kept in step with their declarations by `synchronize_measures`.

    Those of a federation carry its book and a code of their own; code, unit, kind, facet and decimals stay for ever.
    `low` and `high`: what is usual on one occasion, in the smallest unit.
    """

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    unit = models.CharField(_("unit of measure"), max_length=16, choices=CountUnit)
    kind = models.CharField(_("kind"), max_length=8, choices=MeasureKindName)
    book = models.ForeignKey(Book, models.PROTECT, related_name="measures", null=True)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    facet_source = models.CharField(max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    low = models.BigIntegerField(null=True)
    high = models.BigIntegerField(null=True)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=MeasureKindName.values), name="measure_kind_known"),
            models.CheckConstraint(condition=Q(unit__in=CountUnit.values), name="measure_unit_known"),
            models.CheckConstraint(
                condition=Q(book__isnull=True) & ~Q(code__startswith=OWN)
                | Q(book__isnull=False) & Q(code__startswith=OWN),
                name="measure_own_code",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                name="measure_low_below_high",
            ),
        )

    def __str__(self) -> str:
        return self.code


class Edition(models.Model):
    """Of what federations have added to measures and figures: another token after every change. One row."""

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token


class Facet(models.Model):
    """One value of a measure's dimension: a community, a kind of activity. Number 0 is no row: it is the whole."""

    id = models.AutoField(primary_key=True)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="facets")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["measure", "code"], name="facet_once"),)

    def __str__(self) -> str:
        return self.name


class RecordState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    CONFIRMED = "confirmed", _("confirmed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Record(models.Model):
    """台账记录: the header that every fact shares. The table of its kind hangs on it."""

    uuid = models.UUIDField(unique=True)
    book = models.ForeignKey(Book, models.PROTECT, related_name="records")
    kind = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="records", verbose_name=_("unit"))
    happened_on = models.DateField(_("date"))
    title = models.CharField(_("title"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=RecordState, default=RecordState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    door = models.CharField(max_length=10)
    entered_by = models.ForeignKey(Account, models.PROTECT, related_name="entered_records", null=True)
    entered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        Account, models.PROTECT, related_name="confirmed_records", null=True, db_index=False
    )
    confirmed_at = models.DateTimeField(null=True)
    remark = models.CharField(_("reason"), max_length=300, blank=True)
    batch = models.UUIDField(null=True)
    """The import that brought it in, by which a reviewer confirms all of it at once."""

    class Meta:
        verbose_name = _("record")
        ordering = ("-happened_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=RecordState.values), name="record_state_known"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(entered_by__isnull=True)
                | ~Q(confirmed_by=F("entered_by")),
                name="record_two_people",
            ),
        )
        indexes = (
            models.Index(fields=["unit", "-happened_on"], name="record_unit_day"),
            models.Index(fields=["book", "-happened_on", "-id"], name="record_book_day"),
            models.Index(fields=["-changed_at"], name="record_changed"),
            models.Index(
                fields=["state", "changed_at"],
                condition=Q(confirmed_at__isnull=True),
                name="record_unfinished",
            ),
            models.Index(fields=["batch", "state"], condition=Q(batch__isnull=False), name="record_of_batch"),
        )

    def __str__(self) -> str:
        return self.title


class BatchState(models.TextChoices):
    EXAMINING = "examining", _("being looked through")
    READY = "ready", _("ready to confirm")
    CONFIRMING = "confirming", _("being confirmed")
    DONE = "done", _("confirmed")
    STOPPED = "stopped", _("stopped")


class BatchReview(models.Model):
    """One reviewer's look at what one import brought in, and its confirmation: chunk by chunk, so that it goes on
    where it broke off. `last` is the record it has come to; `left` counts those that errors held back."""

    uuid = models.UUIDField(primary_key=True)
    batch = models.UUIDField()
    name = models.CharField(max_length=120)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.EXAMINING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    last = models.BigIntegerField(default=0)
    examined = models.JSONField(default=dict)
    override = models.CharField(max_length=300, blank=True)
    message = models.CharField(max_length=300, blank=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-begun_at",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_review_state_known"),
            models.UniqueConstraint(
                fields=["batch", "account"],
                condition=Q(state__in=["examining", "ready", "confirming"]),
                name="batch_review_one_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.name


class AmendmentState(models.TextChoices):
    OPEN = "open", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


class Amendment(models.Model):
    """A change of a confirmed record's content: proposed by one person, accepted or refused by another."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="amendments")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=AmendmentState, default=AmendmentState.OPEN)
    proposed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-proposed_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["record"], condition=Q(state="open"), name="amendment_one_open_per_record"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="amendment_two_people",
            ),
        )


class Cause(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    AMENDED = "amended", _("amended")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Posting(models.Model):
    """凭证: what one act on one record did to the book. Append-only; each digest covers the one before."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="postings", db_index=False)
    number = models.BigIntegerField()
    record = models.ForeignKey(Record, models.PROTECT, related_name="postings", db_index=False)
    revision = models.PositiveIntegerField()
    cause = models.CharField(max_length=10, choices=Cause)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=100)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["book", "number"], name="posting_consecutive"),
            models.UniqueConstraint(fields=["record", "revision"], name="posting_once_per_revision"),
        )

    def __str__(self) -> str:
        return f"#{self.number}"


class Entry(models.Model):
    """分录: one quantity. Append-only. A reversal carries the opposite of the entry that it takes back."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="entries")
    record = models.ForeignKey(Record, models.PROTECT, related_name="entries", db_index=False)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="entries", db_index=False)
    facet = models.IntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="entries", db_index=False)
    day = models.DateField()
    quantity = models.BigIntegerField()
    subject = models.BigIntegerField(null=True)
    reversal = models.BooleanField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(quantity=0), name="entry_not_zero"),
            models.CheckConstraint(
                condition=Q(subject__isnull=True) | Q(subject__range=(0, 2**32 - 1)),
                name="entry_subject_32_bit",
            ),
        )
        indexes = (
            models.Index(fields=["measure", "day"], name="entry_measure_day"),
            models.Index(fields=["measure", "facet", "day"], name="entry_measure_facet_day"),
            models.Index(fields=["unit", "measure", "day"], name="entry_unit_measure_day"),
        )


class Balance(models.Model):
    """(unit or any of its ancestors, measure, facet, month) → sum, entries, last posting. Written with every posting.

    `late` is the part of the sum that was booked after the month was closed.
    On SQLite the table has no rowid: rows of one figure lie side by side (see the migration).
    """

    pk = models.CompositePrimaryKey("unit_id", "measure_id", "facet", "month")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="balances", db_index=False)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="balances", db_index=False)
    facet = models.IntegerField()
    month = models.IntegerField()
    quantity = models.BigIntegerField()
    entries = models.BigIntegerField()
    position = models.BigIntegerField()
    late = models.BigIntegerField(default=0, db_default=0)


class SubjectSet(models.Model):
    """A Roaring bitmap of the subjects of a distinct measure in one month: a cache, made when read and stale."""

    pk = models.CompositePrimaryKey("unit_id", "measure_id", "facet", "month")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+", db_index=False)
    facet = models.IntegerField()
    month = models.IntegerField()
    position = models.BigIntegerField()
    bits = models.BinaryField()
