"""The mark of a state secret in a file: such a file must not enter the office at all."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import closing

import pypdfium2

from gongkai.office.acts.attachments.hidden.finding import Finding
from gongkai.office.acts.attachments.hidden.package import Package
from gongkai.office.acts.secret_mark import mark_in
from gongkai.reading.errors import UnreadableError

_FIRST_PAGES = 2  # the mark stands on top of the first; before it there may be a cover
_ENCODINGS = ("utf-8", "gb18030", "utf-16")
_TAG = re.compile(r"<[^>]*>")


def findings(family: str, data: bytes) -> Iterator[Finding]:
    """One at most. What does not open is told by the look for hidden data."""
    if family == "pdf":
        texts = _of_pdf(data)
    elif family in ("word", "sheet", "slides", "ofd"):
        texts = _of_package(data)
    else:
        return
    mark = next(filter(None, map(mark_in, texts)), "")
    if mark:
        yield marked(mark)


def findings_of_text(data: bytes) -> list[Finding]:
    """The same for plain text of whatever encoding."""
    mark = next(filter(None, (mark_in(data.decode(encoding, "ignore")) for encoding in _ENCODINGS)), "")
    return [marked(mark)] if mark else []


def marked(mark: str) -> Finding:
    """What is told of a file that bears ``mark``."""
    return Finding(
        "state_secret",
        "文件中有密级标志。本系统不得存储、处理国家秘密：属于国家秘密的，请立即按保密规定处理，并报告保密工作机构；"
        "不属于的，请删去密级标志后再上传",
        excerpt=mark,
    )


def _of_pdf(data: bytes) -> Iterator[str]:
    try:
        with closing(pypdfium2.PdfDocument(data)) as pdf:
            for number in range(min(len(pdf), _FIRST_PAGES)):
                yield pdf[number].get_textpage().get_text_bounded()
    except pypdfium2.PdfiumError:
        return


def _of_package(data: bytes) -> Iterator[str]:
    try:
        package = Package(data)
        for name in package.names:
            if name.endswith(".xml"):
                # A word may be cut into many runs: only the tags between them are taken out.
                yield html.unescape(_TAG.sub("", (package.container.get(name) or b"").decode("utf-8", "ignore")))
    except UnreadableError:
        return
