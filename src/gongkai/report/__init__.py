"""The annual report as data: its form (``forms/*.toml``), the report itself, and its JSON."""

from gongkai.report.form import Form, form_for_year, forms, load_form
from gongkai.report.model import Chapter, Claim, Note, Report
from gongkai.report.serialise import from_json, to_json

__all__ = [
    "Chapter",
    "Claim",
    "Form",
    "Note",
    "Report",
    "form_for_year",
    "forms",
    "from_json",
    "load_form",
    "to_json",
]
