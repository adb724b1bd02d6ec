"""Coming in and going out."""

from __future__ import annotations

import pytest
from django.test import Client
from office.bodies.sign_in.browsing import LOGIN, PASSWORD, acts, browser, is_in, sign_in, text

from gongkai.office.acts.models import Act
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.models import UnknownAttempts

pytestmark = pytest.mark.django_db


def test_the_right_password_opens_and_the_act_says_how(clerk):
    answer = sign_in("clerk")
    assert answer.status_code == 302
    assert is_in(answer.client)
    (act,) = acts("sign_in")
    assert (act.actor_id, act.thing_id, act.address) == (clerk.pk, str(clerk.pk), "127.0.0.1")
    assert act.detail == {"方式": "密码", "第二因素": "无"}


def test_the_sign_in_name_may_be_typed_in_any_case_and_with_blanks_around(clerk):
    assert is_in(sign_in(" CLERK ").client)


def test_a_wrong_password_does_not_open_and_is_kept_without_what_was_typed(clerk):
    answer = sign_in("clerk", "Falsch-falsch-9")
    assert "登录名或密码不正确" in text(answer)
    assert not is_in(answer.client)
    (act,) = acts("fail_sign_in")
    assert (act.actor_name, act.thing_id, act.detail) == ("未登录者", str(clerk.pk), {"原因": "密码不正确"})
    assert not any("Falsch" in str(row) for row in Act.objects.values())


def test_the_page_says_the_same_of_a_name_that_nobody_has(clerk):
    known, unknown = sign_in("clerk", "Falsch-falsch-9"), sign_in("nobody", "Falsch-falsch-9")
    assert known.status_code == unknown.status_code == 200
    assert _without_token(text(known)).replace("clerk", "·") == _without_token(text(unknown)).replace("nobody", "·")


def test_a_name_that_nobody_has_costs_as_many_hashes_as_one_that_somebody_has(clerk, settings, with_password, county):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher", *settings.PASSWORD_HASHERS]
    with_password()
    costs = []
    for name in ("clerk", "nobody", county.auditor.account):  # the last one has no usable password
        CountingHasher.hashed = 0
        sign_in(name, "Falsch-falsch-9")
        costs.append(CountingHasher.hashed)
    assert costs == [1, 1, 1]


def test_names_that_nobody_has_do_not_fill_the_log(county):
    for number in range(25):
        sign_in(f"nobody{number}", "Falsch-falsch-9")
    assert UnknownAttempts.objects.get().times == 25
    assert [act.detail for act in acts("fail_unknown_sign_in")] == [{"当日次数": 1}, {"当日次数": 10}]
    assert not Act.objects.filter(thing_name__contains="nobody").exists()


def test_unknown_names_from_one_ipv6_network_are_counted_together(county):
    for last in ("1", "2"):
        sign_in("nobody", "x", Client(REMOTE_ADDR=f"2001:db8::{last}"))
    assert UnknownAttempts.objects.get().network == "2001:db8::/64"


def test_networks_beyond_a_thousand_a_day_are_counted_as_one(county):
    from django.utils import timezone

    day = timezone.localdate()
    UnknownAttempts.objects.bulk_create(UnknownAttempts(day=day, network=f"n{i}") for i in range(1000))
    sign_in("nobody", "x")
    assert UnknownAttempts.objects.count() == 1001
    assert UnknownAttempts.objects.get(network="其他").times == 1


def test_who_is_out_of_use_does_not_come_in_and_is_told_only_with_the_right_password(clerk):
    Person.objects.filter(pk=clerk.pk).update(is_active=False)
    assert "登录名或密码不正确" in text(sign_in("clerk", "Falsch-falsch-9"))
    answer = sign_in("clerk")
    assert answer.url == "/account/inactive/"
    assert "已停用" in text(answer.client.get(answer.url))
    assert not is_in(answer.client)
    assert [act.detail["原因"] for act in acts("fail_sign_in")] == ["密码不正确", "账号已停用"]


def test_who_is_put_out_of_use_is_out_at_once(clerk):
    client = browser("clerk")
    Person.objects.filter(pk=clerk.pk).update(is_active=False)
    assert not is_in(client)


def test_signing_out_takes_a_post_and_is_an_act(clerk):
    client = browser("clerk")
    assert "退出登录" in text(client.get("/account/logout/"))
    assert is_in(client)
    assert client.post("/account/logout/").url == LOGIN
    assert not is_in(client)
    assert [act.thing_id for act in acts("sign_out")] == [str(clerk.pk)]


def test_after_signing_in_the_page_asked_for_is_shown_and_no_other_host(clerk):
    assert sign_in("clerk", next="/people/?q=x").url == "/people/?q=x"
    for foreign in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        assert "evil" not in sign_in("clerk", next=foreign).url


def test_a_session_known_before_signing_in_is_not_the_one_after(clerk):
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["gongkai_session"] = before = session.session_key
    sign_in("clerk", client=client)
    assert client.cookies["gongkai_session"].value != before


def test_nobody_signs_up():
    client = Client()
    for address in ("/account/signup/", "/account/email/", "/accounts/signup/", "/account/3rdparty/"):
        assert client.get(address).status_code == 404


def test_pages_of_the_signed_in_stay_in_no_cache(clerk):
    client = browser("clerk")
    for address in ("/account/security/", "/account/sessions/", "/account/password/"):
        assert "no-store" in client.get(address)["Cache-Control"]
    assert "no-store" in Client().get(LOGIN)["Cache-Control"]


def test_the_form_without_its_token_is_refused(clerk):
    client = Client(enforce_csrf_checks=True)
    assert sign_in("clerk", PASSWORD, client).status_code == 403


def _without_token(page: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


from django.contrib.auth.hashers import MD5PasswordHasher  # noqa: E402


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    algorithm = "counting"
    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        """As MD5."""
        CountingHasher.hashed += 1
        return super().encode(password, salt)
