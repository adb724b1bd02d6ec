"""A Word file made by python-docx and edited: each thing hidden in it is found, with place, author and words."""

from __future__ import annotations

import io

import docx
from office.acts.attachments.hidden.looking import look, of_kind
from office.acts.attachments.makers import edited, photograph

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(*paragraphs: str, author: str = "", picture: bytes = b"") -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if picture:
        document.add_picture(io.BytesIO(picture))
    document.core_properties.author = author
    document.core_properties.last_modified_by = author
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_run(text: str, replacement: str) -> dict[str, tuple[str, str]]:
    """The change that puts XML in the place of the run with this text."""
    return {"word/document.xml": (f"<w:r><w:t>{text}</w:t></w:r>", replacement)}


def test_a_file_with_nothing_hidden_gives_nothing() -> None:
    assert look(word("一、总体情况")) == []


def test_authors_are_found() -> None:
    found = look(word("正文", author="张三丰"))
    assert [finding.sentence for finding in found] == ["文档属性中有作者", "文档属性中有最后修改者"]
    assert of_kind(found, "author") == [("文档属性", "张三丰")] * 2


def test_tracked_changes_tell_who_when_and_what() -> None:
    change = (
        '<w:del w:id="1" w:author="李四" w:date="2024-01-26T10:00:00Z"><w:r><w:delText>举报人王某</w:delText>'
        "</w:r></w:del>"
        '<w:ins w:id="2" w:author="李四" w:date="2024-01-26T10:00:00Z"><w:r><w:t>某</w:t></w:r>'
        "<w:r><w:t>人</w:t></w:r></w:ins>"
    )
    found = look(edited(word("第一段", "改动"), with_run("改动", change)))
    assert [finding.sentence for finding in found] == [
        "保留着修订记录：“李四”于 2024年1月26日 删除的文字",
        "保留着修订记录：“李四”于 2024年1月26日 插入的文字",
    ]
    assert of_kind(found, "tracked_change") == [("正文第 2 段", "举报人王某"), ("正文第 2 段", "某人")]


def test_neighbouring_changes_of_one_author_are_one_finding() -> None:
    pieces = "".join(
        f'<w:ins w:id="{n}" w:author="李四"><w:r><w:t>{text}</w:t></w:r></w:ins>' for n, text in enumerate("甲乙丙")
    )
    found = look(edited(word("改动"), with_run("改动", pieces)))
    assert of_kind(found, "tracked_change") == [("正文第 1 段", "甲乙丙")]


def test_comments_are_found() -> None:
    document = docx.Document()
    run = document.add_paragraph("征地补偿方案").add_run("补充")
    document.add_comment(run, text="此处不宜公开", author="王五", initials="W")
    document.core_properties.author = document.core_properties.last_modified_by = ""
    out = io.BytesIO()
    document.save(out)
    found = look(out.getvalue())
    assert of_kind(found, "comment") == [("第 1 条批注", "此处不宜公开")]
    assert "“王五”" in found[0].sentence


def test_hidden_text_is_found_directly_and_by_style_but_not_where_it_is_shown_again() -> None:
    document = docx.Document()
    document.add_paragraph("看得见").add_run("底价八十万").font.hidden = True
    style = document.styles.add_style("Secret", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    document.add_paragraph("看得见").add_run("按样式隐藏", style="Secret")
    document.add_paragraph().add_run("没有隐藏").font.hidden = False
    document.core_properties.author = document.core_properties.last_modified_by = ""
    out = io.BytesIO()
    document.save(out)
    found = look(out.getvalue())
    assert of_kind(found, "hidden_text") == [("正文第 1 段", "底价八十万"), ("正文第 2 段", "按样式隐藏")]
    assert len(found) == 2


def test_changes_in_footers_are_found() -> None:
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].add_run("页脚字")
    document.core_properties.author = document.core_properties.last_modified_by = ""
    out = io.BytesIO()
    document.save(out)
    deleted = '<w:del w:author="赵六"><w:r><w:delText>内部资料</w:delText></w:r></w:del>'
    data = edited(out.getvalue(), {"word/footer1.xml": ("<w:r><w:t>页脚字</w:t></w:r>", deleted)})
    assert of_kind(look(data), "tracked_change") == [("页脚第 1 段", "内部资料")]


def test_template_company_custom_properties_and_custom_xml_are_found() -> None:
    data = edited(
        word("正文"),
        {
            "word/_rels/settings.xml.rels": (
                f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" '
                'Target="file:///C:\\Users\\lisi\\公文.dotm" TargetMode="External"/></Relationships>'
            ),
            "docProps/app.xml": "<a><Company>某某县某局</Company><Template>公文模板.dotm</Template></a>",
            "docProps/custom.xml": '<Properties><property name="Secrecy"><v>内部</v></property></Properties>',
            "customXml/item1.xml": "<data><name>赵六</name></data>",
        },
    )
    found = look(data)
    assert of_kind(found, "template") == [
        ("文档属性", "公文模板.dotm"),
        ("文档设置", "file:///C:\\Users\\lisi\\公文.dotm"),
    ]
    assert of_kind(found, "author") == [("文档属性", "某某县某局")]
    assert ("文档属性", "Secrecy=内部") in of_kind(found, "custom_data")
    assert ("customXml/item1.xml", "赵六") in of_kind(found, "custom_data")


def test_files_and_macros_inside_are_found() -> None:
    data = edited(word("正文"), {"word/embeddings/Workbook1.xlsx": b"x", "word/vbaProject.bin": b"x"})
    found = look(data)
    assert of_kind(found, "embedded_file") == [("word/embeddings/Workbook1.xlsx", "Workbook1.xlsx")]
    assert of_kind(found, "macro") == [("word/vbaProject.bin", "")]


def test_a_photograph_inside_gives_its_place_away() -> None:
    found = look(word("现场照片", picture=photograph()))
    assert of_kind(found, "location") == [("文档内的图片 image1.jpg", "北纬 28.50000°，东经 112.26000°")]
