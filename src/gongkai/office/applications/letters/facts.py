"""What is known when a letter is written: who writes, to whom, when, about which case, and the values of fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.statute.cases import Case

FieldValue = str | date | int | list[str] | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Sender:
    """The body that writes. ``kind``: key of ``remedies.BODIES``.

    ``authorities``: key of ``remedies.AUTHORITIES`` → name of the body that hears the appeal; ``courts``: key of
    ``remedies.COURTS`` → name. ``office``, ``address``, ``phone``: of those who handle disclosure, printed at the end.
    """

    name: str
    kind: str
    authorities: Mapping[str, str] = field(default_factory=dict)
    courts: Mapping[str, str] = field(default_factory=dict)
    office: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """An applicant, a third party, another body. ``natural``: a person, not an organisation."""

    name: str
    natural: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """``on``: the day the letter is sent, which decides the law it states. ``values``: key of a field (``fields.toml``,
    not the derived ones) → its value. ``recipients``: for letters to others than the applicants.

    ``case``: received and events as the clock knows them; the history and the terms come from it. ``number``: the whole
    document number, empty in a draft.
    """

    sender: Sender
    on: date
    applicants: tuple[Party, ...]
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    recipients: tuple[Party, ...] = ()
    case: Case | None = None
    number: str = ""
    attachments: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
