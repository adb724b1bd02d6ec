"""Rendering: a report as the document that an office publishes or sends up. One file for each format.

``render(report, "docx")``, ``blank(agency, kind, year, "xlsx")`` and ``findings_sheet(report, findings, "pdf")`` give
bytes; ``FORMATS``, ``BLANK_FORMATS`` and ``SHEET_FORMATS`` say what there is. All raise ``RenderingError`` with a
Chinese sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from gongkai.rendering.errors import RenderingError
from gongkai.report import Report

if TYPE_CHECKING:
    from gongkai.rendering.sheet import Finding

__all__ = ["BLANK_FORMATS", "FORMATS", "SHEET_FORMATS", "RenderingError", "blank", "findings_sheet", "render"]

FORMATS = ("html", "docx", "pdf", "xlsx", "json")
BLANK_FORMATS = ("docx", "xlsx", "html")
SHEET_FORMATS = ("docx", "pdf", "html", "xlsx")


def render(report: Report, format: str) -> bytes:
    """``report`` as a document; ``format`` is one of ``FORMATS``. The same report gives the same bytes."""
    _require(format, FORMATS)
    rendered: bytes = import_module(f"gongkai.rendering.{format}").render(report)
    return rendered


def blank(agency: str, kind: str, year: int, format: str) -> bytes:
    """The form of ``year`` to be filled in by ``agency``: words and tables in place, every figure blank.

    ``kind``: a key of ``report.model.KINDS``; ``format``: one of ``BLANK_FORMATS``.
    """
    from gongkai.rendering.blank_form import blank as blank_report

    _require(format, BLANK_FORMATS)
    try:
        report = blank_report(agency, kind, year)
    except KeyError as error:
        raise RenderingError(str(error.args[0])) from error
    return render(report, format)


def findings_sheet(
    report: Report, findings: Sequence[Finding], format: str, titles: Mapping[str, str] | None = None
) -> bytes:
    """``findings`` listed, and ``report`` with their places marked; ``format``: one of ``SHEET_FORMATS``.

    ``titles``: name of a check → its title (``{c.name: c.title for c in checks.catalogue().values()}``), for the list.
    """
    from gongkai.rendering import sheet

    _require(format, SHEET_FORMATS)
    return sheet.render(report, findings, format, titles or {})


def _require(format: str, formats: Sequence[str]) -> None:
    if format not in formats:
        raise RenderingError(f"不能生成“{format}”格式；可用：{'、'.join(formats)}")
