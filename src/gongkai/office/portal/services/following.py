"""What an applicant does to the own case: opens it, corrects it, writes a word, withdraws it."""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from gongkai.office.acts.models import Attachment
from gongkai.office.acts.personal.keys import SealError
from gongkai.office.acts.personal.sealed import Sealed
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.acts.services.attachments import attach
from gongkai.office.applications.models import Application
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.office.look.words import date_cn
from gongkai.office.portal.models import Message
from gongkai.office.portal.services import limits
from gongkai.office.portal.services.submitting import SOURCE

_log = logging.getLogger(__name__)
MESSAGE = "申请人留言"
CORRECTION = "补正材料"
_EXTENSION = re.compile(r"(0\d{2,3}-?\d{7,8})[-转]\d{1,6}")  # of a landline (acts.personal.kinds)


@dataclass(frozen=True, slots=True)
class Kept:
    """``as_message``: the law had no act for it now, ``why`` says so; it lies in the case file for the clerk."""

    as_message: bool
    why: str = ""


def open_case(code: str, tail: str, address: str) -> Application | None:
    """The case of ``code`` if the telephone number in it ends in ``tail`` (four digits); ``None`` says nothing more.

    An unknown code costs as much as a wrong tail. Raises ``limits.TooOften`` while the address or the code must wait.
    """
    if until := limits.must_wait(f"address {address}", f"code {code}"):
        raise limits.TooOften("guess", until)
    case = Application.objects.select_related("body").filter(code=code).first() if len(code) == 12 else None
    phone = case.phone if case is not None and case.phone else _nobody()
    matches = any(hmac.compare_digest(end, tail.encode()) for end in _ends(phone))
    if case is not None and case.phone and matches:
        return case
    limits.wrong_guess(f"address {address}", f"code {code}")
    _log.warning("a case was asked for with a wrong code or telephone number")
    return None


def correct(actor: Actor, case: Application, *, description: str, words: str, uploads: Iterable[Any]) -> Kept:
    """收到补正, when one was asked for; else the same is kept as a message. After ``RefusedFileError`` nothing is kept.

    The description is the clerk's to read beside the old one: the event keeps what was handed in.
    """
    uploads = list(uploads)
    data = {k: v for k, v in {"source": SOURCE, "description": description, "note": words}.items() if v}
    try:
        with transaction.atomic():
            _hold(case)
            if _is_repeated(case, data, uploads):
                return Kept(False)
            _add(actor, case, uploads, CORRECTION)
            proceed(actor, case, "correction_received", Particulars(data=data))
    except Refused as refusal:
        changed = f"所需信息改为：\n{description}\n\n" if description.strip() != case.description.strip() else ""
        _write(actor, case, f"{changed}{words}".strip() or "（只有材料，没有文字）", uploads)
        return Kept(True, str(refusal))
    return Kept(False)


def write(actor: Actor, case: Application, *, words: str, uploads: Iterable[Any]) -> Kept:
    """A word to the clerk, with papers. Raises ``RefusedFileError``: then nothing is kept."""
    _write(actor, case, words, list(uploads))
    return Kept(True)


def withdraw(actor: Actor, case: Application) -> Application:
    """撤回; pressed twice it is done once. Raises ``Refused`` where the case is finished otherwise."""
    try:
        gone: Application = proceed(actor, case, "withdrawn", Particulars(data={"source": SOURCE}))
    except Refused:
        case.refresh_from_db(fields=["state"])
        if case.state != "WITHDRAWN":
            raise
        return case
    return gone


def _hold(case: Application) -> None:
    """Until the end of the transaction: who presses twice waits for the own first press, and then finds it done."""
    Application._base_manager.select_for_update(no_key=True, of=("self",)).get(pk=case.pk)


def _is_repeated(case: Application, data: dict[str, Any], uploads: list[Any]) -> bool:
    last = case.events.last()
    if last is None or last.event != "correction_received" or last.data != data:
        return False
    return not _new(case, uploads)


def _write(actor: Actor, case: Application, words: str, uploads: list[Any]) -> None:
    """Sent twice it is kept once: what lies in the file already is not added again."""
    head = f"{date_cn(timezone.localdate())}，申请人通过门户网站留言：\n\n"
    note = UploadedFile(ContentFile((head + words).encode()), name=f"申请人留言{timezone.localdate():%Y%m%d}.txt")
    with transaction.atomic():
        _hold(case)
        _add(actor, case, uploads, MESSAGE)
        for paper in _add(actor, case, [note], MESSAGE):
            Message.objects.create(application=case, attachment_id=paper.pk)


def _add(actor: Actor, case: Application, uploads: list[Any], label: str) -> list[Attachment]:
    return [attach(actor, case, upload, label=label) for upload in _new(case, uploads)]


def _new(case: Application, uploads: list[Any]) -> list[Any]:
    """Those whose content does not lie with the case yet."""
    there = set(attachments_of(case).values_list("file__sha256", flat=True)) if uploads else set()
    return [upload for upload in uploads if _sha256(upload) not in there]


def _sha256(upload: Any) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _ends(phone: Sealed) -> tuple[bytes, bytes]:
    """The last four digits: of the number itself, and of all that was written, an extension too. People give either."""
    try:
        written = phone.reveal()
    except SealError:  # its key is missing: the office's trouble, which is no way in
        return b"", b""
    return _last_four(_EXTENSION.sub(r"\1", written)), _last_four(written)


def _last_four(written: str) -> bytes:
    return "".join(sign for sign in written if sign.isdigit())[-4:].encode()


@lru_cache(maxsize=1)
def _nobody() -> Sealed:
    """A number to open where there is none, so that the time tells nothing. No tail of four digits fits it."""
    field = Application._meta.get_field("phone")
    sealed = Sealed.fresh("phone", "13800000000").sealed_for(field.context)  # type: ignore[attr-defined]
    return Sealed(field.kind, sealed=sealed, field=field.context)  # type: ignore[attr-defined]
