"""Letters leave the house once: numbered without gaps, sealed, mailed where that is wanted, in no log in the clear."""

from __future__ import annotations

import datetime
import json
import logging
from io import BytesIO
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.utils import timezone
from docx import Document
from office.applications.casework import as_person, done, registered
from office.world import World, build_world

from gongkai.office.acts.models import Act, Mail, Sequence
from gongkai.office.acts.policy import SYSTEM, Actor, Refused
from gongkai.office.acts.services.attachments import store
from gongkai.office.acts.services.mail import deliver
from gongkai.office.applications.models import Application, Letter, ReplyPrefix
from gongkai.office.applications.selectors.clock import deadline_of
from gongkai.office.applications.selectors.for_applicant import file_for_applicant, for_applicant
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.selectors.sender import code_of, sender_of
from gongkai.office.applications.services.assigning import assign
from gongkai.office.applications.services.deciding import approve, decide
from gongkai.office.applications.services.lettering import drop_letter, rewrite_letter, write_letter
from gongkai.office.applications.services.numbers import set_prefix
from gongkai.office.applications.services.posting import record_service, send_letter
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.office.bodies.services.changes import StaleError
from gongkai.statute import calendar

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
EMAIL = "lisi@county.example"
NAME = "李四光明"


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def ago(days: int) -> str:
    """Working days before today."""
    return calendar.at(calendar.index(TODAY) - 1 - days).isoformat()


def corrected(world: World, **fields: str) -> Application:
    """A case in which a correction was asked for."""
    case = registered(world, ago(3), applicant_name=NAME, **fields)
    due = calendar.add_working_days(TODAY, 15).isoformat()
    data = {"text": "请写明所需名单的乡镇。", "correction_due": due}
    return done(case, "request_correction", ago(1), data=data)


def correction(actor: Actor, case: Application) -> Letter:
    """The draft of the notice."""
    due = datetime.date.fromisoformat(case.events.get(event="request_correction").data["correction_due"])
    content = Content({"corrections": "请写明所需名单的乡镇。", "correction_due": due})
    letter: Letter = write_letter(actor, case, kind="correction", content=content)
    return letter


def text_of(letter: Letter) -> str:
    """What stands in the sealed DOCX."""
    assert letter.docx is not None
    document = Document(BytesIO(store().read(letter.docx.file.sha256)))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_a_draft_has_no_number_and_sending_gives_it(world: World) -> None:
    set_prefix(as_person(world, "signatory"), world.own, "清民依复")
    handler = as_person(world, "handler")
    letter = correction(handler, corrected(world))
    assert (letter.number, letter.state) == ("", Letter.State.DRAFT)
    send_letter(handler, letter, way="post")
    letter.refresh_from_db()
    assert (letter.number, letter.state) == (f"清民公开补〔{TODAY.year}〕1号", Letter.State.SENT)
    text = text_of(letter)
    for words in (letter.number, NAME, "请写明所需名单的乡镇", "视为放弃申请"):
        assert words in text
    assert letter.pdf is not None
    assert letter.pdf.file.kind_key == "pdf"


def test_it_is_sent_once(world: World) -> None:
    handler = as_person(world, "handler")
    letter = correction(handler, corrected(world))
    send_letter(handler, letter, way="post")
    before = Act.objects.count()
    with pytest.raises(Refused, match="不能再送一次"):
        send_letter(handler, letter, way="email")
    assert Act.objects.count() == before
    assert Sequence.objects.get(kind="letter 公开补").last == 1
    with pytest.raises(Refused, match="不能再修改"):
        rewrite_letter(handler, Letter.objects.get(), content=Content())
    with pytest.raises(Refused, match="不能删除"):
        drop_letter(handler, Letter.objects.get())


def test_a_sending_that_fails_gives_its_number_back(world: World) -> None:
    handler = as_person(world, "handler")
    letter = correction(handler, corrected(world))
    with pytest.raises(Refused, match="没有登记电子邮箱"):  # told only after number and papers were made
        send_letter(handler, letter, way="email")
    letter.refresh_from_db()
    assert (letter.number, letter.docx, letter.sent_on) == ("", None, None)
    assert not Sequence.objects.filter(kind="letter 公开补").exists()
    send_letter(handler, letter, way="post")
    send_letter(handler, correction(handler, corrected(world)), way="post")
    numbers = list(Letter.objects.order_by("pk").values_list("number", flat=True))
    assert [number.rpartition("〕")[2] for number in numbers] == ["1号", "2号"]


def test_the_mail_takes_the_letter_along_and_shows_nobody(world: World, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    handler = as_person(world, "handler")
    letter = correction(handler, corrected(world, email=EMAIL, way="email"))
    send_letter(handler, letter, way="email")
    letter.refresh_from_db()
    mail = Mail.objects.get()
    assert letter.mail == mail
    for clear in (EMAIL, NAME):
        assert clear not in mail.subject
    deliver(mail.pk)
    (sent,) = django_mail.outbox
    assert sent.to == [EMAIL]
    assert NAME not in sent.body
    (name, content, kind) = sent.attachments[0]
    assert (name, kind) == (letter.pdf.name, "application/pdf")
    assert content == store().read(letter.pdf.file.sha256)
    for record in caplog.records:
        assert EMAIL not in record.getMessage()
        assert NAME not in record.getMessage()


def test_no_personal_data_in_the_log_nor_in_the_clear_in_the_tables(world: World) -> None:
    handler = as_person(world, "handler")
    case = corrected(world, email=EMAIL)
    letter = correction(handler, case)
    send_letter(handler, letter, way="email")
    letter.refresh_from_db()
    record_service(handler, letter, on=TODAY, proof="由王小二签收，EMS1234")
    acts = json.dumps(
        list(Act.objects.values("verb", "detail", "ground", "thing_name")), ensure_ascii=False, default=str
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT applications_letter::text FROM applications_letter")
        rows = "".join(row for (row,) in cursor.fetchall())
        cursor.execute("SELECT acts_mail::text FROM acts_mail")
        rows += "".join(row for (row,) in cursor.fetchall())
    for clear in (NAME, EMAIL, "王小二", "请写明所需名单"):
        assert clear not in acts
        assert clear not in rows
        assert clear.encode().hex() not in rows
    letter.refresh_from_db()
    assert letter.proof.reveal() == "由王小二签收，EMS1234"
    assert letter.state == Letter.State.SERVED


def test_to_a_third_party_no_mail_is_sent_and_the_case_s_applicant_is_not_named(world: World) -> None:
    handler = as_person(world, "handler")
    case = registered(world, ago(3), applicant_name=NAME, email=EMAIL)
    case = done(case, "consult_third_party", ago(1), party="某某机械有限公司", data={"text": "采购合同"})
    content = Content({"information": "采购合同"}, recipients=(_party("某某机械有限公司"),))
    letter = write_letter(handler, case, kind="consultation_third_party", content=content)
    with pytest.raises(Refused, match="只有给申请人的文书"):
        send_letter(handler, letter, way="email")
    send_letter(handler, letter, way="post")
    letter.refresh_from_db()
    assert "某某机械有限公司" in text_of(letter)
    assert NAME not in text_of(letter)
    assert for_applicant(case) == []
    assert file_for_applicant(case, letter.docx.pk) is None


def test_the_applicant_is_told_of_a_consultation_without_the_name(world: World) -> None:
    handler = as_person(world, "handler")
    case = done(
        registered(world, ago(3)), "consult_third_party", ago(1), party="某某机械有限公司", data={"text": "合同"}
    )
    content = Content({"consulted": "第三方", "consulted_on": case.events.last().on})
    letter = write_letter(handler, case, kind="consultation_applicant", content=content)
    send_letter(handler, letter, way="online")
    letter.refresh_from_db()
    assert "某某机械" not in text_of(letter)
    (paper,) = for_applicant(case)
    assert paper.number == letter.number
    assert [file.pk for file in paper.files] == [letter.pdf.pk, letter.docx.pk]
    assert "征求第三方的意见" in paper.text
    assert file_for_applicant(case, letter.pdf.pk) == letter.pdf


def _party(name: str) -> Any:
    from gongkai.office.applications.letters import Party

    return Party(name, natural=False)


def drafted(
    world: World,
    outcome: str,
    records: dict[str, Any] | None = None,
    *,
    content: str = "见附件",
    received: int = 4,
    **fields: str,
) -> Application:
    """A case that is decided by its handler."""
    case = registered(world, ago(received), applicant_name=NAME, **fields)
    case = assign(as_person(world, "registrar"), case, to=world.people["handler"])
    case = done(case, "draft", ago(2), as_person(world, "handler"))
    return decide(  # type: ignore[no-any-return]
        as_person(world, "handler"),
        case,
        outcome_code=outcome,
        reason="经检索没有查到",
        content=content,
        records=records or {},
    )


def reviewed(world: World, case: Application) -> Application:
    """Nothing is missing but the signature."""
    case = done(case, "submit_review", ago(1), as_person(world, "handler"))
    return approve(as_person(world, "reviewer"), case)  # type: ignore[no-any-return]


def decided(world: World, outcome: str, records: dict[str, Any] | None = None, **fields: str) -> Application:
    """Both."""
    return reviewed(world, drafted(world, outcome, records, **fields))


SEARCH = {"search_record": {"systems": "公文系统", "words": "低保名单", "people": "王检索", "on": "2024-01-02"}}


def test_the_reply_is_composed_as_it_is_signed_under_the_decision_s_number(world: World) -> None:
    case = decided(world, "unavailable_does_not_exist", SEARCH)
    case = proceed(as_person(world, "signatory"), case, "signed_and_sent", Particulars())
    letter = case.letters.get()
    assert (letter.number, letter.state) == (case.decision.number, Letter.State.SIGNED)
    assert for_applicant(case) == [], "signed is not sent"
    ReplyPrefix.objects.create(body=world.own, text="别的", basic_court="别的法院")  # what was signed stands
    send_letter(as_person(world, "registrar"), letter, way="post")
    letter.refresh_from_db()
    text = text_of(letter)
    for words in (case.decision.number, "低保名单", "清源县人民政府", "清源县人民法院", "60日内"):
        assert words in text
    assert "别的法院" not in text
    assert "王检索" not in text, "who searched stays in the house"
    record_service(as_person(world, "registrar"), letter, on=TODAY, proof="本人签收")
    case.refresh_from_db()
    assert case.served_on == TODAY
    assert case.decision.delivery_proof == "见文书的送达登记"


def test_a_reply_goes_out_only_after_its_signature(world: World) -> None:
    case = drafted(world, "denied_internal_affairs", {"category": "人事管理"})
    handler, content = as_person(world, "handler"), Content(copies=("清源县档案馆",))
    letter = write_letter(handler, case, kind="reply_denied_internal_affairs", content=content)
    case = reviewed(world, case)
    for late in (
        lambda: rewrite_letter(handler, letter, content=Content()),
        lambda: drop_letter(handler, letter),
        lambda: write_letter(handler, case, kind="reply_denied_internal_affairs", content=Content()),
    ):
        with pytest.raises(Refused, match="已提交审核"):
            late()
    with pytest.raises(Refused, match="尚未签发"):
        send_letter(as_person(world, "handler"), letter, way="post")
    proceed(as_person(world, "signatory"), case, "signed_and_sent", Particulars())
    letter.refresh_from_db()
    assert letter.state == Letter.State.SIGNED, "what the handler wrote beforehand went into the signed reply"
    assert "人事管理" in Content.of(letter).letter.text
    assert Content.of(letter).letter.copies == ("清源县档案馆",)
    assert Letter.objects.count() == 1


def test_what_the_decision_does_not_say_the_draft_of_the_reply_may_say(world: World) -> None:
    case = drafted(world, "not_processed_publication", content="")
    handler = as_person(world, "handler")
    with pytest.raises(Refused, match="获取的途径（条例 第三十九条第二款）"):
        reviewed(world, case)
    with pytest.raises(Refused, match="答复内容"):
        write_letter(handler, case, kind="reply_not_processed_publication", content=Content())
    content = Content({"content": "请到县图书馆借阅"})
    write_letter(handler, case, kind="reply_not_processed_publication", content=content)
    case = proceed(as_person(world, "signatory"), reviewed(world, case), "signed_and_sent", Particulars())
    assert "请到县图书馆借阅" in Content.of(case.letters.get()).letter.text


def test_there_is_one_reply_under_one_number(world: World) -> None:
    case = drafted(world, "denied_internal_affairs", {"category": "人事管理"})
    handler = as_person(world, "handler")
    older, newer = (
        write_letter(handler, case, kind="reply_denied_internal_affairs", content=Content()) for _ in range(2)
    )
    case = proceed(as_person(world, "signatory"), reviewed(world, case), "signed_and_sent", Particulars())
    newer.refresh_from_db()
    assert newer.state == Letter.State.SIGNED
    with pytest.raises(Refused, match="不能另送一份"):
        send_letter(handler, older, way="post")
    with pytest.raises(Refused, match="不能另写一份"):
        write_letter(handler, case, kind="reply_denied_internal_affairs", content=Content())
    drop_letter(handler, Letter.objects.get(pk=older.pk))
    assert case.letters.get() == newer


def test_the_reply_is_of_the_day_on_which_it_goes_out(world: World) -> None:
    """Signed in time and sent too late, it is late (spec applications.md §6)."""
    case = drafted(world, "unavailable_does_not_exist", SEARCH, received=22)
    case = reviewed(world, case)
    case = proceed(
        as_person(world, "signatory"), case, "signed_and_sent", Particulars(on=datetime.date.fromisoformat(ago(1)))
    )
    assert case.replied_on == case.finished_on == datetime.date.fromisoformat(ago(1))
    send_letter(as_person(world, "registrar"), case.letters.get(), way="post")
    case.refresh_from_db()
    assert case.replied_on == case.finished_on == TODAY


def test_those_consulted_have_their_time_from_the_day_on_which_the_letter_arrives(world: World) -> None:
    """条例 第三十二条: from the receipt of the letter, which is known once its service is recorded."""
    case = registered(world, ago(8))
    for number, party in enumerate(("甲公司", "乙公司")):
        case = done(case, "consult_third_party", ago(6 - number), party=party, data={"text": f"合同{number}"})
    handler, asked = as_person(world, "handler"), list(case.events.filter(event="consult_third_party"))
    due = case.due
    letter = write_letter(
        handler,
        case,
        kind="consultation_third_party",
        content=Content({"information": "合同0"}, recipients=(_party("甲公司"),)),
        event=asked[0].pk,
    )
    assert letter.event == asked[0], "not the newest, but the one that it goes with"
    send_letter(handler, letter, way="post", on=asked[0].on)
    record_service(handler, letter, on=TODAY, proof="邮件号1")
    case.refresh_from_db()
    asked[0].refresh_from_db()
    assert asked[0].served == TODAY
    assert case.due > due, "the clock stands still until the end of the period that begins with the receipt"
    answer = deadline_of(case)
    assert case.due == answer.due
    until = calendar.add_working_days(TODAY, 15)
    assert any(f"最迟{until.year}年{until.month}月{until.day}日" in step.words for step in answer.steps)


def test_a_letter_that_the_case_does_not_have_is_refused(world: World) -> None:
    handler = as_person(world, "handler")
    case = registered(world, ago(3))
    for kind in ("extension", "reply_granted", "nonsense"):
        with pytest.raises(Refused):
            write_letter(handler, case, kind=kind, content=Content())
    assert not Letter.objects.exists()


@pytest.mark.parametrize("role", ["reviewer", "signatory", "supervisor", "system_administrator", "auditor", "no_role"])
def test_others_may_not(world: World, role: str) -> None:
    handler, other = as_person(world, "handler"), as_person(world, role)
    case = corrected(world)
    letter = correction(handler, case)
    for attempt in (
        lambda: correction(other, case),
        lambda: rewrite_letter(other, letter, content=Content()),
        lambda: send_letter(other, letter, way="post"),
        lambda: drop_letter(other, letter),
        lambda: record_service(other, letter, on=TODAY, proof="x"),
    ):
        with pytest.raises(Refused):
            attempt()
    letter.refresh_from_db()
    assert letter.state == Letter.State.DRAFT


def test_the_second_of_two_editors_is_told(world: World) -> None:
    handler = as_person(world, "handler")
    letter = correction(handler, corrected(world))
    content = Content.of(letter)
    rewrite_letter(handler, letter, content=content, version=1)
    for late in (
        lambda: rewrite_letter(handler, letter, content=content, version=1),
        lambda: send_letter(handler, letter, way="post", version=1),
    ):
        with pytest.raises(StaleError):
            late()


def test_days_that_cannot_be_are_refused(world: World) -> None:
    handler = as_person(world, "handler")
    letter = correction(handler, corrected(world))
    tomorrow = TODAY + datetime.timedelta(days=1)
    for on in (tomorrow, TODAY - datetime.timedelta(days=90)):
        with pytest.raises(Refused, match="送出日期"):
            send_letter(handler, letter, way="post", on=on)
    with pytest.raises(Refused, match="尚未送出"):
        record_service(handler, letter, on=TODAY, proof="x")
    send_letter(handler, letter, way="post")
    letter.refresh_from_db()
    with pytest.raises(Refused, match="送达日期"):
        record_service(handler, letter, on=tomorrow, proof="x")


def test_who_hears_the_appeal_follows_from_the_tree_and_the_settings(world: World) -> None:
    department = sender_of(world.own, TODAY)
    assert department.authorities["county_government"] == "清源县人民政府"
    assert department.courts["basic"] == "清源县人民法院"
    set_prefix(
        SYSTEM, world.county, "清政依复", upper_authority="西陵市人民政府", intermediate_court="西陵市中级人民法院"
    )
    county = sender_of(world.county, TODAY)
    assert (county.authorities["upper_government"], county.courts["intermediate"]) == (
        "西陵市人民政府",
        "西陵市中级人民法院",
    )
    assert code_of(world.county) == "清政"
    set_prefix(SYSTEM, world.own, "清司公开答复", kind="justice_department", upper_authority="西陵市司法局")
    justice = sender_of(world.own, TODAY)
    assert (justice.kind, justice.authorities["upper_department"]) == ("justice_department", "西陵市司法局")
    assert justice.authorities["county_government"] == "清源县人民政府"
    assert code_of(world.own) == "清司"
