"""PATHS as typed → the documents they stand for, in order: files, folders, globs, archives, JSON lines, "-"."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from gongkai.cli.source import Source, is_document, is_json, system_reason
from gongkai.reading.limits import MAX_BYTES

STDIN = "标准输入"


def expand(paths: list[str]) -> Iterator[Source]:
    """The documents that ``paths`` stand for. What is not there, or empty, is a source with an ``error``."""
    for path in paths:
        if path == "-":
            yield from _standard_input()
        elif os.path.isdir(path):
            yield from _or_empty(path, _folder(path))
        elif os.path.exists(path):
            yield from _file(path)
        elif glob.has_magic(path):
            matches = sorted(glob.glob(path, recursive=True))
            if not matches:
                yield Source(path, error="没有文件与这个写法相符")
            for match in matches:
                yield from _folder(match) if os.path.isdir(match) else _file(match)
        else:
            yield Source(path, error="没有这个文件或文件夹")


def _or_empty(path: str, sources: Iterator[Source]) -> Iterator[Source]:
    first = next(sources, None)
    if first is None:
        yield Source(path, error="文件夹里没有可读的文件")
    else:
        yield first
        yield from sources


def _folder(path: str) -> Iterator[Source]:
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if is_document(name):
                yield from _file(os.path.join(folder, name))


def _file(path: str) -> Iterator[Source]:
    if os.path.splitext(path)[1].lower() == ".zip":
        from gongkai.cli.archive import members

        yield from members(path)
    elif is_json(path):
        yield from _json_file(path)
    else:
        yield Source(path, path)


def _json_file(path: str) -> Iterator[Source]:
    """One source a line for JSON lines, one for the file when it is a single object printed over many lines."""
    try:
        with Path(path).open("rb") as file:
            first = file.readline(MAX_BYTES + 1)
            if not is_json_line(first):
                yield Source(path, path, is_json=True)
                return
            second = file.readline(MAX_BYTES + 1)
            if not second.strip():
                yield Source(path, path, is_json=True)
                return
            offset, line = 0, first
            number = 1
            while line:
                if line.strip():
                    yield Source(f"{path} 第 {number} 行", path, span=(offset, len(line)), is_json=True)
                offset += len(line)
                number += 1
                file.seek(offset)
                line = file.readline(MAX_BYTES + 1)
    except OSError as error:
        yield Source(path, error=system_reason(error))


def is_json_line(line: bytes) -> bool:
    line = line.removeprefix(b"\xef\xbb\xbf").strip()
    return line.startswith(b"{") and line.endswith(b"}")


def _standard_input() -> Iterator[Source]:
    if sys.stdin is None or sys.stdin.closed:
        yield Source(STDIN, error="没有内容")
        return
    stream = sys.stdin.buffer
    first = stream.readline(MAX_BYTES + 1)
    if is_json_line(first):
        number, line = 1, first
        while line:
            if line.strip():
                yield Source(f"{STDIN} 第 {number} 行", data=line, is_json=True)
            number += 1
            line = stream.readline(MAX_BYTES + 1)
        return
    data = first + stream.read(MAX_BYTES + 1 - len(first))
    if not data.strip():
        yield Source(STDIN, error="没有内容")
    elif data[:4] == b"PK\x03\x04":
        from gongkai.cli.archive import members_of

        yield from members_of(STDIN, data)
    else:
        yield Source(STDIN, data=data, is_json=data.lstrip()[:1] == b"{")
