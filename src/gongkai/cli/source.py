"""Where one document comes from, and what a name says of it."""

from __future__ import annotations

import os
from typing import NamedTuple

_JSON = (".json", ".jsonl", ".ndjson")
# What a saved web page brings along. In a folder these are no documents; named singly they are tried like any file.
_COMPANIONS = (
    *(".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico", ".svg", ".gif", ".webp"),
    *(".mp3", ".mp4", ".ini", ".log", ".db", ".lnk", ".url", ".exe", ".dll", ".bak", ".tmp"),
)


class Source(NamedTuple):
    """Where one document comes from. ``label``: what people are told. ``path``: the file; ``member``: the name within
    an archive; ``span``: offset and length of the line in a file of JSON lines; ``data``: the bytes themselves
    (standard input). ``is_json``: a report as data. ``error``: why there is no document, known from the start."""

    label: str
    path: str = ""
    member: str | None = None
    span: tuple[int, int] | None = None
    data: bytes | None = None
    is_json: bool = False
    error: str | None = None


def is_document(name: str) -> bool:
    """Whether a file found in a folder or an archive is to be read: hidden files, Office's lock files and the style
    sheets and scripts of saved pages are not."""
    return not name.startswith((".", "~$")) and os.path.splitext(name)[1].lower() not in _COMPANIONS


def is_json(name: str) -> bool:
    """Whether the file is a report as data, or several, by its name."""
    return os.path.splitext(name)[1].lower() in _JSON


def system_reason(error: OSError) -> str:
    """An error of the system, said in Chinese."""
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    if isinstance(error, PermissionError):
        return "没有读取权限"
    if isinstance(error, IsADirectoryError):
        return "是文件夹，不是文件"
    return f"读取失败（系统错误 {error.errno}）"
