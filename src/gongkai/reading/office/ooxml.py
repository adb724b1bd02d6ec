"""What DOCX and XLSX share: XML parts parsed without trust, and the core properties.

Office Open XML forbids document type declarations (ECMA-376 part 2), so a part that has one is hostile or broken.
"""

from __future__ import annotations

from lxml import etree

from gongkai.reading.errors import UnreadableError
from gongkai.reading.office.container import DAMAGED, Container

# Tags and attributes of a part: lxml takes about 130 bytes for each. A report of a hundred pages has 200,000.
MAX_NODES = 2_000_000
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}


def parse(xml: bytes) -> etree._Element:
    """The root element of one part. "Strict" documents come back under the usual (transitional) namespaces.

    Raises UnreadableError for broken XML, a document type declaration, nesting beyond 256 or too many elements.
    """
    if xml.count(b"<") + xml.count(b"=") > MAX_NODES:
        raise UnreadableError("文件内容过于庞杂（XML 元素过多），不予读取")
    if b"<!DOCTYPE" in xml:
        raise UnreadableError("文件内含不允许的实体声明，可能是恶意文件，不予读取")
    if _STRICT in xml[:4096]:
        for strict, transitional in _TRANSITIONAL.items():
            xml = xml.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(DAMAGED) from error
    # In an encoding other than UTF-8 the declaration does not show in the bytes.
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("文件内含不允许的实体声明，可能是恶意文件，不予读取")
    return root


def core_properties(container: Container) -> dict[str, str]:
    """title, creator, created, modified and the like from ``docProps/core.xml``; broken properties are none."""
    try:
        xml = container.get("docProps/core.xml")
        root = parse(xml) if xml else ()
    except UnreadableError:
        return {}
    return {
        etree.QName(child).localname.lower(): child.text.strip()
        for child in root
        if isinstance(child.tag, str) and child.text and child.text.strip()
    }
