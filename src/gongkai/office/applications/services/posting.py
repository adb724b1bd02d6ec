"""Letters leave the house: number, paper and mail in one act; later the proof that they arrived (条例 第四十条)."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from gongkai.office.acts.models import Attachment, Mail
from gongkai.office.acts.numbering import next_number
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.services.attachments import RefusedFileError, attach
from gongkai.office.acts.services.mail import post
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.choices import Way
from gongkai.office.applications.letters import Entry, LetterError, document_number, entry, render
from gongkai.office.applications.letters import Letter as Composed
from gongkai.office.applications.letters.catalogue import APPLICANT
from gongkai.office.applications.models import Application, Letter
from gongkai.office.applications.policy import policy
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.selectors.letter_facts import composed, enclosures
from gongkai.office.applications.selectors.sender import code_of
from gongkai.office.applications.services.delivering import deliver
from gongkai.office.bodies.services.changes import StaleError
from gongkai.rendering.errors import RenderingError

_MEDIA = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
LABEL = "文书"


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
    content = Content.of(letter)
    letter.number = letter.number or _number(case, letter, on)
    try:
        made = content.letter or composed(
            case,
            list(case.events.all()),
            letter.kind,
            content,
            on=(case.replied_on if letter.is_reply else None) or on,
            number=letter.number,
        )
    except LetterError as error:
        raise Refused(f"{error}。") from error
    letter.content, letter.title = content.fixed(made).dumped(), made.title[:120]
    letter.docx, letter.pdf = _papers(actor, letter, made)
    enclosed = enclosures(case, content.enclosed)
    if way == Way.EMAIL:
        letter.mail = _mail(case, letter, _entry(letter, on), [letter.pdf or letter.docx, *enclosed])
    letter.way, letter.sent_on, letter.sent_by_name = way, on, actor.name
    letter.version += 1
    letter.save()
    letter.enclosed.set(enclosed)
    detail = {
        "文书": letter.title,
        "文号": letter.number,
        "送达方式": Way(way).label,
        "送出日期": on,
        "编号": letter.pk,
    }
    return Done(case, {key: value for key, value in detail.items() if value})


@verb("applications.record_service", "登记文书送达", policy=policy)
def record_service(actor: Actor, letter: Letter, *, on: date, proof: str, version: int | None = None) -> Done:
    """``proof``: number of the post, who signed, the record of the mail; kept encrypted, and not in the log.

    Of a reply the day counts for the case as well. Raises ``Refused``, ``StaleError``.
    """
    if version is not None and version != letter.version:
        raise StaleError(letter, version)
    if letter.sent_on is None:
        raise Refused("文书尚未送出，不能登记送达。")
    if not letter.sent_on <= on <= timezone.localdate():
        raise Refused("送达日期不能早于送出日期，也不能晚于今天。")
    letter.served_on, letter.proof = on, proof
    letter.version += 1
    letter.save(update_fields=["served_on", "proof", "version"])
    case = letter.application
    if letter.is_reply and case.replied_on is not None and hasattr(case, "decision"):
        case = deliver(actor, case, way=letter.way, on=on, proof="见文书的送达登记")
    return Done(case, {"文书": f"{letter}", "送达日期": on, "编号": letter.pk})


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
    data = render(made, format)
    upload = UploadedFile(ContentFile(data), f"{file_name(letter)}.{format}", _MEDIA[format], len(data))
    try:
        return attach(actor, letter, upload, label=LABEL)
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
