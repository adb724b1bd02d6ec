"""What passwords must be like, and how they are changed."""

from __future__ import annotations

import datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from office.bodies.county import acting
from office.bodies.sign_in.browsing import PASSWORD, acts, browser, is_in, sign_in, text

from gongkai.office.acts.policy import Refused
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.models import KeptPassword
from gongkai.office.bodies.sign_in.services.passwords import one_time_password, reset_password

CASES = yaml.safe_load((Path(__file__).parent / "passwords.yaml").read_text(encoding="utf-8"))
NEW = "Xiatian-lianhua5"


def change(client: Client, new: str = NEW, old: str = PASSWORD, again: str | None = None):
    """The answer to the form."""
    return client.post("/account/password/", {"oldpassword": old, "password1": new, "password2": again or new})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["password"])
def test_what_a_password_must_be_like(case):
    person = Person(account="zhangmin", name="张敏", email="zhangmin@qinghe.gov.cn")
    try:
        validate_password(case["password"], person)
        said = ""
    except ValidationError as error:
        said = "".join(error.messages)
    assert (said == "") is case.get("ok", False), said
    assert case.get("why", "") in said


@pytest.mark.django_db
def test_people_change_their_password_and_stay_signed_in_here_only(clerk):
    here, elsewhere = browser("clerk"), browser("clerk")
    assert change(here).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)
    assert "不正确" in text(sign_in("clerk"))
    assert is_in(sign_in("clerk", NEW).client)
    (act,) = acts("change_password")
    assert act.detail == {"途径": "本人", "结束的其他登录": 1}
    assert NEW not in str(act.__dict__)


@pytest.mark.django_db
def test_the_form_says_what_is_wrong_beside_the_field_and_shows_no_password_again(clerk):
    client = browser("clerk")
    for answer, said in (
        (change(client, old="Falsch-falsch-9"), "当前密码不正确"),
        (change(client, again="Xiatian-lianhua6"), "两次输入的新密码不一致"),
        (change(client, new="short"), "至少 10 个字符"),
        (change(client, new=PASSWORD), "最近 5 次用过的"),
    ):
        assert answer.status_code == 200
        assert said in text(answer)
        assert NEW not in text(answer)
    assert is_in(sign_in("clerk").client)


@pytest.mark.django_db
def test_the_last_five_passwords_do_not_come_back_and_older_ones_may(clerk):
    client, old = browser("clerk"), PASSWORD
    for number in range(1, 6):
        new = f"Xiatian-lianhua{number}"
        assert change(client, new, old).status_code == 302
        old = new
    assert KeptPassword.objects.filter(person=clerk).count() == 5
    assert "最近 5 次用过的" in text(change(client, "Xiatian-lianhua1", old))
    assert change(client, PASSWORD, old).status_code == 302


@pytest.mark.django_db
def test_a_password_out_of_date_is_changed_before_anything_else(clerk, settings):
    settings.PASSWORD_DAYS = 180
    KeptPassword.objects.filter(person=clerk).update(set_at=timezone.now() - datetime.timedelta(days=181))
    client = browser("clerk")
    answer = client.get("/account/security/")
    assert unquote(answer.url) == "/account/password/?next=/account/security/"
    assert "已使用到期" in text(client.get(answer.url))
    assert client.post("/account/sessions/").url == "/account/password/"
    assert change(client).status_code == 302
    assert client.get("/account/security/").status_code == 200


@pytest.mark.django_db
def test_without_a_limit_of_days_no_password_is_out_of_date(clerk, settings):
    settings.PASSWORD_DAYS = 0
    KeptPassword.objects.filter(person=clerk).update(set_at=timezone.now() - datetime.timedelta(days=3000))
    assert is_in(browser("clerk"))


@pytest.fixture
def security(county, with_password) -> Client:
    """The security administrator's browser."""
    with_password(county.security)
    return browser("security")


def hand_out(security: Client, person: Person) -> str:
    """A one-time password from the page."""
    answer = security.post(f"/account/people/{person.pk}/password/", {"reason": "忘记密码，已电话核实"})
    assert answer.status_code == 200
    return text(answer).split('<p class="h1"><code>')[1].split("<")[0]


@pytest.mark.django_db
def test_a_one_time_password_opens_for_changing_it_and_nothing_else(security, clerk):
    before = browser("clerk")
    once = hand_out(security, clerk)
    assert not is_in(before)
    assert "不正确" in text(sign_in("clerk"))
    client = browser("clerk", once)
    assert unquote(client.get("/people/").url) == "/account/password/?next=/people/"
    assert client.get("/account/code/enrol/").url.startswith("/account/password/")
    assert "一次性密码" in text(client.get("/account/password/"))
    assert change(client, NEW, once).status_code == 302
    assert is_in(client)
    assert is_in(sign_in("clerk", NEW).client)


@pytest.mark.django_db
def test_a_one_time_password_is_in_no_log_and_on_no_other_page(security, clerk, county):
    once = hand_out(security, clerk)
    (act,) = acts("reset_password")
    assert (act.actor_id, act.thing_id, act.ground) == (county.security.pk, str(clerk.pk), "忘记密码，已电话核实")
    assert once not in str(act.__dict__)
    assert once not in text(security.get(f"/account/people/{clerk.pk}/"))


@pytest.mark.django_db
def test_a_one_time_password_does_not_wait_for_ever(security, clerk):
    once = hand_out(security, clerk)
    KeptPassword.objects.filter(person=clerk).update(one_time_until=timezone.now() - datetime.timedelta(minutes=1))
    assert "一次性密码已过期" in text(sign_in("clerk", once))
    assert [act.detail["原因"] for act in acts("fail_sign_in")] == ["一次性密码已过期"]


@pytest.mark.django_db
def test_only_security_administrators_hand_out_passwords_and_never_their_own(security, clerk, county, with_password):
    for other in (county.system, county.auditor, county.clerk):
        with pytest.raises(Refused):
            reset_password(acting(other), clerk, "whatever")
    with pytest.raises(Refused, match="另一名安全保密管理员"):
        reset_password(acting(county.security), county.security, "whatever")
    assert security.post(f"/account/people/{county.security.pk}/password/", {"reason": "x"}).status_code == 403
    client = browser(with_password(county.system).account)
    assert client.get(f"/account/people/{clerk.pk}/password/").status_code == 403


def test_one_time_passwords_are_drawn_by_lot_and_pass_the_rules():
    drawn = {one_time_password() for _ in range(200)}
    assert len(drawn) == 200
    for one in drawn:
        validate_password(one)
        assert not set(one) & set("0O1lI")


@pytest.mark.django_db
def test_who_has_no_password_is_told_whom_to_ask(county, client):
    client.force_login(county.auditor, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["by_password"] = False
    session.save()
    assert "安全保密管理员" in text(client.get("/account/password/"))


@pytest.mark.django_db
class TestForgotten:
    """By a link from the mail, where there is mail."""

    def test_without_mail_the_page_says_whom_to_ask(self, clerk, settings):
        settings.EMAIL_HOST = ""
        client = Client()
        assert "请联系本县安全保密管理员" in text(client.get("/account/password/forgotten/"))
        assert "请联系本县安全保密管理员" in text(client.post("/account/password/forgotten/", {"email": "a@b.cn"}))

    def test_the_link_sets_a_new_password_once(self, clerk, settings):
        client, signed_in = Client(), browser("clerk")
        link = self._link(clerk, settings)
        form = client.get(link, follow=True)
        assert "新密码" in text(form)
        assert link.split("-", 1)[1] not in form.request["PATH_INFO"]
        address = form.request["PATH_INFO"]
        assert "至少 10 个字符" in text(client.post(address, {"password1": "short", "password2": "short"}))
        done = client.post(address, {"password1": NEW, "password2": NEW})
        assert done.url == "/account/password/forgotten/done/"
        assert "请用新密码登录" in text(client.get(done.url))
        assert is_in(sign_in("clerk", NEW).client)
        assert not is_in(signed_in)
        assert "这个链接无效" in text(Client().get(link))
        assert acts("change_password")[0].detail["途径"] == "邮件链接"

    def test_the_link_is_worth_nothing_after_the_person_has_signed_in(self, clerk, settings):
        link = self._link(clerk, settings)
        browser("clerk")
        assert "这个链接无效" in text(Client().get(link))

    def test_an_unknown_address_gets_no_mail_and_the_same_page(self, clerk, settings):
        from gongkai.office.acts.models import Mail

        Person.objects.filter(pk=clerk.pk).update(email="min@qinghe.gov.cn")
        settings.EMAIL_HOST = "mail.qinghe.gov.cn"
        pages = []
        for address in ("min@qinghe.gov.cn", "nobody@qinghe.gov.cn"):
            answer = Client().post("/account/password/forgotten/", {"email": address}, follow=True)
            pages.append(text(answer))
        assert pages[0] == pages[1]
        assert [one.to.reveal() for one in Mail.objects.all()] == ["min@qinghe.gov.cn"]

    def test_administrators_get_no_link(self, county, with_password, settings):
        from gongkai.office.acts.models import Mail

        with_password(county.auditor)
        Person.objects.filter(pk=county.auditor.pk).update(email="shen@qinghe.gov.cn")
        settings.EMAIL_HOST = "mail.qinghe.gov.cn"
        Client().post("/account/password/forgotten/", {"email": "shen@qinghe.gov.cn"})
        assert not Mail.objects.exists()
        assert mail.outbox == []

    @staticmethod
    def _link(clerk: Person, settings) -> str:
        from gongkai.office.acts.models import Mail

        Person.objects.filter(pk=clerk.pk).update(email="min@qinghe.gov.cn")
        settings.EMAIL_HOST = "mail.qinghe.gov.cn"
        Client().post("/account/password/forgotten/", {"email": "MIN@qinghe.gov.cn"})
        sent = Mail.objects.get()
        assert (sent.to.reveal(), sent.subject) == ("min@qinghe.gov.cn", "设定新密码")
        assert "张敏" in sent.text.reveal()
        return next(line for line in sent.text.reveal().splitlines() if line.startswith("http://testserver"))[17:]
