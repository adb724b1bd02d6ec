"""The process that opens the PDF: the library that draws pages is not safe in threads, and a file may be hostile.

Reads one line of JSON (``do``: count, picture, burn; ``path``; what else it needs), writes the result to its output.
Its other output has a line for each step of a burning, "3/20". Ends with 3 and a sentence in Chinese as the last line
there when it cannot.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

from gongkai.office.applications.redaction.boxes import Box, BoxError
from gongkai.office.applications.redaction.burning import UnreadablePdfError, burn, page_count, picture
from gongkai.office.applications.redaction.proof import faults
from gongkai.reading.own_bounds import bound_process

MEMORY = 2 * 1024**3  # bytes of address space; a page of 40 million pixels is drawn in a tenth of it
SORRY = 3


def main() -> None:
    """One question, one answer."""
    question = json.loads(sys.stdin.readline())
    bound_process(MEMORY, int(question["seconds"]))
    try:
        answer = answer_to(question, Path(question["path"]).read_bytes())
    except (BoxError, UnreadablePdfError) as error:
        _sorry(str(error))
    except MemoryError:
        _sorry("处理这份文件所需的内存超出限度")
    else:
        sys.stdout.buffer.write(answer)


def answer_to(question: dict[str, Any], pdf: bytes) -> bytes:
    """The number of pages, a picture (PNG), or the redacted file once it has been proved. Raises as those do."""
    if question["do"] == "count":
        return str(page_count(pdf)).encode()
    if question["do"] == "picture":
        drawn = io.BytesIO()
        picture(pdf, question["page"], question["width"]).save(drawn, "PNG")
        return drawn.getvalue()
    boxes = [Box.of(values) for values in question["boxes"]]
    steps = 2 * page_count(pdf)
    redacted = burn(pdf, boxes, lambda pages: _tell(pages, steps))
    if left := faults(redacted, boxes, lambda pages: _tell(steps // 2 + pages, steps)):
        raise BoxError(f"遮盖后的文件没有通过核验，没有保存：{'；'.join(left[:5])}")
    return redacted


def _tell(done: int, steps: int) -> None:
    sys.stderr.write(f"{done}/{steps}\n")
    sys.stderr.flush()


def _sorry(sentence: str) -> None:
    sys.stderr.buffer.write(sentence.encode())
    raise SystemExit(SORRY)


if __name__ == "__main__":
    main()
