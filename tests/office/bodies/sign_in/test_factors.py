"""The second factor: a telephone's codes, and recovery codes beside it."""

from __future__ import annotations

import base64
import datetime
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from office.bodies.county import acting
from office.bodies.sign_in.browsing import LOGIN, PASSWORD, acts, browser, is_in, sign_in, text
from office.bodies.sign_in.codes import code, enrol, recovery_codes, secret_on

from gongkai.office.acts.models import Act
from gongkai.office.acts.personal import rotation
from gongkai.office.acts.personal.keys import SealError
from gongkai.office.acts.policy import Refused
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.sign_in import secrets
from gongkai.office.bodies.sign_in.adapters.factors import FactorAdapter
from gongkai.office.bodies.sign_in.services.factors import reset_factors

pytestmark = pytest.mark.django_db


def half_way(account: str) -> Client:
    """A browser after the password, before the code."""
    answer = sign_in(account)
    assert answer.url == "/account/code/"
    return answer.client


def test_enrolling_shows_a_code_to_scan_and_asks_for_the_first_number(clerk):
    client = browser("clerk")
    page = text(client.get("/account/code/enrol/"))
    picture = page.split('src="data:image/svg+xml;base64,')[1].split('"')[0]
    assert b"<svg" in base64.b64decode(picture)
    secret = secret_on(page)
    assert "口令不正确" in text(client.post("/account/code/enrol/", {"code": "000000"}))
    assert not Authenticator.objects.exists()
    assert client.post("/account/code/enrol/", {"code": code(secret)}).url == "/account/recovery-codes/"
    (act,) = acts("enrol_factor")
    assert act.thing_id == str(clerk.pk)


def test_afterwards_the_password_alone_does_not_open(clerk):
    secret = enrol(browser("clerk"))
    client = half_way("clerk")
    assert not is_in(client)
    assert "口令不正确" in text(client.post("/account/code/", {"code": "000000"}))
    assert client.post("/account/code/", {"code": code(secret)}).status_code == 302
    assert is_in(client)
    assert acts("sign_in")[-1].detail["第二因素"] == "动态口令"
    assert acts("fail_sign_in")[-1].detail == {"原因": "动态口令或恢复码不正确"}


def test_a_code_opens_once_also_within_the_time_in_which_it_would_still_be_right(clerk):
    secret = enrol(browser("clerk"))
    now = code(secret)
    half_way("clerk").post("/account/code/", {"code": now})
    # The library itself remembers a code for one period only.
    cache.delete(f"allauth.mfa.totp.used?user={clerk.pk}&code={now}")
    client = half_way("clerk")
    for again in (now, f"{now[:3]} {now[3:]}"):
        client.post("/account/code/", {"code": again})
        assert not is_in(client)


def test_telephones_may_be_half_a_minute_off_and_no_more(clerk):
    secret = enrol(browser("clerk"))
    for steps, opens in ((-3, False), (3, False), (1, True)):
        client = half_way("clerk")
        client.post("/account/code/", {"code": code(secret, steps)})
        assert is_in(client) is opens


def test_wrong_codes_lock_as_wrong_passwords_do(clerk):
    secret = enrol(browser("clerk"))
    client = half_way("clerk")
    for _ in range(4):
        assert client.post("/account/code/", {"code": "000000"}).status_code == 200
    assert client.post("/account/code/", {"code": "000000"}).status_code == 429
    assert client.post("/account/code/", {"code": code(secret)}).status_code == 429
    assert sign_in("clerk").status_code == 429
    assert len(acts("lock_sign_in")) == 1


def test_the_right_password_between_does_not_start_the_count_of_codes_anew(clerk):
    enrol(browser("clerk"))
    for _ in range(5):
        answer = half_way("clerk").post("/account/code/", {"code": "000000"})
    assert answer.status_code == 429


def test_without_the_password_there_is_no_page_for_codes():
    assert Client().get("/account/code/").url == LOGIN
    assert Client().post("/account/code/", {"code": "123456"}).url == LOGIN


def test_recovery_codes_are_shown_until_they_are_put_down_and_open_once_each(clerk):
    client = browser("clerk")
    enrol(client)
    codes = recovery_codes(client)
    assert len(set(codes)) == 10
    file = client.get("/account/recovery-codes/download/")
    assert file["Content-Disposition"].startswith("attachment")
    assert all(one in file.content.decode() for one in [*codes, "登录名：clerk"])
    assert client.post("/account/recovery-codes/kept/").url == "/account/security/"
    assert recovery_codes(client) == []
    assert client.get("/account/recovery-codes/download/").url == "/account/recovery-codes/"
    for again, opens in ((codes[3], True), (codes[3], False), (codes[4].replace(" ", ""), True)):
        other = half_way("clerk")
        other.post("/account/code/", {"code": again})
        assert is_in(other) is opens
    assert acts("sign_in")[-1].detail["第二因素"] == "恢复码"
    assert "剩余恢复码 8 个" in text(other.get("/account/security/"))
    assert not any(one.replace(" ", "") in str(row) for one in codes for row in Act.objects.values())


def test_recovery_codes_not_put_down_are_not_shown_the_next_day(clerk):
    client = browser("clerk")
    enrol(client)
    Authenticator.objects.update(created_at=timezone.now() - datetime.timedelta(hours=1))
    assert recovery_codes(client) == []
    assert "请重新生成" in text(client.get("/account/recovery-codes/"))


def test_new_recovery_codes_make_the_old_worthless(clerk):
    client = browser("clerk")
    enrol(client)
    old = recovery_codes(client)
    client.post("/account/recovery-codes/kept/")
    assert "剩余 10 个" in text(client.get("/account/recovery-codes/renew/"))
    assert client.post("/account/recovery-codes/renew/").url == "/account/recovery-codes/"
    new = recovery_codes(client)
    assert not set(old) & set(new)
    other = half_way("clerk")
    other.post("/account/code/", {"code": old[0]})
    assert not is_in(other)
    assert len(acts("renew_recovery_codes")) == len(acts("keep_recovery_codes")) == 1


def test_giving_the_factor_up_is_an_act_and_takes_the_recovery_codes_along(clerk):
    client = browser("clerk")
    enrol(client)
    assert "确定停用" in text(client.get("/account/code/give-up/"))
    assert client.post("/account/code/give-up/").url == "/account/security/"
    assert not Authenticator.objects.exists()
    assert len(acts("give_up_factor")) == 1
    assert is_in(sign_in("clerk").client)


def test_delicate_pages_ask_for_the_password_again_after_a_while(clerk, settings):
    client = browser("clerk")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    answer = client.get("/account/code/enrol/")
    assert unquote(answer.url) == "/account/again/?next=/account/code/enrol/"
    page = client.get(answer.url)
    assert "请再次输入密码" in text(page)
    assert "密码不正确" in text(client.post(answer.url, {"password": "Falsch-falsch-9"}))
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
    assert client.post(answer.url, {"password": PASSWORD}).url == "/account/code/enrol/"
    assert acts("fail_sign_in")[-1].actor_id == clerk.pk


def test_with_a_factor_the_code_may_stand_in_for_the_password(clerk, settings):
    client = browser("clerk")
    secret = enrol(client)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    page = client.get(client.get("/account/recovery-codes/renew/").url)
    assert "/account/code/again/" in text(page)
    again = "/account/code/again/?next=/account/recovery-codes/renew/"
    assert "请输入动态口令" in text(client.get(again))
    assert "口令不正确" in text(client.post(again, {"code": "000000"}))
    assert client.post(again, {"code": code(secret)}).url == "/account/recovery-codes/renew/"


class TestRequired:
    """Roles for which the password is not enough."""

    @pytest.fixture
    def signatory(self, county, with_password, settings):
        settings.MFA_ROLES = ("signatory",)
        return with_password(county.person("chief", county.bureau, Role.SIGNATORY))

    def test_they_reach_only_the_pages_for_enrolling_until_they_have_enrolled(self, signatory):
        client = browser("chief")
        for address in ("/account/security/", "/account/sessions/", "/people/", "/bodies/"):
            assert unquote(client.get(address).url) == f"/account/code/enrol/?next={address}"
        assert client.post("/account/sessions/").url == "/account/code/enrol/"
        assert client.get("/people/", headers={"HX-Request": "true"})["HX-Redirect"].startswith("/account/code/enrol/")
        assert "请先启用" in text(client.get("/account/code/enrol/"))
        enrol(client)
        assert unquote(client.get("/bodies/").url) == "/account/recovery-codes/?next=/bodies/"
        assert len(recovery_codes(client)) == 10
        client.post("/account/recovery-codes/kept/")
        assert is_in(client)

    def test_they_can_always_sign_out(self, signatory):
        client = browser("chief")
        assert client.post("/account/logout/").url == LOGIN

    def test_they_cannot_give_it_up(self, signatory):
        client = browser("chief")
        enrol(client)
        client.post("/account/recovery-codes/kept/")
        assert "必须使用动态口令" in text(client.get("/account/code/give-up/"))
        assert "必须使用动态口令" in text(client.post("/account/code/give-up/"))
        assert Authenticator.objects.filter(type="totp").exists()

    def test_others_need_not(self, signatory, clerk):
        assert is_in(browser("clerk"))

    def test_a_stand_in_for_such_a_role_must_too(self, signatory, clerk, county):
        from gongkai.office.bodies.models import StandIn

        today = timezone.localdate()
        StandIn.objects.create(
            absent=signatory, deputy=clerk, body=county.bureau, valid_from=today, valid_to=today, ground="出差"
        )
        assert browser("clerk").get("/people/").url.startswith("/account/code/enrol/")

    def test_without_such_roles_nobody_must(self, signatory, settings):
        settings.MFA_ROLES = ()
        assert is_in(browser("chief"))

    def test_once_enrolled_pages_ask_nothing_more_of_the_factors(self, signatory, django_assert_max_num_queries):
        client = browser("chief")
        enrol(client)
        client.post("/account/recovery-codes/kept/")
        client.get("/account/sessions/")
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            client.get("/account/sessions/")
        assert not any("mfa_authenticator" in query["sql"] for query in asked)


class TestReset:
    """By the security administrator, when telephone and codes are lost."""

    def test_it_clears_the_factor_and_ends_what_is_open(self, clerk, county, with_password):
        lost = browser("clerk")
        enrol(lost)
        with_password(county.security)
        client = browser("security")
        page = text(client.get(f"/account/people/{clerk.pk}/"))
        assert "已启用，剩余恢复码 10 个" in page
        address = f"/account/people/{clerk.pk}/factors/"
        assert client.post(address, {"reason": "手机遗失，已当面核实"}).url == f"/account/people/{clerk.pk}/"
        assert not is_in(lost)
        assert is_in(sign_in("clerk").client)
        (act,) = acts("reset_factors")
        assert act.ground == "手机遗失，已当面核实"
        assert act.detail == {"清除": ["recovery_codes", "totp"], "结束的登录": 1}

    def test_nobody_else_may_and_nobody_their_own(self, clerk, county):
        for other in (county.system, county.auditor, county.clerk):
            with pytest.raises(Refused):
                reset_factors(acting(other), clerk)
        with pytest.raises(Refused, match="另一名安全保密管理员"):
            reset_factors(acting(county.security), county.security)


class TestAtRest:
    """In the database the secrets are sealed."""

    def test_the_database_holds_no_secret_and_the_keys_open_it(self, clerk):
        secret = enrol(browser("clerk"))
        kept = {row.type: row.data for row in Authenticator.objects.all()}
        assert secret not in str(kept)
        assert secrets.decrypt(kept["totp"]["secret"]) == secret
        assert len(secrets.decrypt(kept["recovery_codes"]["seed"])) == 80

    def test_older_keys_open_what_they_sealed_and_strangers_do_not(self, settings):
        sealed = secrets.encrypt("JBSWY3DP")
        assert sealed != secrets.encrypt("JBSWY3DP")
        old = settings.DATA_KEYS
        settings.DATA_KEYS = (b"n" * 32, *old)
        assert secrets.decrypt(sealed) == "JBSWY3DP"
        settings.DATA_KEYS = (b"n" * 32,)
        with pytest.raises(SealError):
            secrets.decrypt(sealed)

    def test_after_rotation_the_old_key_is_not_needed_and_the_telephone_still_opens(self, clerk, settings, tmp_path):
        settings.DATA = tmp_path  # files are sealed anew as well: those of this test
        secret, old = enrol(browser("clerk")), settings.DATA_KEYS
        settings.DATA_KEYS = (b"n" * 32, *old)
        (factors,) = [result for result in rotation.rotate() if "第二重验证" in result.name]
        assert (factors.done, factors.broken) == (2, [])
        assert [result.done for result in rotation.rotate() if "第二重验证" in result.name] == [0]
        settings.DATA_KEYS = (b"n" * 32,)
        client = half_way("clerk")
        assert client.post("/account/code/", {"code": code(secret)}).status_code == 302
        assert is_in(client)

    def test_what_does_not_open_is_named_and_left_alone(self, clerk, settings, tmp_path):
        settings.DATA = tmp_path
        enrol(browser("clerk"))
        before = {row.pk: row.data for row in Authenticator.objects.all()}
        settings.DATA_KEYS = (b"n" * 32,)
        (factors,) = [result for result in rotation.rotate() if "第二重验证" in result.name]
        assert sorted(factors.broken) == sorted(before)
        assert {row.pk: row.data for row in Authenticator.objects.all()} == before


def test_the_picture_holds_what_the_telephone_needs(clerk):
    url = FactorAdapter().build_totp_url(clerk, "JBSWY3DPEHPK3PXP")
    assert unquote(url) == "otpauth://totp/clerk?secret=JBSWY3DPEHPK3PXP&issuer=政府信息公开"
