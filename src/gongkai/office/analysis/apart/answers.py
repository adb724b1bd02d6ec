"""What the process apart can be asked: name of the question → function of plain data to plain data.

Every function raises ``UnreadableError`` with a Chinese line for what a person can do something about.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from gongkai.cli import archive
from gongkai.cli.source import Source, is_json
from gongkai.cli.sources import is_json_line
from gongkai.cli.work import Read, Style, ordered
from gongkai.reading.errors import UnreadableError
from gongkai.reading.limits import MAX_BYTES, MAX_PAGES
from gongkai.report import from_json

Question = Mapping[str, Any]
Answer = dict[str, Any]

MAX_REPORT = 64 * 1024 * 1024  # bytes of a report as JSON: a hundred times the longest that a body wrote
MAX_DOCUMENTS = 5_000  # out of one archive or one file of JSON lines
_SHARPEST = 2.5  # pixels for one point of a page
_WIDEST = 2_200  # pixels of a picture's longer side
_COLOURS = 64
_HALF = re.compile("[\ud800-\udfff]")
_UNSTORABLE = re.compile(rb"\\u(?:0000|d[89a-f])")  # as JSON spells NUL and halves of characters


def documents(question: Question) -> Answer:
    """The documents in a file: {"path", "name"} → {"documents": [source, …]} or {"documents": None}: it is one itself.

    A source is what ``read`` takes: {"label", "member", "span", "is_json", "error"}.
    """
    path, name = str(question["path"]), str(question["name"])
    with Path(path).open("rb") as file:
        head = file.read(4)
    if head.startswith(b"PK"):
        sources = list(archive.members(path))
        if len(sources) == 1 and sources[0].member is None:
            if sources[0].error is not None:
                raise UnreadableError(sources[0].error)
            return {"documents": None}
        sources = [source._replace(label=source.label.removeprefix(f"{path}!")) for source in sources]
    elif is_json(name):
        sources = _lines(path, name)
    else:
        return {"documents": None}
    if len(sources) > MAX_DOCUMENTS:
        raise UnreadableError(f"里面有 {len(sources)} 份文件，一次最多读取 {MAX_DOCUMENTS} 份；请分成几个再上传")
    return {"documents": [_as_json(source) for source in sources]}


def _lines(path: str, name: str) -> list[Source]:
    """As ``gongkai.cli.sources`` does: a document for each line of JSON lines, one for a single object."""
    data = Path(path).read_bytes()
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"文件超过 {MAX_BYTES // 1024**2} MB，不予读取")
    lines = data.split(b"\n")
    full = [line for line in lines if line.strip()]
    if len(full) < 2 or not is_json_line(full[0]):
        return [Source(name, path, is_json=True)]
    sources, offset = [], 0
    for number, line in enumerate(lines, 1):
        if line.strip():
            sources.append(Source(f"{name} 第 {number} 行", path, span=(offset, len(line)), is_json=True))
        offset += len(line) + 1
    return sources


def _as_json(source: Source) -> Answer:
    return {
        "label": source.label,
        "member": source.member,
        "span": list(source.span) if source.span else None,
        "is_json": source.is_json,
        "error": source.error,
    }


def read(question: Question) -> Answer:
    """A document as a report: a source with its "path" → {"report": gongkai/report/1, "pages": [[width, height], …]}.

    ``pages``: points of each page of a PDF as it is shown.
    """
    span = question.get("span")
    source = Source(
        str(question["label"]),
        str(question["path"]),
        question.get("member"),
        (int(span[0]), int(span[1])) if span else None,
        is_json=bool(question.get("is_json")),
        error=question.get("error"),
    )
    outcome = Read(Style(as_json=True))(source)
    if outcome.error is not None:
        raise UnreadableError(outcome.error)
    if len(outcome.json) > MAX_REPORT:
        raise UnreadableError("文件文字过多，不像一份年度报告，不予保存；请确认是不是这个文件")
    report = json.loads(outcome.json)
    if _UNSTORABLE.search(outcome.json):
        report = _storable(report)
    del report["source"]
    pages = _page_sizes(_bytes(question)) if report["source_format"] == "pdf" and not source.is_json else []
    return {"report": report, "pages": pages}


def _storable(value: Any) -> Any:
    """``value`` without what a database's text cannot hold (NUL, halves of characters); lengths stay, so places do."""
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value.replace("\0", "\ufffd"))
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value


def check(question: Question) -> Answer:
    """{"report", "previous" or None, "parts": […]} → {"findings": […]} in the order people read them."""
    from gongkai import checks

    previous = question.get("previous")
    findings = checks.run(
        from_json(question["report"]),
        previous=from_json(previous) if previous else None,
        parts=[from_json(part) for part in question.get("parts") or ()],
    )
    return {"findings": [finding.to_json() for finding in ordered(findings)]}


def render(question: Question) -> Answer:
    """{"report", "format"} → {"file"}: the report in one of the formats of ``gongkai.rendering``, in base64."""
    from gongkai.rendering import RenderingError
    from gongkai.rendering import render as rendered

    try:
        return {"file": b64encode(rendered(from_json(question["report"]), question["format"])).decode()}
    except RenderingError as error:
        raise UnreadableError(str(error)) from error


def sheet(question: Question) -> Answer:
    """{"report", "findings", "format"} → {"file"}: the findings sheet, in base64."""
    from gongkai.checks import Finding, catalogue
    from gongkai.rendering import RenderingError, findings_sheet

    titles = {check.name: check.title for check in catalogue().values()}
    findings = [Finding.from_json(raw) for raw in question["findings"]]
    try:
        made = findings_sheet(from_json(question["report"]), findings, question["format"], titles)
    except RenderingError as error:
        raise UnreadableError(str(error)) from error
    return {"file": b64encode(made).decode()}


def picture(question: Question) -> Answer:
    """{"path", "member" or None, "page": from 1} → {"file"}: the page as PNG, in base64."""
    import pypdfium2

    document = _pdf(_bytes(question))
    number = int(question["page"])
    if not 1 <= number <= min(len(document), MAX_PAGES):
        raise UnreadableError(f"没有第 {number} 页")
    try:
        page = document[number - 1]
        scale = min(_SHARPEST, _WIDEST / max(*page.get_size(), 1.0))
        image = page.render(scale=scale, may_draw_forms=False).to_pil()
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("这一页无法显示") from error
    out = BytesIO()
    image.convert("RGB").quantize(_COLOURS, method=2).save(out, "PNG")
    return {"file": b64encode(out.getvalue()).decode()}


def _page_sizes(data: bytes) -> list[list[float]]:
    document = _pdf(data)
    count = min(len(document), MAX_PAGES)
    return [[round(side, 2) for side in document.get_page_size(number)] for number in range(count)]


def _pdf(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("这份 PDF 无法打开") from error


def _bytes(question: Question) -> bytes:
    if question.get("member"):
        return archive.member_bytes(str(question["path"]), str(question["member"]))
    return Path(str(question["path"])).read_bytes()


def original(question: Question) -> Answer:
    """{"path", "member"} → {"file"}: a member of an archive, in base64."""
    return {"file": b64encode(_bytes(question)).decode()}


ANSWERS: dict[str, Callable[[Question], Answer]] = {
    function.__name__: function for function in (documents, read, check, render, sheet, picture, original)
}
