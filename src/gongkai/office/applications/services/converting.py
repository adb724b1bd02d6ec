"""Office files become PDF where LibreOffice is on the machine; else the clerk is asked for a PDF, in plain words.

Conversion is work of a job: ordered by ``order``, done by ``convert``.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gongkai.office.acts.attachments.errors import StoreError
from gongkai.office.acts.models import Attachment, Work
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.selectors.work import works_of
from gongkai.office.acts.services import work as works
from gongkai.office.acts.services.attachments import RefusedFileError, attach
from gongkai.office.applications import programs
from gongkai.office.applications.models import Application
from gongkai.office.applications.policy import policy
from gongkai.office.applications.selectors.enclosing import CONVERT
from gongkai.office.applications.services.redacting import case_of, lent

SECONDS = 90
CONVERTED = "转换的PDF"
KINDS = frozenset({"docx", "doc", "odt", "rtf", "wps", "xlsx", "xls", "ods", "et", "pptx", "ppt", "odp", "dps"})
ASK_FOR_PDF = "本机没有安装可以转换的软件：请在Word或者WPS中打开，另存为PDF，再作为材料上传后遮盖。"


def converter() -> str | None:
    """The program, if there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def order(actor: Actor, case: Application, *, original: Attachment) -> Work:
    """Have a job make a PDF of it; what is being made already is enough. Raises ``Refused``."""
    with transaction.atomic():
        _demand(actor, case)
        _program()
        if original.file.kind_key not in KINDS:
            raise Refused("这种文件不能转换为PDF；请提供PDF。")
        # One after the other: a second click finds the work of the first.
        Application.objects.select_for_update(no_key=True).get(pk=case.pk)
        before = works_of(original).get(CONVERT)
        if before is not None and before.state == Work.State.DONE:
            raise Refused("已经转换过，不用再次转换。")
        return works.ask(actor, CONVERT, original)


def convert(work: Work, hand: works.Hand) -> None:
    """The work: a PDF as a further paper of the case. Raises ``Refused``, ``StoppedError``."""
    original = Attachment.objects.select_related("file").get(pk=work.thing_id)
    case, actor = case_of(original), works.actor_of(work)
    _demand(actor, case)
    try:
        with lent(original) as copy:
            content = _converted(_program(), copy, hand)
    except StoreError as error:
        raise Refused(f"{error}。") from error
    name = f"{Path(original.name).stem[:80]}.pdf"
    upload = UploadedFile(ContentFile(content), name, "application/pdf", len(content))
    try:
        with transaction.atomic():
            made = attach(actor, case, upload, label=CONVERTED)
            works.finish(work, made=made.pk)
    except RefusedFileError as refusal:
        raise Refused(f"{refusal}。") from refusal


def _program() -> str:
    program = converter()
    if program is None:
        raise Refused(ASK_FOR_PDF)
    return program


def _demand(actor: Actor, case: Application) -> None:
    verdict = policy.may(actor, "applications.redact", case)
    if not verdict:
        raise Refused(verdict.why)


def _converted(program: str, copy: Path, hand: works.Hand) -> bytes:
    # A profile of its own, beside the copy and gone with it: two at once would wait for each other's, and macros of the
    # user's would run.
    profile = (copy.parent / "profile").resolve().as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", "pdf", "--outdir", str(copy.parent), str(copy)]
    try:
        programs.run(command, SECONDS, heed=lambda report: hand.heed(), folder=copy.parent)
    except programs.TooLongError as error:
        raise Refused("转换时间过长，已停止；请自行另存为PDF后上传。") from error
    made = copy.with_suffix(".pdf")
    if not made.is_file():
        raise Refused("没有转换成功，文件可能设有密码或者已损坏；请自行另存为PDF后上传。")
    return made.read_bytes()
