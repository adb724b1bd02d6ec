"""Signing in before a real screen: every page of it, on a phone too, and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from office.bodies.sign_in.browsing import PASSWORD
from office.bodies.sign_in.codes import code, secret_on
from office.browser.pages import PHONE, Visitor
from playwright.sync_api import Browser, Page

from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.models import OutsideRequest

NEW = "Xiatian-lianhua5"


@pytest.fixture(autouse=True)
def _no_role_asks_for_more(settings) -> None:
    settings.MFA_ROLES = ()


@pytest.fixture
def somebody(visitor: Visitor) -> Person:
    """The handler, with a password."""
    return _with_password(visitor.world.people["handler"])


def _with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.must_change_password = False
    person.save()
    return person


def _send(page: Page, label: str, **typed: str) -> None:
    for name, text in typed.items():
        page.fill(f"main [name={name}]", text)
    page.click(f"main button:has-text('{label}')")


def test_from_the_sign_in_page_to_a_second_factor_and_out(visitor: Visitor, somebody: Person) -> None:
    page = visitor.go("/account/login/")
    visitor.picture("sign-in")
    _send(page, "登录", login=somebody.account, password="Falsch-falsch-9")
    visitor.meets("wrong password")
    visitor.picture("sign-in-wrong")
    _send(page, "登录", login=somebody.account, password=PASSWORD)
    visitor.go("/account/security/")
    visitor.picture("security")
    visitor.go("/account/password/")
    _send(page, "更改密码", oldpassword=PASSWORD, password1="short", password2="other")
    visitor.meets("password with errors")
    visitor.picture("password-wrong")
    visitor.go("/account/code/enrol/")
    visitor.picture("enrol")
    secret = secret_on(page.content())
    _send(page, "启用", code=code(secret, -1))
    visitor.meets("recovery codes")
    visitor.picture("recovery-codes")
    page.click("text=我已保存好")
    visitor.meets("factor enrolled")
    visitor.picture("security-factor")
    visitor.go("/account/recovery-codes/")
    visitor.go("/account/recovery-codes/renew/")
    visitor.go("/account/code/give-up/")
    visitor.picture("give-up")
    visitor.go("/account/sessions/")
    visitor.picture("sessions")
    visitor.go("/account/logout/")
    visitor.picture("sign-out")
    _send(page, "退出登录")
    visitor.meets("signed out")
    _send(page, "登录", login=somebody.account, password=PASSWORD)
    visitor.meets("code")
    visitor.picture("code")
    _send(page, "登录", code=code(secret, 0))
    visitor.go("/account/security/")


def test_what_strangers_are_told(visitor: Visitor, somebody: Person, settings) -> None:
    page = visitor.go("/account/password/forgotten/")
    visitor.picture("whom-to-ask")
    settings.EMAIL_HOST = "mail.qinghe.gov.cn"
    visitor.go("/account/password/forgotten/")
    visitor.picture("forgotten")
    visitor.go("/account/password/forgotten/sent/")
    visitor.go("/account/password/forgotten/1-x-y/")
    visitor.go("/account/password/forgotten/done/")
    visitor.go("/account/inactive/")
    for _ in range(5):
        page = visitor.go("/account/login/")
        visitor.complaints.clear()
        _send(page, "登录", login=somebody.account, password="Falsch-falsch-9")
    visitor.complaints.clear()  # the browser itself notes the status 429
    visitor.meets("locked")
    assert "暂停用这个登录名登录" in page.content()
    visitor.picture("locked")


def test_the_security_administrator_helps(visitor: Visitor, somebody: Person) -> None:
    visitor.sign_in("security_administrator")
    visitor.go("/account/people/")
    visitor.picture("people-sign-in")
    visitor.go("/account/people/locked/")
    visitor.go(f"/account/people/{somebody.pk}/")
    visitor.picture("person-sign-in")
    for what in ("factors", "sessions", "unlock"):
        visitor.go(f"/account/people/{somebody.pk}/{what}/")
    page = visitor.go(f"/account/people/{somebody.pk}/password/")
    _send(page, "重置密码", reason=" ")
    visitor.meets("without a reason")
    visitor.picture("reset-password")
    _send(page, "重置密码", reason="忘记密码，已电话核实")
    visitor.meets("one-time password")
    visitor.picture("one-time-password")


def test_the_system_administrator_links(visitor: Visitor, somebody: Person) -> None:
    asked = OutsideRequest.objects.create(
        provider="county", subject="0f3c", name="张敏", account="zhangmin@sso", claim="100234"
    )
    visitor.sign_in("system_administrator")
    visitor.go("/account/links/")
    visitor.picture("links")
    visitor.go(f"/account/links/{asked.pk}/dismiss/")
    page = visitor.go(f"/account/links/{asked.pk}/")
    visitor.picture("link")
    _send(page, "关联", account=somebody.account, reason="工号一致，已电话核实")
    visitor.go("/account/links/linked/")
    visitor.go(f"/account/people/{somebody.pk}/unlink/")
    visitor.picture("unlink")


def test_an_outside_account_of_nobody_is_told_whom_to_ask(visitor: Visitor, settings) -> None:
    from django.test import RequestFactory

    from gongkai.office.bodies.sign_in.adapters.outside import unknown

    answer = unknown(RequestFactory().get("/"), "张敏")
    page = visitor.page
    page.route(
        "**/told/", lambda route: route.fulfill(status=200, content_type="text/html", body=answer.content.decode())
    )
    visitor.go("/told/")
    visitor.picture("outside-unknown")


@pytest.fixture
def plain(chromium: Browser, live_server: object) -> Iterator[Page]:
    """A telephone's browser without JavaScript."""
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def test_everything_works_without_javascript(
    plain: Page, live_server: object, visitor: Visitor, somebody: Person
) -> None:
    start = str(live_server)
    plain.goto(f"{start}/account/login/?next=/account/password/")
    _send(plain, "登录", login=somebody.account, password=PASSWORD)
    _send(plain, "更改密码", oldpassword=PASSWORD, password1=NEW, password2=NEW)
    plain.goto(f"{start}/account/code/enrol/")
    secret = secret_on(plain.content())
    _send(plain, "启用", code=code(secret))
    plain.click("text=我已保存好")
    plain.goto(f"{start}/account/sessions/")
    assert "当前" in plain.content()
    plain.goto(f"{start}/account/logout/")
    _send(plain, "退出登录")
    assert plain.url == f"{start}{django_settings.LOGIN_URL}"
