"""Names of files as people gave them: cleaned for showing and for saving, and held against the content."""

from __future__ import annotations

import re
import unicodedata

from gongkai.office.acts.attachments.kinds import KINDS, RUN_BY_SUFFIX, Kind

LONGEST = 120  # characters
_LONGEST_BYTES = 240  # of UTF-8: file systems end at 255
NAMELESS = "未命名文件"
# Controls, and the marks that turn the direction of reading: "附件\u202etxt.exe" shows as 附件exe.txt.
_UNSHOWN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.IGNORECASE)


def clean(name: str) -> str:
    """``name`` fit to be shown and saved: the last part of a path, without control and direction marks.

    At most 120 characters; the suffix is kept when the rest is shortened. Never empty.
    """
    name = unicodedata.normalize("NFC", _UNSHOWN.sub("", name.replace("\\", "/")).rsplit("/", 1)[-1])
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub("_", name)).strip(" .")
    if not name:
        return NAMELESS
    if _DEVICE.match(name):
        name = "_" + name
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > 10:
        stem, dot, suffix = name, "", ""
    room = LONGEST - len(dot + suffix)
    stem = stem[:room]
    while len((stem + dot + suffix).encode()) > _LONGEST_BYTES:
        stem = stem[:-1]
    return stem.rstrip() + dot + suffix


def suffix_of(name: str) -> str:
    """The suffix in lower case without dot; "" when there is none."""
    stem, dot, suffix = name.strip(" .").rpartition(".")
    return suffix.lower() if stem and dot and re.fullmatch(r"\w{1,10}", suffix) else ""


def disagreement(name: str, kind: Kind) -> str | None:
    """What to say when the suffix of ``name`` is not one of its content; ``None`` when they agree."""
    suffix = suffix_of(name)
    if suffix in kind.suffixes or (not kind.suffixes and suffix not in _known()):
        return None
    if not suffix:
        return f"文件名没有后缀，按内容是{kind.name}" if kind.suffixes else None
    return f"文件名后缀是 .{suffix}，但按内容是{kind.name}；系统以内容为准，请确认没有拿错文件"


def refusal(name: str, kind: Kind) -> str | None:
    """Why a file of this name and content is not taken; ``None`` when it is."""
    if kind.refused:
        return kind.refused if kind.key == "empty" else f"“{clean(name)}”是{kind.name}。{kind.refused}"
    suffix = suffix_of(clean(name))
    if suffix in RUN_BY_SUFFIX:
        return f"“{clean(name)}”的后缀 .{suffix} 是程序或脚本的后缀。为防止病毒和误操作，不接收程序和脚本"
    return None


def _known() -> frozenset[str]:
    return frozenset(suffix for kind in KINDS.values() for suffix in kind.suffixes)
