"""What the public reads when something goes wrong: nothing of signing in, roles or administrators."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from office.portal.citizen import Citizen, text

from gongkai.office.config.errors.page import PUBLIC_PAGES, error_page
from gongkai.office.config.errors.words import EXPIRED

_OF_THE_STAFF = ("登录", "角色", "系统管理员", 'href="/"')


def test_the_public_pages_are_where_errors_look_for_them() -> None:
    assert reverse("portal:home") == PUBLIC_PAGES


def test_a_page_that_is_not_there_leads_back_to_the_publics_home(citizen: Citizen) -> None:
    page = text(citizen.client.get("/open/nothing/"))
    assert 'href="/open/"' in page
    assert not [word for word in _OF_THE_STAFF if word in page]


@pytest.mark.parametrize("status", [400, 404, 413, 500])
def test_no_error_sends_the_public_to_an_administrator(status: int) -> None:
    page = text(error_page(RequestFactory().get("/open/apply/check/"), status))
    assert 'href="/open/"' in page
    assert not [word for word in _OF_THE_STAFF if word in page]
    assert 'href="/"' in text(error_page(RequestFactory().get("/applications/"), status))


def test_a_form_that_is_too_old_keeps_the_words_and_says_nothing_of_signing_in(db: None) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = text(browser.post("/open/apply/step/wanted/", {"description": "柳河村农村低保发放名单"}))
    assert EXPIRED.title in page
    assert "柳河村农村低保发放名单" in page
    assert not [word for word in _OF_THE_STAFF if word in page]
