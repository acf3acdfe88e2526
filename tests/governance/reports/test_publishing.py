"""Publishing: what anybody may read, and what never goes out."""

from __future__ import annotations

import pytest

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.models import Publication
from jiangong.ground.organization import operations as organization
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound
from tests.conftest import AT, SYSTEM, MakeRecord, World
from tests.governance.reports.conftest import Desk, verbs


def unpublish(desk: Desk, *, by: str = "head") -> Publication:
    return operations.unpublish_issue(actor=desk.cast[by], uuid=desk.report.uuid, number=1, at=desk.later())


def test_an_issue_is_published_with_facts_but_no_records(desk: Desk) -> None:
    desk.issue()
    publication = desk.publish(1)
    publication.refresh_from_db()
    (held, audience) = publication.facts
    assert (held["name"], held["value"], held["records"], held["lines"]) == (
        "活动场次（职工大讲堂）",
        "1",
        1,
        [],
    )
    assert audience["formula"] == "“受众”的合计。"
    assert "劳模精神" not in str(publication.facts)
    assert verbs()[-1] == "report.publish"


def test_it_is_published_once_at_a_time(desk: Desk) -> None:
    desk.issue()
    desk.publish(1)
    with pytest.raises(operations.PublishedAlready):
        desk.publish(1)
    unpublish(desk)
    with pytest.raises(operations.NotPublished):
        unpublish(desk)
    desk.publish(1)
    assert verbs().count("report.publish") == 2
    assert verbs().count("report.unpublish") == 1


def test_a_withdrawn_issue_is_not_published(desk: Desk) -> None:
    desk.issue()
    desk.withdraw(1)
    with pytest.raises(operations.WithdrawnNotPublished):
        desk.publish(1)


def test_a_text_that_names_people_asks_whether_they_agreed(desk: Desk, world: World) -> None:
    organization.add_person(actor=SYSTEM, unit_id=world.union.pk, name="吴战宇", at=AT)
    desk.save("吴战宇作了宣讲。")
    desk.issue()
    with pytest.raises(operations.NamesUnagreed) as refused:
        desk.publish(1)
    assert "吴战宇" in str(refused.value)
    assert desk.publish(1, names_agreed=True).pk


@pytest.mark.parametrize(
    "name,refusal", [("clerk", Forbidden), ("reviewer", Forbidden), ("stranger", NotFound)]
)
def test_publishing_needs_the_right(name: str, refusal: type[DomainError], desk: Desk) -> None:
    desk.issue()
    with pytest.raises(refusal):
        operations.publish_issue(actor=desk.cast[name], uuid=desk.report.uuid, number=1, at=desk.later())
    desk.publish(1)
    with pytest.raises(refusal):
        unpublish(desk, by=name)


def test_a_reissue_says_what_it_replaces_and_what_it_says_otherwise(
    desk: Desk, make_record: MakeRecord
) -> None:
    first = desk.issue()
    assert queries.reissue_of(first) is None
    desk.withdraw(1, "漏记一场")
    make_record(audience=45)
    desk.save(desk.now().text + "\n特此更正。\n")
    second = desk.issue()
    found = queries.reissue_of(second)
    assert found is not None
    assert (found.withdrawn.number, found.withdrawal.reason) == (1, "漏记一场")
    assert [(item.before, item.after) for item in found.correction.figures] == [
        ("1场", "2场"),
        ("80人次", "125人次"),
    ]
    assert found.correction.paragraphs == 1


def test_a_later_issue_of_one_that_stands_replaces_nothing(desk: Desk) -> None:
    desk.issue()
    second = desk.issue()
    assert queries.reissue_of(second) is None
    desk.withdraw(1)
    assert queries.reissue_of(second) is None


def test_what_was_never_public_is_not_found(desk: Desk, cast: dict[str, Actor]) -> None:
    del cast
    desk.issue()
    with pytest.raises(NotFound):
        queries.published_page(uuid=desk.report.uuid, number=1)
