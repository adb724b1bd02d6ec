"""Personal data in running text: identity numbers, telephones, bank cards, e-mail, each with its place.

For what must not leave the house: log lines, and texts on their way to publication. Numbers are held against their
own arithmetic (check character, Luhn), so that a document number is not taken for a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.office.acts.personal import identity, masks
from gongkai.office.acts.personal.kinds import KINDS

_DIGIT = r"[0-9０-９]"
_EDGE, _END = r"(?<![0-9０-９A-Za-z])", r"(?![0-9０-９A-Za-z])"
_GAP = r"[ \u3000-]?"
_IDENTITY = re.compile(rf"{_EDGE}{_DIGIT}{{6}}{_GAP}{_DIGIT}{{8}}{_GAP}{_DIGIT}{{3}}[0-9０-９XxＸｘ]{_END}")
_OLD_IDENTITY = re.compile(rf"{_EDGE}{_DIGIT}{{15}}{_END}")
_MOBILE = re.compile(
    rf"(?<![0-9０-９A-Za-z.])(?:(?:\+|＋|00)?86{_GAP})?[1１][3-9３-９]{_DIGIT}{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{4}}{_END}"
)
_CARD = re.compile(rf"{_EDGE}{_DIGIT}{{4}}(?:{_GAP}{_DIGIT}{{4}}){{3}}(?:{_GAP}{_DIGIT}{{1,3}})?{_END}")
_ADDRESS = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])", re.ASCII
)
_PATTERNS = (  # of two that begin at the same place the first is taken
    (_IDENTITY, "identity"),
    (_OLD_IDENTITY, "identity"),
    (_CARD, "account"),
    (_MOBILE, "phone"),
    (_ADDRESS, "email"),
)
# What bank cards begin with: UnionPay and older domestic cards (16 to 19 digits); Visa, Mastercard, JCB (16).
_CARD_NUMBER = re.compile(r"(?:62|955)\d{13,17}|(?:4\d|5[1-5]|2[2-7]|35)\d{14}")


@dataclass(frozen=True, slots=True)
class PersonalSpan:
    """``text[start:end]`` is personal data; ``kind`` is a key of KINDS, ``mask`` what may stand there instead."""

    start: int
    end: int
    kind: str
    mask: str

    @property
    def label(self) -> str:
        return KINDS[self.kind].label


def find_personal(text: str) -> list[PersonalSpan]:
    """What of ``text`` is personal data, in order and without overlaps. Time grows with the length of the text."""
    candidates = [
        (span, rank)
        for rank, (pattern, kind) in enumerate(_PATTERNS)
        for match in pattern.finditer(text)
        if (span := _span(match, kind))
    ]
    found: list[PersonalSpan] = []
    for span, _ in sorted(candidates, key=lambda candidate: (candidate[0].start, candidate[1])):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


def masked(text: str) -> str:
    """``text`` with a mask in the place of each piece of personal data."""
    pieces, at = [], 0
    for span in find_personal(text):
        pieces += [text[at : span.start], span.mask]
        at = span.end
    return "".join([*pieces, text[at:]])


def _span(match: re.Match[str], kind: str) -> PersonalSpan | None:
    value = match[0]
    if kind == "identity" and identity.fault(value):
        return None
    if kind == "account":
        value = re.sub(r"\D", "", identity.normalised(value))
        if not _CARD_NUMBER.fullmatch(value) or not _luhn(value):
            return None
    mask = {"identity": masks.identity, "account": masks.account, "phone": masks.phone, "email": masks.email}[kind]
    return PersonalSpan(match.start(), match.end(), kind, mask(value))


def _luhn(digits: str) -> bool:
    """The check digit of bank cards (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
