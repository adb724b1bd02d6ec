"""Applications, what happened to them, what was decided."""

from gongkai.office.applications.models.application import Application
from gongkai.office.applications.models.decision import Decision
from gongkai.office.applications.models.event import CaseEvent

__all__ = ["Application", "CaseEvent", "Decision"]
