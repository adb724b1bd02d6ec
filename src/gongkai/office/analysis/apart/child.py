"""The process apart: a question a line on standard input, an answer a line on standard output, until the input ends.

An alarm of the system's own ends it when one question takes too long, even when nobody is left to wait for it.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from gongkai.cli.bounds import WORKER, bound_memory
from gongkai.office.analysis.apart.answers import ANSWERS
from gongkai.reading.errors import UnreadableError

_GRACE = 5.0  # seconds after which a parent that waits would have acted


def main() -> None:
    answers = _only_us()
    bound_memory(WORKER)
    for line in sys.stdin.buffer:
        question = json.loads(line)
        _alarm(float(question["seconds"]) + _GRACE)
        answers.write(json.dumps(_answered(question)).encode() + b"\n")
        answers.flush()
        _alarm(0)


def _only_us() -> Any:
    """The pipe to the office; what libraries in C print goes nowhere, or it would be taken for an answer."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    if not os.environ.get("GONGKAI_DEBUG"):
        os.dup2(nowhere, 2)
    return answers


def _answered(question: dict[str, Any]) -> dict[str, Any]:
    try:
        return ANSWERS[question["ask"]](question)
    except UnreadableError as error:
        return {"error": " ".join(str(error).split())}
    except MemoryError:
        return {"error": "读取所需内存过大，已放弃"}
    except Exception as error:  # whatever a stranger's file brings about is an answer, not the end
        return {"error": f"内部错误（请把文件和这行字报给系统管理员）：{type(error).__name__}：{error}"[:300]}


def _alarm(seconds: float) -> None:
    import signal

    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main()
