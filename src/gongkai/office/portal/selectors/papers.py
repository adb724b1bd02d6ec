"""Papers of a case that are meant for its applicant: letters that were sent, and what goes with a signed reply.

With the reply goes what its signature enclosed, whatever is put up, marked or burned afterwards. A paper that lies with
the case under the title of a letter to the applicant (from before letters were made here) counts as sent.
"""

from __future__ import annotations

from functools import cache

from gongkai.office.acts.models import Attachment
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.applications.letters import catalogue
from gongkai.office.applications.models import Application
from gongkai.office.applications.selectors.enclosing import enclosed_unasked
from gongkai.office.applications.selectors.for_applicant import for_applicant
from gongkai.office.applications.selectors.letter_facts import signed_reply

REPLY = "政府信息公开申请答复书"
# Made in the office and kept there, though it goes by the applicant's name.
_STAYS = frozenset({"政府信息公开申请登记表"})


@cache
def _letters() -> frozenset[str]:
    found = {entry.title for entry in catalogue.entries() if entry.to == catalogue.APPLICANT}
    return frozenset(found - {REPLY} - _STAYS)


def papers_of(case: Application) -> list[Attachment]:
    """What the applicant may read now, by the day of sending, of a letter the PDF first; a handful of queries."""
    labels = _letters() | ({REPLY} if case.replied_on else set())
    found = [*attachments_of(case).filter(label__in=labels)]
    found += [file for letter in sorted(for_applicant(case), key=lambda one: one.sent_on) for file in letter.files]
    if case.replied_on:
        found += _with_the_reply(case)
    return list({one.pk: one for one in found}.values())


def _with_the_reply(case: Application) -> list[Attachment]:
    """What the signed reply encloses, no more and no less; where none was signed here, what was put up for it."""
    signed = signed_reply(case)
    return list(signed.enclosed.select_related("file")) if signed else enclosed_unasked(case)
