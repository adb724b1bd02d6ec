"""Office files as zip packages whose bytes depend on their content only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gongkai.report import Report

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that zip knows


class Properties(NamedTuple):
    """What a file says of itself. ``agency``: its author, behind whose name a long title breaks."""

    title: str
    agency: str
    day: date


def properties_of(report: Report, title: str | None = None) -> Properties:
    """Those of ``report``; ``title``: where the document is about it and has one of its own."""
    named = title or report.title or "政府信息公开工作年度报告"
    return Properties(named, report.agency or "", document_date(report))


def document_date(report: Report) -> date:
    """The date a file carries: published, signed, or else the last day of the report year. Never the clock's."""
    return report.published_on or report.signed_on or date(report.year or 2019, 12, 31)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package of ``parts`` (name → content) in their order."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            member = ZipInfo(name, _EPOCH)
            member.compress_type = ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            archive.writestr(member, content)
    return out.getvalue()
