"""How the tests of this folder look: in the process of its own, as the office does."""

from __future__ import annotations

from io import BytesIO

from gongkai.office.acts.attachments.content import kind_of
from gongkai.office.acts.attachments.hidden.finding import Finding
from gongkai.office.acts.attachments.hidden.inspection import inspect


def look(data: bytes) -> list[Finding]:
    """The findings in a file of this content, by the kind it has."""
    return inspect(BytesIO(data), kind_of(data).key)


def of_kind(findings: list[Finding], kind: str) -> list[tuple[str, str]]:
    """Place and excerpt of those of one kind."""
    return [(finding.place, finding.excerpt) for finding in findings if finding.kind == kind]
