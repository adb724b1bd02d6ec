"""Rendering: a report as the document that an office publishes or sends up. One file for each format.

``render(report, "docx")``, ``blank(agency, kind, year, "xlsx")`` and ``findings_sheet(report, findings, "pdf")`` give bytes;
``FORMATS``, ``BLANK_FORMATS`` and ``SHEET_FORMATS`` say what there is. All raise ``RenderingError`` with a Chinese sentence.
"""

from __future__ import annotations

from importlib import import_module

from gongkai.rendering.errors import RenderingError
from gongkai.report import Report

__all__ = ["FORMATS", "RenderingError", "render"]

FORMATS = ("html", "docx", "pdf", "xlsx", "json")


def render(report: Report, format: str) -> bytes:
    """``report`` as a document; ``format`` is one of ``FORMATS``. The same report gives the same bytes."""
    if format not in FORMATS:
        raise RenderingError(f"不能生成“{format}”格式；可用：{'、'.join(FORMATS)}")
    rendered: bytes = import_module(f"gongkai.rendering.{format}").render(report)
    return rendered
