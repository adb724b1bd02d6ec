"""The database: a server of the county's own by ``DATABASE_URL``, or the embedded one that starts by itself.

``ensure_running`` and ``stop`` concern the embedded server alone; ``address`` says to Django where either is.
"""

from gongkai.office.config.database.errors import DatabaseUnavailableError
from gongkai.office.config.database.server import ensure_running, stop

__all__ = ["DatabaseUnavailableError", "ensure_running", "stop"]
