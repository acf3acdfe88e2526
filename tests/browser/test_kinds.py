"""Kinds of activity are defined beside the entry form as the clerk will see it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("address", ["add/", "lecture/change/"])
def test_the_preview_stands_there_and_nothing_complains(open_page: OpenPage, address: str) -> None:
    head = open_page("head")
    head.goto(f"/activities/kinds/{address}")
    expect(head.locator("jg-title")).to_be_visible()
