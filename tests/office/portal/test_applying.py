"""Applying: page by page, kept, checked, submitted once."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from office.applications.pages import at
from office.portal.citizen import EMAIL, NUMBER, PHONE, STREET, WANTED, Citizen, answers, paper, text
from office.world import World

from gongkai.office.acts.models import Act, Attachment, Mail, StoredFile
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.applications.models import Application
from gongkai.office.portal.models import Draft
from gongkai.office.portal.models.draft import PERSONAL
from gongkai.office.portal.selectors.drafts import KEPT_DAYS
from gongkai.office.portal.services.expiring import expire


def test_the_home_lists_every_standing_body_and_finds_them_by_any_word(citizen: Citizen, world: World) -> None:
    page = text(citizen.get("home"))
    assert all(body.name in page for body in (world.county, world.office, world.own, world.other))
    found = text(citizen.get("home", q="民政"))
    assert "清源县民政局" in found
    assert "清源县教育局" not in found


def test_the_page_of_a_body_states_its_guide_and_says_what_is_not_entered(citizen: Citizen, world: World) -> None:
    world.own.contact_phone = "0515-88123456"
    world.own.save()
    page = text(citizen.get("body", world.own.pk))
    assert "0515-88123456" in page
    assert "办公时间" in page
    assert "该机关尚未填写" in page


def test_an_application_becomes_a_case_that_waits_for_confirmation(citizen: Citizen, world: World) -> None:
    case = citizen.fill().submit()
    assert (case.state, case.channel, case.received_on) == ("AWAITING_CONFIRMATION", "internet", None)
    assert (case.body, case.applicant_name, case.description) == (world.own, "孙家", WANTED)
    assert case.identity_number.reveal() == NUMBER
    assert case.phone.reveal() == PHONE
    assert case.address.reveal() == f"{STREET}（邮编224000）"
    event = case.events.get()
    assert event.by_name == "系统"
    assert event.data["source"].startswith("门户网站")


def test_the_receipt_says_code_number_body_day_and_what_comes_next(citizen: Citizen, world: World) -> None:
    case = citizen.fill().submit()
    page = text(citizen.get("receipt"))
    code = f"{case.code[:4]} {case.code[4:8]} {case.code[8:]}"
    for words in (code, str(case), world.own.name, "20个工作日", "确认收到"):
        assert words in page
    assert NUMBER not in page


def test_submitted_twice_it_is_one_case(citizen: Citizen) -> None:
    citizen.fill().submit()
    assert citizen.post("check").url.endswith("/receipt/")
    assert citizen.get("check").url.endswith("/receipt/")
    assert citizen.post("step", "wanted", description="另一件事情").url.endswith("/receipt/")
    assert Application.objects.count() == 1
    assert Mail.objects.count() == 1


def test_the_mail_of_receipt_goes_out_and_tells_neither_who_nor_what(citizen: Citizen) -> None:
    case = citizen.fill().submit()
    mail = Mail.objects.get()
    assert mail.to.reveal() == EMAIL
    words = mail.subject + mail.text.reveal()
    assert case.code[:4] in words
    assert not any(secret in words for secret in ("孙家", WANTED, NUMBER, PHONE))


def test_without_an_e_mail_none_is_sent(citizen: Citizen, world: World) -> None:
    contact = {**answers(world)["contact"], "email": ""}
    citizen.fill(contact=contact).submit()
    assert not Mail.objects.exists()


def test_after_submitting_the_draft_holds_nothing_of_the_applicant(citizen: Citizen) -> None:
    citizen.fill().submit()
    draft = Draft.objects.get()
    assert draft.answers == {}
    assert not any(getattr(draft, name) for name in PERSONAL)


@pytest.mark.parametrize(
    ("slug", "typed", "said"),
    [
        ("body", {}, "请选择"),
        ("kind", {"applicant_kind": "king"}, "选"),
        ("wanted", {"description": "名单"}, "再写具体一些"),
        ("provide", {"form": "paper"}, "请选择"),
        ("name", {"applicant_name": ""}, "请填写"),
        ("identity", {"identity_kind": "identity_card", "identity_number": "110105194912310022"}, "身份证"),
        ("identity", {"identity_kind": "identity_card", "identity_number": ""}, "请填写证件号码"),
        ("contact", {"phone": "138"}, "手机号码应为 11 位"),
        ("contact", {"phone": PHONE, "email": "no address"}, "电子邮箱应写成"),
        ("contact", {"phone": PHONE, "postcode": "12"}, "邮政编码应为6位数字"),
    ],
)
def test_what_is_wrong_is_said_on_its_page_and_kept_there(citizen: Citizen, slug: str, typed: dict, said: str) -> None:
    citizen.begin()
    citizen.post("step", "kind", applicant_kind="natural_person")
    response = citizen.post("step", slug, **typed)
    assert response.status_code == 422
    assert said in text(response)


def test_a_way_that_needs_an_address_asks_for_it_even_when_chosen_later(citizen: Citizen, world: World) -> None:
    contact = {**answers(world)["contact"], "address": ""}
    citizen.fill(contact=contact)
    assert citizen.client.post("/open/apply/step/provide/?from=check", {"form": "paper", "way": "post"}).url.endswith(
        "/check/"
    )
    response = citizen.post("check")
    assert response.status_code == 422
    assert "通信地址：请填写此项" in text(response)
    assert not Application.objects.exists()


def test_an_organisation_names_who_represents_it_and_its_code(citizen: Citizen, world: World) -> None:
    case = citizen.fill(
        kind={"applicant_kind": "business"},
        name={"applicant_name": "清源县甲公司", "representative": "钱总", "agent": "李律师"},
        identity={"identity_kind": "uscc", "identity_number": "91350100M000100Y43"},
    ).submit()
    assert (case.applicant_kind, case.representative, case.agent) == ("business", "钱总", "李律师")


def test_another_paper_asks_for_its_own_number(citizen: Citizen) -> None:
    citizen.fill()
    blank = citizen.post("step", "identity", identity_kind="passport", identity_number="")
    assert blank.status_code == 422
    assert "请填写这种证件的号码" in text(blank)
    assert citizen.post("step", "identity", identity_kind="other", identity_number="").status_code == 302
    case = citizen.submit()
    assert (case.identity_kind, case.identity_number) == ("other", None)


def test_who_turns_out_to_be_somebody_else_is_asked_for_another_paper(citizen: Citizen, world: World) -> None:
    citizen.fill(
        kind={"applicant_kind": "business"},
        name={"applicant_name": "清源县甲公司", "representative": "钱总", "agent": ""},
        identity={"identity_kind": "uscc", "identity_number": "91350100M000100Y43"},
    )
    citizen.post("step", "kind", applicant_kind="natural_person")
    page = text(citizen.post("check"))
    assert "这种申请人不用原来选的证件" in page
    assert "钱总" not in page
    citizen.post("step", "kind", applicant_kind="research")
    assert "钱总" in text(citizen.get("check")), "nothing is lost on the way back"
    citizen.post("step", "kind", applicant_kind="natural_person")
    citizen.post("step", "identity", identity_kind="identity_card", identity_number=NUMBER)
    case = citizen.submit()
    assert (case.identity_number.reveal(), case.representative) == (NUMBER, "")


def test_papers_that_the_answers_call_for_are_asked_for_and_hold_nothing_up(citizen: Citizen, world: World) -> None:
    name = {**answers(world)["name"], "agent": "李律师"}
    citizen.fill(identity={"identity_kind": "other", "identity_number": ""}, name=name)
    for page in (text(citizen.get("papers")), text(citizen.get("check"))):
        assert "还没有上传身份证明" in page
        assert "还没有上传授权委托书" in page
    for number, label in enumerate(("身份证明", "授权委托书")):
        citizen.post("papers", label=label, files=paper(f"{number}.txt", label.encode()))
    assert "还没有上传" not in text(citizen.get("check"))
    citizen.submit()


def test_an_agent_with_a_power_of_attorney_lacks_none_at_the_clerks(citizen: Citizen, world: World) -> None:
    citizen.fill(name={**answers(world)["name"], "agent": "李律师"})
    without = Citizen(world, "198.51.100.4").fill(name={**answers(world)["name"], "agent": "李律师"})
    citizen.post("papers", label="授权委托书", files=paper())
    without.post("papers", label="身份证明", files=paper("身份证.txt", b"card"))
    lacking = "代理人的授权委托书（条例 第二十九条"
    assert lacking not in text(at(world, "registrar").get(f"/applications/{citizen.submit().pk}/"))
    assert lacking in text(at(world, "registrar").get(f"/applications/{without.submit().pk}/"))


def test_the_number_is_never_shown_again_and_stays_when_left_blank(citizen: Citizen) -> None:
    citizen.fill()
    for page in (citizen.get("check"), citizen.get("step", "identity")):
        assert NUMBER not in text(page)
    citizen.post("step", "identity", identity_kind="identity_card", identity_number="")
    assert citizen.submit().identity_number.reveal() == NUMBER


def test_help_is_asked_for_in_words_that_the_clerk_reads(citizen: Citizen) -> None:
    case = citizen.fill(help={"help": ["eyes", "call"], "help_words": "下午打电话"}).submit()
    assert case.needs_assistance == "阅读或视力障碍；请电话联系；下午打电话"


def test_papers_come_with_the_case_and_leave_the_draft(citizen: Citizen) -> None:
    citizen.fill()
    assert citizen.post("papers", label="身份证明", files=paper()).status_code == 302
    assert "证明.txt" in text(citizen.get("check"))
    case = citizen.submit()
    assert [(one.name, one.label) for one in attachments_of(case)] == [("证明.txt", "身份证明")]
    assert not Attachment.objects.filter(thing_type="portal.draft").exists()


def test_a_program_is_refused_and_the_draft_lives_on(citizen: Citizen) -> None:
    citizen.fill()
    response = citizen.post("papers", label="身份证明", files=paper("照片.exe", b"MZ" + b"\0" * 200))
    assert response.status_code == 422
    assert "不接收程序" in text(response)
    citizen.submit()


def test_a_paper_is_taken_away_again_by_its_owner_alone(citizen: Citizen, world: World) -> None:
    citizen.fill().post("papers", label="申请材料", files=paper())
    number = Attachment.objects.get().pk
    stranger = Citizen(world).fill()
    stranger.post("remove_paper", number)
    assert Attachment.objects.filter(pk=number).exists()
    citizen.post("remove_paper", number)
    assert not Attachment.objects.filter(pk=number).exists()


def test_a_draft_is_resumed_elsewhere_with_its_code_however_it_is_typed(citizen: Citizen, world: World) -> None:
    citizen.fill()
    page = text(citizen.get("keep"))
    key = page.split("<strong>")[1].split("</strong>")[0]
    assert key not in str(Draft.objects.values())
    elsewhere = Citizen(world)
    assert elsewhere.post("resume", code="ABCDE-" * 4).status_code == 422
    assert elsewhere.post("resume", code=key.lower().replace("-", " ")).status_code == 302
    assert WANTED in text(elsewhere.get("check"))


def test_the_stored_draft_shows_no_personal_data(citizen: Citizen) -> None:
    fax = "0515-88886666"
    contact = {"phone": PHONE, "address": STREET, "email": EMAIL, "fax": fax}
    citizen.fill(provide={"form": "paper", "way": "fax"}, contact=contact)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_draft::text FROM portal_draft")
        stored = cursor.fetchone()[0]
    secrets = ("孙家", NUMBER, PHONE, EMAIL, STREET, fax)
    hidden = [secret.encode().hex() for secret in secrets]
    assert not any(secret in stored for secret in (*hidden, *secrets))
    assert "传真0515-88886666" in citizen.submit().address.reveal()


def test_an_old_draft_goes_with_its_files_and_a_young_one_stays(citizen: Citizen, world: World) -> None:
    citizen.fill().post("papers", label="申请材料", files=paper())
    young = Citizen(world).fill()
    old = Draft.objects.earliest("pk")
    Draft.objects.filter(pk=old.pk).update(changed_at=timezone.now() - datetime.timedelta(days=KEPT_DAYS, minutes=1))
    assert citizen.get("check").status_code == 404
    assert expire() == 1
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()
    assert young.get("check").status_code == 200


def test_the_owner_throws_a_draft_away(citizen: Citizen) -> None:
    citizen.fill().post("discard")
    assert not Draft.objects.exists()
    assert citizen.get("check").status_code == 404


def test_hostile_words_stay_words(citizen: Citizen, world: World) -> None:
    wanted = "<script>alert(1)</script>{{ 7*7 }}' OR 1=1 --\u202e名单"
    citizen.fill(wanted={"description": wanted, "document_number": "", "purpose": ""})
    assert "<script>alert(1)" not in text(citizen.get("check"))
    assert citizen.submit().description == wanted
    assert "<script>alert(1)" not in text(citizen.get("receipt"))
    refused = citizen.post("step", "wanted", description="名单\x00名单名单")
    assert refused.status_code in (302, 422)


@pytest.mark.parametrize("number", ["9" * 40, "abc", "-1", "0"])
def test_a_body_that_there_is_not_is_asked_for_anew(citizen: Citizen, number: str) -> None:
    assert citizen.post("begin", body=number).url.endswith("/body/")
    assert citizen.post("step", "body", body=number).status_code == 422


def test_a_field_that_people_do_not_see_is_a_hint_and_no_refusal(citizen: Citizen) -> None:
    citizen.fill()
    citizen.post("check", website="spam")
    case = Application.objects.get()
    assert "可能由程序自动提交" in case.events.get().data["source"]


def test_nothing_before_the_submission_is_an_act_but_the_papers(citizen: Citizen) -> None:
    citizen.fill()
    assert not Act.objects.exists()
    citizen.submit()
    assert [act.verb for act in Act.objects.all()] == ["applications.submitted"]


def test_submitting_asks_the_database_little(citizen: Citizen, django_assert_max_num_queries) -> None:
    citizen.fill()
    with django_assert_max_num_queries(22):
        citizen.submit()
