"""From the facts of a case to a letter. What is missing is named; a wording without its statutory parts is refused."""

from __future__ import annotations

from datetime import date, datetime

from gongkai.office.applications.letters import checking, derived
from gongkai.office.applications.letters.catalogue import SENDER, Entry, entry
from gongkai.office.applications.letters.errors import LetterError
from gongkai.office.applications.letters.facts import Facts, Party
from gongkai.office.applications.letters.fields import Field, keys, known_fields, shown
from gongkai.office.applications.letters.letter import Letter, Row
from gongkai.office.applications.letters.template import fill, named, names_in, paragraphs
from gongkai.office.applications.letters.wording import plain


def compose(kind: str, facts: Facts, template: str | None = None) -> Letter:
    """The letter ``kind`` (``catalogue.kinds()``) of these facts, in the county's wording where it has one.

    Raises ``LetterError``: for a fact that is missing or of another type, a wording that ``check`` objects to, a day on
    which the law has no such letter.
    """
    if isinstance(facts.on, datetime) or not isinstance(facts.on, date):
        raise LetterError("缺少“发文日期”（文书送出的日期）")
    letter = entry(kind, facts.on)
    if template is not None:
        found = checking.problems(template, letter)
        if found:
            raise LetterError(f"“{letter.title}”的模板不能使用：{found[0].text}")
    _refuse_unknown(facts)
    if not plain(facts.sender.name):
        raise LetterError("缺少发文机关的名称")
    filling = _Filling(facts, letter)
    lines = paragraphs(letter.text if template is None else template)
    text = tuple(line for paragraph in lines for line in filling.paragraph(paragraph))
    return Letter(
        kind=kind,
        title=f"{'' if letter.by_hand else plain(facts.sender.name)}{letter.title}",
        number=plain(facts.number) if letter.series else "",
        date=facts.on,
        addressees=() if letter.table else tuple(plain(party.name) for party in _addressees(facts, letter)),
        paragraphs=text,
        body=plain(facts.sender.name),
        rows=tuple(filling.row(row) for row in letter.rows),
        fields=filling.used,
        attachments=tuple(filter(None, map(plain, facts.attachments))),
        copies=tuple(filter(None, map(plain, facts.copies))),
        note="" if letter.by_hand or letter.table else _note(facts),
        by_hand=letter.by_hand,
    )


def asked(kind: str, on: date, template: str | None = None) -> tuple[Field, ...]:
    """The fields whose values somebody must give for this letter, in the order of ``fields.toml``; for a form to ask.

    A fee notice wants besides, as values: ``fee_basis`` (key of ``fees.BASES``), ``fee_count``, ``fee_already``; a
    letter about an earlier one ``fee_yuan``.
    """
    letter = entry(kind, on)
    used = named(letter.text if template is None else template) | {name for row in letter.rows for name in row[1::2]}
    return tuple(field for name, field in known_fields().items() if name in used and not field.derived)


def value_of(field: Field, facts: Facts, letter: Entry) -> str:
    """What ``field`` says in ``letter``; empty only where the letter can do without. Raises ``LetterError``."""
    text = derived.derive(field.key, facts, letter) if field.derived else _given(field, facts)
    if not text and not letter.leaves_out(field.name):
        raise LetterError(f"缺少“{field.name}”（{field.hint}），无法生成“{letter.title}”")
    return text


def _given(field: Field, facts: Facts) -> str:
    value = facts.values.get(field.key)
    if value is None and field.key == "received_on" and facts.case is not None:
        value = facts.case.received
    return shown(field, value)


def _addressees(facts: Facts, letter: Entry) -> tuple[Party, ...]:
    if letter.to == SENDER:
        return (Party(facts.sender.name, natural=False),)
    return derived.recipients(facts, letter)


def _refuse_unknown(facts: Facts) -> None:
    # A misspelt key would be a fact left out, without a word.
    unknown = [key for key in facts.values if key not in keys() | derived.INPUTS]
    if unknown:
        raise LetterError(f"文书没有“{plain(str(unknown[0]))[:30]}”这一项")


def _note(facts: Facts) -> str:
    """附注 (GB/T 9704 7.3.6): how to reach those who handle disclosure."""
    sender = facts.sender
    parts = (("联系机构", sender.office), ("地址", sender.address), ("电话", sender.phone))
    told = "；".join(f"{label}：{plain(value)}" for label, value in parts if plain(value))
    return f"（{told}）" if told else ""


class _Filling:
    """The values put into one letter, each looked up once."""

    def __init__(self, facts: Facts, letter: Entry) -> None:
        self.facts, self.letter = facts, letter
        self.used: dict[str, str] = {}

    def paragraph(self, text: str) -> list[str]:
        """The paragraphs that ``text`` becomes; none where an optional field has nothing to say."""
        values = {name: self.value(known_fields()[name]) for name in dict.fromkeys(names_in(text))}
        if not all(values.values()):
            return []
        self.used |= values
        return fill(text, values.__getitem__)

    def row(self, labels_and_fields: tuple[str, ...]) -> Row:
        """The (label, value) pairs of a row of the form."""
        labels, names = labels_and_fields[::2], labels_and_fields[1::2]
        values = [self.value(known_fields()[name]) for name in names]
        self.used |= dict(zip(names, values, strict=True))
        return tuple(zip(labels, values, strict=True))

    def value(self, field: Field) -> str:
        """What is put in; empty only where the letter can do without. Raises ``LetterError``."""
        return value_of(field, self.facts, self.letter)
