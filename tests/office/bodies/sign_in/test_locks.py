"""Who fails too often waits; who mistyped is let in by the security administrator."""

from __future__ import annotations

import datetime

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import F
from django.test import Client
from django.utils import timezone
from office.bodies.county import acting
from office.bodies.sign_in.browsing import PASSWORD, acts, browser, is_in, sign_in, text

from gongkai.office.acts.policy import Refused
from gongkai.office.bodies.sign_in.selectors.locks import locks, opens_at
from gongkai.office.bodies.sign_in.services.locks import unlock
from gongkai.office.look.words import datetime_cn

pytestmark = pytest.mark.django_db
LIMIT = 5


def fail(account: str, times: int, **client: str):
    """The last answer."""
    for _ in range(times):
        answer = sign_in(account, "Falsch-falsch-9", Client(**client))
    return answer


def later(minutes: float) -> None:
    """As if the failures lay so much further back."""
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - datetime.timedelta(minutes=minutes))


def test_after_five_failures_the_right_password_does_not_open_either(clerk):
    assert fail("clerk", LIMIT - 1).status_code == 200
    assert is_in(sign_in("clerk").client)  # and a success starts the count anew
    assert fail("clerk", LIMIT - 1).status_code == 200
    answer = fail("clerk", 1)
    assert answer.status_code == 429
    answer = sign_in("clerk")
    assert answer.status_code == 429
    assert not is_in(answer.client)


def test_the_page_says_when_it_opens_and_keeps_its_word(clerk):
    answer = fail("clerk", LIMIT)
    opens = opens_at("clerk", "127.0.0.1")
    assert f"<strong>{datetime_cn(opens)}</strong>" in text(answer)
    assert 0 < int(answer["Retry-After"]) <= settings.AXES_COOLOFF_TIME.total_seconds()
    later(10)
    assert fail("clerk", 3).status_code == 429  # trying meanwhile does not put it off
    later(4.9)
    assert sign_in("clerk").status_code == 429
    later(0.2)
    assert is_in(sign_in("clerk").client)


def test_the_page_says_the_same_of_a_name_that_nobody_has(clerk):
    assert text(fail("clerk", LIMIT)) == text(fail("nobody", LIMIT))
    assert fail("nobody", 1).status_code == 429


def test_capitals_and_browsers_do_not_start_another_count(clerk):
    for number, name in enumerate(["clerk", "CLERK", "Clerk", " clerk", "cLERK"]):
        answer = fail(name, 1, HTTP_USER_AGENT=f"browser {number}")
    assert answer.status_code == 429
    assert sign_in("clerk").status_code == 429


def test_the_lock_of_several_browsers_opens_when_enough_of_their_failures_are_past(clerk):
    fail("clerk", 3, HTTP_USER_AGENT="one")
    later(5)
    fail("clerk", 2, HTTP_USER_AGENT="two")
    assert opens_at("clerk", "127.0.0.1") - timezone.now() < datetime.timedelta(minutes=10, seconds=1)
    later(9.9)
    assert sign_in("clerk").status_code == 429
    later(0.2)
    assert is_in(sign_in("clerk").client)


def test_who_fails_elsewhere_does_not_shut_a_person_out(clerk):
    fail("clerk", LIMIT, REMOTE_ADDR="203.0.113.9")
    assert is_in(sign_in("clerk").client)


def test_failures_and_the_lock_are_acts_and_what_follows_in_the_lock_is_none(clerk):
    fail("clerk", LIMIT + 20)
    assert len(acts("fail_sign_in")) == LIMIT
    (lock,) = acts("lock_sign_in")
    assert (lock.thing_id, lock.address, lock.actor_name) == (str(clerk.pk), "127.0.0.1", "未登录者")
    assert lock.detail["至"]


def test_what_axes_keeps_holds_neither_passwords_nor_names_that_nobody_has(clerk):
    fail("clerk", 1)
    sign_in("MeinGeheimnis-7", "Falsch-falsch-9")
    kept = str(list(AccessAttempt.objects.values()))
    assert "Falsch" not in kept
    assert "Geheimnis" not in kept


def test_the_security_administrator_sees_the_lock_and_opens_it(clerk, county, with_password):
    fail("clerk", LIMIT, REMOTE_ADDR="203.0.113.9")
    fail("clerk", LIMIT)
    fail("nobody", LIMIT)
    with_password(county.security)
    client = browser("security", REMOTE_ADDR="198.51.100.7")
    page = text(client.get("/account/people/locked/"))
    assert page.count(">张敏<") == 2
    assert "203.0.113.9" in page
    address = f"/account/people/{clerk.pk}/unlock/"
    assert "请写明理由" in text(client.post(address, {"reason": " "}))
    assert client.post(address, {"reason": "本人来电，核对工号"}).status_code == 302
    assert locks() == []
    assert is_in(sign_in("clerk").client)
    (act,) = acts("unlock")
    assert (act.actor_id, act.ground, act.detail["地址"]) == (
        county.security.pk,
        "本人来电，核对工号",
        ["127.0.0.1", "203.0.113.9"],
    )


def test_nobody_else_opens_locks(clerk, county, with_password):
    for other in (county.system, county.auditor, county.clerk):
        with pytest.raises(Refused):
            unlock(acting(other), clerk)
    client = browser(with_password(county.system).account)
    assert client.get("/account/people/locked/").status_code == 403
    assert client.post(f"/account/people/{clerk.pk}/unlock/", {"reason": "x"}).status_code == 403


def test_the_list_of_locks_takes_the_same_number_of_queries_however_many(
    clerk, county, with_password, django_assert_num_queries
):
    fail("clerk", LIMIT)
    with django_assert_num_queries(2):
        assert len(locks()) == 1
    for number in range(5):
        with_password(county.person(f"more{number}"))
        fail(f"more{number}", LIMIT)
    with django_assert_num_queries(2):
        assert len(locks()) == 6


def test_guessing_the_current_password_in_an_open_session_is_locked_too(clerk):
    client = browser("clerk")
    typed = {"password1": "Neu-Meigui-88", "password2": "Neu-Meigui-88"}
    for _ in range(LIMIT - 1):
        answer = client.post("/account/password/", {"oldpassword": "Falsch-falsch-9", **typed})
        assert "当前密码不正确" in text(answer)
    assert client.post("/account/password/", {"oldpassword": "Falsch-falsch-9", **typed}).status_code == 429
    assert client.post("/account/password/", {"oldpassword": PASSWORD, **typed}).status_code == 429
