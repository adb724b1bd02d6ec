"""The text of a document as it grows, and the way back from its offsets to page and box."""

from __future__ import annotations

from bisect import bisect_right
from math import inf

from gongkai.figures import Place
from gongkai.reading.pdf.extract import Page
from gongkai.reading.pdf.words import Word


class Places:
    """Where each word of the text was printed; called with offsets it gives a ``Place``."""

    def __init__(self, pages: list[Page]) -> None:
        self._pages = pages
        self._words: list[tuple[int, int, int, int]] = []  # offset in the text, index of the page, characters from, to

    def add(self, offset: int, page: int, word: Word) -> None:
        self._words.append((offset, page, word.start, word.end))

    def page_starts(self) -> tuple[int, ...]:
        """For each page, the offset at which its text begins (a page without text: that of the next one)."""
        starts = [0]
        for offset, index, _, _ in self._words:
            while len(starts) < self._pages[index].number:
                starts.append(offset)
        return tuple(starts)

    def __call__(self, start: int, end: int) -> Place:
        """The page on which ``text[start:end]`` begins, and the box around what of it stands on that page.

        A range without printed characters (a blank cell) has neither.
        """
        boxes = []
        page = -1
        for at in range(max(bisect_right(self._words, (start, inf)) - 1, 0), len(self._words)):
            offset, where, first, last = self._words[at]
            if offset >= end or (page >= 0 and where != page):
                break
            first, last = first + max(start - offset, 0), min(last, first + end - offset)
            if first < last:
                page = where
                boxes.append(_around(self._pages[page], first, last))
        if page < 0:
            return Place(start, end)
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return Place(start, end, self._pages[page].number, (min(lefts), min(tops), max(rights), max(bottoms)))


def _around(page: Page, start: int, end: int) -> tuple[float, float, float, float]:
    return (
        round(min(page.left[start:end]), 2),
        round(min(page.top[start:end]), 2),
        round(max(page.right[start:end]), 2),
        round(max(page.bottom[start:end]), 2),
    )


class Writer:
    """Collects the text of a document; every word goes through here, so that its place is known."""

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages
        self.places = Places(pages)
        self.length = 0
        self._parts: list[str] = []

    def put(self, text: str) -> None:
        """Text that was not printed: a space, a line end."""
        self._parts.append(text)
        self.length += len(text)

    def word(self, page: int, word: Word) -> None:
        """A printed word; ``page`` is its page's index in ``pages``."""
        self.places.add(self.length, page, word)
        self.put(self.pages[page].text[word.start : word.end])

    def mark(self) -> int:
        """A point to which ``since`` can go back."""
        return len(self._parts)

    def since(self, mark: int) -> str:
        return "".join(self._parts[mark:])

    def text(self) -> str:
        return "".join(self._parts)
