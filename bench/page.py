"""A figure's page at 10 million entries, through the whole of Django, signed in; and beside it a bare view."""

from __future__ import annotations

import time

from bench import book as books
from bench.common import SCALE, heading, line, percentile_ms, start

TIMES = 200


def main() -> None:
    start()
    from django.test import Client
    from django.urls import reverse

    from jiangong.ground.organization import operations as organization
    from jiangong.ground.organization.models import Account
    from jiangong.ground.shared.actors import Role

    heading("A figure's page")
    big = books.federation()
    books.fill(big, records=10_000_000 // books.ENTRIES // SCALE)
    account = Account.objects.get(username="reviewer")
    organization.grant_role(
        actor=books.SYSTEM,
        account_id=account.pk,
        role=Role.MANAGER,
        unit_id=big.federation.pk,
        since=books.SINCE,
        at=books.AT,
    )
    client = Client(headers={"host": "localhost"})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    period = f"since={books.SINCE}&until={books.UNTIL}"
    for key in ("activities.audience", "activities.audience@lecture", "activities.audience_per_session"):
        for unit in (big.federation.pk, big.leaves[7]):
            address = f"{reverse('desk:figure', args=[key])}?unit={unit}&{period}"
            samples = _samples(client, address)
            where = "federation" if unit == big.federation.pk else "team"
            line(
                f"{10 / SCALE:g} M entries, {key} of the {where}: median",
                f"{percentile_ms(samples, 0.5):.0f} ms",
            )
            line(
                f"{10 / SCALE:g} M entries, {key} of the {where}: p95",
                f"{percentile_ms(samples, 0.95):.0f} ms",
                "≤ 50 ms",
            )
    bare = _samples(client, reverse("desk:sign_in"))
    line("baseline: the sign-in page, p95", f"{percentile_ms(bare, 0.95):.0f} ms")


def _samples(client: object, address: str) -> list[float]:
    samples = []
    for turn in range(TIMES + 5):
        begun = time.perf_counter()
        response = client.get(address)  # type: ignore[attr-defined]
        took = time.perf_counter() - begun
        if response.status_code not in {200, 302}:
            message = f"{address} answered {response.status_code}"
            raise RuntimeError(message)
        if turn >= 5:
            samples.append(took)
    return samples


if __name__ == "__main__":
    main()
