"""What an applicant may read of the own case: letters that were sent, and the files that went with them.

For the portal::

    for_applicant(case: Application) -> list[Paper]                     # the newest first
    file_for_applicant(case: Application, pk: int) -> Attachment | None  # for acts.attachments.serving.download

Whether who asks is the applicant, the portal has found out. Drafts, letters to others, and the registration form (a
paper of the body's own) are never among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.office.acts.models import Attachment
from gongkai.office.applications.letters.catalogue import APPLICANT
from gongkai.office.applications.letters.checking import newest
from gongkai.office.applications.models import Application, Letter
from gongkai.office.applications.selectors.letter_content import Content

_INTERNAL = "register_form"


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter. ``files``: the letter itself (PDF, else DOCX, both where there are both), then what was enclosed."""

    title: str
    number: str
    sent_on: date
    is_reply: bool
    files: tuple[Attachment, ...]
    text: str


def for_applicant(case: Application) -> list[Paper]:
    """Three queries, however many letters. Raises ``SealError`` where the key of the data is missing."""
    found = []
    for letter in _sent(case):
        own = tuple(one for one in (letter.pdf, letter.docx) if one is not None)
        composed = Content.of(letter).letter
        text = composed.text if composed else ""
        assert letter.sent_on is not None
        files = (*own, *letter.enclosed.all())
        found.append(Paper(letter.title, letter.number, letter.sent_on, letter.is_reply, files, text))
    return sorted(found, key=lambda paper: paper.sent_on, reverse=True)


def file_for_applicant(case: Application, pk: int) -> Attachment | None:
    """One of the files of ``for_applicant``; ``None`` for any other."""
    for letter in _sent(case):
        for one in (letter.pdf, letter.docx, *letter.enclosed.all()):
            if one is not None and one.pk == pk:
                return one
    return None


def _sent(case: Application) -> list[Letter]:
    letters = case.letters.filter(sent_on__isnull=False).select_related("pdf__file", "docx__file")
    return [one for one in letters.prefetch_related("enclosed__file") if _to_applicant(one.kind)]


def _to_applicant(kind: str) -> bool:
    return kind != _INTERNAL and newest(kind).to == APPLICANT
