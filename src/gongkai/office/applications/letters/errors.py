"""What a caller hears when a letter cannot be written."""

from __future__ import annotations


class LetterError(ValueError):
    """A letter cannot be written from these facts. The message is one Chinese sentence for the person at work."""
