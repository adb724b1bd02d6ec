"""From bytes to a ``Document``: which reader takes what."""

from __future__ import annotations

from pathlib import Path

from gongkai.reading.document import Document
from gongkai.reading.errors import UnreadableError
from gongkai.reading.limits import MAX_BYTES

_ZIP_END = b"PK\x05\x06"  # the directory of a zip file stands at its end
_ZIP_CUT = "这是压缩包或 Word、Excel 文件，但已损坏或被截断，打不开；请重新下载，或在原软件中打开后另存一份再试"


def load(path: Path) -> bytes:
    """The bytes of a file. Raises ``UnreadableError`` when there is none or it is too large."""
    try:
        if path.is_dir():
            raise UnreadableError("这是文件夹，不是文件")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableError(too_large(size))
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError("没有这个文件，请检查路径") from error
    except PermissionError as error:
        raise UnreadableError("没有读取这个文件的权限") from error
    except OSError as error:
        raise UnreadableError(f"文件读不出来：{error.strerror or error}") from error


def too_large(size: int) -> str:
    megabytes, most = size / 1048576, MAX_BYTES // 1048576
    return f"文件有 {megabytes:.0f} MB，超过上限 {most} MB；年度报告不应有这么大，请确认是不是这个文件"


def read_text(text: str) -> Document:
    """Text given as such: a page when it looks like one, else plain text or Markdown."""
    from gongkai.reading import sniff

    heads = (512, 8192) if text[:64].lstrip().startswith("<") else (8192,)  # the first tag says enough
    if any(sniff.format_of(text[:head].encode("utf-8", "replace")) == "html" for head in heads):
        from gongkai.reading import html

        return html.read(text)
    from gongkai.reading import text as plain

    return plain.read(text)


def read_bytes(data: bytes, name: str | None = None) -> Document:
    """The document in ``data``, by its content and never by its name."""
    if len(data) > MAX_BYTES:
        raise UnreadableError(too_large(len(data)))
    from gongkai.reading import sniff

    found = sniff.format_of(data)
    if found == "docx":
        from gongkai.reading.office import docx

        return docx.read(data)
    if found == "xlsx":
        from gongkai.reading.office import xlsx

        return xlsx.read(data)
    if found == "pdf":
        from gongkai.reading import pdf

        return pdf.read(data)
    if found in ("html", "text"):
        from gongkai.reading.encoding import decode

        text = decode(data)
        if found == "html":
            from gongkai.reading import html

            return html.read(text)
        from gongkai.reading import text as plain

        return plain.read(text)
    if found == "zip" and _ZIP_END not in data:
        raise UnreadableError(_ZIP_CUT)
    raise UnreadableError(sniff.describe(found))
