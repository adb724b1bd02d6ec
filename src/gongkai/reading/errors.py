"""The one error a reader raises: a sentence in Chinese that says what was expected, what was found, what to do."""

from __future__ import annotations


class UnreadableError(ValueError):
    """The source cannot be read at all. ``str(error)`` is one line for the person who gave it."""
