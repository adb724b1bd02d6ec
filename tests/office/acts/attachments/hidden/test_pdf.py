"""PDF files of pdfium and typst, and some written by hand: what their pages do not show is found."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import typst
from office.acts.attachments.hidden.looking import look, of_kind
from pypdfium2 import raw
from reading.pdf_pages import Sheet, pdf


def compiled(source: str, folder: Path) -> bytes:
    path = folder / "source.typ"
    path.write_text(source, encoding="utf-8")
    return bytes(typst.compile(str(path)))


def objects(*bodies: bytes, catalog: bytes = b"") -> bytes:
    """A PDF of one page with these objects, numbered from 4, which is its annotation; ``catalog`` goes in there."""
    all_bodies = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Annots[4 0 R]>>",
        *bodies,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(all_bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    return (
        out + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(out))
    )


def utf16(text: str) -> bytes:
    return b"<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode() + b">"


def test_a_plain_file_hides_nothing() -> None:
    assert look(pdf(Sheet().text(50, 50, "年度报告"))) == []


def test_authors_of_a_file_of_typst_are_found(tmp_path: Path) -> None:
    data = compiled('#set document(author: "张三丰", title: "年度报告")\nx', tmp_path)
    found = look(data)
    assert ("文件属性", "张三丰") in of_kind(found, "author")
    assert ("文件属性", "年度报告") in of_kind(found, "metadata")


def test_annotations_tell_who_wrote_what_and_links_are_none() -> None:
    note = b"<</Type/Annot/Subtype/Text/Rect[9 9 30 30]/T" + utf16("李四") + b"/Contents" + utf16("此处删去") + b">>"
    found = look(objects(note))
    assert of_kind(found, "annotation") == [("第 1 页", "此处删去")]
    assert found[0].sentence == "有注释（便笺，“李四”所写）"
    link = b"<</Type/Annot/Subtype/Link/Rect[9 9 30 30]/Contents(x)>>"
    assert look(objects(link)) == []


def test_a_mark_for_redaction_says_that_what_is_below_is_still_there() -> None:
    found = look(objects(b"<</Type/Annot/Subtype/Redact/Rect[9 9 30 30]>>"))
    assert "其下的内容还在" in found[0].sentence


def test_attachments_are_found() -> None:
    document = pypdfium2.PdfDocument(pdf(Sheet().text(50, 50, "年度报告")))
    document.new_attachment("申请人名单.xlsx").set_data(b"content")
    out = io.BytesIO()
    document.save(out)
    assert of_kind(look(out.getvalue()), "embedded_file") == [("附件", "申请人名单.xlsx")]


def test_layers_are_found_by_name() -> None:
    layer = b"<</Type/OCG/Name" + utf16("涂黑层") + b">>"
    data = objects(layer, catalog=b"/OCProperties<</OCGs[4 0 R]/D<</OFF[4 0 R]>>>>")
    assert of_kind(look(data), "layer") == [("图层", "涂黑层")]


def test_text_that_is_not_drawn_is_found_with_its_words() -> None:
    sheet = Sheet().text(50, 50, "看得见的文字")
    sheet.operators.append("3 Tr")
    sheet.text(50, 100, "Hidden words")
    found = look(pdf(sheet))
    assert of_kind(found, "invisible_text") == [("第 1 页", "Hidden words")]


def test_what_is_filled_into_a_form_is_found() -> None:
    field = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/Rect[9 9 99 30]/T" + utf16("身份证号") + b"/V" + utf16("某号码") + b">>"
    )
    data = objects(field, catalog=b"/AcroForm<</Fields[4 0 R]>>")
    found = look(data)
    assert of_kind(found, "form_field") == [("第 1 页", "某号码")]
    assert "“身份证号”" in found[0].sentence


def test_scripts_are_found_whether_named_or_in_actions() -> None:
    action = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
    named = look(objects(action, catalog=b"/Names<</JavaScript<</Names[(a)4 0 R]>>>>"))
    assert ("文档脚本", "app.alert(1)") in of_kind(named, "script")
    opened = look(objects(action, catalog=b"/OpenAction 4 0 R"))
    assert of_kind(opened, "script") == [("文档动作", "")]


def test_earlier_versions_are_counted() -> None:
    plain = pdf(Sheet().text(50, 50, "年度报告"))
    document = pypdfium2.PdfDocument(plain)
    document[0].set_rotation(90)
    out = io.BytesIO()
    document.save(out, flags=raw.FPDF_INCREMENTAL)
    assert out.getvalue().startswith(plain[:100])
    found = look(out.getvalue())
    assert len(of_kind(found, "earlier_version")) == 1
    assert "1 个早先的版本" in found[0].sentence


def test_a_locked_file_could_not_be_inspected() -> None:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]/Root" % (b"41" * 32, b"42" * 32)
    found = look(pdf(Sheet().text(50, 50, "年度报告")).replace(b"/Root", lock))
    assert [finding.sentence for finding in found] == ["文件有打开密码，未能检查其中的隐藏信息"]
