"""Uploads and what was read from them."""

from gongkai.office.analysis.models.batch import Batch
from gongkai.office.analysis.models.document import Document, Reading
from gongkai.office.analysis.models.state import OPEN, State

__all__ = ["OPEN", "Batch", "Document", "Reading", "State"]
