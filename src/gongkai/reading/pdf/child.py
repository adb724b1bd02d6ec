"""The process for files that may cost much: a PDF on standard input, pickled pages on standard output.

Its limits are the machine's, so that they hold inside of pdfium as well. Pages are written one by one: what was
read before a limit was met is kept.
"""

from __future__ import annotations

import pickle
import sys

from gongkai.reading.errors import UnreadableError
from gongkai.reading.own_bounds import bound_process
from gongkai.reading.pdf.extract import SECONDS, extract

MEMORY = 512 * 1024 * 1024


def main() -> None:
    bound_process(MEMORY, int(SECONDS))
    output = sys.stdout.buffer
    try:
        for part in extract(sys.stdin.buffer.read(), limited=True):
            output.write(pickle.dumps(part))
            output.flush()
    except UnreadableError as error:
        output.write(pickle.dumps(error))


if __name__ == "__main__":
    main()
