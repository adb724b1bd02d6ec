"""What a caller hears when a report cannot be rendered."""

from __future__ import annotations


class RenderingError(Exception):
    """A report cannot be rendered as asked. The message is one Chinese sentence that says what to do."""
