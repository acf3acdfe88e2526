"""A passkey, made and used in a real browser by a device that DevTools plays."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, Page, expect

from jiangong.config.example.places import PASSWORD
from tests.browser.conftest import DESK, PHONE, OpenPage

pytestmark = pytest.mark.browser


def with_device(page: Page, *, verified: bool = True) -> tuple[CDPSession, str]:
    """A device with a finger on it, or one that knows nobody."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verified,
        "automaticPresenceSimulation": True,
    }
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return tools, made["authenticatorId"]


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_a_passkey_is_made_and_signs_in_without_a_password(
    open_page: OpenPage, size: tuple[int, int]
) -> None:
    page = open_page("clerk", size=size)
    with_device(page)
    page.goto("/settings/second-factor/")
    page.get_by_label("密钥名称").fill("我的手机")
    page.get_by_label("当前密码").fill(PASSWORD)
    page.get_by_role("button", name="设置通行密钥").click()
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    assert page.locator(".recovery-codes li").count() == 10
    page.get_by_role("link", name="已保管好").click()
    expect(page.get_by_role("link", name="移除 我的手机")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.context.clear_cookies()
    page.goto("/sign-in/?next=/records/")
    button = page.get_by_role("button", name="用通行密钥登录")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/")


def test_a_device_that_does_not_know_its_owner_lets_nobody_in(open_page: OpenPage) -> None:
    page = open_page("clerk")
    tools, device = with_device(page)
    page.goto("/settings/second-factor/")
    page.get_by_label("密钥名称").fill("我的手机")
    page.get_by_label("当前密码").fill(PASSWORD)
    page.get_by_role("button", name="设置通行密钥").click()
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    page.context.clear_cookies()
    page.goto("/sign-in/")
    tools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_text("未能使用通行密钥")).to_be_visible()
    assert page.url.endswith("/sign-in/")
