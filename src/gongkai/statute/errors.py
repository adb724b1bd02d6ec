"""What the law, or our knowledge of it, does not allow. The messages are Chinese and meant for the person at work."""

from __future__ import annotations


class LawError(ValueError):
    """Base of all errors of this package; ``str(error)`` is one Chinese sentence."""


class OutOfRangeError(LawError):
    """A date for which there are no days off, no rules or no tariff; the message says which dates are known."""


class MalformedError(LawError):
    """A case that is not written as cases are; the message says what was expected and what was found."""


class UnlawfulError(LawError):
    """An act that may not be done. ``article``: what forbids it, as in ``citations.toml``; it stands in the message."""

    def __init__(self, words: str, article: str) -> None:
        super().__init__(f"{words}（{article}）")
        self.words, self.article = words, article
