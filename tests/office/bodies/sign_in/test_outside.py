"""Signing in by 统一身份认证, through a real provider."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from office.bodies.county import acting
from office.bodies.sign_in import sso
from office.bodies.sign_in.browsing import LOGIN, acts, browser, is_in, sign_in, text
from office.bodies.sign_in.codes import code, enrol
from shared_files import IN_CI

from gongkai.office.acts.policy import Refused
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.sign_in.models import OutsideRequest
from gongkai.office.bodies.sign_in.services import outside

pytestmark = pytest.mark.django_db
AWAY = "/account/outside/"


@pytest.fixture(scope="module")
def running() -> Iterator[sso.Provider]:
    if why := sso.why_not_here():
        (pytest.fail if IN_CI else pytest.skip)(why)
    with sso.running() as provider:
        yield provider


@pytest.fixture
def provider(running: sso.Provider, settings) -> sso.Provider:
    running.misbehave("well")
    configure(settings, running.issuer)
    return running


def configure(settings, issuer: str) -> None:
    """As the environment would."""
    app = {
        "provider_id": "county",
        "name": "统一身份认证",
        "client_id": "gongkai",
        "secret": sso.SECRET,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    ours = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**ours, "APPS": [app]}}


def come(provider: sso.Provider, login: str, client: Client | None = None, **typed: str):
    """Through the provider's form and back; ``answer.client`` is the browser."""
    client = client or Client()
    away = client.post(AWAY, typed)
    assert away.status_code == 302, text(away)
    return client.get(provider.pass_through(away.url, login))


def link(county, person: Person, subject: str) -> None:
    """By the system administrator."""
    outside.link_outside_account(acting(county.system), person, provider="county", subject=subject)


class TestTheWay:
    """There and back."""

    def test_a_linked_account_signs_in_as_the_person(self, provider, clerk, county):
        link(county, clerk, "zm001")
        answer = come(provider, "zm001", next="/account/sessions/")
        assert answer.url == "/account/sessions/"
        assert is_in(answer.client)
        (act,) = acts("sign_in")
        assert (act.actor_id, act.detail["方式"]) == (clerk.pk, "统一身份认证")

    def test_what_is_asked_for_has_state_nonce_and_pkce_and_can_not_be_bent_from_outside(self, provider, clerk):
        away = Client().post(f"{AWAY}?scope=email&auth_params=prompt%3Dnone%26nonce%3Dx&process=connect")
        asked = {name: value[0] for name, value in parse_qs(urlsplit(away.url).query).items()}
        assert set(asked["scope"].split()) == {"openid", "profile"}
        assert asked["code_challenge_method"] == "S256"
        assert len(asked["state"]) >= 16
        assert len(asked["nonce"]) >= 40
        assert "prompt" not in asked
        assert asked["redirect_uri"] == sso.BACK

    def test_every_sign_in_has_a_state_and_a_nonce_of_its_own(self, provider):
        asked = [parse_qs(urlsplit(Client().post(AWAY).url).query) for _ in range(3)]
        assert len({one["state"][0] for one in asked}) == len({one["nonce"][0] for one in asked}) == 3

    def test_there_is_a_button_on_the_sign_in_page_only_where_there_is_a_provider(self, provider, settings):
        assert "用统一身份认证登录" in text(Client().get(LOGIN))
        settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].clear()
        assert "统一身份认证" not in text(Client().get(LOGIN))
        assert Client().post(AWAY).status_code == 404
        assert Client().get(f"{AWAY}back/").status_code == 404

    def test_going_there_takes_a_post(self, provider):
        assert Client().get(AWAY).status_code == 405

    def test_who_has_a_second_factor_gives_it_here_too(self, provider, clerk, county):
        secret = enrol(browser("clerk"))
        link(county, clerk, "zm001")
        answer = come(provider, "zm001")
        assert answer.url == "/account/code/"
        assert not is_in(answer.client)
        answer.client.post(answer.url, {"code": code(secret)})
        assert is_in(answer.client)
        assert acts("sign_in")[-1].detail["第二因素"] == "动态口令"

    def test_who_must_have_one_enrols_first(self, provider, clerk, county, settings):
        settings.MFA_ROLES = ("handler",)
        link(county, clerk, "zm001")
        answer = come(provider, "zm001")
        assert answer.client.get("/account/sessions/").url.startswith("/account/code/enrol/")

    def test_a_password_out_of_date_hinders_nobody_who_did_not_use_it(self, provider, clerk, county):
        Person.objects.filter(pk=clerk.pk).update(must_change_password=True)
        link(county, clerk, "zm001")
        assert is_in(come(provider, "zm001").client)

    def test_who_is_out_of_use_does_not_come_in(self, provider, clerk, county):
        link(county, clerk, "zm001")
        Person.objects.filter(pk=clerk.pk).update(is_active=False)
        answer = come(provider, "zm001")
        assert answer.url == "/account/inactive/"
        assert not is_in(answer.client)

    def test_signing_out_ends_the_session_at_the_provider(self, provider, clerk, county):
        link(county, clerk, "zm001")
        client = come(provider, "zm001").client
        away = client.post("/account/logout/")
        assert away.url.startswith(f"{provider.issuer}/session/end?")
        assert not is_in(client)
        page = requests.get(away.url, timeout=10)
        assert page.status_code == 200  # the provider knows the token and the address back, and asks to confirm
        assert "logout" in page.text.lower()

    def test_who_came_by_password_signs_out_here_only(self, provider, clerk):
        assert browser("clerk").post("/account/logout/").url == LOGIN

    def test_of_what_is_said_about_a_person_little_is_kept_and_no_token(self, provider, clerk, county):
        link(county, clerk, "zm001")
        come(provider, "zm001")
        account = SocialAccount.objects.get()
        assert account.extra_data == {"name": "zm001（外部）", "account": "zm001@sso", "claim": ""}
        assert account.socialtoken_set.count() == 0


class TestUnknown:
    """An outside account that is nobody's."""

    def test_it_makes_no_person_and_the_page_says_whom_to_ask(self, provider, county):
        before = Person.objects.count()
        answer = come(provider, "fremd")
        assert answer.status_code == 403
        assert "本县系统管理员" in text(answer)
        assert "fremd（外部）" in text(answer)
        assert not is_in(answer.client)
        assert Person.objects.count() == before
        assert not SocialAccount.objects.exists()

    def test_the_request_is_kept_once_and_counted(self, provider, county):
        for _ in range(3):
            come(provider, "fremd")
        kept = OutsideRequest.objects.get()
        assert (kept.subject, kept.name, kept.account, kept.times) == ("fremd", "fremd（外部）", "fremd@sso", 3)
        assert len(acts("note_outside_account")) == 1

    def test_a_sign_in_name_that_looks_the_same_is_no_proof(self, provider, clerk):
        assert come(provider, "clerk").status_code == 403

    def test_the_system_administrator_links_it_and_it_signs_in(self, provider, clerk, county, with_password):
        come(provider, "zm001")
        with_password(county.system)
        client = browser("system")
        page = text(client.get("/account/links/"))
        assert "zm001（外部）" in page
        address = f"/account/links/{OutsideRequest.objects.get().pk}/"
        assert "zm001@sso" in text(client.get(address))
        assert "没有这个登录名" in text(client.post(address, {"account": "nobody", "reason": "x"}))
        assert client.post(address, {"account": "Clerk", "reason": "工号一致，已电话核实"}).url == "/account/links/"
        (act,) = acts("link_outside_account")
        assert (act.actor_id, act.thing_id, act.ground) == (county.system.pk, str(clerk.pk), "工号一致，已电话核实")
        assert not OutsideRequest.objects.exists()
        assert is_in(come(provider, "zm001").client)
        assert "zm001（外部）" in text(client.get("/account/links/linked/"))

    def test_it_can_be_unlinked_and_what_it_opened_ends(self, provider, clerk, county, with_password):
        link(county, clerk, "zm001")
        theirs = come(provider, "zm001").client
        with_password(county.system)
        client = browser("system")
        assert client.post(f"/account/people/{clerk.pk}/unlink/", {"reason": "调离"}).url == "/account/links/linked/"
        assert not is_in(theirs)
        assert come(provider, "zm001").status_code == 403
        assert acts("unlink_outside_account")[0].ground == "调离"

    def test_a_request_can_be_put_away(self, provider, county, with_password):
        come(provider, "fremd")
        with_password(county.system)
        client = browser("system")
        number = OutsideRequest.objects.get().pk
        client.post(f"/account/links/{number}/dismiss/", {"reason": "不是本县人员"})
        assert not OutsideRequest.objects.exists()
        assert acts("dismiss_outside_request")[0].thing_id == str(number)

    def test_nobody_else_links(self, provider, clerk, county, with_password):
        come(provider, "zm001")
        number = OutsideRequest.objects.get().pk
        for other in (county.security, county.auditor, county.clerk):
            with pytest.raises(Refused):
                outside.link_outside_account(acting(other), clerk, provider="county", subject="zm001")
            client = browser(with_password(other).account)
            for address in ("/account/links/", "/account/links/linked/", f"/account/links/{number}/"):
                assert client.get(address).status_code == 403
            assert client.post(f"/account/links/{number}/", {"account": "clerk", "reason": "x"}).status_code == 403


class TestWhoMayBeLinked:
    """Three administrators stay three people."""

    def test_no_administrator(self, county):
        for one in (county.system, county.security, county.auditor):
            with pytest.raises(Refused, match="不关联外部账号"):
                link(county, one, "x")

    def test_who_became_an_administrator_does_not_come_in_that_way_any_more(self, provider, clerk, county):
        link(county, clerk, "zm001")
        clerk.holdings.update(role=Role.AUDITOR)
        answer = come(provider, "zm001")
        assert answer.status_code == 403
        assert "只用登录名、密码和动态口令登录" in text(answer)
        assert not is_in(answer.client)

    def test_one_account_each_and_each_account_once(self, clerk, county):
        link(county, clerk, "zm001")
        with pytest.raises(Refused, match="已关联一个外部账号"):
            link(county, clerk, "zm002")
        with pytest.raises(Refused, match="已关联他人"):
            link(county, county.person("other"), "zm001")


class TestByClaim:
    """Where the county's numbers are the sign-in names."""

    @pytest.fixture(autouse=True)
    def _claim(self, settings) -> None:
        settings.OIDC_CLAIM = "employee_number"

    def test_the_first_sign_in_links_and_is_an_act(self, provider, clerk):
        assert is_in(come(provider, "CLERK").client)
        (act,) = acts("link_outside_account")
        assert (act.actor_name, act.thing_id) == ("未登录者", str(clerk.pk))
        assert act.ground == "统一身份认证给出的 employee_number 与登录名相同"
        assert is_in(come(provider, "CLERK").client)
        assert len(acts("link_outside_account")) == 1

    def test_it_makes_no_person_and_links_no_administrator(self, provider, county):
        before = Person.objects.count()
        for login in ("nobody", "system", "auditor"):
            assert come(provider, login).status_code == 403
        assert Person.objects.count() == before
        assert not SocialAccount.objects.exists()
        assert OutsideRequest.objects.count() == 3

    def test_a_second_outside_account_with_the_same_number_does_not_get_in(self, provider, clerk, county):
        link(county, clerk, "another-subject")
        assert come(provider, "clerk").status_code == 403


class TestTrouble:
    """What may go wrong: always a page in Chinese, never a way in."""

    def test_the_provider_is_down(self, running, settings, clerk):
        with sso.running() as other:
            configure(settings, other.issuer)
            client = Client()
            away = client.post(AWAY)
            back = other.pass_through(away.url, "zm001")
        for answer in (client.get(back), Client().post(AWAY)):
            assert answer.status_code == 503
            assert "暂时不能访问" in text(answer)
            assert is_in(sign_in("clerk").client)

    def test_it_goes_down_for_good_while_somebody_is_signed_in(self, settings, clerk, county):
        if why := sso.why_not_here():
            (pytest.fail if IN_CI else pytest.skip)(why)
        link(county, clerk, "zm001")
        with sso.running() as other:
            configure(settings, other.issuer)
            client = come(other, "zm001").client
        assert client.post("/account/logout/").status_code == 302
        assert not is_in(client)

    def test_it_speaks_for_another_issuer(self, provider, settings):
        configure(settings, provider.issuer.replace("127.0.0.1", "localhost"))
        answer = Client().post(AWAY)
        assert answer.status_code == 403
        assert "没有通过核验" in text(answer)

    @pytest.mark.parametrize("how", ["other-keys", "other-person", "no-token", "nonsense"])
    def test_what_it_says_does_not_hold(self, provider, clerk, county, how):
        link(county, clerk, "zm001")
        client = Client()
        back = provider.pass_through(client.post(AWAY).url, "zm001")
        provider.misbehave(how)
        answer = client.get(back)
        assert answer.status_code == 403
        assert "没有通过核验" in text(answer)
        assert not is_in(client)
        assert not acts("sign_in")

    def test_the_address_back_works_once_and_in_one_browser(self, provider, clerk, county):
        link(county, clerk, "zm001")
        client = Client()
        back = provider.pass_through(client.post(AWAY).url, "zm001")
        stranger = Client().get(back)
        assert (stranger.status_code, "已经过期，或者已经用过" in text(stranger)) == (400, True)
        client.get(back)
        assert is_in(client)
        client.post("/account/logout/")
        again = client.get(back)
        assert (again.status_code, "已经过期，或者已经用过" in text(again)) == (400, True)
        assert not is_in(client)

    def test_an_answer_of_another_provider_is_not_taken(self, provider, clerk, county):
        link(county, clerk, "zm001")
        client = Client()
        back = provider.pass_through(client.post(AWAY).url, "zm001")
        assert "iss=" in back
        answer = client.get(back.split("&iss=")[0] + "&iss=https%3A%2F%2Fevil.example")
        assert answer.status_code == 403
        assert not is_in(client)

    @pytest.mark.parametrize(
        ("query", "status", "said"),
        [
            ("", 400, "已经过期，或者已经用过"),
            ("?state=invented&code=x", 400, "已经过期，或者已经用过"),
            ("?error=server_error", 403, "没有完成登录"),
        ],
    )
    def test_an_address_back_that_somebody_made_up(self, provider, query, status, said):
        answer = Client().get(f"{AWAY}back/{query}")
        assert (answer.status_code, said in text(answer)) == (status, True), text(answer)

    def test_the_person_does_not_want_to_after_all(self, provider):
        client = Client()
        state = parse_qs(urlsplit(client.post(AWAY).url).query)["state"][0]
        answer = client.get(f"{AWAY}back/?error=access_denied&state={state}", follow=True)
        assert "取消了登录" in text(answer)

    def test_a_wrong_code_gives_nothing(self, provider):
        client = Client()
        state = parse_qs(urlsplit(client.post(AWAY).url).query)["state"][0]
        answer = client.get(f"{AWAY}back/?state={state}&code=invented")
        assert answer.status_code == 403
