"""Office files become PDF where LibreOffice is on the machine; else the clerk is asked for a PDF, in plain words."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from gongkai.office.acts.models import Attachment
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.services.attachments import attach
from gongkai.office.applications.models import Application
from gongkai.office.applications.services.redacting import path_of

SECONDS = 90
CONVERTED = "转换的PDF"
KINDS = frozenset({"docx", "doc", "odt", "rtf", "wps", "xlsx", "xls", "ods", "et", "pptx", "ppt", "odp", "dps"})
ASK_FOR_PDF = "本机没有安装可以转换的软件：请在Word或者WPS中打开，另存为PDF，再作为材料上传后遮盖。"


def converter() -> str | None:
    """The program, if there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(actor: Actor, case: Application, *, original: Attachment) -> Attachment:
    """A PDF of an office file as a further paper of the case. Raises ``Refused``, ``RefusedFileError``."""
    program = converter()
    if program is None:
        raise Refused(ASK_FOR_PDF)
    if original.file.kind_key not in KINDS:
        raise Refused("这种文件不能转换为PDF；请提供PDF。")
    content = _converted(program, path_of(original), original.file.kind.suffix)
    name = f"{Path(original.name).stem[:80]}.pdf"
    upload = UploadedFile(ContentFile(content), name, "application/pdf", len(content))
    return attach(actor, case, upload, label=CONVERTED)


def _converted(program: str, source: Path, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"original.{suffix}"
        shutil.copyfile(source, copy)
        # A profile of its own: two at once would wait for each other's, and macros of the user's would run.
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", folder, str(copy)]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise Refused("转换时间过长，已停止；请自行另存为PDF后上传。") from error
        made = copy.with_suffix(".pdf")
        if not made.is_file():
            raise Refused("没有转换成功，文件可能设有密码或者已损坏；请自行另存为PDF后上传。")
        return made.read_bytes()
