"""The look for hidden data as the office calls it: in a process of its own, bounded in time and memory.

A reader of strange files may be made to loop, to swell, or to crash (pdfium is C++); none of that reaches the office,
and what was found before is kept.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

from gongkai.office.acts.attachments.hidden import secret
from gongkai.office.acts.attachments.hidden.finding import MOST, Finding, from_json, uninspected
from gongkai.reading.limits import MAX_BYTES

SECONDS = 20.0
_STOPPED = "检查所需的时间或内存超出限度，已停止；以上可能不是全部"
_NOTHING_TO_HIDE = frozenset({"text", "csv", "json", "bmp", "empty"})  # but the mark of a secret
_BY_KIND = {
    "pdf": "pdf",
    "ofd": "ofd",
    **dict.fromkeys(("docx", "docm"), "word"),
    **dict.fromkeys(("xlsx", "xlsm"), "sheet"),
    **dict.fromkeys(("pptx", "pptm"), "slides"),
    **dict.fromkeys(("jpeg", "png", "gif", "tiff", "webp"), "image"),
    **dict.fromkeys(("doc", "xls", "ppt", "wps", "et", "dps", "compound"), "compound"),
}


def inspect(file: BinaryIO, kind: str, seconds: float = SECONDS) -> list[Finding]:
    """The hidden data of an open file, whose kind (key of ``kinds.KINDS``) is known.

    An empty list means that it was looked through and nothing found; what could not be looked through is a finding of
    kind "not_inspected". At most 201 findings. Never raises for what is in the file, but what reading it raises.
    """
    if kind in _NOTHING_TO_HIDE:
        return secret.findings_of_text(file.read(MAX_BYTES))
    if kind not in _BY_KIND:
        return [uninspected("这类文件不检查隐藏信息；公开前请打开确认")]
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return [uninspected(f"文件超过 {MAX_BYTES // 1024**2} MB，未检查隐藏信息")]
    return _in_child(data, _BY_KIND[kind], seconds)


def _in_child(data: bytes, family: str, seconds: float) -> list[Finding]:
    source = str(Path(__file__).resolve().parents[5])
    paths = os.pathsep.join([source, *filter(None, [os.environ.get("PYTHONPATH")])])
    child = subprocess.Popen(
        [sys.executable, "-m", "gongkai.office.acts.attachments.hidden.child", family, str(int(seconds))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )
    with child:
        try:
            output, _ = child.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            output, _ = child.communicate()
    found = _parsed(output)
    if child.returncode:
        found.append(uninspected(_STOPPED))
    return found


def unfinished(findings: list[Finding]) -> bool:
    """Whether the look was stopped for time or memory: with more of them it may come to its end."""
    return any(finding.sentence == _STOPPED for finding in findings)


def _parsed(output: bytes) -> list[Finding]:
    """One finding a line; the last line may be cut off."""
    found = []
    for line in output.splitlines(keepends=True)[: MOST + 1]:
        if line.endswith(b"\n"):
            found.append(from_json(json.loads(line)))
    return found
