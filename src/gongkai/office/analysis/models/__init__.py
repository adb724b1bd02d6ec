"""Uploads and what was read from them."""

from gongkai.office.analysis.models.batch import Batch
from gongkai.office.analysis.models.document import Document, Reading, State

__all__ = ["Batch", "Document", "Reading", "State"]
