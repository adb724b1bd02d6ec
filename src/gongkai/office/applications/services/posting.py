"""Letters leave the house: number, paper and mail in one act; later the proof that they arrived (条例 第四十条)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.office.acts.models import Attachment, Mail
from gongkai.office.acts.numbering import next_number
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.services.attachments import RefusedFileError, attach_made
from gongkai.office.acts.services.mail import post
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.choices import Way
from gongkai.office.applications.letters import Entry, LetterError, document_number, entry, render
from gongkai.office.applications.letters import Letter as Composed
from gongkai.office.applications.letters.catalogue import APPLICANT
from gongkai.office.applications.models import Application, Letter
from gongkai.office.applications.policy import policy
from gongkai.office.applications.selectors.enclosing import enclosures
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.selectors.letter_facts import composed, signed_reply
from gongkai.office.applications.selectors.sender import code_of
from gongkai.office.applications.services.registering import refresh_due
from gongkai.office.bodies.services.changes import StaleError
from gongkai.rendering.errors import RenderingError
from gongkai.statute.errors import UnlawfulError

LABEL = "文书"
_SERVED = ("consult_third_party", "consult_agency", "fee_notice")  # whose receipt a period begins with


@verb("applications.send_letter", "送出文书", policy=policy)
def send_letter(actor: Actor, letter: Letter, *, way: str, on: date | None = None, version: int | None = None) -> Done:
    """Number, DOCX and PDF, and, by e-mail, the mail into the outbox: all of it, or nothing and no number.

    ``on``: the day on which it went out, today unless told. Raises ``Refused`` (sent already, no address, something
    missing), ``StaleError``.
    """
    if version is not None and version != letter.version:
        raise StaleError(letter, version)
    if letter.sent_on is not None:
        raise Refused(f"这份文书已于{_day(letter.sent_on)}送出，不能再送一次。")
    # Before the case is locked: whoever signs holds the case and takes the draft of its reply after it.
    if letter.is_reply and not letter.number and letter.application.finished_on is None:
        raise Refused("答复尚未签发，不能送出。")
    case = Application.objects.select_for_update(no_key=True).get(pk=letter.application_id)
    today = timezone.localdate()
    on = on or today
    first = (case.finished_on if letter.is_reply else None) or case.arrived_on
    if not first <= on <= today:
        raise Refused(f"送出日期不能早于{_day(first)}，也不能晚于今天。")
    if letter.is_reply and not letter.number and signed_reply(case) is not None:
        raise Refused("答复书已经签发，不能另送一份；请送出已签发的答复书，删除这份草稿。")
    content = Content.of(letter)
    signed = letter.state == Letter.State.SIGNED
    letter.number = letter.number or _number(case, letter, on)
    try:
        made = content.letter or composed(
            case,
            list(case.events.all()),
            letter.kind,
            content,
            on=(case.replied_on if letter.is_reply else None) or on,
            number=letter.number,
            event=letter.event_id or 0,
        )
    except LetterError as error:
        raise Refused(f"{error}。") from error
    letter.content, letter.title = content.fixed(made).dumped(), made.title[:120]
    letter.docx, letter.pdf = _papers(actor, letter, made)
    # What was signed stands, whatever has been marked or burned in the case since.
    enclosed = list(letter.enclosed.all()) if signed else enclosures(case, content.enclosed)
    if way == Way.EMAIL:
        letter.mail = _mail(case, letter, _entry(letter, on), [letter.pdf or letter.docx, *enclosed])
    letter.way, letter.sent_on, letter.sent_by_name = way, on, actor.name
    letter.version += 1
    letter.save()
    letter.enclosed.set(enclosed)
    moved = letter.is_reply and _replied(case, on)
    detail: dict[str, Any] = {
        "文书": letter.title,
        "文号": letter.number,
        "送达方式": Way(way).label,
        "送出日期": on,
        "编号": letter.pk,
        "version": case.version if moved else None,
    }
    return Done(case, {key: value for key, value in detail.items() if value})


@verb("applications.record_service", "登记文书送达", policy=policy)
def record_service(actor: Actor, letter: Letter, *, on: date, proof: str, version: int | None = None) -> Done:
    """``proof``: number of the post, who signed, the record of the mail; kept encrypted, and not in the log.

    Of a reply the day counts for the case as well, of a consultation and of a fee notice for the clock. Raises
    ``Refused``, ``StaleError``.
    """
    if version is not None and version != letter.version:
        raise StaleError(letter, version)
    if letter.sent_on is None:
        raise Refused("文书尚未送出，不能登记送达。")
    if not letter.sent_on <= on <= timezone.localdate():
        raise Refused("送达日期不能早于送出日期，也不能晚于今天。")
    case = Application.objects.select_for_update(no_key=True).get(pk=letter.application_id)
    letter.served_on, letter.proof = on, proof
    letter.version += 1
    letter.save(update_fields=["served_on", "proof", "version"])
    moved = _reply_served(case, letter, on) or _served(case, letter, on)
    detail: dict[str, Any] = {"文书": f"{letter}", "送达日期": on, "编号": letter.pk}
    return Done(case, detail | ({"version": case.version} if moved else {}))


def _replied(case: Application, on: date) -> bool:
    """The day of the reply is the day on which it goes out, and not that of a signature before it; whether it moved."""
    if case.replied_on is None or on <= case.replied_on:
        return False
    if case.finished_on == case.replied_on:
        case.finished_on = on
    case.replied_on = on
    case.version += 1
    case.save(update_fields=["replied_on", "finished_on", "version"])
    return True


def _reply_served(case: Application, letter: Letter, on: date) -> bool:
    """Whether it is the reply of a decision: its day is the case's."""
    if not letter.is_reply or case.replied_on is None or not hasattr(case, "decision"):
        return False
    case.served_on = on
    case.version += 1
    case.save(update_fields=["served_on", "version"])
    case.decision.delivery_way, case.decision.delivery_proof = letter.way, "见文书的送达登记"
    case.decision.save(update_fields=["delivery_way", "delivery_proof", "changed_at"])
    return True


def _served(case: Application, letter: Letter, on: date) -> bool:
    """Whether a period begins with it: for those consulted to answer (条例 32, 34), for the applicant to pay."""
    event = letter.event
    if event is None or event.event not in _SERVED or event.served == on or case.finished_on is not None:
        return False
    event.served = on
    event.save(update_fields=["served"])
    try:
        refresh_due(case, list(case.events.all()))
    except UnlawfulError as error:
        raise Refused(str(error)) from error
    case.version += 1
    case.save(update_fields=["due", "provisional", "version"])
    return True


def _entry(letter: Letter, on: date) -> Entry:
    try:
        return entry(letter.kind, on)
    except LetterError as error:
        raise Refused(f"{error}。") from error


def _number(case: Application, letter: Letter, on: date) -> str:
    """Of a reply that was decided the decision's; of a letter without a series none."""
    decision = getattr(case, "decision", None)
    if letter.is_reply and case.replied_on is not None and decision is not None:
        return str(decision.number)
    series = _entry(letter, on).series
    if not series:
        return ""
    number = next_number(case.body_id, f"letter {series}", on.year)
    return document_number(code_of(case.body), series, on.year, number)


def _papers(actor: Actor, letter: Letter, made: Composed) -> tuple[Attachment, Attachment | None]:
    """DOCX always; PDF where the machine has the fonts for it."""
    docx = _paper(actor, letter, made, "docx")
    try:
        return docx, _paper(actor, letter, made, "pdf")
    except RenderingError:
        return docx, None


def _paper(actor: Actor, letter: Letter, made: Composed, format: str) -> Attachment:
    try:
        return attach_made(actor, letter, f"{file_name(letter)}.{format}", render(made, format), label=LABEL)
    except RefusedFileError as error:
        raise Refused(str(error)) from error


def file_name(letter: Letter) -> str:
    """政府信息公开申请补正告知书（清民公开补〔2024〕1号）; no applicant's name is in it."""
    return f"{letter.title[:60]}{letter.number and f'（{letter.number}）'}"


def _mail(case: Application, letter: Letter, kind: Entry, files: list[Attachment]) -> Mail:
    if kind.to != APPLICANT:
        raise Refused("只有给申请人的文书可以由系统用电子邮件送出；请选择其他方式并登记送达。")
    if not case.email:
        raise Refused("申请人没有登记电子邮箱，请选择其他送达方式。")
    text = "\n".join(
        [
            "您好：",
            "",
            f"您向{case.body.name}提出的政府信息公开申请（{case}），现送达{kind.title}，请查收附件。",
            *(["", f"联系电话：{case.body.contact_phone}"] if case.body.contact_phone else []),
            "",
            case.body.name,
        ]
    )
    try:
        return post(case.email.reveal(), f"{kind.title}（{case.body.name}）", text, about=letter, files=files)
    except ValidationError as error:
        raise Refused("申请人登记的电子邮箱不能使用，请选择其他送达方式。") from error


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
