"""Letters of an application: what each must say, from the facts of the case to DOCX and PDF. No database.

``compose(kind, facts, template=None)`` gives a ``Letter``; ``check(template, kind)`` says what a county's wording
lacks; ``preview(kind, template=None)`` shows it; ``render(letter, "docx")`` puts it on paper. The catalogue is data:
``notices.toml``, ``replies.toml``, ``fields.toml``.
"""

from gongkai.office.applications.letters.catalogue import (
    Entry,
    Part,
    default_text,
    entry,
    kinds,
    letters_of,
    reply_kind,
)
from gongkai.office.applications.letters.checking import Problem, check
from gongkai.office.applications.letters.complete import lacks
from gongkai.office.applications.letters.composing import asked, compose
from gongkai.office.applications.letters.errors import LetterError
from gongkai.office.applications.letters.facts import Facts, Party, Sender
from gongkai.office.applications.letters.fields import Field, known_fields
from gongkai.office.applications.letters.letter import Letter
from gongkai.office.applications.letters.paper import FORMATS, render
from gongkai.office.applications.letters.samples import preview, sample_facts
from gongkai.office.applications.letters.wording import document_number

__all__ = [
    "FORMATS",
    "Entry",
    "Facts",
    "Field",
    "Letter",
    "LetterError",
    "Part",
    "Party",
    "Problem",
    "Sender",
    "asked",
    "check",
    "compose",
    "default_text",
    "document_number",
    "entry",
    "kinds",
    "known_fields",
    "lacks",
    "letters_of",
    "preview",
    "render",
    "reply_kind",
    "sample_facts",
]
