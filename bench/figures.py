"""30 figures of the whole federation over three years, at 1 and at 10 million entries, beside plain sums."""

from __future__ import annotations

from bench import book as books
from bench.common import SCALE, database_ms, heading, line, median_ms, start, statements_of


def main() -> None:
    start()
    from django.db import connection

    from jiangong.books.figures.queries import read_figures
    from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
    from jiangong.books.ledger.queries.totals import Reading
    from jiangong.work.activities.rules import SHIPPED_KINDS

    heading("30 figures of the federation, three years")
    big = books.federation()
    keys = [FigureKey(figure.code) for figure in catalogue]
    keys += [FigureKey("activities.audience", kind.code) for kind in SHIPPED_KINDS]
    keys += [FigureKey("activities.held", kind.code) for kind in SHIPPED_KINDS]
    keys = keys[:30]
    reading = Reading(unit_id=big.federation.pk, since=books.SINCE, until=books.UNTIL)
    found = []
    for million in (1, 10):
        if found:
            _empty()
        books.fill(big, records=million * 1_000_000 // books.ENTRIES // SCALE)
        read_figures(keys=keys, reading=reading)
        sent = statements_of(lambda: read_figures(keys=keys, reading=reading))
        found.append(database_ms(sent))
        whole = median_ms(lambda: read_figures(keys=keys, reading=reading))
        line(
            f"{million / SCALE:g} M entries: database time ({len(sent)} statements)",
            f"{found[-1]:.2f} ms",
            "≤ 2 ms at 1 M",
        )
        line(f"{million / SCALE:g} M entries: with Python", f"{whole:.2f} ms")
        plain = median_ms(lambda: _plain_sums(connection, reading), times=3)
        line(f"{million / SCALE:g} M entries: the same as plain SQL sums over entries", f"{plain:.0f} ms")
    line("10 M : 1 M", f"{found[1] / found[0]:.2f}", "≤ 1.3")


def _empty() -> None:
    """Start the second size from nothing; the append-only triggers are dropped in this scratch database only."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        for table in ("entry", "posting"):
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS ledger_{table}_no_{verb}")
        for table in (
            "ledger_balance",
            "ledger_entry",
            "ledger_posting",
            "activities_activityquantity",
            "activities_activity",
            "ledger_record",
            "ledger_facet",
        ):
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("DROP TABLE IF EXISTS leaf")
        cursor.execute("DROP TABLE IF EXISTS kind")
    from jiangong.ground.organization.models import Account, Person, RoleGrant

    RoleGrant.objects.all().delete()
    Account.objects.all().delete()
    Person.objects.all().delete()


def _plain_sums(connection: object, reading: object) -> None:
    sql = (
        "SELECT e.measure_id, e.facet, SUM(e.quantity) FROM ledger_entry e JOIN organization_ancestry a"
        " ON a.unit_id = e.unit_id AND a.ancestor_id = %s WHERE e.day BETWEEN %s AND %s"
        " GROUP BY e.measure_id, e.facet"
    )
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        days = (reading.since.isoformat(), reading.until.isoformat())  # type: ignore[attr-defined]
        cursor.execute(sql, [reading.unit_id, *days])  # type: ignore[attr-defined]
        cursor.fetchall()


if __name__ == "__main__":
    main()
