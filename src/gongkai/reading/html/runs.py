"""Runs of tags: what stands between two texts of a page. Pages have few different ones, and the pages of a site share
them; so each is taken apart once, and looked up wherever it stands.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from gongkai.reading.html.marks import DROP_END
from gongkai.reading.html.nesting import ends_outside
from gongkai.reading.html.tags import NOTHING, meaning

NEXT = "><"  # between two tags of a run
_MOST_KNOWN = 16_384


class Run(NamedTuple):
    """Marks of the tags, and letters of those that have an effect; ``outside``: where the text behind them stands
    (``ends_outside``)."""

    marks: str
    letters: bytes
    outside: int


class Runs(dict[str, Run]):
    """Run as written → run."""

    def __missing__(self, written: str) -> Run:
        tags = list(map(meaning, written.split(NEXT)))
        letters = bytes([letter for _, letter in tags if letter != NOTHING])
        self[written] = run = Run("".join([mark for mark, _ in tags]), letters, ends_outside(letters))
        return run


_known = Runs()


def known_runs() -> Runs:
    """All runs met so far, up to a limit."""
    global _known  # noqa: PLW0603 - renewed and not emptied: another thread may be at work with it
    if len(_known) > _MOST_KNOWN:
        _known = Runs()
    return _known


def marks_with_ends(written: str, ends: Collection[int]) -> str:
    """The marks of a run some of whose tags end a region; ``ends``: which of its letters."""
    marks, count = [], 0
    for mark, letter in map(meaning, written.split(NEXT)):
        marks.append(mark)
        if letter != NOTHING:
            marks.append(DROP_END if count in ends else "")
            count += 1
    return "".join(marks)
