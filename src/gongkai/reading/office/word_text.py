"""The text of a Word paragraph as printed: runs, tabs, breaks; no deleted, moved or hidden text, no field codes."""

from __future__ import annotations

from lxml import etree

from gongkai.reading.office.word_numbering import VAL, W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE, CHOICE, FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
P, PPR, T, RPR, VANISH, TEXT_BOX = f"{W}p", f"{W}pPr", f"{W}t", f"{W}rPr", f"{W}vanish", f"{W}txbxContent"
RUN, FIELD = f"{W}r", f"{W}fldChar"
_PRINTED = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_SILENT = DELETED | {
    PPR,
    RPR,
    f"{W}rt",
    f"{W}instrText",
    f"{W}delText",
    f"{W}delInstrText",
    f"{W}sdtPr",
    f"{W}sdtEndPr",
}
# A paragraph with none of these is the sum of its w:t.
_SPECIAL = (*_PRINTED, *DELETED, f"{W}rt", VANISH, FIELD, TEXT_BOX, ALTERNATE)
_OFF = frozenset({"0", "false", "off", "none"})


def special_paragraphs(root: etree._Element) -> set[etree._Element]:
    """The paragraphs of a document that hold more than plain text. Looked for once, in C, as most hold nothing else."""
    found: set[etree._Element] = set()
    for element in root.iter(*_SPECIAL):
        found.update(element.iterancestors(P))
    return found


def plain(paragraph: etree._Element) -> str:
    """The text of a paragraph that is not among ``special_paragraphs``."""
    return "".join([run.text or "" for run in paragraph.iter(T)])


def special(paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
    """The text of any paragraph, and the text boxes anchored in it (their ``w:txbxContent``)."""
    parts: list[str] = []
    boxes: list[etree._Element] = []
    fields: list[bool] = []  # for each open field: is its code running (and its result not yet begun)
    _collect(paragraph, parts, boxes, fields)
    return "".join(parts), boxes


def branch(alternate: etree._Element) -> etree._Element | None:
    """The one branch of ``mc:AlternateContent`` that is printed: the first choice, else the fallback."""
    first = next(alternate.iterchildren(CHOICE), None)
    return first if first is not None else next(alternate.iterchildren(FALLBACK), None)


def on(switch: etree._Element) -> bool:
    """Whether a switch such as ``w:vanish`` is on: present and not "false"."""
    return switch.get(VAL) not in _OFF


def _collect(element: etree._Element, parts: list[str], boxes: list[etree._Element], fields: list[bool]) -> None:
    for child in element:
        tag = child.tag
        if tag == T:
            if child.text and True not in fields:
                parts.append(child.text)
        elif tag == RUN:
            if not _hidden(child):
                _collect(child, parts, boxes, fields)
        elif tag in _PRINTED:
            if True not in fields:
                parts.append(_PRINTED[tag])
        elif tag == FIELD:
            _turn(fields, child.get(f"{W}fldCharType"))
        elif tag == TEXT_BOX:
            boxes.append(child)
        elif tag == ALTERNATE:
            chosen = branch(child)
            if chosen is not None:
                _collect(chosen, parts, boxes, fields)
        elif tag not in _SILENT:
            _collect(child, parts, boxes, fields)


def _turn(fields: list[bool], event: str | None) -> None:
    # A field that a paragraph leaves open (a table of contents) does not hide the paragraphs after it.
    if event == "begin":
        fields.append(True)
    elif fields and event == "separate":
        fields[-1] = False
    elif fields and event == "end":
        fields.pop()


def _hidden(run: etree._Element) -> bool:
    properties = next(run.iterchildren(RPR), None)
    return properties is not None and any(on(switch) for switch in properties.iterchildren(VANISH))
