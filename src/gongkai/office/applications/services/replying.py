"""The reply is composed as it is signed: its number is the decision's, and from then on it stands as it is."""

from __future__ import annotations

from gongkai.office.acts.policy import Actor
from gongkai.office.applications.letters import LetterError, reply_kind
from gongkai.office.applications.models import Application, CaseEvent, Letter
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.selectors.letter_facts import composed, enclosable


def reply_draft(case: Application) -> Letter | None:
    """What the handler wrote beforehand of the reply that is now decided."""
    drafts = case.letters.filter(kind=reply_kind(case.decision.outcome), sent_on=None, number="")
    return drafts.order_by("pk").last()


def sign_reply(actor: Actor, case: Application, signed: CaseEvent) -> Letter | None:
    """Within the act of signing, after the number was given.

    ``None`` where the decision does not say all that this reply must say: then it is written afterwards, under the
    number that the signature gave.
    """
    draft = reply_draft(case)
    content = Content.of(draft) if draft else Content(enclosed=tuple(one.pk for one in enclosable(case)))
    events = [*case.events.exclude(pk=signed.pk), signed]
    kind, number = reply_kind(case.decision.outcome), case.decision.number
    try:
        made = composed(case, events, kind, content, on=signed.on, number=number)
    except LetterError:
        return None
    letter = draft or Letter(
        application=case,
        kind=kind,
        made_by_id=actor.person.pk if actor.person else None,
        made_by_name=actor.name,
    )
    letter.title, letter.number, letter.content = made.title[:120], number, content.fixed(made).dumped()
    letter.version += 1 if draft else 0
    letter.save()
    return letter
