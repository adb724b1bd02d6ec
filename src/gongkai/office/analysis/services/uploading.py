"""Taking in what a person hands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.analysis.limits import AT_ONCE, AT_ONCE_SECONDS
from gongkai.office.analysis.models import Batch, Document, State
from gongkai.office.analysis.policy import policy
from gongkai.office.analysis.services import jobs, originals
from gongkai.office.analysis.services.originals import RefusedFileError

_NAMED = 50  # files that the log names; the rest is counted


class NothingTakenError(Exception):
    """None of the files was taken. ``reasons``: one line for each."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = list(reasons)
        super().__init__("；".join(self.reasons))


@verb("analysis.upload", "上传报告", policy=policy)
def upload(actor: Actor, batch: Batch, files: Sequence[UploadedFile[Any]]) -> Done:
    """Keep the originals of a new batch and have them read. A file that is not taken is a document that says why.

    Raises NothingTakenError when none is taken; nothing is kept then.
    """
    if not files:
        raise NothingTakenError(["没有选择文件"])
    first = originals.shown_name(files[0])
    batch.name = (first if len(files) == 1 else f"{first[:100]} 等{len(files)}个文件")[:160]
    batch.save()
    documents, reasons = [], []
    for number, file in enumerate(files, 1):
        document = Document(batch=batch, body_id=batch.body_id, number=number, name=originals.shown_name(file))
        try:
            kept = originals.keep(actor, batch, file)
        except RefusedFileError as error:
            document.state, document.reason = State.FAILED, str(error)[:500]
            reasons.append(str(error))
        else:
            document.name, document.sha256, document.size = kept.name, kept.file.sha256, kept.file.size
        documents.append(document)
    if len(reasons) == len(documents):
        raise NothingTakenError(reasons)
    Document.objects.bulk_create(documents)
    waiting = [document.pk for document in documents if document.state == State.WAITING]
    jobs.read_later(waiting, AT_ONCE_SECONDS + 2 if is_read_at_once(documents) else 0)
    named = [document.name for document in documents[:_NAMED]]
    return Done(batch, {"files": named, "count": len(documents), "refused": len(reasons)})


def is_read_at_once(documents: Sequence[Document]) -> bool:
    """Whether the person waits for the reading: a single small file."""
    return len(documents) == 1 and documents[0].size <= AT_ONCE
