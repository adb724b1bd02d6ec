"""What goes wrong with the database, in one Chinese line."""

from __future__ import annotations


class DatabaseUnavailableError(Exception):
    """The database cannot be started or reached; ``str(error)`` says why and what to do."""
