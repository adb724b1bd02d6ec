"""Reading: a document of any format → ``Report``. ``open`` is the one door.

bytes → ``sniff`` finds the format → a format reader gives lines and grids (``document``) → ``recognise`` finds the
tables, the chapters and the claims. Format readers know nothing of reports, and nothing behind them knows formats.
"""

from __future__ import annotations

from pathlib import Path

from gongkai.reading.errors import UnreadableError
from gongkai.report import Report

__all__ = ["UnreadableError", "open"]


def open(source: str | Path | bytes, *, name: str | None = None) -> Report:
    """The report in ``source``: a path, the bytes of a file, or text (any ``str`` with a line break or a tag in
    it, or longer than a path can be).

    ``name`` stands for the source in messages. Raises ``UnreadableError`` with one Chinese line when it cannot be read;
    figures that cannot be read are unread in the report, with the reason.
    """
    from gongkai.reading import formats
    from gongkai.reading.recognise import recognise

    if isinstance(source, str) and ("\n" in source or "<" in source or len(source) > 1000):
        return recognise(formats.read_text(source))
    data = formats.load(Path(source)) if isinstance(source, str | Path) else source
    return recognise(formats.read_bytes(data, name or (str(source) if not isinstance(source, bytes) else None)))
