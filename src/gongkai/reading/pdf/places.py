"""The text of a document as it grows, and the way back from its offsets to page and box."""

from __future__ import annotations

from array import array
from bisect import bisect_right

from gongkai.figures import Place
from gongkai.reading.pdf.extract import Page
from gongkai.reading.pdf.words import Word


class Places:
    """Where each word of the text was printed; called with offsets it gives a ``Place``."""

    def __init__(self, pages: list[Page]) -> None:
        self._pages = pages
        self._offsets = array("l")  # in the text, ascending: where each printed word begins
        self._lengths = array("l")
        self._page = array("l")  # index in pages
        self._first = array("l")  # index of the word's first character on the page

    def add(self, offset: int, page: int, word: Word) -> None:
        self._offsets.append(offset)
        self._lengths.append(word.end - word.start)
        self._page.append(page)
        self._first.append(word.start)

    def __call__(self, start: int, end: int) -> Place:
        """The page on which ``text[start:end]`` begins, and the box around what of it stands on that page.

        A range without printed characters (a blank cell) has neither.
        """
        boxes = []
        page = -1
        index = max(bisect_right(self._offsets, start) - 1, 0)
        while index < len(self._offsets) and self._offsets[index] < end:
            offset, length = self._offsets[index], self._lengths[index]
            first, last = max(start - offset, 0), min(end - offset, length)
            if first < last:
                if page >= 0 and self._page[index] != page:
                    break
                page = self._page[index]
                at = self._first[index]
                boxes.append(_around(self._pages[page], at + first, at + last))
            index += 1
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
