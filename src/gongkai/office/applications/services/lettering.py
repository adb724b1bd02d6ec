"""Writing letters: drafts, checked as they are saved; nothing is numbered yet."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.letters import LetterError
from gongkai.office.applications.models import Application, CaseEvent, Letter
from gongkai.office.applications.models.letter import is_reply
from gongkai.office.applications.policy import policy
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.selectors.letter_facts import composed, find, signed_reply
from gongkai.office.bodies.services.changes import StaleError


@verb("applications.write_letter", "拟写文书", policy=policy)
def write_letter(actor: Actor, case: Application, *, kind: str, content: Content, event: int = 0) -> Done:
    """A draft. ``event``: the key of the one that it goes with; 0: the newest that it may go with, or none.

    Raises ``Refused`` with what is missing, or where the case has no such letter now.
    """
    if is_reply(kind) and signed_reply(case) is not None:
        raise Refused("答复书已经签发，不能另写一份。")
    _not_in_review(case, kind)
    events = list(case.events.all())
    title = _checked(case, events, kind, content, event)
    chosen = find(case, events, kind, event, timezone.localdate())
    letter = Letter.objects.create(
        application=case,
        event=chosen.event if chosen else None,
        kind=kind,
        title=title,
        content=content.dumped(),
        made_by_id=actor.person.pk if actor.person else None,
        made_by_name=actor.name,
    )
    return Done(letter, {"文书": title})


@verb("applications.rewrite_letter", "修改文书", policy=policy)
def rewrite_letter(actor: Actor, letter: Letter, *, content: Content, version: int | None = None) -> Done:
    """A draft only: what is signed or sent stands. Raises ``Refused``, ``StaleError``."""
    if version is not None and version != letter.version:
        raise StaleError(letter, version)
    if letter.state != Letter.State.DRAFT:
        raise Refused(f"这份文书{letter.state.label}，不能再修改。")
    case = letter.application
    _not_in_review(case, letter.kind)
    _checked(case, list(case.events.all()), letter.kind, content, letter.event_id or 0)
    letter.content = content.dumped()
    letter.version += 1
    letter.save(update_fields=["content", "version"])
    return Done(letter, {"文书": letter.title, "version": letter.version})


@verb("applications.drop_letter", "删除文书草稿", policy=policy)
def drop_letter(actor: Actor, letter: Letter) -> Done:
    """Only a draft can go."""
    if letter.state != Letter.State.DRAFT:
        raise Refused(f"这份文书{letter.state.label}，不能删除。")
    case, title, key = letter.application, letter.title, letter.pk
    _not_in_review(case, letter.kind)
    letter.delete()
    return Done(case, {"文书": title, "编号": key})


def _not_in_review(case: Application, kind: str) -> None:
    """What the reviewer agreed to is what is signed."""
    if is_reply(kind) and case.state == "REVIEW":
        raise Refused("答复书已提交审核，请先退回再修改。")


def _checked(case: Application, events: Sequence[CaseEvent], kind: str, content: Content, event: int) -> str:
    """The title of the letter that could go out today."""
    try:
        made = composed(case, events, kind, content, on=timezone.localdate(), event=event)
    except LetterError as error:
        raise Refused(f"{error}。") from error
    return made.title[:120]
