"""What Word, Excel and PowerPoint packages have in common: properties, relations, parts from elsewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from gongkai.office.acts.attachments.hidden import image
from gongkai.office.acts.attachments.hidden.finding import Finding, excerpt, uninspected
from gongkai.reading.errors import UnreadableError
from gongkai.reading.office.container import Container
from gongkai.reading.office.ooxml import core_properties, parse

BUDGET = 256 * 1024 * 1024  # bytes that may come out of one package: more than for reading, as parts are seen singly
_MOST_PICTURES = 50
_AUTHORS = (("creator", "作者"), ("lastmodifiedby", "最后修改者"))
_PROPERTIES = (("Manager", "主管"), ("Company", "单位"))
_TEMPLATES = frozenset({"", "Normal", "Normal.dotm", "Normal.dot", "Normal.eit", "Normal.wpt"})


class Package:
    """The parts of a package. Opening raises UnreadableError; a broken part is a finding, not an error."""

    def __init__(self, data: bytes) -> None:
        self.container = Container(data, BUDGET)
        self.names = self.container.names

    def root(self, name: str) -> etree._Element | None:
        """The XML of a part; ``None`` when it is not there. Raises UnreadableError when it is broken."""
        xml = self.container.get(name)
        return None if xml is None else parse(xml)

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Id → type (its last word), target (a part's name, or an address), whether the target is outside."""
        folder, _, name = part.rpartition("/")
        path = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        root = self.root(path)
        found = {}
        for relation in root if root is not None else ():
            target, external = relation.get("Target", ""), relation.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            found[relation.get("Id", "")] = (relation.get("Type", "").rsplit("/", 1)[-1], target, external)
        return found


def properties(package: Package) -> Iterator[Finding]:
    """Authors, company, template, custom properties, macros, files inside."""
    core = core_properties(package.container)
    for key, label in _AUTHORS:
        if value := core.get(key):
            yield Finding("author", f"文档属性中有{label}", "文档属性", excerpt(value))
    if app := _part(package, "docProps/app.xml"):
        values = {
            etree.QName(child).localname: (child.text or "").strip() for child in app[0] if isinstance(child.tag, str)
        }
        for key, label in _PROPERTIES:
            if value := values.get(key):
                yield Finding("author", f"文档属性中有{label}", "文档属性", excerpt(value))
        template = values.get("Template", "")
        if template not in _TEMPLATES:
            yield Finding("template", "文档属性中有模板名称", "文档属性", excerpt(template))
    if custom := _part(package, "docProps/custom.xml"):
        named = [f"{child.get('name')}={_words(child)}" for child in custom[0] if child.get("name")]
        if named:
            yield Finding("custom_data", f"有 {len(named)} 项自定义属性", "文档属性", excerpt("；".join(named)))
    yield from _other_parts(package)


def _other_parts(package: Package) -> Iterator[Finding]:
    items = [name for name in package.names if re.fullmatch(r"customXml/item\d+\.xml", name)]
    for name in items[:10]:
        if (part := _part(package, name)) and (text := excerpt(_words(part[0]))):
            yield Finding("custom_data", "有随文档保存的自定义数据", name, text)
    for name in package.names:
        last = name.rsplit("/", 1)[-1]
        if re.search(r"/(?:embeddings|activeX)/[^/]+$", name):
            yield Finding("embedded_file", "文档内嵌有其他文件，读者可以打开其全部内容", name, last)
        elif last == "vbaProject.bin":
            yield Finding("macro", "文档含有宏（程序）", name)


def pictures(package: Package) -> Iterator[Finding]:
    """What the photographs inside give away."""
    media = [name for name in package.names if re.search(r"/media/[^/]+\.(?:jpe?g|png|tiff?|webp|heic)$", name, re.I)]
    for name in media[:_MOST_PICTURES]:
        try:
            data = package.container.read(name)
        except UnreadableError as error:
            yield uninspected(f"文档内的图片未能检查：{error}", name)
            continue
        for finding in image.findings(data):
            place = f"文档内的图片 {name.rsplit('/', 1)[-1]}"
            yield Finding(finding.kind, finding.sentence, place, finding.excerpt)
    if len(media) > _MOST_PICTURES:
        yield uninspected(f"文档内有 {len(media)} 张图片，只检查了前 {_MOST_PICTURES} 张")


def _words(element: etree._Element) -> str:
    return " ".join(str(text) for text in element.itertext()).strip()


def _part(package: Package, name: str) -> list[etree._Element]:
    """The root of a part, in a list; none when it is missing or broken (these parts are no content)."""
    try:
        root = package.root(name)
    except UnreadableError:
        return []
    return [] if root is None else [root]
