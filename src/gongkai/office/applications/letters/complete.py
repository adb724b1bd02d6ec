"""What a letter must say and, from these facts, does not: every statutory part of it, not the first gap alone."""

from __future__ import annotations

from gongkai.office.applications.letters import checking
from gongkai.office.applications.letters.catalogue import Entry, Part, entry
from gongkai.office.applications.letters.composing import compose, value_of
from gongkai.office.applications.letters.errors import LetterError
from gongkai.office.applications.letters.facts import Facts
from gongkai.office.applications.letters.fields import known_fields


def lacks(kind: str, facts: Facts, template: str | None = None) -> tuple[str, ...]:
    """Names of the parts of ``kind`` that cannot be said yet, in the order of the catalogue; empty when it is whole.

    Where nothing but a part that the law does not ask for is missing, that is named. Raises ``LetterError`` for an
    unknown kind, or a day on which the law has no such letter.
    """
    letter = entry(kind, facts.on)
    if template is not None and (found := checking.problems(template, letter)):
        return tuple(problem.text for problem in found)
    missing = tuple(words for part in letter.parts if not part.may and (words := _lacking(part, facts, letter)))
    if missing:
        return missing
    try:
        compose(kind, facts, template)
    except LetterError as error:
        return (str(error),)
    return ()


def _lacking(part: Part, facts: Facts, letter: Entry) -> str:
    for name in part.fields:
        field = known_fields()[name]
        try:
            value = value_of(field, facts, letter)
        except LetterError as error:
            # What is computed says why it cannot be; what is written down is simply not there.
            return f"{part.name}（{error}）" if field.derived else part.name
        if not value and not part.if_known:
            return part.name
    return ""
