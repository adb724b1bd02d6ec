"""Report → DOCX on the page of GB/T 9704, with real tables: merged cells, fixed widths, repeated heads, whole rows.

Everything but the words is the same in every document: python-docx makes it once (``word_template``). A document is
then its words as WordprocessingML, put into that package with fixed dates: the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape

from gongkai.rendering import layout
from gongkai.rendering.content import PAGE, SIGNATURE, TITLE, Block, Line, Run, blocks, clean, title_runs
from gongkai.rendering.grid import Grid
from gongkai.rendering.package import document_date, packed
from gongkai.rendering.word_table import numbers, table
from gongkai.rendering.word_template import STYLES, page_settings, parts
from gongkai.report import Report

MARKED = '<w:shd w:val="clear" w:color="auto" w:fill="FFE27A"/>'
_KAI = "".join(f' w:{script}="{layout.KAI}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator>{agency}</dc:creator><dc:language>zh-CN</dc:language>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>'
)


def render(report: Report) -> bytes:
    """The document: opens in Word, WPS and LibreOffice."""
    return document(report, blocks(report))


def document(report: Report, content: Iterable[Block], title: str | None = None) -> bytes:
    """A document of ``content`` with the metadata of ``report``."""
    content = list(content)
    indents = layout.signature_indents([b.text for b in content if isinstance(b, Line) and b.role == SIGNATURE])
    body = "".join(table(b) if isinstance(b, Grid) else _paragraph(b, report, indents) for b in content)
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:document xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<w:body>{body}{page_settings()}</w:body></w:document>"
    )
    core = _core(title or report.title or "政府信息公开工作年度报告", report.agency or "", document_date(report))
    return packed({**parts(), "word/document.xml": xml.encode(), "docProps/core.xml": core.encode()})


def _core(title: str, agency: str, day: date) -> str:
    return _CORE.format(title=escape(clean(title)), agency=escape(clean(agency)), day=day.isoformat())


def _paragraph(line: Line, report: Report, indents: list[float]) -> str:
    if line.role == PAGE:
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    properties = f'<w:pStyle w:val="{STYLES[line.role]}"/>'
    words = "".join(map(_run, line.runs))
    if line.role == SIGNATURE:
        indent = indents.pop(0)
        properties += f'<w:ind w:right="{indent * layout.CHARACTER_PITCH * 20:.0f}" w:firstLine="0"/>'
    if line.role == TITLE and len(line.runs) == 1:
        words = "<w:r><w:br/></w:r>".join(map(_run, title_runs(line, report.agency)))
    return f"<w:p><w:pPr>{properties}</w:pPr>{words}</w:p>"


def _run(run: Run) -> str:
    properties = (f"<w:rFonts{_KAI}/>" if run.kai else "") + (MARKED if run.marked else "")
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    text = escape(run.text, quote=False)
    words = f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return words + numbers(run.ends)
