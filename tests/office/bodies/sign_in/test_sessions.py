"""Where people are signed in, and how that ends."""

from __future__ import annotations

import datetime
import time
from contextlib import suppress

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.db.models import F
from office.bodies.county import acting
from office.bodies.sign_in.browsing import acts, browser, is_in, text

from gongkai.office.acts.policy import Refused
from gongkai.office.bodies.sign_in.services.ending import end_all
from gongkai.office.bodies.sign_in.services.sessions import end_sessions
from gongkai.office.bodies.sign_in.sessions import SessionStore
from gongkai.office.bodies.sign_in.views.sessions import device

pytestmark = pytest.mark.django_db
LIST = "/account/sessions/"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0 Safari/537.36 Edg/120.0"
)


def test_the_list_says_which_device_from_where_since_when(clerk):
    client = browser("clerk", HTTP_USER_AGENT=EDGE)
    browser("clerk", REMOTE_ADDR="10.1.2.3", HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) Firefox/120.0")
    page = text(client.get(LIST))
    assert "Windows，Edge" in page
    assert "Android，Firefox" in page
    assert "10.1.2.3" in page
    assert page.count(">当前<") == 1
    assert page.count('name="session"') == 1


def test_one_other_session_is_ended_and_it_is_an_act(clerk):
    here, other, third = browser("clerk"), browser("clerk", REMOTE_ADDR="10.1.2.3"), browser("clerk")
    number = UserSession.objects.get(ip="10.1.2.3").pk
    assert here.post(LIST, {"session": number}).url == LIST
    assert (is_in(here), is_in(other), is_in(third)) == (True, False, True)
    (act,) = acts("end_own_sessions")
    assert act.detail == {"结束": 1, "其地址": "10.1.2.3"}


def test_all_others_are_ended(clerk):
    here, other, third = browser("clerk"), browser("clerk"), browser("clerk")
    here.post(LIST)
    assert (is_in(here), is_in(other), is_in(third)) == (True, False, False)
    assert acts("end_own_sessions")[0].detail == {"结束": 2}


def test_nobody_ends_sessions_of_others_by_their_number(clerk, county, with_password):
    with_password(county.auditor)
    theirs, mine = browser("auditor"), browser("clerk")
    for number in (UserSession.objects.get(user=county.auditor).pk, "x", "-1", "9" * 30):
        assert mine.post(LIST, {"session": number}).status_code == 404
    assert is_in(theirs)


def test_beyond_three_the_oldest_ends(clerk):
    browsers = [browser("clerk") for _ in range(4)]
    assert [is_in(one) for one in browsers] == [False, True, True, True]
    assert acts("sign_in")[-1].detail["结束的较早登录"] == 1
    assert UserSession.objects.count() == Session.objects.count() == 3


def test_how_many_is_a_setting(clerk, settings):
    settings.SESSION_LIMIT = 1
    first, second = browser("clerk"), browser("clerk")
    assert (is_in(first), is_in(second)) == (False, True)


def test_sessions_that_are_over_anyway_take_nobodys_place(clerk):
    first = browser("clerk")
    for _ in range(3):
        gone = browser("clerk")
        UserSession.objects.filter(session_key=gone.session.session_key).update(
            last_seen_at=F("last_seen_at") - datetime.timedelta(hours=1)
        )
    assert is_in(first)


@pytest.mark.parametrize(
    ("begun", "seen", "why"),
    [(10 * 3600 + 1, 0, "登录时间已满"), (3600, 30 * 60 + 1, "长时间没有操作")],
)
def test_a_session_ends_by_age_and_by_rest_and_the_act_says_why(clerk, settings, begun, seen, why):
    settings.SESSION_COOKIE_AGE, settings.GONGKAI_SESSION_IDLE_SECONDS = 10 * 3600, 30 * 60
    client = browser("clerk")
    _set_back(client, begun, seen)
    assert client.get(LIST).url == f"/account/login/?next={LIST}"
    (act,) = acts("time_out")
    assert (act.actor_id, act.detail) == (clerk.pk, {"原因": why})
    assert not UserSession.objects.exists()


def test_who_works_stays_signed_in_until_the_day_is_over(clerk, settings):
    settings.SESSION_COOKIE_AGE, settings.GONGKAI_SESSION_IDLE_SECONDS = 10 * 3600, 30 * 60
    client = browser("clerk")
    _set_back(client, 9 * 3600, 29 * 60)
    assert is_in(client)
    assert time.time() - client.session["seen_at"] < 5


def test_pages_within_a_minute_do_not_write_the_session(clerk, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browser("clerk")
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    assert not [query for query in asked if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


def test_a_session_that_was_ended_is_not_brought_back():
    session = SessionStore()
    session.create()
    Session.objects.all().delete()
    session["seen"] = 1
    with pytest.raises(UpdateError):
        session.save()
    assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_when_the_database_goes_away_nobody_is_told_to_have_signed_out():
    session = SessionStore()
    session.create()
    session["seen"] = 1
    with connection.cursor() as cursor, suppress(OperationalError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(OperationalError):
        session.save()
    connection.close()
    session.save()
    assert SessionStore(session.session_key)["seen"] == 1


def test_deactivation_can_end_sessions_for_good(clerk):
    client = browser("clerk")
    assert end_all(clerk) == 1
    assert not is_in(client)
    assert Session.objects.count() == 0


def test_the_security_administrator_ends_all_of_somebodys(clerk, county, with_password):
    theirs = browser("clerk")
    with_password(county.security)
    client = browser("security")
    address = f"/account/people/{clerk.pk}/sessions/"
    assert "未保存的内容会丢失" in text(client.get(address))
    client.post(address, {"reason": "电脑遗失"})
    assert not is_in(theirs)
    assert (acts("end_sessions")[0].ground, acts("end_sessions")[0].detail) == ("电脑遗失", {"结束": 1})
    with pytest.raises(Refused):
        end_sessions(acting(county.system), clerk)


@pytest.mark.parametrize(
    ("agent", "called"),
    [
        (EDGE, "Windows，Edge"),
        ("Mozilla/5.0 (X11; Linux x86_64; Kylin) Gecko/20100101 Firefox/115.0", "麒麟，Firefox"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0", "iOS，微信"),
        ("Mozilla/5.0 (Phone; OpenHarmony 5.0) Chrome/114", "鸿蒙，Chrome 内核浏览器"),
        ("curl/8", "未知设备"),
        ("", "未知设备"),
    ],
)
def test_devices_are_called_what_people_call_them(agent, called):
    assert device(agent) == called


def _set_back(client, begun: int, seen: int) -> None:
    session = client.session
    session["begun_at"], session["seen_at"] = int(time.time() - begun), int(time.time() - seen)
    session.save()
