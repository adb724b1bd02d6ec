"""The reply is composed as it is signed: its number is the decision's, and from then on it stands as it is."""

from __future__ import annotations

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.applications.letters import LetterError
from gongkai.office.applications.models import Application, CaseEvent, Letter
from gongkai.office.applications.selectors.enclosing import enclosures
from gongkai.office.applications.selectors.letter_facts import reply, reply_draft


def sign_reply(actor: Actor, case: Application, signed: CaseEvent) -> Letter:
    """Within the act of signing, after the number was given: the letter, and what it encloses, for good.

    Raises ``Refused`` where somebody took words out of the draft since the course let the signature pass.
    """
    draft, number = reply_draft(case, held=True), case.decision.number
    events = [*case.events.exclude(pk=signed.pk), signed]
    try:
        made, content = reply(case, events, signed.on, number)
    except LetterError as error:
        raise Refused(f"{error}。") from error
    letter = draft or Letter(
        application=case,
        kind=made.kind,
        made_by_id=actor.person.pk if actor.person else None,
        made_by_name=actor.name,
    )
    letter.title, letter.number, letter.content = made.title[:120], number, content.fixed(made).dumped()
    letter.version += 1 if draft else 0
    letter.save()
    letter.enclosed.set(enclosures(case, content.enclosed))
    return letter
