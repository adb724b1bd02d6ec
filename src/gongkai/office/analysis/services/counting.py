"""Counts of findings on the document, for lists and sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from gongkai.checks import ERROR, FAILS, INFO, WARNING
from gongkai.office.analysis.models import Document


def count(document: Document, findings: Sequence[dict[str, Any]]) -> None:
    """Set the counts of ``document`` by its findings (as JSON); it is not saved here."""
    failing = [finding for finding in findings if finding["verdict"] == FAILS]
    severities = Counter(finding["severity"] for finding in failing)
    document.errors, document.warnings, document.hints = (severities[name] for name in (ERROR, WARNING, INFO))
    document.unread = len(findings) - len(failing)
    document.checks = dict(Counter(finding["check"] for finding in failing))
