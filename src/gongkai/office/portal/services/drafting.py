"""A draft is begun, kept page by page, given papers, and thrown away. Nothing of this is an act of the office.

So nothing of it stands in the act log, but the papers, which go through the same door as all others.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gongkai.office.acts.models import Attachment
from gongkai.office.acts.policy import Actor
from gongkai.office.acts.services.attachments import RefusedFileError, attach
from gongkai.office.bodies.models import Body
from gongkai.office.look.words import size_cn
from gongkai.office.portal import keys
from gongkai.office.portal.forms.papers import MOST, MOST_BYTES
from gongkai.office.portal.models import Draft
from gongkai.office.portal.selectors.drafts import files_of
from gongkai.office.portal.services.expiring import remove_files


def begin(body: Body | None = None) -> tuple[Draft, str]:
    """A new draft and its key, which nobody can tell from the database."""
    key = keys.new_key()
    return Draft.objects.create(key_hash=keys.hash_of(key), body=body), key


def keep(draft: Draft, form: Any) -> bool:
    """Keep the answers of one valid page. False when the draft has meanwhile been submitted: then nothing is kept.

    Two windows of one applicant do not undo each other: only the page's own answers are changed.
    """
    with transaction.atomic():
        form.draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if form.draft.application_id:
            return False
        form.keep()
        form.draft.save()
    return True


def add_paper(actor: Actor, draft: Draft, upload: Any, *, label: str) -> Attachment:
    """Scanned and looked through as every other. Raises ``RefusedFileError`` with the sentence for the applicant."""
    papers = list(files_of(draft))
    if len(papers) >= MOST:
        raise RefusedFileError(f"已经上传了{MOST}个文件，不能再增加；请合并后上传，或者提交后邮寄、当面补交")
    if sum(paper.file.size for paper in papers) + upload.size > MOST_BYTES:
        raise RefusedFileError(f"文件合计不能超过{size_cn(MOST_BYTES)}；可以压缩后上传，或者提交后邮寄、当面补交")
    if draft.body is None:
        raise RefusedFileError("请先选择向哪个机关申请，再上传材料")
    return attach(actor, draft, upload, body=draft.body, label=label)


def remove_paper(draft: Draft, number: int) -> None:
    """One of the draft's own; nothing happens when it is gone already."""
    files_of(draft).filter(pk=number).delete()


def discard(draft: Draft) -> None:
    """At the wish of its owner. Of a submitted one only the way back to the receipt is lost."""
    with transaction.atomic():
        remove_files(draft)
        draft.delete()
