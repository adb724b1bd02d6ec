"""Facts of nobody, for the preview of a wording: names and numbers that cannot be anyone's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from gongkai.office.applications.letters.catalogue import AGENCY, APPLICANT, Entry, entry
from gongkai.office.applications.letters.composing import compose
from gongkai.office.applications.letters.facts import Facts, FieldValue, Party, Sender
from gongkai.office.applications.letters.fields import known_fields
from gongkai.office.applications.letters.letter import Letter
from gongkai.office.applications.letters.wording import document_number
from gongkai.statute import cases, fees
from gongkai.statute.cases import Case, Event
from gongkai.statute.remedies import AUTHORITIES

SENDER = Sender(
    name="某县自然资源局",
    kind="department",
    authorities={
        **dict.fromkeys(AUTHORITIES, "某县人民政府"),
        "upper_government": "某市人民政府",
        "upper_department": "某市自然资源局",
    },
    courts={"basic": "某县人民法院", "intermediate": "某市中级人民法院"},
    office="某县自然资源局办公室",
    address="某县某街1号",
    phone="0000-1234567",
)
_NUMBER = 5
_DAY = date(2024, 3, 11)  # on which a letter with the dates of the samples would go; they move with the day asked for
_RECEIVED = date(2024, 1, 22)
_EVENTS = (
    Event(date(2024, 1, 26), cases.CONSULT_THIRD_PARTY),
    Event(date(2024, 2, 20), cases.OPINION_RECEIVED),
    Event(date(2024, 3, 1), cases.EXTEND, days=15),
)


def sample_facts(kind: str, on: date, sender: Sender = SENDER) -> Facts:
    """Facts with which every letter can be composed, sent on ``on``. Raises ``LetterError`` as ``entry`` does."""
    letter = entry(kind, on)
    moved = _Moved(on - _DAY, letter.valid_from)
    values: dict[str, FieldValue] = {f.key: moved.value(f.sample) for f in known_fields().values() if f.sample}
    values |= {known_fields()[name].key: sample for name, sample in letter.samples}
    fee: dict[str, FieldValue] = {"fee_basis": fees.ITEM, "fee_count": 5, "fee_already": 10, "fee_yuan": 500}
    values |= fee if letter.kind != "fee" else {k: v for k, v in fee.items() if k != "fee_yuan"}
    code = "某自然资"
    return Facts(
        sender=sender,
        on=on,
        applicants=(Party("张某某"),),
        values=values,
        recipients=_recipients(letter),
        case=Case(moved.day(_RECEIVED), tuple(event._replace(on=moved.day(event.on)) for event in _EVENTS)),
        number=document_number(code, letter.series, on.year, _NUMBER) if letter.series else "",
    )


def preview(kind: str, template: str | None = None, on: date | None = None, sender: Sender = SENDER) -> Letter:
    """The letter with sample facts, sent on ``on`` (default: today). Raises ``LetterError`` as ``compose`` does."""
    return compose(kind, sample_facts(kind, on or date.today(), sender), template)


class _Moved(NamedTuple):
    """The dates of the samples moved by ``by``, none before ``first``."""

    by: timedelta
    first: date

    def day(self, day: date) -> date:
        return max(day + self.by, self.first)

    def value(self, sample: FieldValue) -> FieldValue:
        return self.day(sample) if isinstance(sample, date) else sample


def _recipients(letter: Entry) -> tuple[Party, ...]:
    if letter.to == APPLICANT:
        return ()
    return (Party("某县住房和城乡建设局" if letter.to == AGENCY else "某某机械有限公司", natural=False),)
