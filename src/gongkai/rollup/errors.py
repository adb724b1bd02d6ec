"""What a caller hears when reports cannot be one."""

from __future__ import annotations


class RollupError(ValueError):
    """The reports cannot be summed. ``str(error)`` is one line in Chinese that names the reports and the reason."""
