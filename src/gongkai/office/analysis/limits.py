"""What is accepted, in numbers and in words."""

from __future__ import annotations

from gongkai.office.analysis.apart.answers import MAX_DOCUMENTS
from gongkai.reading.limits import MAX_BYTES

MAX_FILES = 100  # files of one upload, each looked through while its sender waits; more come as an archive
AT_ONCE = 2 * 1024 * 1024  # bytes of a single file that is read while the person waits
AT_ONCE_SECONDS = 8.0  # how long the person waits at most; after that a job does it
CHUNK = 10  # documents of one job

ACCEPTED = ".html,.htm,.docx,.xlsx,.pdf,.txt,.md,.json,.jsonl,.zip"
_MB = 1024 * 1024


def in_words(most: int) -> tuple[str, ...]:
    """The same for the person who uploads; ``most``: bytes of one upload."""
    return (
        "网页（.html）、Word（.docx）、Excel（.xlsx）、带文字层的 PDF、文本（.txt、.md），"
        "以及装有这些文件的 ZIP 压缩包；也可以是本软件导出的报告数据（.json、.jsonl）。不认后缀，只看内容。",
        f"每个文件不超过 {MAX_BYTES // _MB} MB，一次最多 {MAX_FILES} 个文件、共 {most // _MB} MB；"
        f"更多的请打成 ZIP 压缩包，一个包里最多 {MAX_DOCUMENTS} 份。",
        "扫描件、图片、旧版 .doc 和 .xls、WPS 格式、OFD 暂不能读取，系统会说明怎样另存。",
    )
