"""Photographs and pictures: where and when taken, with what, by whom; the picture kept inside the picture."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from io import BytesIO

from PIL import ExifTags, Image

from gongkai.office.acts.attachments.hidden.finding import Finding, excerpt, uninspected

MAX_PIXELS = 50_000_000  # beyond this a picture is not decoded; its head is still read
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
_AUTHOR = {"Artist": "作者", "Copyright": "版权人", "CameraOwnerName": "相机所有者", "XPAuthor": "作者"}
_CAMERA = ("Make", "Model", "LensModel", "BodySerialNumber", "HostComputer")
_WORDS = {
    "ImageDescription": "说明",
    "UserComment": "备注",
    "XPComment": "备注",
    "XPTitle": "标题",
    "XPKeywords": "关键词",
}
_XMP_NAMES = re.compile(rb"<(?:dc:creator|photoshop:AuthorsPosition|Iptc4xmpCore:CreatorContactInfo)\b.*?</", re.DOTALL)
_XMP_GPS = re.compile(rb"exif:GPS(?:Latitude|Longitude)\b[^0-9]{1,4}([0-9][0-9.,]*[NSEW]?)")


def findings(data: bytes) -> Iterator[Finding]:
    """Hidden data of one picture. Never raises: what cannot be read is a finding."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a large or slightly broken picture, whose head is all that is wanted
            yield from _findings(data)
    except Image.DecompressionBombError:
        yield uninspected("图片的尺寸过大，未能检查其中的隐藏信息")
    except MemoryError:
        raise
    except Exception:  # Pillow's readers end in errors of many kinds on a broken file
        yield uninspected("图片已损坏或格式不完整，未能检查其中的隐藏信息")


def _findings(data: bytes) -> Iterator[Finding]:
    with Image.open(BytesIO(data), formats=_FORMATS) as picture:
        exif = picture.getexif()
        tags = {name: value for name, value in _named(exif).items() if value}
        yield from _location(exif)
        if camera := " ".join(dict.fromkeys(tags[key] for key in _CAMERA if key in tags)):
            yield Finding("camera", "图片记有拍摄设备", "图片信息", excerpt(camera))
        if taken := tags.get("DateTimeOriginal") or tags.get("DateTimeDigitized"):
            yield Finding("taken_at", "图片记有拍摄时间", "图片信息", excerpt(taken))
        for key, label in _AUTHOR.items():
            if key in tags:
                yield Finding("author", f"图片记有{label}", "图片信息", excerpt(tags[key]))
        for key, label in _WORDS.items():
            if key in tags:
                yield Finding("metadata", f"图片带有{label}文字", "图片信息", excerpt(tags[key]))
        if _thumbnail(exif):
            yield Finding("thumbnail", "图片内存有缩略图，可能是裁剪、涂抹之前的样子", "图片信息")
        if picture.format == "MPO" and (others := getattr(picture, "n_frames", 1) - 1):
            yield Finding("embedded_file", f"图片文件内还有另外 {others} 张图片", "图片信息")
        yield from _texts(picture)
        yield from _xmp(picture, exif)


def _named(exif: Image.Exif) -> dict[str, str]:
    found = {}
    for ifd in (dict(exif), exif.get_ifd(ExifTags.IFD.Exif)):
        for tag, value in ifd.items():
            if name := ExifTags.TAGS.get(tag):
                found[name] = _text(value, wide=name.startswith("XP"), marked=name == "UserComment")
    return found


def _text(value: object, wide: bool = False, marked: bool = False) -> str:
    if isinstance(value, tuple) and wide:
        value = bytes(part for part in value if isinstance(part, int) and 0 <= part < 256)
    if isinstance(value, bytes):
        if wide:
            value = value.decode("utf-16-le", "replace")
        elif marked and value[:8] == b"UNICODE\0":
            value = value[8:].decode("utf-16", "replace")
        else:
            value = (value[8:] if marked else value).decode("utf-8", "replace")
    return _repaired(str(value)).strip("\0 \t\r\n") if not isinstance(value, tuple) else ""


def _repaired(text: str) -> str:
    """Exif knows ASCII only; what Chinese cameras and programs write there is UTF-8 or GBK, read as Latin-1."""
    try:
        raw = text.encode("latin-1")
        return text if raw.isascii() else raw.decode("utf-8")
    except UnicodeEncodeError:
        return text
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _location(exif: Image.Exif) -> Iterator[Finding]:
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "S")
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "W")
    if latitude is not None and longitude is not None:
        north, east = "南纬" if latitude < 0 else "北纬", "西经" if longitude < 0 else "东经"
        where = f"{north} {abs(latitude):.5f}°，{east} {abs(longitude):.5f}°"
        yield Finding("location", "图片记有拍摄地点（GPS 坐标）", "图片信息", where)
    elif gps:
        yield Finding("location", "图片带有 GPS 信息，坐标未能读出", "图片信息")


def _degrees(parts: object, side: object, negative: str) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)  # type: ignore[attr-defined]
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not -360 <= value <= 360:
        return None
    return -value if str(side).strip("\0 ") == negative else value


def _thumbnail(exif: Image.Exif) -> bool:
    return ExifTags.Base.JpegIFOffset in exif.get_ifd(ExifTags.IFD.IFD1)


def _texts(picture: Image.Image) -> Iterator[Finding]:
    """Comments of GIF and JPEG; texts of PNG, of which some follow the pixels."""
    if comment := picture.info.get("comment"):
        yield Finding("metadata", "图片带有备注文字", "图片信息", excerpt(_text(comment)))
    if picture.format == "PNG":
        if picture.width * picture.height <= MAX_PIXELS:
            picture.load()
        for key, value in getattr(picture, "text", {}).items():
            if key != "XML:com.adobe.xmp":
                kind = "author" if key.lower() in ("author", "copyright") else "metadata"
                yield Finding(kind, f"图片带有文字“{excerpt(key)}”", "图片信息", excerpt(str(value)))


def _xmp(picture: Image.Image, exif: Image.Exif) -> Iterator[Finding]:
    packet = picture.info.get("xmp") or exif.get(ExifTags.Base.XMLPacket) or picture.info.get("XML:com.adobe.xmp")
    if not packet:
        return
    data = packet.encode() if isinstance(packet, str) else bytes(packet)
    names = " ".join(re.sub(rb"<[^>]*>?", b" ", name).decode("utf-8", "replace") for name in _XMP_NAMES.findall(data))
    yield Finding("metadata", f"图片带有 XMP 信息（{len(data)} 字节）", "图片信息", excerpt(names))
    if gps := _XMP_GPS.findall(data):
        yield Finding(
            "location", "图片的 XMP 信息中有 GPS 坐标", "图片信息", excerpt(b" ".join(gps).decode("ascii", "replace"))
        )
