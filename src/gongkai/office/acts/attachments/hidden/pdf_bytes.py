"""What pdfium has no function for, found in the bytes of a PDF: layers, scripts in actions, earlier versions, XMP."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from gongkai.office.acts.attachments.hidden.finding import Finding, excerpt, uninspected

MAX_UNPACKED = 64 * 1024 * 1024  # bytes of all streams that are looked at
_MAX_STREAM = 16 * 1024 * 1024
_LAYER = re.compile(rb"/Type\s*/OCG\b")
_NAME = re.compile(rb"/Name\s*(?:\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL)
_SCRIPT = re.compile(rb"/S\s*/JavaScript\b|/JS\s*[(<\d]")
_LAUNCH = re.compile(rb"/S\s*/Launch\b")
_CREATOR = re.compile(rb"<dc:creator>(.{0,2000}?)</dc:creator>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)


def findings(data: bytes) -> Iterator[Finding]:
    """Time and memory grow with the file and at most 64 MB of what it unpacks to. Never raises."""
    layers: list[str] = []
    scripts = launches = False
    creators: list[str] = []
    for piece in _pieces(data):
        if piece is None:
            yield uninspected("文件解压后过大，图层、脚本等只检查了前面的部分")
            break
        scripts = scripts or _SCRIPT.search(piece) is not None
        launches = launches or _LAUNCH.search(piece) is not None
        for match in _LAYER.finditer(piece):
            if len(layers) < 50:
                layers.append(_layer_name(piece, match.start()))
        for match in _CREATOR.finditer(piece):
            text = re.sub(rb"<[^>]*>", b" ", match[1]).decode("utf-8", "replace").strip()
            if text and text not in creators:
                creators.append(text)
    if b"/Encrypt" in data:
        yield uninspected("文件经过加密，图层、脚本等未能全部检查")
    if layers:
        names = "、".join(name for name in dict.fromkeys(layers) if name)
        yield Finding("layer", f"有 {len(set(layers))} 个图层，其中可能有不显示的", "图层", excerpt(names))
    if scripts:
        yield Finding("script", "PDF 含有打开或点击时运行的脚本（JavaScript）", "文档动作")
    if launches:
        yield Finding("script", "PDF 含有启动其他程序的动作", "文档动作")
    if creators:
        yield Finding("author", "XMP 信息中有作者", "文件属性", excerpt("；".join(creators)))
    if earlier := _earlier(data):
        yield Finding(
            "earlier_version", f"文件内保存着 {earlier} 个早先的版本，可以恢复（改后另存为新文件即可去除）", "文件结构"
        )


def _pieces(data: bytes) -> Iterator[bytes | None]:
    """The file itself, then each of its deflated streams unpacked; ``None`` when there is more than is looked at."""
    yield data
    left = MAX_UNPACKED
    at = data.find(b"stream")
    while at >= 0:
        start = at + 6
        while data[start : start + 1] in (b"\r", b"\n"):
            start += 1
        if data[start : start + 1] in (b"\x78", b"\x68", b"\x58", b"\x48", b"\x38", b"\x28", b"\x18", b"\x08"):
            end = data.find(b"endstream", start)
            packed = data[start : end if end > 0 else len(data)]
            try:
                piece = zlib.decompressobj().decompress(packed, min(left, _MAX_STREAM))
            except zlib.error:
                piece = b""
            left -= len(piece)
            yield piece
            if left <= 0 or len(piece) >= _MAX_STREAM:
                yield None
                return
        at = data.find(b"stream", start)


def _layer_name(piece: bytes, at: int) -> str:
    """The name of the layer whose dictionary holds position ``at``."""
    begin = max(piece.rfind(b"<<", 0, at), at - 500)
    match = _NAME.search(piece, begin, at + 500)
    if not match:
        return ""
    if match[2] is not None:
        digits = re.sub(rb"\s", b"", match[2])
        raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    else:
        raw = _ESCAPE.sub(_unescaped, match[1])
    return raw[2:].decode("utf-16-be", "replace") if raw.startswith(b"\xfe\xff") else raw.decode("utf-8", "replace")


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code.isdigit():
        return bytes([int(code, 8) & 0xFF])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}.get(code, code)


def _earlier(data: bytes) -> int:
    """How often the file was added to: each save appends a cross-reference. A linearised file begins with two."""
    ends = len(re.findall(rb"startxref\s+\d+\s+%%EOF", data))
    first = 2 if b"/Linearized" in data[:2048] else 1
    return max(0, ends - first)
