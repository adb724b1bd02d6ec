"""The chain of the act log, checked link by link: from the database or from an exported file, without Django.

``hash`` of an act = SHA-256 of the hash before it, a line feed, and the act's canonical text (``chain.sql``); before
the first stand 64 zeros.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

START = "0" * 64
_ENOUGH = 20  # faults reported; who broke one link by hand has often broken all that follow


@dataclass(frozen=True, slots=True)
class Tied:
    """A place in the chain as it is stored. ``text`` None: the act that stood there is gone.

    ``honest``: the columns of the act say what its canonical text says.
    """

    sequence: int
    act_id: int
    previous: str
    hash: str
    text: str | None
    honest: bool = True


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that an untouched log cannot show. ``sequence`` is the place, where there is one."""

    kind: str
    sentence: str
    sequence: int | None = None
    act_id: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """``count`` links were walked, up to ``head``; ``faults`` in the order of the chain, the first twenty."""

    count: int
    first: int
    last: int
    head: str
    faults: tuple[Fault, ...] = ()

    @property
    def intact(self) -> bool:
        """Nothing was found."""
        return not self.faults


def hash_of(previous: str, text: str) -> str:
    """The hash that ties ``text`` to the link before it."""
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


@dataclass(slots=True)
class Walk:
    """Goes along a chain as its links are handed in, in order of their sequence.

    ``known``: heads that the chain had at some time, by hash, and where each is known from. ``start`` is the sequence
    at which a part of a chain begins; 1 for a whole one.
    """

    known: Mapping[str, str] = field(default_factory=dict)
    start: int = 1
    faults: list[Fault] = field(default_factory=list)
    _count: int = 0
    _first: int = 0
    _last: Tied | None = None
    _wanted: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._wanted = {hash: whence for hash, whence in self.known.items() if hash != START}

    @property
    def full(self) -> bool:
        """Enough faults: going on would only repeat them."""
        return len(self.faults) >= _ENOUGH

    def add(self, link: Tied) -> None:
        """The next link."""
        last = self._last
        expected = last.sequence + 1 if last else self.start
        if last is None:
            self._first = link.sequence
        if link.sequence > expected:
            self._fault("missing", f"第{_span(expected, link.sequence - 1)}号缺失，其后是第{link.sequence}号", expected)
        elif link.sequence < expected:
            self._fault("order", f"第{link.sequence}号排在第{expected - 1}号之后，次序不对", link.sequence, link.act_id)
        elif (before := last.hash if last else START if expected == 1 else link.previous) != link.previous:
            whose = f"第{expected - 1}号的校验值{before}" if last else "起始值"
            self._fault("untied", f"第{expected}号所记的前一校验值与{whose}不符", expected, link.act_id)
        here = f"第{link.sequence}号（操作记录{link.act_id}）"
        if link.text is None:
            self._fault("gone", f"{here}只剩校验记录，操作记录已不存在", link.sequence, link.act_id)
        elif hash_of(link.previous, link.text) != link.hash:
            self._fault("altered", f"{here}的内容与校验值不符", link.sequence, link.act_id)
        elif not link.honest:
            self._fault("two-faced", f"{here}的各栏与参加校验的文本不符", link.sequence, link.act_id)
        self._wanted.pop(link.hash, None)
        self._count += 1
        self._last = link

    def loose(self, act_ids: Iterable[int]) -> None:
        """Acts that stand outside the chain: the database ties each at its commit, so these came another way."""
        for act_id in act_ids:
            self._fault("loose", f"操作记录{act_id}没有编入校验链", None, act_id)

    def unguarded(self, sentences: Iterable[str]) -> None:
        """Safeguards of the database that are not as they were set up."""
        for sentence in sentences:
            self._fault("unguarded", sentence)

    def finish(self) -> Outcome:
        """After the last link."""
        last = self._last
        end = last.sequence if last else 0
        if not self.full:
            for hash, whence in self._wanted.items():
                why = f"第{end}号之后被截去，或整条链被重写"
                self._fault("head", f"校验链中没有{whence}的校验值{hash}：{why}", end)
        self.faults.sort(key=lambda fault: (fault.sequence is None, fault.sequence or 0))
        return Outcome(self._count, self._first, end, last.hash if last else START, tuple(self.faults[:_ENOUGH]))

    def _fault(self, kind: str, sentence: str, sequence: int | None = None, act_id: int | None = None) -> None:
        self.faults.append(Fault(kind, sentence, sequence, act_id))


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}至{last}"
