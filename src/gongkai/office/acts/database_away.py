"""What is raised when the database goes away, or when two stand in each other's way: trying again helps."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

DATABASE_AWAY = (OperationalError, InterfaceError)
