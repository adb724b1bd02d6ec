"""Attaching files: kept before the act, recorded by it, looked through and scanned at once or by a job after it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from gongkai.office.acts.attachments import content, names, scanning
from gongkai.office.acts.attachments.errors import DamagedError, StoreError
from gongkai.office.acts.attachments.hidden.inspection import SECONDS, inspect, unfinished
from gongkai.office.acts.attachments.scanning import Verdict
from gongkai.office.acts.attachments.store import FileStore, Stored
from gongkai.office.acts.jobs import enqueue
from gongkai.office.acts.models import Attachment, StoredFile
from gongkai.office.acts.personal.keys import keyring
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.thing_policy import THING_POLICY
from gongkai.office.acts.verbs import Done, verb

_log = logging.getLogger(__name__)

MOST = 200  # attachments of one thing
JOB = "acts.examine"
_AT_ONCE = 2 * 1024 * 1024  # bytes: a file this small is looked through while its sender waits
_WAIT = 4.0  # seconds for that


class RefusedFileError(Exception):
    """A file that is not taken; ``str(error)`` is the Chinese sentence that says why, for beside the form field."""


class TryAgainError(Exception):
    """The scanner could not say this time; the job is to be run again."""


def store() -> FileStore:
    """The files of this office, sealed with its data keys."""
    return FileStore(Path(settings.DATA) / "files", keyring())


def attach(
    actor: Actor, thing: Any, upload: UploadedFile[Any], *, body: Any = None, label: str = "", ground: str = ""
) -> Attachment:
    """Attach what was uploaded to ``thing``; ``body`` (by default the thing's own) is the body whose file it is.

    The policy of the thing's app is asked ``<app>.attach``. Raises ``Refused``, and ``RefusedFileError`` for programs,
    viruses, empty files, files too large, too many of them, or the same once more.
    """
    return _taken(actor, thing, upload, _looked_at, body=body, label=label, ground=ground)


def attach_made(actor: Actor, thing: Any, name: str, data: bytes, *, label: str = "") -> Attachment:
    """Attach a paper that the program has just made: nobody hid anything in it, so it is not looked through.

    Raises as ``attach`` does.
    """
    upload = UploadedFile(ContentFile(data), name, size=len(data))
    return _taken(actor, thing, upload, _made_here, body=None, label=label, ground="")


def _taken(
    actor: Actor,
    thing: Any,
    upload: UploadedFile[Any],
    look: Callable[[Stored, str], StoredFile],
    *,
    body: Any,
    label: str,
    ground: str,
) -> Attachment:
    verdict = THING_POLICY.may(actor, "acts.attach", thing)
    if not verdict:  # before anything is written to the disk; the act asks again
        raise Refused(verdict.why)
    name = names.clean(upload.name or "")
    try:
        stored = store().put(upload.chunks(), settings.UPLOAD_BYTES, declared=upload.size)
        file = _known(stored) or look(stored, name)
    except StoreError as error:
        raise RefusedFileError(f"“{name}”：{error}") from error
    attachment = Attachment(
        name=name,
        label=label,
        thing_type=thing._meta.label_lower,
        thing_id=str(thing.pk),
        body=thing.body if body is None else body,
        uploaded_by_id=actor.person.pk if actor.person else None,
        uploaded_by_name=actor.name,
    )
    if file.scan.verdict == Verdict.INFECTED:
        raise RefusedFileError(f"“{name}”没有保存：{file.scan.sentence()}")
    for finding in file.findings or ():
        if finding.kind == "state_secret":
            raise RefusedFileError(f"“{name}”没有保存：{finding.sentence}（{finding.excerpt}）")
    _attached(actor, thing, attachment, file, ground=ground)
    return attachment


def attach_again(actor: Actor, thing: Any, earlier: Attachment) -> Attachment:
    """Attach what is attached elsewhere to ``thing`` too: a paper of a draft to the case that came of it.

    The content was looked through when it came; name and label stay. Raises as ``attach`` does.
    """
    attachment = Attachment(
        name=earlier.name,
        label=earlier.label,
        thing_type=thing._meta.label_lower,
        thing_id=str(thing.pk),
        body=thing.body,
        uploaded_by_id=actor.person.pk if actor.person else None,
        uploaded_by_name=actor.name,
    )
    _attached(actor, thing, attachment, earlier.file, ground="")
    return attachment


@verb("acts.attach", "上传附件", policy=THING_POLICY)
def _attached(actor: Actor, thing: Any, attachment: Attachment, file: StoredFile) -> Done:
    before = Attachment.objects.filter(thing_type=attachment.thing_type, thing_id=attachment.thing_id)
    if before.count() >= MOST:
        raise RefusedFileError(f"附件已有 {MOST} 个，不能再增加；请把零散的材料合并后上传")
    if before.filter(file__sha256=file.sha256).exists():
        raise RefusedFileError(f"“{attachment.name}”的内容与已有的附件相同，不用重复上传")
    attachment.file = _recorded(file)
    attachment.save()
    if _is_open(attachment.file):
        _defer(attachment.file.pk)
    return Done(thing, {"附件": attachment.name, "编号": attachment.pk, "校验值": file.sha256})


def examine(file_id: int) -> None:
    """Look through and scan a file where that has not been done; run by the job, which may come twice.

    Raises ``TryAgainError`` when the scanner could not say, or the file could not be opened for now.
    """
    file = StoredFile.objects.filter(pk=file_id).first()
    if file is None or file.damaged:
        return
    try:
        if file.findings_json is None:
            _inspect(file, SECONDS)
        if _scan_is_open(file):
            _scan(file)
    except DamagedError as error:
        _log.error("stored file %s: %s", file.sha256, error)
        StoredFile.objects.filter(pk=file.pk).update(damaged=True)
        return
    except StoreError as error:  # a key that is missing, a full disk: neither is the file's fault
        raise TryAgainError(str(error)) from error
    file.save(update_fields=["findings_json", "inspected_at", "scan_verdict", "scan_detail", "scanned_at"])
    if file.scan_verdict == Verdict.FAILED:
        raise TryAgainError(file.scan_detail)


def examine_later(files: Any) -> None:
    """Give the files that are still open (a query of StoredFile) a job each."""
    for file in files.iterator(chunk_size=500):
        if _is_open(file):
            _defer(file.pk)


def _known(stored: Stored) -> StoredFile | None:
    return StoredFile.objects.filter(sha256=stored.sha256).first()


def _made_here(stored: Stored, name: str) -> StoredFile:
    """The record of what the program made, not yet saved; a scanner, where there is one, is asked by the job."""
    file = _new(stored, name)
    file.findings, file.inspected_at = (), timezone.now()
    return file


def _new(stored: Stored, name: str) -> StoredFile:
    """The record of new content. Raises RefusedFileError."""
    with store().open(stored.sha256) as original:
        kind = content.kind_of_file(original)
    if refusal := names.refusal(name, kind):
        raise RefusedFileError(refusal)
    return StoredFile(sha256=stored.sha256, size=stored.size, kind_key=kind.key)


def _looked_at(stored: Stored, name: str) -> StoredFile:
    """The record of new content, not yet saved. Raises RefusedFileError."""
    file = _new(stored, name)
    if stored.size <= _AT_ONCE:
        _inspect(file, _WAIT)
        if _scan_is_open(file):
            _scan(file)
    return file


def _recorded(file: StoredFile) -> StoredFile:
    """The record in the database: of two that hand in the same at once one makes it."""
    if file.pk is not None:
        return file
    fields = {field.name: getattr(file, field.attname) for field in file._meta.fields if not field.primary_key}
    for made_by_the_database in ("created_at", "verified_at"):
        del fields[made_by_the_database]
    return StoredFile.objects.get_or_create(sha256=fields.pop("sha256"), defaults=fields)[0]


def _inspect(file: StoredFile, seconds: float) -> None:
    with store().open(file.sha256) as original:
        found = inspect(original, file.kind_key, seconds)
    if seconds < SECONDS and unfinished(found):
        return  # the job takes the time it needs
    file.findings, file.inspected_at = found, timezone.now()


def _scan(file: StoredFile) -> None:
    scan = scanning.scan(store(), file.sha256, *_scanner())
    file.scan_verdict, file.scan_detail, file.scanned_at = scan.verdict.value, scan.detail, timezone.now()


def _scanner() -> tuple[str, str]:
    """The command and the address of clamd; "" for what there is not."""
    return settings.SCAN_COMMAND, settings.CLAMD


def _scan_is_open(file: StoredFile) -> bool:
    """Never asked, or asked in vain: where there is a scanner it is asked (again)."""
    return any(_scanner()) and file.scan.verdict in (Verdict.NOT_SCANNED, Verdict.FAILED)


def _is_open(file: StoredFile) -> bool:
    return not file.damaged and (file.findings_json is None or _scan_is_open(file))


def _defer(file_id: int) -> None:
    enqueue(JOB, once=f"{JOB}:{file_id}", file_id=file_id)
