"""The kind of a file from its content. Neither the suffix nor what the browser declares is asked.

What the core already tells apart (``gongkai.reading.sniff``) is taken from there; here the kinds it has no use for
are told: variants with macros, the three of WPS, images by format, archives, programs and scripts.
"""

from __future__ import annotations

import csv
import os
import re
import struct
from io import BytesIO
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

import olefile

from gongkai.office.acts.attachments.kinds import KINDS, Kind
from gongkai.reading import sniff
from gongkai.reading.encoding import decode
from gongkai.reading.errors import UnreadableError
from gongkai.reading.limits import MAX_BYTES
from gongkai.reading.office.container import MAX_MEMBERS, Container

_HEAD = 1024 * 1024  # of a file that is too large to be read whole
_ENTRY = b"PK\x01\x02"  # how an entry of a zip's directory begins
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

_PROGRAMS = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # Mach-O for several machines, Java classes
    b"dex\n",
    b"ITSF",  # compiled help, which runs scripts
    b"\x4c\x00\x00\x00\x01\x14\x02\x00",  # Windows shortcut
    b"!<arch>",
    b"\xed\xab\xee\xdb",  # RPM
)
_INSTALLER = bytes.fromhex("84100C0000000000C000000000000046")  # class of a Windows installer package
_IMAGES = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"BM", "bmp"),
    (b"RIFF", "webp"),
)
_ARCHIVES = ((b"Rar!", "rar"), (b"7z", "7z"), (b"\x1f\x8b", "gz"))
_SCRIPT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:#!|@?echo\s+off\b|@echo\b|<\?php\b|<\?=|<%@|<job\b|REGEDIT4|Windows Registry Editor|"
    rb"\[InternetShortcut\]|(?:function\s+)?(?:Set\s+\w+\s*=\s*)?(?:WScript\.|CreateObject\s*\(|new\s+ActiveXObject\b)|"
    rb"(?:Option\s+Explicit|On\s+Error\s+Resume\s+Next)\s*\n|Set-ExecutionPolicy\b|#Requires\s+-)",
    re.IGNORECASE,
)
_SCRIPT_CALL = re.compile(
    rb"\bWScript\.(?:Shell|CreateObject|Echo)|\bnew\s+ActiveXObject\s*\(|<hta:application\b", re.IGNORECASE
)
_TEXTS = frozenset({"text", "html", "json", "xml", "mht"})
_PROGRAM_MEMBERS = frozenset({"META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex"})
# Beginning of a member's name, kind, kind with macros.
_PACKAGES = (
    ("word/", "docx", "docm"),
    ("xl/workbook.bin", "xlsb", "xlsb"),
    ("xl/", "xlsx", "xlsm"),
    ("ppt/", "pptx", "pptm"),
)
_STREAMS = (  # of the root of a compound file: stream, kind, kind when written by WPS
    ("encryptedpackage", "encrypted", "encrypted"),
    ("worddocument", "doc", "wps"),
    ("workbook", "xls", "et"),
    ("book", "xls", "et"),
    ("powerpoint document", "ppt", "dps"),
)
_WPS_MARKS = ("WpsCustomData".encode("utf-16-le"), b"KSOProductBuildVer", "KSOProductBuildVer".encode("utf-16-le"))
# Where the core's word is the kind.
_SAME = frozenset("pdf ofd docx xlsx xlsb rtf odt ods html json mht encrypted empty".split())  # noqa: SIM905


def kind_of(data: bytes) -> Kind:
    """The kind of ``data``, by content. Never raises."""
    return KINDS[_key(data)]


def kind_of_file(file: BinaryIO) -> Kind:
    """The kind of an open file. Beyond what the core reads (50 MB) its beginning and its directory decide.

    Raises what reading it raises.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size <= MAX_BYTES:
        return kind_of(file.read())
    head = file.read(_HEAD)
    if not head.startswith(_ZIP):
        return kind_of(head)
    names = _names_of_large(file)
    return KINDS[_zip_key(names, b"") if names is not None else "zip"]


def _key(data: bytes) -> str:
    if _is_program(data):
        return "executable"
    format = sniff.format_of(data)
    if format in ("docx", "xlsx", "xlsb", "ppt", "zip") and data.startswith(_ZIP):
        return _package_key(data, format)
    if format in ("doc", "xls", "ppt", "wps"):
        return _compound_key(data, format)
    if format in _TEXTS and (_SCRIPT.match(data) or _SCRIPT_CALL.search(data, 0, _HEAD)):
        return "script"
    if format in _SAME:
        return format
    if format == "image":
        return next((key for magic, key in _IMAGES if data.startswith(magic)), "binary")
    if format == "archive":
        return next((key for magic, key in _ARCHIVES if data.startswith(magic)), "binary")
    if format == "xml":
        return "svg" if re.search(rb"<(?:\w+:)?svg[\s>]", data[:4096]) else "xml"
    if format == "text":
        return "csv" if _is_table(data) else "text"
    return "binary"


def _is_program(data: bytes) -> bool:
    if data.startswith(_PROGRAMS):
        return True
    if not data.startswith((b"MZ", b"ZM")):
        return False
    # Two letters may begin a text as well: a program says where its newer header is, or is not text at all.
    if len(data) >= 64:
        (at,) = struct.unpack_from("<I", data, 60)
        if data[at : at + 2] in (b"PE", b"NE", b"LE", b"LX"):
            return True
    return b"\0" in data[:512]


def _package_key(data: bytes, format: str) -> str:
    try:
        container = Container(data)
        names = container.names
        types = container.get("[Content_Types].xml") or b""
    except UnreadableError:
        # Cut off or locked: what the core made of it stands.
        return "pptx" if format == "ppt" else format
    key = _zip_key(names, types)
    return format if key == "zip" and format in _SAME else key


def _zip_key(names: list[str], types: bytes) -> str:
    present = set(names)
    if "OFD.xml" in present:
        return "ofd"
    macros = b"macroEnabled" in types or any(name.rsplit("/", 1)[-1] == "vbaProject.bin" for name in names)
    if "[Content_Types].xml" in present or "_rels/.rels" in present or "word/document.xml" in present:
        for prefix, plain, with_macros in _PACKAGES:
            if any(name.startswith(prefix) for name in names):
                return with_macros if macros else plain
    if "content.xml" in present and "META-INF/manifest.xml" in present:
        return "odp"  # text and spreadsheets were told by the core
    return "executable" if present & _PROGRAM_MEMBERS else "zip"


def _names_of_large(file: BinaryIO) -> list[str] | None:
    """The members of a large zip; ``None`` when it is broken or has too many."""
    try:
        if _members_of(file) > MAX_MEMBERS:
            return None
        with ZipFile(file) as archive:
            return archive.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError, struct.error, OverflowError):
        return None


def _members_of(file: BinaryIO) -> int:
    """How many entries a directory may have, at most: counted until they are too many."""
    count, tail = 0, b""
    file.seek(0)
    while count <= MAX_MEMBERS and (chunk := file.read(_HEAD)):
        part = tail + chunk
        count += part.count(_ENTRY)
        tail = part[-(len(_ENTRY) - 1) :]  # a mark that lies across two parts; too short to be counted twice
    return count


def _compound_key(data: bytes, format: str) -> str:
    """The streams at the root decide: those of embedded objects lie deeper (a workbook inside a letter)."""
    if _INSTALLER in data:
        return "executable"
    by_wps = any(mark in data for mark in _WPS_MARKS)
    roots = _root_streams(data)
    if roots is None:
        return {"doc": "doc", "xls": "xls", "ppt": "ppt"}.get(format, "compound")
    for stream, plain, wps in _STREAMS:
        if stream in roots:
            return wps if by_wps else plain
    return "compound"


def _root_streams(data: bytes) -> set[str] | None:
    try:
        with olefile.OleFileIO(BytesIO(data)) as compound:
            return {entry[0].lower() for entry in compound.listdir(streams=True, storages=True) if len(entry) == 1}
    except Exception:  # a broken file ends in any of a dozen errors, RecursionError among them
        return None


def _is_table(data: bytes) -> bool:
    """Whether a text is lines with the same number (two or more) of fields, told by one separator."""
    try:
        text = decode(data[: 64 * 1024])
    except UnreadableError:
        return False
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    if len(data) > 64 * 1024:
        lines = lines[:-1]
    if len(lines) < 2:
        return False
    for separator in ",\t;":
        try:
            widths = {len(row) for row in csv.reader(lines, delimiter=separator) if row}
        except csv.Error:
            continue
        if len(widths) == 1 and widths.pop() >= 2:
            return True
    return False
