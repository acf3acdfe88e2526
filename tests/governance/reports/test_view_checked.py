"""The page of a checked text, and the acts beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangong.governance.reports.models import CheckedText, CheckState, Report
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor
from tests.conftest import MakeRecord, World
from tests.governance.reports.text_checks import TEXT, checked, found_in

ClientOf = Callable[[str], Client]


@pytest.fixture
def kept(world: World, cast: dict[str, Actor], make_record: MakeRecord) -> CheckedText:
    make_record(audience=80)
    return checked(cast["clerk"], world.union)


def address(kept: CheckedText, name: str = "checked") -> str:
    return reverse(f"reports:{name}", args=[kept.pk])


def read(client: Client, where: str) -> str:
    response = client.get(where)
    assert response.status_code == 200
    return response.content.decode()


def test_marks_and_findings_lead_to_one_another_and_to_the_trail(
    client_of: ClientOf, kept: CheckedText, world: World
) -> None:
    page = read(client_of("clerk"), address(kept))
    one = found_in(kept)["80人次"]
    assert f'id="m{one.number}" href="#n{one.number}"' in " ".join(page.split())
    trail = re.search(r'<a href="([^"]+)"\s+data-trail', page)
    assert trail is not None
    assert f"unit={world.union.pk}" in trail[1]
    assert client_of("clerk").get(trail[1].replace("&amp;", "&")).status_code == 200


def test_a_filter_leaves_only_its_sentences(client_of: ClientOf, kept: CheckedText) -> None:
    page = read(client_of("clerk"), f"{address(kept)}?show=agrees")
    assert "大讲堂受众" in page
    assert "慰问黄小明" not in page
    assert "慰问黄小明" in read(client_of("clerk"), f"{address(kept)}?show=odd&page=99")


def test_a_text_without_numbers_is_said_to_be_so(
    client_of: ClientOf, world: World, cast: dict[str, Actor]
) -> None:
    own = checked(cast["clerk"], world.union, "认真落实各项要求。")
    assert "没有需核对的数字，也没有发现差错。" in read(client_of("clerk"), address(own))


def test_while_the_job_runs_the_page_asks_again_and_then_no_more(
    client_of: ClientOf, kept: CheckedText
) -> None:
    CheckedText.objects.update(state=CheckState.WAITING)
    page = read(client_of("clerk"), address(kept))
    assert "<progress" in page
    assert "every 1s" in page
    CheckedText.objects.update(state=CheckState.FAILED)
    page = read(client_of("clerk"), address(kept))
    assert "核对中断" in page
    assert "every 1s" not in page
    asked = client_of("clerk").get(address(kept), headers={"HX-Request": "true"})
    assert asked["HX-Refresh"] == "true"


def test_nobody_else_sees_it_and_after_a_day_nobody(client_of: ClientOf, kept: CheckedText) -> None:
    for name in ("reviewer", "head", "stranger", "auditor"):
        assert client_of(name).get(address(kept)).status_code == 404
        assert client_of(name).post(address(kept, "draft_checked")).status_code == 404
    CheckedText.objects.update(made_at=clock.now() - timedelta(days=1, minutes=1))
    assert client_of("clerk").get(address(kept)).status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in_and_other_methods_are_refused(
    client_of: ClientOf, kept: CheckedText
) -> None:
    assert client_of("visitor").get(address(kept)).status_code == 302
    assert client_of("clerk").post(address(kept)).status_code == 405
    assert client_of("clerk").get(address(kept, "draft_checked")).status_code == 405


def test_statements_stay_flat_as_findings_grow(
    client_of: ClientOf, world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    make_record(audience=80)
    client = client_of("clerk")

    def asked(times: int) -> int:
        own = checked(cast["clerk"], world.union, "大讲堂受众90人次。\n" * times)
        with CaptureQueriesContext(connection) as asked:
            read(client, address(own))
        return len(asked)

    asked(2)
    assert asked(400) == asked(2)


def test_a_draft_is_made_and_opened(client_of: ClientOf, kept: CheckedText) -> None:
    client = client_of("clerk")
    response = client.post(address(kept, "draft_checked"))
    assert response["Location"].startswith(reverse("reports:edit", args=[Report.objects.get().uuid]))
    assert "打开草稿" in read(client, address(kept))


def test_one_number_is_taken_from_the_ledger_where_one_stands(client_of: ClientOf, kept: CheckedText) -> None:
    client, number = client_of("clerk"), found_in(kept)["90人次"].number
    assert f'value="{number}"' in read(client, address(kept))
    response = client.post(address(kept, "draft_checked"), {"claim": number})
    assert response["Location"].endswith(f"#n{number}")
    assert "90人次" not in Report.objects.get().text
    assert "草稿已引用" in read(client, address(kept))


def test_what_cannot_be_taken_is_refused_in_a_sentence(client_of: ClientOf, kept: CheckedText) -> None:
    response = client_of("clerk").post(address(kept, "draft_checked"), {"claim": "999"}, follow=True)
    assert "此处没有对应的台账数字" in response.content.decode()


def test_the_text_comes_back_to_be_changed_for_its_owner_alone(
    client_of: ClientOf, kept: CheckedText
) -> None:
    again = f"{reverse('reports:text_check')}?again={kept.pk}"
    assert TEXT.split("\n")[0] in read(client_of("clerk"), again)
    assert TEXT.split("\n")[0] not in read(client_of("reviewer"), again)
    read(client_of("clerk"), f"{reverse('reports:text_check')}?again=x")


def test_a_difference_is_told_and_a_contradiction_once_with_the_way_to_the_other_place(
    client_of: ClientOf, world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    make_record(audience=80)
    text = "2020年大讲堂受众85人次。\n2020年建成职工书屋12家。\n2020年建成职工书屋15家。\n"
    own = checked(cast["clerk"], world.union, text)
    page = read(client_of("clerk"), address(own))
    assert "台账少5人次" in page
    found = found_in(own)
    assert f"?show=all&amp;page=1#m{found['12家'].number}" in page
    assert found["15家"].verdict == "contradicts"
    own.refresh_from_db()
    assert own.laid["verdicts"].count("contradicts") == 1


def test_another_figure_is_chosen_for_a_claim_also_twice(client_of: ClientOf, kept: CheckedText) -> None:
    client, number = client_of("clerk"), found_in(kept)["15户"].number
    assert f'id="f{number}"' in read(client, address(kept))
    refused = client.post(address(kept, "draft_checked"), {"claim": number, "figure": "没有"}, follow=True)
    assert "没有这项数据" in refused.content.decode()
    client.post(address(kept, "draft_checked"), {"claim": number, "figure": "活动场次"})
    assert "{{activities.held|bare}}户" in Report.objects.get().text
    client.post(address(kept, "draft_checked"), {"claim": number, "figure": "受众"})
    assert "{{activities.audience|bare}}户" in Report.objects.get().text
    assert found_in(kept)["15户"].figure == "activities.audience"
    assert client_of("reviewer").post(address(kept, "draft_checked"), {"claim": number}).status_code == 404


def test_money_in_wan_has_the_ledgers_number_in_wan_beside_it(
    client_of: ClientOf, world: World, cast: dict[str, Actor]
) -> None:
    own = checked(cast["clerk"], world.union, "发放慰问金15.34万元。")
    page = read(client_of("clerk"), address(own))
    assert ">0万元<" in page
    assert "台账少15.34万元" in page


def test_words_that_a_number_contradicts_are_led_to(
    client_of: ClientOf, world: World, cast: dict[str, Actor]
) -> None:
    text = "活动如下。2018年到2020年，每季度开展慰问活动，共开展慰问活动80场。"
    kept = checked(cast["clerk"], world.union, text=text)
    page = read(client_of("clerk"), address(kept))
    place = text.index("2018")
    assert f'id="t{place}"' in page
    assert f'#t{place}"' in page


@pytest.mark.parametrize("of,unit", [("named", "union"), ("text", "federation")])
def test_another_figure_is_read_for_the_unit_that_is_chosen(
    of: str, unit: str, client_of: ClientOf, world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    make_record(audience=80)
    make_record(audience=45, unit=world.other_union, by="stranger")
    text = f"{world.union.name}开展大讲堂，大讲堂受众80人次。"
    kept = checked(cast["head"], world.federation, text=text)
    number = found_in(kept)["80人次"].number
    client = client_of("head")
    page = read(client, address(kept))
    assert f'<option value="named">{world.union}</option>' in page
    assert f'<option value="text">{world.federation}</option>' in page
    form = {"claim": number, "figure": "activities.audience", "of": of}
    client.post(address(kept, "draft_checked"), form)
    kept.refresh_from_db()
    found = found_in(kept)["80人次"]
    assert found.unit_id == getattr(world, unit).pk
    assert found.ledger == {"union": "80", "federation": "125"}[unit]
    draft = kept.draft
    assert draft
    assert (f"unit={world.union.code}" in draft.text) == (of == "named")
