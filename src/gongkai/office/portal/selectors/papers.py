"""Papers of a case that are meant for its applicant: letters that were sent, and what goes with a signed reply.

What was blacked out is given out only as it is marked now: a file burned earlier, with fewer boxes, stays inside. A
paper that lies with the case under the title of a letter to the applicant (from before letters were made here) counts
as sent.
"""

from __future__ import annotations

from functools import cache

from gongkai.office.acts.models import Attachment
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.applications.letters import catalogue
from gongkai.office.applications.models import Application, Letter
from gongkai.office.applications.selectors.for_applicant import for_applicant
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.selectors.letter_facts import enclosable, enclosures
from gongkai.office.applications.services.redacting import REDACTED

REPLY = "政府信息公开申请答复书"
# Made in the office and kept there, though it goes by the applicant's name.
_STAYS = frozenset({"政府信息公开申请登记表"})
_GRANTING = ("granted", "partially_granted")


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
    """What the signed reply encloses; where none was written here, all that was put up for it."""
    signed = [one for one in case.letters.all() if one.is_reply and one.state != Letter.State.DRAFT]
    files = enclosures(case, Content.of(signed[-1]).enclosed) if signed else enclosable(case)
    # What was blacked out for a refusal in the end stays inside.
    return [one for one in files if one.label != REDACTED or case.outcome.startswith(_GRANTING)]
