"""Report → JSON: the data of ``docs/report-json.md``, from which the reader makes the same report."""

from __future__ import annotations

import json

from gongkai.report import Report, to_json


def render(report: Report) -> bytes:
    """UTF-8 JSON, indented by one, with a final line feed."""
    return (json.dumps(to_json(report), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
