"""Bytes → text, for pages and text files whose declaration of encoding is missing or wrong.

What the bytes can only be decides first, what they claim to be last: many county sites declare ``gb2312`` over
UTF-8, or the reverse. A reading is believed when its characters are those that Chinese offices write (the 3,755
common characters of GB/T 2312 level 1, ASCII and punctuation); nothing is guessed into garbage.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from gongkai.reading.errors import UnreadableError

_BOMS = (  # UTF-32 before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\r\f\x1a\x1b") + b"\x7f"
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,20})""", re.I)
# Declared names are looked up here and nowhere else: Python's codecs include slow and odd ones (punycode, idna).
_KNOWN = {
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "hzgb2312": "hz",
    "shiftjis": "cp932",
    "eucjp": "euc_jp",
    "euckr": "cp949",
    "iso88591": "cp1252",
    "latin1": "cp1252",
    "windows1252": "cp1252",
    "utf16": "utf-16-le",
    "utf16le": "utf-16-le",
    "utf16be": "utf-16-be",
}
_SAMPLE = 4_000  # characters looked at to judge a reading
_BELIEVED = 0.9  # share of ordinary characters above which a strict reading is taken at once
_RANDOM = 0.3  # random bytes read as UTF-16 reach half of this
_REFUSED = 0.6  # share below which the best reading is still garbage


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data`` without byte order mark; a character cut in two by the end of the file is left out.

    ``declared``: the encoding that a header or a ``<meta>`` names, ``None`` to look for it in the data.
    Raises ``UnreadableError`` when the bytes are not text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            body = data[len(mark) :]
            text = _strictly(body, name)
            text = _checked(text if text is not None else body.decode(name, "replace"))
            if name != "utf-8" and body and _ordinary(text) < _RANDOM:  # nearly any bytes are valid UTF-16
                raise UnreadableError(_JUNK)
            return text
    head = data[:65536]
    if b"\0" in head:
        return _with_nuls(data)
    if len(head.translate(None, _CONTROLS)) < 0.95 * len(head):
        raise UnreadableError(_JUNK)
    text = _strictly(data, "utf-8")
    if text is not None:
        return text
    text = _strictly(data, "gb18030")
    if text is not None and _ordinary(text) >= _BELIEVED:
        return text
    return _best(data, declared)


_JUNK = "无法识别为文本：内容像是二进制数据，请确认文件是否完整、是否为网页或文本文件"


def _strictly(data: bytes, name: str) -> str | None:
    """``None`` when a sequence is wrong; one that merely breaks off at the end is forgiven (a truncated download)."""
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(data, False)
    except UnicodeDecodeError:
        return None


def _with_nuls(data: bytes) -> str:
    """Text with NUL bytes is UTF-16 without its mark, or has a few stray ones, or is no text."""
    found = _likeliest(_readings(data, ("utf-16-le", "utf-16-be")))
    if found and found[0] >= _BELIEVED:
        return found[1]
    if data.count(0) * 200 > len(data):
        raise UnreadableError(_JUNK)
    return decode(data.replace(b"\0", b""))


def _best(data: bytes, declared: str | None) -> str:
    names = ["gb18030", "big5hkscs", "utf-16-le", "utf-16-be"]
    if declared is None and (match := _DECLARED.search(data[:4096])):
        declared = match[1].decode("ascii")
    if declared and (known := _KNOWN.get(re.sub(r"[^a-z0-9]", "", declared.lower()))):
        names.append(known)
    readings = _readings(data, names)
    for name in ("utf-8", "gb18030"):  # damaged in places: the marks of replacement count against the reading
        text = data.decode(name, "replace")
        readings.append((_ordinary(text), text))
    found = _likeliest(readings)
    if found is None or found[0] < _REFUSED:
        raise UnreadableError("无法识别文字编码：按UTF-8、GB18030、Big5、UTF-16读出的都是乱码，请另存为UTF-8编码后再试")
    return _checked(found[1])


def _readings(data: bytes, names: tuple[str, ...] | list[str]) -> list[tuple[float, str]]:
    return [(_ordinary(text), text) for name in names if (text := _strictly(data, name))]


def _likeliest(readings: list[tuple[float, str]]) -> tuple[float, str] | None:
    return max(readings, key=lambda reading: reading[0], default=None)  # of equals the first


def _checked(text: str) -> str:
    sample = text[:_SAMPLE]
    if len(sample) - len(_CONTROL_CHARACTERS.sub("", sample)) > 0.05 * len(sample):
        raise UnreadableError(_JUNK)
    return text


_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1c-\x1f\x7f-\x9f\ufffd]")


def _ordinary(text: str) -> float:
    """Share of ordinary characters among those that tell encodings apart: ASCII says nothing while there are others."""
    sample = re.sub(r"[\t\n\r\f -~]+", "", text[: _SAMPLE * 5])[:_SAMPLE]
    if not sample:
        return 1.0 if text.strip() else 0.0
    strange = sum(map(len, _strange().findall(sample)))
    return 1 - strange / len(sample)


@cache
def _strange() -> re.Pattern[str]:
    """Everything but common characters, both simplified and (as far as Big5 level 1 has them) traditional."""
    common = b"".join(bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    level1 = common.decode("gb2312", "ignore")
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    big5 = b"".join(bytes((row, cell)) for row in range(0xA4, 0xC7) for cell in trails).decode("big5", "ignore")
    punctuation = r"\u3000-\u301f\uff01-\uff5e\u2010-\u2026\u2460-\u249b\xa0\xb7\xd7"
    return re.compile("[^" + "".join(sorted(set(level1 + big5))) + punctuation + "]+")
