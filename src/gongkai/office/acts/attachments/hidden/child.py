"""The process that looks: family of formats and seconds as arguments, the file on its input, a JSON line a finding.

Its limits are the machine's, so that they hold inside of C libraries as well.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import chain

from gongkai.office.acts.attachments.hidden import secret
from gongkai.office.acts.attachments.hidden.finding import MOST, Finding, uninspected
from gongkai.reading.errors import UnreadableError
from gongkai.reading.own_bounds import bound_process

MEMORY = 1024 * 1024 * 1024  # bytes of address space
_FAMILIES = ("pdf", "ofd", "word", "sheet", "slides", "image", "compound")


def main(family: str, seconds: str) -> None:
    """Write the findings of the file on the standard input: what was handed in need not lie in the clear for this."""
    if family not in _FAMILIES:
        raise SystemExit(2)
    bound_process(MEMORY, int(seconds))
    for finding in _bounded(family, sys.stdin.buffer.read()):
        sys.stdout.write(json.dumps(finding.as_json(), ensure_ascii=True) + "\n")
        sys.stdout.flush()


def _bounded(family: str, data: bytes) -> Iterator[Finding]:
    look = import_module(f"gongkai.office.acts.attachments.hidden.{family}").findings
    count = 0
    try:
        for finding in chain(secret.findings(family, data), look(data)):
            count += 1
            if count <= MOST:
                yield finding
    except UnreadableError as error:
        yield uninspected(f"未能检查其中的隐藏信息：{error}")
        return
    except MemoryError:
        yield uninspected("检查所需的内存超出限度，已停止；以上可能不是全部")
        return
    if count > MOST:
        yield uninspected(f"共找到 {count} 处，只列出前 {MOST} 处")


if __name__ == "__main__":
    main(*sys.argv[1:3])
