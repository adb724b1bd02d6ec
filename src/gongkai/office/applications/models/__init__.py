"""Applications, what happened to them, what was decided."""

from gongkai.office.applications.models.agreement import ExtensionAgreement
from gongkai.office.applications.models.application import Application
from gongkai.office.applications.models.decision import Decision
from gongkai.office.applications.models.event import CaseEvent
from gongkai.office.applications.models.letter import Letter
from gongkai.office.applications.models.own import CalendarFeed, SavedFilter
from gongkai.office.applications.models.prefix import ReplyPrefix
from gongkai.office.applications.models.rectification import Rectification
from gongkai.office.applications.models.redaction import Redaction
from gongkai.office.applications.models.register_import import RegisterImport
from gongkai.office.applications.models.suggestion import PublicationSuggestion
from gongkai.office.applications.models.wording import Wording

__all__ = [
    "Application",
    "CalendarFeed",
    "CaseEvent",
    "Decision",
    "ExtensionAgreement",
    "Letter",
    "PublicationSuggestion",
    "Rectification",
    "Redaction",
    "RegisterImport",
    "ReplyPrefix",
    "SavedFilter",
    "Wording",
]
