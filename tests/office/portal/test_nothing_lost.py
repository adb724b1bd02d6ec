"""What was typed survives the end of the half hour, a limit, and a second press."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone
from office.portal.citizen import PHONE, WANTED, Citizen, paper, text
from office.world import build_world

from gongkai.office.acts.policy import SYSTEM
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.applications.models import Application
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.office.portal.models import Message
from gongkai.office.portal.services import limits
from gongkai.office.portal.views.page import wait_words

LONG = "我要的是柳河村第三村民小组的名单，" * 20


@pytest.fixture
def case(citizen: Citizen) -> Application:
    """Opened, and asked to be corrected."""
    return asked(citizen)


def asked(citizen: Citizen) -> Application:
    case = proceed(SYSTEM, citizen.fill().submit(), "confirmed")
    data = {"text": "请写明是哪一年", "correction_due": "2099-01-05"}
    case = proceed(SYSTEM, case, "request_correction", Particulars(data=data))
    citizen.open(case)
    return case  # type: ignore[no-any-return]


def half_an_hour_later(citizen: Citizen) -> None:
    """The browser has thrown the cookie away."""
    del citizen.client.cookies[next(name for name in citizen.client.cookies if name.endswith("case"))]


def test_a_correction_written_for_too_long_is_given_back_and_taken_with_the_code(
    citizen: Citizen, case: Application
) -> None:
    half_an_hour_later(citizen)
    typed: dict[str, Any] = {"description": LONG, "words": "对不起，写得慢"}
    shut = citizen.post("correct", **typed, files=paper("补.txt"))
    page = text(shut)
    assert shut.status_code == 422
    for words in (LONG, "写得慢", "半小时", "请重新选择", 'name="phone_tail"'):
        assert words in page
    assert "机关现在没有请您补正" not in page
    assert "请写明是哪一年" not in page, "what the office wrote is for who has the code"
    wrong = citizen.post("correct", **typed, code=case.code, phone_tail="0000")
    assert (wrong.status_code, LONG in text(wrong)) == (422, True)
    case.refresh_from_db()
    assert case.state == "CORRECTION_REQUESTED"
    right = citizen.post("correct", **typed, code=case.code, phone_tail=PHONE[-4:])
    assert right.url.endswith("?done=corrected")
    assert "补正已经收到" in text(citizen.client.get(right.url)), "the case is open again"
    case.refresh_from_db()
    assert case.description == LONG


def test_a_message_written_for_too_long_is_given_back_and_taken_with_the_code(
    citizen: Citizen, case: Application
) -> None:
    half_an_hour_later(citizen)
    assert LONG in text(citizen.post("write", words=LONG))
    assert not Message.objects.exists()
    assert citizen.post("write", words=LONG, code=case.code, phone_tail=PHONE[-4:]).url.endswith("?done=written")
    assert Message.objects.count() == 1


def test_guessing_with_a_written_form_is_slowed_down_as_elsewhere(citizen: Citizen, case: Application) -> None:
    half_an_hour_later(citizen)
    for _ in range(5):
        citizen.post("write", words=LONG, code=case.code, phone_tail="0000")
    stopped = citizen.post("write", words=LONG, code=case.code, phone_tail=PHONE[-4:])
    assert stopped.status_code == 429
    assert int(stopped["Retry-After"]) >= 1
    assert LONG in text(stopped)
    assert not Message.objects.exists()


def test_a_withdrawal_that_came_too_late_is_said_not_to_be_done(citizen: Citizen, case: Application) -> None:
    half_an_hour_later(citizen)
    page = text(citizen.client.get(citizen.post("withdraw").url))
    assert "刚才的操作没有办成" in page
    case.refresh_from_db()
    assert case.state == "CORRECTION_REQUESTED"


def test_the_half_hour_begins_anew_with_every_page_of_the_case(citizen: Citizen, case: Application, settings) -> None:
    for name in ("case", "correct", "write"):
        morsel = next(cookie for key, cookie in citizen.get(name).cookies.items() if key.endswith("case"))
        assert morsel["max-age"] == 30 * 60, name


def test_too_many_messages_are_told_on_the_page_that_keeps_the_words(
    citizen: Citizen, case: Application, settings
) -> None:
    settings.PORTAL_LIMITS = {"message": 0}
    for name, typed in (("correct", {"description": LONG}), ("write", {"words": LONG})):
        stopped = citizen.post(name, **typed)
        assert stopped.status_code == 429
        assert int(stopped["Retry-After"]) >= 1
        assert LONG in text(stopped)
        assert "以后再试" in text(stopped)


def test_a_code_that_has_to_wait_stays_in_its_field(citizen: Citizen, case: Application) -> None:
    for _ in range(5):
        citizen.open(case, tail="1111")
    assert f'value="{case.code}"' in text(citizen.open(case))
    assert 'value="ABCDE-FGHJK"' in text(citizen.post("resume", code="ABCDE-FGHJK"))


def test_the_time_to_wait_for_has_come_when_it_is_said_to() -> None:
    now = timezone.now()
    assert "秒以后再试" in wait_words(limits.TooOften("guess", now + datetime.timedelta(seconds=4)))
    later = (now + datetime.timedelta(minutes=5)).replace(second=30)
    words = wait_words(limits.TooOften("guess", later))
    assert f"{timezone.localtime(later + datetime.timedelta(minutes=1)):%H:%M}" in words


def test_a_correction_sent_again_is_the_same_correction(citizen: Citizen, case: Application) -> None:
    for _ in range(2):
        sent = citizen.post("correct", description=LONG, words="急用", files=paper("补.txt"))
        assert sent.url.endswith("?done=corrected")
    assert not Message.objects.exists()
    assert [event.event for event in case.events.all()].count("correction_received") == 1
    another = citizen.post("correct", description=LONG + "还有", words="急用")
    assert "作为留言存入案卷" in text(another)


def test_windows_that_send_a_correction_at_once_all_see_it_taken(transactional_db: None) -> None:
    citizen = Citizen(build_world())
    case = asked(citizen)

    def press(_: int) -> str:
        window = Citizen(citizen.world)
        window.client.cookies = citizen.client.cookies
        try:
            return str(window.post("correct", description=LONG, words="", files=paper("补.txt")).url)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as windows:
        led = list(windows.map(press, range(4)))
    assert all(url.endswith("?done=corrected") for url in led)
    assert attachments_of(case).count() == 1
    assert not Message.objects.exists()
    assert WANTED not in Application.objects.get(pk=case.pk).description
