"""The pages of letters: offered after an event, filled from the record, looked at, sent, taken out, proved."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from office.applications.casework import as_person, done, registered
from office.applications.deciding import decide, drafting, sign_off
from office.applications.pages import at, happen, page, text
from office.world import World, build_world

from gongkai.office.acts.services.attachments import store
from gongkai.office.applications.letters import default_text, reply_kind
from gongkai.office.applications.models import Application, Letter, ReplyPrefix
from gongkai.office.applications.selectors.decisions import options
from gongkai.office.applications.services.assigning import assign
from gongkai.office.applications.services.deciding import decide as decide_at_once
from gongkai.statute import calendar

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DUE = calendar.add_working_days(TODAY, 15).isoformat()


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def case(world: World) -> Application:
    """Asked for a correction today, by the form."""
    on = calendar.at(calendar.index(TODAY) - 3).isoformat()
    made = assign(as_person(world, "registrar"), registered(world, on), to=world.people["handler"])
    typed = {"text": "请写明乡镇。", "correction_due": DUE}
    assert happen(at(world, "handler"), made, "request_correction", **typed).status_code == 302
    return made


def written(world: World, case: Application) -> Letter:
    """A draft, by the form, as it comes filled in."""
    handler = at(world, "handler")
    address = page("new_letter", case.pk, 0, "correction")
    form = handler.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    answer = handler.post(address, typed)
    assert answer.status_code == 302, text(answer)
    return Letter.objects.get()


def test_before_the_receipt_no_letter_is_offered_that_names_its_day(world: World) -> None:
    case = registered(world, TODAY.isoformat(), channel="internet")
    assert case.received_on is None
    handler = at(world, "handler")
    for address in (page("case", case.pk), page("letters", case.pk)):
        shown = text(handler.get(address))
        assert "政府信息公开申请接收回执" in shown
        assert "政府信息公开申请登记回执" not in shown
    done(case, "confirmed", TODAY.isoformat())
    assert "政府信息公开申请登记回执" in text(handler.get(page("case", case.pk)))


def test_the_letter_of_an_event_is_offered_right_after_it_and_comes_filled_in(world: World, case: Application) -> None:
    handler = at(world, "handler")
    event = case.events.get(event="request_correction")
    address = page("new_letter", case.pk, event.pk, "correction")
    assert address in text(handler.get(page("case", case.pk)))
    shown = handler.get(address)
    form = shown.context["form"]
    assert form["corrections"].value() == "请写明乡镇。"
    assert form["correction_due"].value().isoformat() == DUE
    assert "identity_number" not in form.fields
    assert "received_on" not in form.fields, "only the record says it"
    letter = written(world, case)
    assert address not in text(handler.get(page("case", case.pk))), "it is there now"
    assert page("letter", case.pk, letter.pk) in text(handler.get(page("case", case.pk)))


def test_what_is_missing_is_asked_beside_its_field(world: World, case: Application) -> None:
    answer = at(world, "handler").post(page("new_letter", case.pk, 0, "correction"), {"correction_due": DUE})
    assert answer.status_code == 422
    assert "corrections" in answer.context["form"].errors
    assert not Letter.objects.exists()


def test_it_is_looked_at_changed_sent_taken_out_and_proved(world: World, case: Application) -> None:
    handler = at(world, "handler")
    letter = written(world, case)
    shown = text(handler.get(page("letter", case.pk, letter.pk)))
    assert "申请人甲" in shown
    assert "请写明乡镇。" in shown
    edited = {"version": 1, "corrections": "请写明年份。", "correction_due": DUE, "copies": ""}
    assert handler.post(page("edit_letter", case.pk, letter.pk), edited).status_code == 302
    for format, beginning in (("docx", b"PK"), ("pdf", b"%PDF")):
        draft = handler.get(page("letter_file", case.pk, letter.pk, format))
        assert draft.content.startswith(beginning)
        assert "%E8%8D%89%E7%A8%BF" in draft["Content-Disposition"], "called a draft"
    stale = handler.post(page("send_letter", case.pk, letter.pk), {"version": 1, "way": "post"})
    assert stale.status_code == 409
    sent = handler.post(page("send_letter", case.pk, letter.pk), {"version": 2, "way": "post"})
    assert sent.status_code == 302, text(sent)
    letter.refresh_from_db()
    assert letter.number.endswith("1号")
    shown = text(handler.get(page("letter", case.pk, letter.pk)))
    assert letter.number in shown
    assert "请写明年份。" in shown
    for address in ("send_letter", "edit_letter"):
        assert handler.post(page(address, case.pk, letter.pk), {"version": 3, "way": "post"}).status_code == 403
    assert letter.docx is not None
    file = handler.get(page("letter_file", case.pk, letter.pk, "docx"))
    assert b"".join(file.streaming_content) == store().read(letter.docx.file.sha256), "the sealed one"
    proof = {"version": 3, "on": TODAY.isoformat(), "proof": "EMS1234567890"}
    assert handler.post(page("letter_service", case.pk, letter.pk), proof).status_code == 302
    assert "EMS1234567890" in text(handler.get(page("letter", case.pk, letter.pk)))
    assert "送出文书" in text(handler.get(page("case", case.pk))), "in the story of the case"


def test_a_draft_is_deleted_and_a_sent_letter_is_not(world: World, case: Application) -> None:
    handler = at(world, "handler")
    letter = written(world, case)
    assert handler.get(page("drop_letter", case.pk, letter.pk)).status_code == 405
    assert handler.post(page("drop_letter", case.pk, letter.pk)).status_code == 302
    assert not Letter.objects.exists()
    letter = written(world, case)
    handler.post(page("send_letter", case.pk, letter.pk), {"version": 1, "way": "collect"})
    handler.post(page("drop_letter", case.pk, letter.pk))
    assert Letter.objects.count() == 1


def test_mail_is_offered_only_where_there_is_an_address(world: World, case: Application) -> None:
    letter = written(world, case)
    ways = [
        value
        for value, _ in at(world, "handler")
        .get(page("send_letter", case.pk, letter.pk))
        .context["form"]
        .fields["way"]
        .choices
    ]
    assert "email" not in ways
    case.email = "a@county.example"
    case.save()
    ways = [
        value
        for value, _ in at(world, "handler")
        .get(page("send_letter", case.pk, letter.pk))
        .context["form"]
        .fields["way"]
        .choices
    ]
    assert "email" in ways


@pytest.mark.parametrize("role", ["supervisor", "system_administrator", "security_administrator", "auditor", "no_role"])
def test_letters_are_for_the_case_team_alone(world: World, case: Application, role: str) -> None:
    letter = written(world, case)
    client = at(world, role)
    for name, args in (
        ("letters", ()),
        ("letter", (letter.pk,)),
        ("letter_file", (letter.pk, "docx")),
        ("new_letter", (0, "correction")),
        ("edit_letter", (letter.pk,)),
        ("send_letter", (letter.pk,)),
        ("letter_service", (letter.pk,)),
    ):
        assert client.get(page(name, case.pk, *args)).status_code in (403, 404), name
    shown = text(client.get(page("case", case.pk)))
    assert letter.title not in shown


@pytest.mark.parametrize("role", ["reviewer", "signatory"])
def test_reviewer_and_signatory_read_letters_and_write_none(world: World, case: Application, role: str) -> None:
    letter = written(world, case)
    client = at(world, role)
    assert client.get(page("letters", case.pk)).status_code == 200
    assert client.get(page("letter", case.pk, letter.pk)).status_code == 200
    for name in ("edit_letter", "send_letter", "letter_service"):
        assert client.get(page(name, case.pk, letter.pk)).status_code == 403
    assert client.get(page("new_letter", case.pk, 0, "correction")).status_code == 403


def test_a_letter_of_another_case_or_kind_is_not_found(world: World, case: Application) -> None:
    letter = written(world, case)
    other = registered(world, TODAY.isoformat())
    handler = at(world, "handler")
    assert handler.get(page("letter", other.pk, letter.pk)).status_code == 404
    assert handler.get(page("new_letter", other.pk, 0, "correction")).status_code == 404
    assert handler.get(page("letter_file", case.pk, letter.pk, "exe")).status_code == 404


def test_the_case_page_asks_no_more_however_many_letters(world: World, case: Application) -> None:
    handler = at(world, "handler")
    written(world, case)
    address = page("case", case.pk)
    handler.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        handler.get(address)
    first = Letter.objects.get()
    for _ in range(12):
        Letter.objects.create(application=case, kind="correction", title="又一份", content=first.content.reveal())
    with CaptureQueriesContext(connection) as many:
        handler.get(address)
    assert len(many) == len(one)


def test_the_settings_of_a_body_s_letters_are_kept(world: World) -> None:
    signatory = at(world, "signatory")
    typed = {
        "text": "清司依复",
        "code": "清司",
        "kind": "justice_department",
        "authority": "",
        "upper_authority": "西陵市司法局",
        "basic_court": "清源县人民法院",
        "intermediate_court": "",
    }
    assert signatory.post(page("prefix", world.own.pk), typed).status_code == 302
    kept = ReplyPrefix.objects.get(body=world.own)
    assert (kept.code, kept.kind, kept.upper_authority) == ("清司", "justice_department", "西陵市司法局")
    assert at(world, "handler").get(page("prefix", world.own.pk)).status_code == 403


def test_every_letter_without_an_event_has_a_form(world: World) -> None:
    case = done(registered(world, TODAY.isoformat()), "draft", TODAY.isoformat())
    handler = at(world, "handler")
    offered = handler.get(page("letters", case.pk)).context["offers"]
    assert {offer.label for offer in offered} == {
        *("政府信息公开申请接收回执", "政府信息公开申请登记回执", "政府信息公开申请登记表"),
        "政府信息公开申请协办函（其他机关）",
    }
    for one in offered:
        assert handler.get(one.href).status_code == 200, one.label


TWO_DAYS_AGO = calendar.at(calendar.index(TODAY) - 2).isoformat()
EVENTS = {
    "extend": {"days": 15, "head_agreed": True, "applicant_told": True, "data": {"reason": "信息量大，需要逐份核对"}},
    "fee_notice": {"fee": 200, "data": {"basis": "page", "count": 50, "already": 0, "amount": 200}},
    "consult_third_party": {"party": "某某机械有限公司", "data": {"text": "设备采购合同"}},
    "consult_agency": {"party": "某县财政局", "data": {"text": "联合通知"}},
    "excessive": {"data": {"text": "本月提出申请36件"}},
    "withdrawn": {"data": {"text": "书面撤回"}},
}
# What no record holds and the clerk adds.
TYPED = {"way_to_pay": "到政务大厅缴纳", "reasons_due": DUE, "recipient": "某某机械有限公司"}


@pytest.mark.parametrize("event", EVENTS)
def test_letters_of_every_event_go_out_from_what_the_event_s_form_recorded(world: World, event: str) -> None:
    on = calendar.at(calendar.index(TODAY) - 6).isoformat()
    case = assign(as_person(world, "registrar"), registered(world, on), to=world.people["handler"])
    case = done(case, event, TWO_DAYS_AGO, **EVENTS[event])
    handler = at(world, "handler")
    offers = handler.get(page("case", case.pk)).context["due_letters"]
    assert offers
    for offer in offers:
        form = handler.get(offer.href).context["form"]
        filled = {name: TYPED.get(name) or form[name].value() for name in form.fields}
        typed = {name: value for name, value in filled.items() if value is not None}
        answer = handler.post(offer.href, typed)
        assert answer.status_code == 302, f"{offer.label}: {form.errors} {answer.context['form'].errors}"
        letter = Letter.objects.latest("pk")
        sent = handler.post(page("send_letter", case.pk, letter.pk), {"version": 1, "way": "post"})
        assert sent.status_code == 302, text(sent)
        letter.refresh_from_db()
        assert letter.sent_on == TODAY
    assert Letter.objects.count() == len(offers)


@pytest.mark.parametrize(
    ("opinion", "outcome", "due"),
    [
        (None, "granted", False),  # nobody was asked
        ("agree", "granted", False),
        ("none", "granted", False),  # 条例 32: then the body decides
        ("refuse", "granted", True),  # overruled: told what is disclosed and why
        ("partly", "granted", True),
        ("refuse", "denied_third_party", False),
    ],
)
def test_a_third_party_must_be_told_only_when_its_refusal_was_overruled(
    world: World, opinion: str | None, outcome: str, due: bool
) -> None:
    case = drafting(world)
    if opinion:
        case = done(case, "draft_withdrawn", TODAY.isoformat())
        case = done(case, "consult_third_party", TODAY.isoformat(), **EVENTS["consult_third_party"])
        case = done(case, "opinion_or_timeout", TODAY.isoformat(), party="某某机械有限公司", data={"opinion": opinion})
        case = done(case, "draft", TODAY.isoformat())
    harm = {"harm_harm": "泄露商业秘密", "harm_interest": "有重大影响", "harm_result": "衡量后决定"}
    assert decide(world, case, outcome, content="见附件", **harm).status_code == 302
    sign_off(world, case)
    case.refresh_from_db()
    assert case.outcome == outcome
    shown = at(world, "handler").get(page("case", case.pk)).context["due_letters"]
    told = [offer.label for offer in shown if "告知书（第三方）" in offer.label]
    assert bool(told) is due


DECIDED = [one.code for _, group in options(TODAY) for option in group for one in [option.outcome]]


@pytest.mark.parametrize("outcome", DECIDED)
def test_the_reply_of_every_outcome_can_be_written_before_it_is_signed(world: World, outcome: str) -> None:
    case = done(registered(world, TWO_DAYS_AGO), "draft", TWO_DAYS_AGO)
    case = decide_at_once(
        as_person(world, "handler"), case, outcome_code=outcome, reason="符合规定的情形", content="见附件。", records={}
    )
    handler = at(world, "handler")
    address = page("new_letter", case.pk, 0, reply_kind(outcome))
    shown = handler.get(address)
    assert shown.status_code == 200
    form = shown.context["form"]
    samples = {field.key: field.sample for field in form.start.ask} | {"copies": ""}
    answer = handler.post(address, {key: value for key, value in samples.items() if value is not None})
    assert answer.status_code == 302, f"{answer.context['form'].errors}"
    letter = Letter.objects.get()
    shown = handler.get(page("letter", case.pk, letter.pk))
    assert ("符合规定的情形" in text(shown)) is states_reason(outcome)
    assert handler.post(page("send_letter", case.pk, letter.pk), {"version": 1, "way": "post"}).status_code == 422


def states_reason(outcome: str) -> bool:
    """Whether the reply of ``outcome`` has a place for the reason."""
    return "{理由}" in default_text(reply_kind(outcome), TODAY)
