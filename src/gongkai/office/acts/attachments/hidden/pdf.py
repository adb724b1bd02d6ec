"""PDF files: authors, annotations, attachments, layers, text that is not drawn, forms, scripts, earlier versions.

pdfium tells what it has functions for; layers and scripts are found in the bytes, streams unpacked (``pdf_bytes``).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from typing import Any

import pypdfium2
from pypdfium2 import raw

from gongkai.office.acts.attachments.hidden import pdf_bytes
from gongkai.office.acts.attachments.hidden.finding import Finding, excerpt, uninspected
from gongkai.reading.limits import MAX_PAGES

MAX_OBJECTS = 20_000  # of one page
MAX_ANNOTATIONS = 500  # of one page
_MAX_STRING = 4_000  # bytes
_AUTHORS = {"Author": "作者"}
_METADATA = {"Creator": "制作程序", "Producer": "转换程序", "Title": "标题", "Subject": "主题", "Keywords": "关键词"}
_UNREMARKABLE = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)
_ANNOTATIONS = {
    raw.FPDF_ANNOT_TEXT: "便笺",
    raw.FPDF_ANNOT_FREETEXT: "文本框",
    raw.FPDF_ANNOT_HIGHLIGHT: "高亮",
    raw.FPDF_ANNOT_UNDERLINE: "下划线",
    raw.FPDF_ANNOT_STRIKEOUT: "删除线",
    raw.FPDF_ANNOT_INK: "手写",
    raw.FPDF_ANNOT_STAMP: "图章",
    raw.FPDF_ANNOT_FILEATTACHMENT: "附件",
    raw.FPDF_ANNOT_REDACT: "待涂黑的标记（其下的内容还在）",
}
_CANNOT_OPEN = {
    raw.FPDF_ERR_PASSWORD: "文件有打开密码，未能检查其中的隐藏信息",
    raw.FPDF_ERR_SECURITY: "文件的加密方式不受支持，未能检查其中的隐藏信息",
}


def findings(data: bytes) -> Iterator[Finding]:
    """Hidden data of a PDF. Runs where limits hold: pdfium cannot be interrupted. Never raises on bad files."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        yield uninspected(_CANNOT_OPEN.get(error.err_code, "文件已损坏或不完整，未能检查其中的隐藏信息"))
        return
    with closing(document) as pdf:
        yield from _metadata(pdf)
        yield from _attachments(pdf)
        yield from pdf_bytes.findings(data)
        scripts = raw.FPDFDoc_GetJavaScriptActionCount(pdf)
        for index in range(min(max(scripts, 0), 20)):
            yield from _script(pdf, index)
        with suppress(pypdfium2.PdfiumError):
            pdf.init_forms()
        count = len(pdf)
        for index in range(min(count, MAX_PAGES)):
            try:
                page = pdf[index]
            except pypdfium2.PdfiumError:
                yield uninspected(f"第 {index + 1} 页损坏，未能检查", f"第 {index + 1} 页")
                continue
            with closing(page):
                yield from _annotations(pdf, page, f"第 {index + 1} 页")
                yield from _invisible(page, f"第 {index + 1} 页")
        if count > MAX_PAGES:
            yield uninspected(f"共 {count} 页，只检查了前 {MAX_PAGES} 页")


def _metadata(pdf: pypdfium2.PdfDocument) -> Iterator[Finding]:
    values = pdf.get_metadata_dict(skip_empty=True)
    for key, label in _AUTHORS.items():
        if text := excerpt(values.get(key, "")):
            yield Finding("author", f"文件属性中有{label}", "文件属性", text)
    for key, label in _METADATA.items():
        if text := excerpt(values.get(key, "")):
            yield Finding("metadata", f"文件属性中有{label}", "文件属性", text)


def _attachments(pdf: pypdfium2.PdfDocument) -> Iterator[Finding]:
    for index in range(min(pdf.count_attachments(), 50)):
        with suppress(pypdfium2.PdfiumError):
            name = pdf.get_attachment(index).get_name()
            yield Finding("embedded_file", "PDF 带有附件，读者可以打开其全部内容", "附件", excerpt(name))


def _script(pdf: pypdfium2.PdfDocument, index: int) -> Iterator[Finding]:
    action = raw.FPDFDoc_GetJavaScriptAction(pdf, index)
    if action:
        text = _string(lambda buffer, size: raw.FPDFJavaScriptAction_GetScript(action, buffer, size))
        raw.FPDFDoc_CloseJavaScriptAction(action)
        yield Finding("script", "PDF 含有脚本（JavaScript）", "文档脚本", excerpt(text))


def _annotations(pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, place: str) -> Iterator[Finding]:
    count = raw.FPDFPage_GetAnnotCount(page)
    for index in range(min(count, MAX_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            if kind == raw.FPDF_ANNOT_WIDGET:
                yield from _field(pdf, annotation, place)
            elif kind not in _UNREMARKABLE:
                author, text = _value(annotation, b"T"), _value(annotation, b"Contents")
                unseen = "，设为不显示" if raw.FPDFAnnot_GetFlags(annotation) & 0b100010 else ""
                what = _ANNOTATIONS.get(kind, "其他")
                who = f"，“{excerpt(author)}”所写" if author.strip() else ""
                yield Finding("annotation", f"有注释（{what}{who}{unseen}）", place, excerpt(text))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    if count > MAX_ANNOTATIONS:
        yield uninspected(f"{place}有 {count} 处注释，只检查了前 {MAX_ANNOTATIONS} 处", place)


def _field(pdf: pypdfium2.PdfDocument, annotation: Any, place: str) -> Iterator[Finding]:
    form = getattr(pdf.formenv, "raw", None)
    if form is None:
        return
    name = _string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldName(form, annotation, buffer, size))
    value = _string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))
    if value.strip() and value != "Off":
        yield Finding("form_field", f"表单域“{excerpt(name)}”中填有内容", place, excerpt(value))


def _invisible(page: pypdfium2.PdfPage, place: str) -> Iterator[Finding]:
    """Text drawn in mode 3, neither filled nor stroked: the layer of scans, or something hidden on purpose."""
    pieces: list[str] = []
    found = seen = 0
    try:
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        yield uninspected(f"{place}的文字未能检查", place)
        return
    with closing(textpage):
        for item in page.get_objects(max_depth=3):
            seen += 1
            if seen > MAX_OBJECTS:
                yield uninspected(f"{place}内容过多，只检查了前面的部分", place)
                break
            if item.type != raw.FPDF_PAGEOBJ_TEXT:
                continue
            if raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
                found += 1
                if len(pieces) < 20:
                    pieces.append(_object_text(item, textpage))
    if found:
        yield Finding(
            "invisible_text",
            f"{place}有 {found} 处不显示的文字（扫描件的识别文字，或有意隐藏）",
            place,
            excerpt(" ".join(pieces)),
        )


def _object_text(item: Any, textpage: pypdfium2.PdfTextPage) -> str:
    return _string(lambda buffer, size: raw.FPDFTextObj_GetText(item, textpage, buffer, size))


def _value(annotation: Any, key: bytes) -> str:
    return _string(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _string(call: Callable[[Any, int], int]) -> str:
    """The UTF-16 text that a pdfium function writes into a buffer, at most 2,000 characters of it."""
    size = min(call(None, 0), 1_000_000)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: min(size, _MAX_STRING)].decode("utf-16-le", "ignore").rstrip("\0")
