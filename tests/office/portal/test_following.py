"""Following a case: the way in, what is told, what one may do."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from office.portal.citizen import NUMBER, PHONE, WANTED, Citizen, answers, paper, text
from office.world import World

from gongkai.office.acts.models import Act, Attachment
from gongkai.office.acts.policy import SYSTEM, Actor
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.acts.services.attachments import attach
from gongkai.office.applications.models import Application
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.office.portal.cards import cards
from gongkai.office.portal.models import Message
from gongkai.office.portal.selectors.course import STATES
from gongkai.statute.states import course

THIRD = "清源县某某建筑公司"


@pytest.fixture
def case(citizen: Citizen) -> Application:
    """Submitted today."""
    return citizen.fill().submit()


def move(case: Application, *events: str, **known: object) -> Application:
    for event in events:
        case = proceed(SYSTEM, case, event, Particulars(**known))  # type: ignore[arg-type]
    return case


def asked_to_correct(case: Application) -> Application:
    move(case, "confirmed")
    due = timezone.localdate() + datetime.timedelta(days=20)
    return move(case, "request_correction", data={"text": "请写明是哪一年的名单", "correction_due": due.isoformat()})


def test_every_state_of_the_course_has_words_for_the_public() -> None:
    assert set(STATES) == set(course().states) - {"START"}


def test_code_and_tail_open_the_case_and_no_address_holds_them(citizen: Citizen, case: Application) -> None:
    response = citizen.post("follow", code=f" {case.code[:6].lower()}-{case.code[6:]} ", phone_tail="８０００")
    assert response.url == "/open/follow/case/"
    page = text(citizen.get("case"))
    assert "等待机关确认" in page
    assert WANTED in page
    assert not any(secret in page for secret in (NUMBER, PHONE))


@pytest.mark.parametrize("written", ["0515-88123456转12", "051588123456-12", "0515-88123456-12", "0515-88123456"])
def test_a_landline_opens_with_its_own_end_whether_or_not_there_is_an_extension(
    citizen: Citizen, world: World, written: str
) -> None:
    case = citizen.fill(contact={**answers(world)["contact"], "phone": written}).submit()
    assert citizen.open(case, tail="3456").status_code == 302
    assert citizen.open(case, tail="5612" if "12" in written[-3:] else "3456").status_code == 302
    assert citizen.open(case, tail="0515").status_code == 422


@pytest.mark.parametrize("address", ["case", "correct", "write", "withdraw"])
def test_without_the_code_there_is_no_way_in(citizen: Citizen, case: Application, address: str) -> None:
    assert citizen.get(address).url == "/open/follow/"
    if address != "case":
        citizen.post(address, description=WANTED, words="一句话")
    case.refresh_from_db()
    assert case.state == "AWAITING_CONFIRMATION"
    assert not Message.objects.exists()


def test_an_unknown_code_and_a_wrong_tail_get_the_same_answer(citizen: Citizen, case: Application) -> None:
    wrong = citizen.open(case, tail="1111")
    citizen.client.cookies.clear()
    unknown = citizen.post("follow", code="ABCDEFGH2345", phone_tail="1111")
    assert (wrong.status_code, unknown.status_code) == (422, 422)

    def bare(response, code: str) -> list[str]:
        return [line for line in text(response).replace(code, "").splitlines() if "csrf" not in line]

    assert bare(wrong, case.code) == bare(unknown, "ABCDEFGH2345")


def test_wrong_guesses_slow_down_for_the_right_code_too_and_are_logged_without_it(
    citizen: Citizen, case: Application, caplog
) -> None:
    for _ in range(5):
        assert citizen.open(case, tail="1111").status_code == 422
    stopped = citizen.open(case)
    assert stopped.status_code == 429
    assert int(stopped["Retry-After"]) >= 1
    assert "连续填错" in text(stopped)
    assert "wrong code or telephone" in caplog.text
    assert case.code not in caplog.text
    assert "1111" not in caplog.text


def test_wrong_tails_of_one_code_slow_down_from_whatever_address(citizen: Citizen, case: Application) -> None:
    for number in range(5):
        Citizen(citizen.world, f"198.51.100.{number}").open(case, tail="1111")
    assert Citizen(citizen.world, "198.51.100.99").open(case).status_code == 429


def test_a_forged_or_old_cookie_opens_nothing(citizen: Citizen, case: Application) -> None:
    citizen.open(case)
    name = next(name for name in citizen.client.cookies if name.endswith("case"))
    citizen.client.cookies[name] = f"{case.pk}:forged"
    assert citizen.get("case").url == "/open/follow/"


def test_the_clock_is_told_step_by_step_without_the_names_of_others(citizen: Citizen, case: Application) -> None:
    move(case, "confirmed")
    move(case, "consult_third_party", party=THIRD)
    citizen.open(case)
    page = text(citizen.get("case"))
    assert "书面征求第三方意见" in page
    assert "已用0个工作日" in page
    assert THIRD not in page
    assert "条例 第三十二条" in page


def test_a_correction_moves_the_case_and_the_clock(citizen: Citizen, case: Application) -> None:
    asked_to_correct(case)
    citizen.open(case)
    page = text(citizen.get("case"))
    assert "请写明是哪一年的名单" in page
    assert "现在补正" in page
    response = citizen.post("correct", description="2022年柳河村农村低保发放名单", words="", files=paper("补.txt"))
    assert response.url.endswith("?done=corrected")
    case.refresh_from_db()
    assert (case.state, case.description) == ("RECEIVED", "2022年柳河村农村低保发放名单")
    assert [one.label for one in attachments_of(case)] == ["补正材料"]
    assert case.events.last().data["source"] == "门户网站"


def test_a_refused_file_keeps_the_correction_from_being_half_done(citizen: Citizen, case: Application) -> None:
    asked_to_correct(case)
    citizen.open(case)
    files = [paper("好.txt"), paper("坏.exe", b"MZ" + b"\0" * 99)]
    response = citizen.post("correct", description="2022年柳河村名单", words="急用", files=files)
    assert response.status_code == 422
    assert "急用" in text(response)
    case.refresh_from_db()
    assert case.state == "CORRECTION_REQUESTED"
    assert not attachments_of(case).exists()


def test_a_correction_nobody_asked_for_is_kept_for_the_clerk_and_said(citizen: Citizen, case: Application) -> None:
    citizen.open(case)
    response = citizen.post("correct", description="只要2022年的名单", words="")
    assert "作为留言存入案卷" in text(response)
    case.refresh_from_db()
    assert (case.state, case.description) == ("AWAITING_CONFIRMATION", WANTED)
    message = Message.objects.get()
    assert Attachment.objects.get(pk=message.attachment_id).label == "申请人留言"


def test_a_message_sent_twice_is_kept_once_and_waits_on_the_desk(citizen: Citizen, case: Application) -> None:
    citizen.open(case)
    for _ in range(2):
        assert citizen.post("write", words="我的地址变了，请打电话").url.endswith("?done=written")
    assert Message.objects.count() == 1
    handler = Actor(citizen.world.people["handler"])
    assert [card.count for card in cards(handler)] == [1]
    assert not list(cards(Actor(citizen.world.people["no_role"])))
    proceed(Actor(citizen.world.people["registrar"]), case, "confirmed")
    assert not list(cards(handler))


def test_a_message_waits_though_the_applicant_or_the_clock_went_on(citizen: Citizen, case: Application) -> None:
    asked_to_correct(case)
    citizen.open(case)
    citizen.post("write", words="我的地址变了，请打电话")
    citizen.post("correct", description="2022年柳河村农村低保发放名单", words="")
    assert [card.count for card in cards(Actor(citizen.world.people["handler"]))] == [1]


def test_a_message_after_the_end_reaches_the_desk_too(citizen: Citizen, case: Application) -> None:
    citizen.open(case)
    citizen.post("withdraw")
    citizen.post("write", words="附件打不开，请再发一次")
    handler = Actor(citizen.world.people["handler"])
    assert [card.count for card in cards(handler)] == [1]
    Message.objects.update(at=timezone.now() - datetime.timedelta(days=31))
    assert not list(cards(handler))


def test_withdrawing_is_asked_once_more_and_is_done_once(citizen: Citizen, case: Application) -> None:
    citizen.open(case)
    assert "确定撤回吗" in text(citizen.get("withdraw"))
    case.refresh_from_db()
    assert case.state == "AWAITING_CONFIRMATION"
    citizen.post("withdraw")
    assert citizen.post("withdraw").url.endswith("?done=withdrawn")
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("WITHDRAWN", "other_withdrawn")
    assert Act.objects.filter(verb="applications.withdrawn").count() == 1


def test_only_papers_for_the_applicant_are_given_out(citizen: Citizen, case: Application) -> None:
    def lies(name: str, label: str) -> Attachment:
        return attach(SYSTEM, case, paper(name, f"{name}的内容".encode()), label=label)

    notice, inside = lies("补正告知书.txt", "政府信息公开申请补正告知书"), lies("内部意见.txt", "征求意见材料")
    answer = lies("名单.txt", "答复附件")
    citizen.open(case)
    page = text(citizen.get("case"))
    assert "补正告知书.txt" in page
    assert "内部意见.txt" not in page
    assert "名单.txt" not in page
    assert citizen.get("paper", notice.pk).status_code == 200
    assert citizen.get("paper", inside.pk).status_code == 404
    assert citizen.get("paper", answer.pk).status_code == 404  # not before the reply is signed
    other = Citizen(citizen.world, "203.0.113.8")
    assert other.get("paper", notice.pk).url == "/open/follow/"


def test_when_it_is_overdue_the_page_says_where_to_turn(citizen: Citizen, case: Application) -> None:
    today = timezone.localdate()
    Application.objects.filter(pk=case.pk).update(
        state="RECEIVED", received_on=today - datetime.timedelta(days=60), due=today - datetime.timedelta(days=1)
    )
    citizen.open(case)
    page = text(citizen.get("case"))
    assert "逾期未作答复的，应当先向清源县人民政府申请行政复议" in page
    assert "行政复议法 第二十三条第一款第（三）项" in page


def test_what_is_no_longer_processed_is_not_called_a_reply(citizen: Citizen, case: Application) -> None:
    today = timezone.localdate()
    Application.objects.filter(pk=case.pk).update(
        state="CLOSED_NO_SUPPLEMENT", outcome="closed_no_supplement", received_on=today, finished_on=today
    )
    citizen.open(case)
    page = text(citizen.get("case"))
    assert "自收到不再处理的告知之日起60日内向清源县人民政府申请行政复议" in page
    assert "本答复" not in page


def test_looking_is_ended_by_a_press(citizen: Citizen, case: Application) -> None:
    citizen.open(case)
    citizen.post("close")
    assert citizen.get("case").url == "/open/follow/"
