"""Ordinary files are extracted in this process; the others in a child with limits on time and memory.

pdfium cannot be interrupted: a page whose forms call one another ten times at each of ten levels, or a stream that
unpacks to a gigabyte, holds the process until it is done. What makes a file ordinary is told from its bytes: all
its streams together unpack to little, and no forms multiply.
"""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from gongkai.reading.errors import UnreadableError
from gongkai.reading.pdf.extract import CostlyError, Head, Page, extract

CHUNK = 64 * 1024  # bytes unpacked at a time: stays in the cache
UNPACKED = 8 * 1024 * 1024  # bytes of all streams of an ordinary file
FORM_CALLS = 1  # "Do" operators of an ordinary file that has forms: a form that calls itself twice runs 2**40 times
CHILD_SECONDS = 8.0

COSTLY = "读取这份 PDF 所需的时间或内存超出限度，已停止；请确认文件是否正常，或另存为新的 PDF 后再试。"

_CALL = re.compile(rb"\bDo\b")
# One pass from slash to slash. An encrypted stream cannot be looked into; LZW, run lengths and a chain of filters
# unpack to more than one inflating shows; a filter or subtype kept elsewhere, or a name with escapes, hides them.
_NAME = re.compile(
    rb"/(?:(?P<opaque>Encrypt\b|LZW|RunLength|FFilter|RL[\s/\]>]|Fl\s*/|Filter\s*[\d%]|\w+Decode\s*/\w+Decode\b)"
    rb"|(?P<form>Form\b|Subtype\s*[\d%])|[A-Za-z0-9]*#[0-9A-Fa-f]{2}[A-Za-z0-9#]*)"
)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_TELLING = {b"/Form", b"/Subtype", b"/Filter", b"/FlateDecode", b"/Fl", b"/LZWDecode", b"/RunLengthDecode", b"/Encrypt"}


def pages_of(data: bytes) -> tuple[Head, list[Page], bool]:
    """The head, the pages read, and False when a limit was met before all were read.

    Raises UnreadableError like ``extract``.
    """
    if ordinary(data):
        try:
            return _sorted_out(list(extract(data, limited=False)))
        except CostlyError:
            pass
    return _in_child(data)


def ordinary(data: bytes) -> bool:
    """Whether reading this file cannot take much more than its size suggests."""
    if len(data) > UNPACKED:
        return False
    forms = False
    for name in _NAME.finditer(data):
        if name["form"]:
            forms = True
        elif name["opaque"] or _telling(name[0]):
            return False
    calls = len(_CALL.findall(data)) if forms else 0
    left = UNPACKED
    view = memoryview(data)
    for start in _deflated(data):
        end = data.find(b"endstream", start)
        packed = view[start : end if end > 0 else len(data)]
        stream = zlib.decompressobj()
        try:
            while len(packed) and not stream.eof:
                unpacked = stream.decompress(packed, left if forms else CHUNK)
                packed = memoryview(stream.unconsumed_tail)
                left -= len(unpacked)
                if forms:
                    calls += len(_CALL.findall(unpacked))
                if left <= 0 or calls > FORM_CALLS:
                    return False
        except zlib.error:
            return False
        if not stream.eof:
            return False
    return calls <= FORM_CALLS


def _deflated(data: bytes) -> Iterator[int]:
    """Where in the file streams with a zlib header begin. The others are no larger than the file."""
    at = data.find(b"stream")
    while at >= 0:
        start = at + 6
        if data[start : start + 1] == b"\r":
            start += 1
        if data[start : start + 1] == b"\n":
            start += 1
        if len(data) > start + 1 and data[start] & 0x0F == 8 and (data[start] * 256 + data[start + 1]) % 31 == 0:
            yield start
        at = data.find(b"stream", start)


def _telling(name: bytes) -> bool:
    return _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), name) in _TELLING


def _in_child(data: bytes) -> tuple[Head, list[Page], bool]:
    source = str(Path(__file__).resolve().parents[3])
    path = os.pathsep.join([source, *filter(None, [os.environ.get("PYTHONPATH")])])
    child = subprocess.Popen(
        [sys.executable, "-m", "gongkai.reading.pdf.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
    )
    with child:
        try:
            output, _ = child.communicate(data, CHILD_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            output, _ = child.communicate()
    head, pages, _ = _sorted_out(_unpickled(output))
    return head, pages, child.returncode == 0


def _unpickled(output: bytes) -> list[Head | Page]:
    """What the child could still write before it ended or was stopped; its last piece may be cut off."""
    stream, parts = BytesIO(output), []
    try:
        while True:
            part = pickle.load(stream)
            if isinstance(part, UnreadableError):
                raise part
            parts.append(part)
    except (EOFError, pickle.UnpicklingError):
        return parts


def _sorted_out(parts: list[Head | Page]) -> tuple[Head, list[Page], bool]:
    heads = [part for part in parts if isinstance(part, Head)]
    if not heads:
        raise UnreadableError(COSTLY)
    return heads[0], [part for part in parts if isinstance(part, Page)], True
