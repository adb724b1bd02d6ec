"""The package that every DOCX shares: page, styles and page numbers of GB/T 9704, made once with python-docx."""

from __future__ import annotations

import math
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from gongkai.rendering import layout
from gongkai.rendering.content import (
    ADDRESSEE,
    ATTACHMENT,
    BLANK,
    CHAPTER,
    COPIES,
    NOTE,
    NUMBER,
    NUMBERED_TITLE,
    SECTION,
    SIGNATURE,
    TEXT,
    TITLE,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _Footer
    from docx.styles.style import ParagraphStyle

# Role of a line → id of its style. Word shows headings 1–3 in its navigation pane.
STYLES = {TITLE: "Title", CHAPTER: "Heading1", SECTION: "Heading2", TEXT: "Normal", SIGNATURE: "Signature"}
STYLES |= {NUMBERED_TITLE: "Title", NUMBER: "DocumentNumber", ADDRESSEE: "Addressee", ATTACHMENT: "Attachment"}
STYLES |= {BLANK: "Normal", NOTE: "Normal", COPIES: "Copies"}
_FOLIO_HEIGHT = 18.0  # points of the line that holds the page number


PITCH = round(layout.LINE_PITCH * 20)
# The number's line: its middle, where the dashes are, stands FOLIO_DROP below the type area.
_FOOTER = layout.BOTTOM - layout.FOLIO_DROP - _FOLIO_HEIGHT / 2 / layout.POINTS_PER_MM
# Drawn together by 1/20 point steps, so that 28 characters fit; justification fills what is left. A character grid says
# the same in fewer words, but LibreOffice sets it as 22 characters.
_TRACKING = math.floor((layout.CHARACTER_PITCH - layout.BODY) * 20)
_INDENT = round(2 * layout.CHARACTER_PITCH * 20)
_TABLE_PITCH = round(layout.TABLE_PITCH * 20)


@cache
def parts() -> dict[str, bytes]:
    """Name → content of every part of the package; ``word/document.xml`` and ``docProps/core.xml`` are replaced by each
    document and come last."""
    saved = BytesIO()
    _template().save(saved)
    with ZipFile(saved) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def page_settings() -> str:
    """``<w:sectPr>`` of the only section: paper, margins, line grid, page numbers."""
    from lxml import etree

    return etree.tostring(_template().element.body.sectPr, encoding="unicode")


@cache
def _template() -> Document:
    import docx

    document = docx.Document()
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]  # a picture of python-docx's own blank page
    _styles(document)
    _page(document)
    return document


def _page(document: Document) -> None:
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(layout.PAGE_WIDTH), Mm(layout.PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(layout.TOP), Mm(layout.BOTTOM)
    section.left_margin, section.right_margin = Mm(layout.LEFT), Mm(layout.RIGHT)
    section.footer_distance, section.gutter = Mm(_FOOTER), Mm(0)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{PITCH}"/>'))
    # 7.5: odd pages at the right edge, even pages at the left, one character in.
    document.settings.odd_and_even_pages_header_footer = True
    _folio(section.footer, "right")
    _folio(section.even_page_footer, "left")
    language = document.settings.element.find(qn("w:themeFontLang"))
    if language is None:
        language = OxmlElement("w:themeFontLang")
        document.settings.element.append(language)
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")


def _folio(footer: _Footer, side: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    footer.is_linked_to_previous = False
    old = footer.paragraphs[0]._p
    size = f'<w:sz w:val="{layout.FOLIO * 2:.0f}"/>'
    fonts = f'<w:rPr><w:rFonts {_fonts(layout.SONG)}/><w:spacing w:val="0"/>{size}</w:rPr>'
    indent = f'w:{side}="{layout.FOLIO * 20:.0f}"'
    field = "".join(f'<w:r>{fonts}<w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    begin, separate, end = field.replace("</w:r>", "</w:r>\n").strip().split("\n")
    code = f'<w:r>{fonts}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    dash = f'<w:r>{fonts}<w:t xml:space="preserve">{{}}</w:t></w:r>'
    number = f"{dash.format('— ')}{begin}{code}{separate}{dash.format('1')}{end}{dash.format(' —')}"
    spacing = f'<w:snapToGrid w:val="0"/><w:spacing w:line="{_FOLIO_HEIGHT * 20:.0f}" w:lineRule="exact"/>'
    properties = f'<w:pPr>{spacing}<w:ind {indent} w:firstLine="0"/><w:jc w:val="{side}"/></w:pPr>'
    old.getparent().replace(old, parse_xml(f"<w:p {nsdecls('w')}>{properties}{number}</w:p>"))


def _fonts(family: str) -> str:
    # Figures in tables: Times New Roman, whose digits are as narrow as those of 宋体 and are on every machine.
    western = "Times New Roman" if family == layout.SONG else family
    return f'w:ascii="{western}" w:hAnsi="{western}" w:eastAsia="{family}" w:cs="{western}"'


def _styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    styles = document.styles
    text = f'<w:widowControl w:val="0"/>{_line()}<w:ind w:firstLine="{_INDENT}"/><w:jc w:val="both"/>'
    _style(styles["Normal"], layout.FANGSONG, layout.BODY, text)
    held = "<w:keepNext/><w:keepLines/>"
    first = f'<w:ind w:firstLine="{_INDENT}"/>'
    _style(styles["Heading 1"], layout.HEI, layout.BODY, f'{held}{_line()}{first}<w:outlineLvl w:val="0"/>')
    _style(styles["Heading 2"], layout.KAI, layout.BODY, f'{held}{_line()}{first}<w:outlineLvl w:val="1"/>')
    title = f"{held}{_line(after=PITCH)}"
    _style(styles["Title"], layout.TITLE_SONG, layout.TITLE, f'{title}<w:ind w:firstLine="0"/><w:jc w:val="center"/>')
    signature = styles.add_style("Signature", WD_STYLE_TYPE.PARAGRAPH)
    _style(signature, layout.FANGSONG, layout.BODY, f'{_line()}<w:ind w:firstLine="0"/><w:jc w:val="right"/>')
    number = styles.add_style("DocumentNumber", WD_STYLE_TYPE.PARAGRAPH)
    centred = f'{held}{_line(after=PITCH)}<w:ind w:firstLine="0"/><w:jc w:val="center"/>'
    _style(number, layout.FANGSONG, layout.BODY, centred)
    addressee = styles.add_style("Addressee", WD_STYLE_TYPE.PARAGRAPH)
    flush = f'<w:widowControl w:val="0"/>{_line()}<w:ind w:firstLine="0"/>'
    _style(addressee, layout.FANGSONG, layout.BODY, f'{flush}<w:jc w:val="both"/>')
    attachment = styles.add_style("Attachment", WD_STYLE_TYPE.PARAGRAPH)
    _style(attachment, layout.FANGSONG, layout.BODY, f'{flush}<w:jc w:val="left"/>')
    copies = styles.add_style("Copies", WD_STYLE_TYPE.PARAGRAPH)
    _style(copies, layout.FANGSONG, layout.FOLIO, _copies())
    table = styles.add_style("TableText", WD_STYLE_TYPE.PARAGRAPH)
    _style(table, layout.SONG, layout.TABLE, f'{_line(_TABLE_PITCH)}<w:ind w:firstLine="0"/><w:jc w:val="center"/>')


def _copies() -> str:
    """7.4: between rules of 0.35 mm, one character in at both sides."""
    character, rule = layout.FOLIO * 20, '<w:{} w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    rules = f"<w:pBdr>{rule.format('top')}{rule.format('bottom')}</w:pBdr>"
    sides = f'w:left="{4 * character:.0f}" w:right="{character:.0f}" w:hanging="{3 * character:.0f}"'
    return f'<w:widowControl w:val="0"/>{rules}{_line()}<w:ind {sides}/><w:jc w:val="left"/>'


def _line(pitch: int = PITCH, after: int = 0) -> str:
    # Lines of exactly this height make the grid by themselves; snapping to it as well would double some.
    spacing = f'<w:spacing w:before="0" w:after="{after}" w:line="{pitch}" w:lineRule="exact"/>'
    return f'<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>{spacing}'


def _style(style: ParagraphStyle, family: str, size: float, properties: str) -> None:
    """Replace what the style says with a font, a size and paragraph properties (in the order of the schema)."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    element = style.element
    for name in ("w:pPr", "w:rPr"):
        for old in element.findall(qn(name)):
            element.remove(old)
    element.append(parse_xml(f"<w:pPr {nsdecls('w')}>{properties}</w:pPr>"))
    tracking = f'<w:spacing w:val="{_TRACKING if size == layout.BODY else 0}"/>'
    look = f'<w:color w:val="000000"/>{tracking}<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/>'
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
    element.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:rFonts {_fonts(family)}/>{look}{language}</w:rPr>"))
