"""Papers of a case that are meant for its applicant: letters once they lie there, answers once they are signed.

A paper is meant for the applicant by its label: the title of a letter of the catalogue that goes to the applicant, or
one of ``WITH_THE_REPLY``. Who makes letters attaches them under their titles, and they appear here.
"""

from __future__ import annotations

from functools import cache

from gongkai.office.acts.models import Attachment
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.applications.letters import catalogue
from gongkai.office.applications.models import Application
from gongkai.office.applications.services.redacting import REDACTED

REPLY = "政府信息公开申请答复书"
WITH_THE_REPLY = frozenset({REPLY, "答复附件", REDACTED})
# Made in the office and kept there, though it goes by the applicant's name.
_STAYS = frozenset({"政府信息公开申请登记表"})
_GRANTING = ("granted", "partially_granted")


@cache
def _letters() -> frozenset[str]:
    found = {entry.title for entry in catalogue.entries() if entry.to == catalogue.APPLICANT}
    return frozenset(found - WITH_THE_REPLY - _STAYS)


def papers_of(case: Application) -> list[Attachment]:
    """What the applicant may read now, in the order in which it came; one query."""
    labels = set(_letters())
    if case.replied_on:
        labels |= {REPLY, "答复附件"}
        if case.outcome.startswith(_GRANTING):  # what was blacked out for a refusal in the end stays inside
            labels.add(REDACTED)
    return list(attachments_of(case).filter(label__in=labels))
