"""The public pages: for anybody, without a sign-in, without cookies, without records."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.governance.reports.models import Publication
from tests.conftest import MakeRecord
from tests.governance.reports.conftest import Desk

ClientOf = Callable[[str], Client]


@pytest.fixture
def issued(desk: Desk) -> Desk:
    desk.issue(with_trail=True)
    return desk


@pytest.fixture
def public(issued: Desk) -> Desk:
    issued.publish(1)
    return issued


def address(name: str, desk: Desk, number: int = 1, *more: object) -> str:
    return reverse(f"reports:{name}", args=[desk.report.uuid, number, *more])


def shown(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_anybody_reads_the_text_and_gets_no_cookie(public: Desk, client_of: ClientOf) -> None:
    visitor = client_of("visitor")
    for page in (
        address("published", public),
        address("published_figure", public, 1, 1),
        reverse("reports:published_list"),
    ):
        answer = visitor.get(page)
        assert answer.status_code == 200
        assert not answer.cookies
        assert answer.headers["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert "80人次</a>" in shown(visitor, address("published", public))
    signed_in = client_of("clerk").get(address("published", public))
    assert signed_in.headers["Cache-Control"] == "private, no-cache"


def test_the_page_says_what_a_share_shows(public: Desk, client_of: ClientOf) -> None:
    page = shown(client_of("visitor"), address("published", public))
    assert '<meta property="og:title" content="大讲堂工作情况"' in page
    assert '<meta name="description" content="开展大讲堂1场，受众80人次。"' in page


def test_no_record_no_name_and_no_link_inside_is_shown(public: Desk, client_of: ClientOf) -> None:
    visitor = client_of("visitor")
    pages = shown(visitor, address("published", public)) + shown(
        visitor, address("published_figure", public, 1, 2)
    )
    for hidden in ("劳模精神", "同志", "/ledger/", "数据来源"):
        assert hidden not in pages


def test_a_number_tells_how_it_came_about(public: Desk, client_of: ClientOf) -> None:
    page = shown(client_of("visitor"), address("published_figure", public, 1, 2))
    for told in ("受众", "80人次", "“受众”的合计。", "市供电公司工会"):
        assert told in page
    assert (
        client_of("visitor").get(address("published_figure", public, 1, 2)).headers["X-Robots-Tag"]
        == "noindex"
    )


def test_a_withdrawn_text_says_so_and_shows_nothing(public: Desk, client_of: ClientOf) -> None:
    public.withdraw(1, "数据漏记")
    answer = client_of("visitor").get(address("published", public))
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "数据漏记" in page
    assert "80人次" not in page
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert client_of("visitor").get(address("published_figure", public, 1, 1)).status_code == 404


def test_a_reissue_is_linked_from_the_old_and_says_what_it_corrects(
    public: Desk, client_of: ClientOf, make_record: MakeRecord
) -> None:
    public.withdraw(1, "数据漏记")
    make_record(audience=45)
    public.issue()
    public.publish(2)
    visitor = client_of("visitor")
    assert address("published", public, 2) in shown(visitor, address("published", public, 1))
    page = shown(visitor, address("published", public, 2))
    assert "数据漏记" in page
    assert "由80人次更正为125人次" in page
    assert "替换已撤回的第 1 次签发稿" in shown(visitor, reverse("reports:published_list"))


def test_a_text_taken_down_says_so(public: Desk, client_of: ClientOf) -> None:
    assert client_of("head").post(address("unpublish", public)).status_code == 302
    answer = client_of("visitor").get(address("published", public))
    assert answer.status_code == 410
    assert "不再公开" in answer.content.decode()
    assert "大讲堂工作情况" not in shown(client_of("visitor"), reverse("reports:published_list"))


def test_what_was_never_public_is_not_found(issued: Desk, client_of: ClientOf) -> None:
    visitor = client_of("visitor")
    assert visitor.get(address("published", issued)).status_code == 404
    assert visitor.get(address("published_figure", issued, 1, 1)).status_code == 404


@pytest.mark.parametrize("place", [0, 3, 999_999])
def test_a_figure_that_is_not_there_is_not_found(place: int, public: Desk, client_of: ClientOf) -> None:
    assert client_of("visitor").get(address("published_figure", public, 1, place)).status_code == 404


def test_the_head_publishes_on_the_issues_page(issued: Desk, client_of: ClientOf) -> None:
    client = client_of("head")
    assert address("publish", issued) in shown(client, address("issued", issued))
    for _ in range(2):
        assert client.post(address("publish", issued)).status_code == 302
    assert Publication.objects.count() == 1
    assert address("published", issued) in shown(client, address("issued", issued))


@pytest.mark.parametrize(
    "name,status", [("clerk", 403), ("reviewer", 403), ("auditor", 403), ("stranger", 404), ("visitor", 302)]
)
def test_publishing_needs_the_right(name: str, status: int, issued: Desk, client_of: ClientOf) -> None:
    client = client_of(name)
    assert client.post(address("publish", issued)).status_code == status
    assert client.post(address("unpublish", issued)).status_code == status
    assert not Publication.objects.exists()
    assert address("publish", issued) not in shown(client, address("issued", issued))


def test_other_methods_are_refused(public: Desk, client_of: ClientOf) -> None:
    client = client_of("head")
    assert client.get(address("publish", public)).status_code == 405
    assert client.post(address("published", public)).status_code == 405
    assert client.post(reverse("reports:published_list")).status_code == 405


def test_a_longer_list_costs_no_more_statements(
    public: Desk, client_of: ClientOf, django_assert_max_num_queries: Callable[..., object]
) -> None:
    visitor = client_of("visitor")
    counted = []
    for more in (0, 4):
        for _ in range(more):
            public.publish(public.issue().number)
        with django_assert_max_num_queries(20) as caught:  # type: ignore[attr-defined]
            visitor.get(reverse("reports:published_list"))
        counted.append(len(caught))
    assert counted[0] == counted[1]
