"""Where sessions are kept (``SESSION_ENGINE``): Django's table, except that a lost database is called by its name."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError

from gongkai.office.acts.database_away import DATABASE_AWAY


class SessionStore(db.SessionStore):
    """Django takes every failure to update a session for one that was ended meanwhile, as if the person had done so.

    When the database went away, nobody ended anything: that is the office's failure (500), and is logged as one.
    """

    def save(self, must_create: bool = False) -> None:
        """Raises ``UpdateError`` for a session that is no more, the database's own error when it did not answer."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, DATABASE_AWAY):
                raise error.__context__ from None
            raise
