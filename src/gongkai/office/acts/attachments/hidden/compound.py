"""Old Office and WPS files: who wrote them, macros. Their text is not looked through, which is said."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import olefile

from gongkai.office.acts.attachments.hidden.finding import Finding, excerpt, uninspected

_AUTHORS = {"author": "作者", "last_saved_by": "最后修改者", "company": "单位", "manager": "主管"}
_TEMPLATES = ("", "Normal", "Normal.dotm", "Normal.dot", "Normal.wpt")
_REST = "旧版 Office、WPS 文件中的修订、批注、隐藏内容未能检查；公开前请另存为 .docx、.xlsx 或 PDF 再检查一次"


def findings(data: bytes) -> Iterator[Finding]:
    """What the properties of a compound file tell. Never raises."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as compound:
            streams = {"/".join(entry).lower() for entry in compound.listdir(streams=True, storages=True)}
            metadata = compound.get_metadata()
            values = {
                name: _text(getattr(metadata, name, None), getattr(metadata, "codepage", None))
                for name in (*_AUTHORS, "template")
            }
    except MemoryError:
        raise
    except Exception:  # olefile ends in errors of many kinds on a broken file
        yield uninspected("文件已损坏或不完整，未能检查其中的隐藏信息")
        return
    for name, label in _AUTHORS.items():
        if values[name]:
            yield Finding("author", f"文档属性中有{label}", "文档属性", excerpt(values[name]))
    if values["template"] not in _TEMPLATES:
        yield Finding("template", "文档属性中有模板名称", "文档属性", excerpt(values["template"]))
    if any(name.endswith(("_vba_project", "vba", "macros", "_vba_project_cur")) for name in streams):
        yield Finding("macro", "文档含有宏（程序）", "文档结构")
    if any(name.startswith(("objectpool/", "mbd")) for name in streams):
        yield Finding("embedded_file", "文档内嵌有其他文件", "文档结构")
    yield uninspected(_REST)


def _text(value: object, codepage: object) -> str:
    """Chinese Office writes GBK under code page 936; a negative number is an unsigned one read as signed."""
    if not isinstance(value, bytes):
        return str(value or "").strip("\0 ")
    page = codepage % 65536 if isinstance(codepage, int) else 936
    encoding = {65001: "utf-8", 1200: "utf-16-le", 936: "gb18030"}.get(page, "gb18030")
    return value.decode(encoding, "replace").strip("\0 ")
