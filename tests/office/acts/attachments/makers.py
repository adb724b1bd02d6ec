"""Files for tests, made here: packages edited part by part, compound files, pictures as a telephone writes them."""

from __future__ import annotations

import io
import struct
import zipfile
from itertools import pairwise

from PIL import ExifTags, Image, TiffImagePlugin

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
MACRO_TYPES = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """A zip file with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def edited(package: bytes, changes: dict[str, bytes | str | tuple[str, str]]) -> bytes:
    """A package with parts put in or replaced; a pair (old, new) replaces inside of a part, which must hold the old."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        if isinstance(change, tuple):
            old, new = change
            text = bytes(parts[name]).decode()  # type: ignore[arg-type]
            assert old in text, f"{old} is not in {name}"
            parts[name] = text.replace(old, new)
        else:
            parts[name] = change
    return zipped(parts)


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound (OLE) file with these streams; "storage/stream" lies in a storage. Each stream takes whole sectors."""
    entries: list[tuple[str, int, list[str], bytes]] = [("Root Entry", 5, [], b"")]
    tree: dict[str, dict[str, bytes]] = {}
    for name, content in streams.items():
        storage, _, stream = name.rpartition("/")
        tree.setdefault(storage, {})[stream] = content
    top = {**dict.fromkeys(storage for storage in tree if storage), **tree.get("", {})}
    index: dict[str, int] = {}
    for name, content in top.items():
        index[name] = len(entries)
        entries.append((name, 1 if content is None else 2, [], content or b""))
    inner = []
    for storage in (storage for storage in tree if storage):
        for name, content in tree[storage].items():
            inner.append((index[storage], len(entries)))
            entries.append((name, 2, [], content))
    fat: list[int] = [FAT]
    directory_sectors = -(-len(entries) // 4)
    fat += [*range(2, directory_sectors + 1), END]
    body, starts = b"", {}
    for number, (_, kind, _, content) in enumerate(entries):
        if kind == 2:
            full = content.ljust(4096, b"\0")
            sectors = -(-len(full) // 512)
            starts[number] = (len(fat), len(full))
            fat += [*range(len(fat) + 1, len(fat) + sectors), END]
            body += full.ljust(sectors * 512, b"\0")
    assert len(fat) <= 128, "one sector of table is all this writer knows"
    children = {0: list(index.values())}
    for storage, entry in inner:
        children.setdefault(storage, []).append(entry)
    following = {one: other for group in children.values() for one, other in pairwise(group)}
    directory = b""
    for number, (name, kind, _, _) in enumerate(entries):
        raw = (name + "\0").encode("utf-16-le")
        start, size = starts.get(number, (END if kind == 5 else 0, 0))
        child = children.get(number, [FREE])[0]
        directory += (
            raw.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(raw), kind, 1, FREE, following.get(number, FREE), child)
            + bytes(16)
            + struct.pack("<IQQIQ", 0, 0, 0, start, size)
        )
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 62, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<I", 0)
    table = struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    return header.ljust(512, b"\xff") + table + directory.ljust(directory_sectors * 512, b"\0") + body


def summary(**properties: str) -> bytes:
    """A SummaryInformation stream in code page 936; the names are those of Word: author, last_saved_by, template."""
    numbers = {"author": 4, "template": 7, "last_saved_by": 8}
    values = [(1, struct.pack("<Ihxx", 2, 936))]
    for name, text in properties.items():
        raw = text.encode("gbk") + b"\0"
        values.append((numbers[name], struct.pack("<II", 30, len(raw)) + raw.ljust(-(-len(raw) // 4) * 4, b"\0")))
    table, content, at = b"", b"", 8 + 8 * len(values)
    for number, value in values:
        table += struct.pack("<II", number, at + len(content))
        content += value
    section = struct.pack("<II", 8 + len(table) + len(content), len(values)) + table + content
    fmtid = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    return struct.pack("<HHI16sI", 0xFFFE, 0, 0x20005, bytes(16), 1) + fmtid + struct.pack("<I", 48) + section


def photograph(format: str = "JPEG", encoding: str = "utf-8") -> bytes:
    """A picture with place, camera, time and author, as a telephone writes them."""
    tags = {
        ExifTags.Base.Make: "Invented",
        ExifTags.Base.Model: "Phone 7",
        ExifTags.Base.Artist: "张三丰".encode(encoding),
        ExifTags.IFD.Exif: {ExifTags.Base.DateTimeOriginal: "2024:01:26 10:30:00"},
        ExifTags.IFD.GPSInfo: {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (28.0, 30.0, 0.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (112.0, 15.0, 36.0),
        },
    }
    exif = Image.Exif()
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, value in tags.items():
        exif[tag] = directory[tag] = value
    out = io.BytesIO()
    also = (
        {"tiffinfo": directory} if format == "TIFF" else {"exif": exif}
    )  # Pillow writes only the head of Exif to TIFF
    Image.new("RGB", (40, 30), (90, 120, 150)).save(out, format, **also)
    return out.getvalue()


def picture(format: str) -> bytes:
    """A picture with nothing in it but pixels."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (1, 2, 3)).save(out, format)
    return out.getvalue()
