"""Pictures: place, camera, time, author, texts and thumbnails are found; clean pictures give nothing."""

from __future__ import annotations

import io
import struct

import pytest
from office.acts.attachments.hidden.looking import look, of_kind
from office.acts.attachments.makers import photograph, picture
from PIL import ExifTags, Image, PngImagePlugin


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_clean_picture_gives_nothing(format: str) -> None:
    assert look(picture(format)) == []


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_what_a_telephone_writes_is_found(format: str) -> None:
    found = look(photograph(format))
    assert of_kind(found, "location") == [("图片信息", "北纬 28.50000°，东经 112.26000°")]
    assert of_kind(found, "camera") == [("图片信息", "Invented Phone 7")]
    assert of_kind(found, "taken_at") == [("图片信息", "2024:01:26 10:30:00")]
    assert of_kind(found, "author") == [("图片信息", "张三丰")]


def test_names_in_the_encoding_of_chinese_windows_are_read() -> None:
    assert of_kind(look(photograph(encoding="gbk")), "author") == [("图片信息", "张三丰")]


def test_south_and_west_are_told_apart() -> None:
    exif = Image.Exif()
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "S", (1.0, 0.0, 0.0)
    place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "W", (2.0, 0.0, 0.0)
    out = io.BytesIO()
    Image.new("L", (4, 4)).save(out, "JPEG", exif=exif)
    assert of_kind(look(out.getvalue()), "location") == [("图片信息", "南纬 1.00000°，西经 2.00000°")]


def test_the_thumbnail_inside_is_found() -> None:
    """Exif with a second directory that holds a JPEG, as cameras write it; Pillow does not."""
    small = picture("JPEG")
    head = b"Exif\0\0II*\0" + struct.pack("<I", 8)
    first = struct.pack("<H", 0) + struct.pack("<I", 14)
    second = (
        struct.pack("<H", 2) + struct.pack("<HHII", 0x0201, 4, 1, 44) + struct.pack("<HHII", 0x0202, 4, 1, len(small))
    )
    exif = head + first + second + struct.pack("<I", 0) + small
    plain = picture("JPEG")
    data = plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:]
    assert of_kind(look(data), "thumbnail") == [("图片信息", "")]


def test_texts_of_png_are_found() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "张三丰")
    texts.add_itxt("Comment", "测试截图")
    out = io.BytesIO()
    Image.new("L", (4, 4)).save(out, "PNG", pnginfo=texts)
    found = look(out.getvalue())
    assert of_kind(found, "author") == [("图片信息", "张三丰")]
    assert of_kind(found, "metadata") == [("图片信息", "测试截图")]


def test_comments_of_jpeg_are_found() -> None:
    out = io.BytesIO()
    Image.new("L", (4, 4)).save(out, "JPEG", comment="内部使用".encode())
    assert of_kind(look(out.getvalue()), "metadata") == [("图片信息", "内部使用")]


def test_xmp_is_found_with_its_author_and_place() -> None:
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="28,30.5N">'
        b"<dc:creator><rdf:Seq><rdf:li>Wang Wu</rdf:li></rdf:Seq></dc:creator></rdf:Description></x:xmpmeta>"
    )
    out = io.BytesIO()
    Image.new("L", (4, 4)).save(out, "JPEG", xmp=packet)
    found = look(out.getvalue())
    assert of_kind(found, "metadata") == [("图片信息", "Wang Wu")]
    assert of_kind(found, "location") == [("图片信息", "28,30.5N")]
