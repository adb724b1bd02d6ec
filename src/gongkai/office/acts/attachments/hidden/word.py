"""Word documents: tracked changes, comments, hidden text, and what packages carry in general."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.office.acts.attachments.hidden.finding import Finding, excerpt, uninspected
from gongkai.office.acts.attachments.hidden.package import Package, pictures, properties
from gongkai.reading.errors import UnreadableError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGES = {_W + "ins": "插入", _W + "del": "删除", _W + "moveFrom": "移走", _W + "moveTo": "移入"}
_TEXT = (_W + "t", _W + "delText")
_OFF = ("0", "false", "off")
_PART = re.compile(r"word/(document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PLACES = {"document": "正文", "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


def findings(data: bytes) -> Iterator[Finding]:
    """Hidden data of a DOCX or DOCM. Raises UnreadableError when the package cannot be opened."""
    package = Package(data)
    yield from properties(package)
    yield from _template(package)
    hiding = _hiding_styles(package)
    for name in package.names:
        if match := _PART.fullmatch(name):
            place = _PLACES[match[1].rstrip("0123456789")]
            try:
                root = package.root(name)
            except UnreadableError as error:
                yield uninspected(f"{place}未能检查：{error}", name)
                continue
            if root is not None:
                yield from _text_findings(root, place, hiding)
    yield from _comments(package)
    yield from pictures(package)


def _template(package: Package) -> Iterator[Finding]:
    try:
        relations = package.relations("word/settings.xml")
    except UnreadableError:
        return
    for kind, target, _ in relations.values():
        if kind == "attachedTemplate":
            yield Finding("template", "文档记有模板的路径，可能带有计算机名、用户名", "文档设置", excerpt(target))


def _hiding_styles(package: Package) -> frozenset[str]:
    try:
        root = package.root("word/styles.xml")
    except UnreadableError:
        return frozenset()
    if root is None:
        return frozenset()
    return frozenset(
        style.get(_W + "styleId", "") for style in root.iter(_W + "style") if _vanishes(style.find(_W + "rPr"))
    )


def _vanishes(properties: etree._Element | None) -> bool:
    mark = None if properties is None else properties.find(_W + "vanish")
    return mark is not None and mark.get(_W + "val", "1").lower() not in _OFF


def _text_findings(root: etree._Element, place: str, hiding: frozenset[str]) -> Iterator[Finding]:
    """One pass in the order of the document; neighbours of the same kind and author make one finding."""
    paragraph = 0
    hidden_style = False
    open_change: tuple[tuple[str, str, str], int, list[str]] | None = None
    open_hidden: tuple[int, list[str]] | None = None
    formats = 0
    for element in root.iter():
        tag = element.tag
        if tag == _W + "p":
            paragraph += 1
            style = element.find(f"{_W}pPr/{_W}pStyle")
            hidden_style = style is not None and style.get(_W + "val") in hiding
        elif tag in _CHANGES:
            text = "".join(part.text or "" for part in element.iter(*_TEXT))
            if not text:
                continue
            key = (_CHANGES[tag], element.get(_W + "author", ""), element.get(_W + "date", "")[:10])
            if open_change and open_change[0] == key and open_change[1] in (paragraph, paragraph - 1):
                open_change = (key, paragraph, [*open_change[2], text])
                continue
            if open_change:
                yield _change(open_change, place)
            open_change = (key, paragraph, [text])
        elif tag in (_W + "rPrChange", _W + "pPrChange"):
            formats += 1
        elif tag == _W + "r" and _is_hidden(element, hidden_style, hiding):
            text = "".join(part.text or "" for part in element.iter(*_TEXT))
            if not text:
                continue
            if open_hidden and open_hidden[0] == paragraph:
                open_hidden[1].append(text)
                continue
            if open_hidden:
                yield _hidden(open_hidden, place)
            open_hidden = (paragraph, [text])
    if open_change:
        yield _change(open_change, place)
    if open_hidden:
        yield _hidden(open_hidden, place)
    if formats:
        yield Finding("tracked_change", f"有 {formats} 处格式修订记录", place)


def _is_hidden(run: etree._Element, hidden_style: bool, hiding: frozenset[str]) -> bool:
    properties = run.find(_W + "rPr")
    if properties is not None:
        if properties.find(_W + "vanish") is not None:
            return _vanishes(properties)
        style = properties.find(_W + "rStyle")
        if style is not None and style.get(_W + "val") in hiding:
            return True
    return hidden_style


def _change(change: tuple[tuple[str, str, str], int, list[str]], place: str) -> Finding:
    (what, author, date), paragraph, texts = change
    who = f"“{excerpt(author)}”" if author else "未署名者"
    when = f"于 {_date(date)} " if date else ""
    return Finding(
        "tracked_change",
        f"保留着修订记录：{who}{when}{what}的文字",
        f"{place}第 {paragraph} 段",
        excerpt("".join(texts)),
    )


def _hidden(hidden: tuple[int, list[str]], place: str) -> Finding:
    return Finding("hidden_text", "有设为隐藏的文字", f"{place}第 {hidden[0]} 段", excerpt("".join(hidden[1])))


def _comments(package: Package) -> Iterator[Finding]:
    try:
        root = package.root("word/comments.xml")
    except UnreadableError as error:
        yield uninspected(f"批注未能检查：{error}", "批注")
        return
    for number, comment in enumerate(root.iter(_W + "comment") if root is not None else (), 1):
        text = "".join(part.text or "" for part in comment.iter(*_TEXT))
        author, date = comment.get(_W + "author", ""), comment.get(_W + "date", "")[:10]
        who = f"“{excerpt(author)}”" if author else "未署名者"
        when = f"于 {_date(date)} " if date else ""
        yield Finding("comment", f"有批注：{who}{when}所写", f"第 {number} 条批注", excerpt(text))


def _date(text: str) -> str:
    """2024-01-26 → 2024年1月26日; anything else as it stands."""
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else text
