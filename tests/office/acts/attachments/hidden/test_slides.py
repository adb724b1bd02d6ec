"""Slides of python-pptx, edited: hidden slides, notes and comments are found."""

from __future__ import annotations

import io

import pptx
from office.acts.attachments.hidden.looking import look, of_kind
from office.acts.attachments.makers import edited

P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'


def slides() -> bytes:
    presentation = pptx.Presentation()
    for number in (1, 2):
        slide = presentation.slides.add_slide(presentation.slide_layouts[0])
        slide.shapes.title.text = f"第{number}部分"
    presentation.slides[1].notes_slide.notes_text_frame.text = "此页口头说明，不要念数字"
    presentation.slides[1].element.set("show", "0")
    presentation.core_properties.author = presentation.core_properties.last_modified_by = "孙七"
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def test_hidden_slides_and_notes_are_found_with_their_words() -> None:
    found = look(slides())
    assert of_kind(found, "hidden_slide") == [("第 2 张幻灯片", "第2部分")]
    assert of_kind(found, "notes") == [("第 2 张幻灯片", "此页口头说明，不要念数字")]
    assert ("文档属性", "孙七") in of_kind(found, "author")


def test_comments_are_found() -> None:
    data = edited(
        slides(),
        {
            "ppt/slides/_rels/slide1.xml.rels": (
                "</Relationships>",
                '<Relationship Id="c1" Type="x/comments" Target="../comments/comment1.xml"/></Relationships>',
            ),
            "ppt/comments/comment1.xml": f'<p:cmLst {P}><p:cm authorId="0"><p:text>数字待核</p:text></p:cm></p:cmLst>',
        },
    )
    assert of_kind(look(data), "comment") == [("第 1 张幻灯片", "数字待核")]
