"""OFD files (GB/T 33190): who made them, attachments, annotations, custom data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.office.acts.attachments.hidden.finding import Finding, excerpt, uninspected
from gongkai.office.acts.attachments.hidden.package import BUDGET
from gongkai.reading.errors import UnreadableError
from gongkai.reading.office.container import Container
from gongkai.reading.office.ooxml import parse

_AUTHORS = {"Author": "作者", "Creator": "制作程序"}


def findings(data: bytes) -> Iterator[Finding]:
    """Hidden data of an OFD file. Raises UnreadableError when it cannot be opened."""
    container = Container(data, BUDGET)
    root = parse(container.read("OFD.xml"))
    for key, label in _AUTHORS.items():
        for element in root.iter(f"{{*}}{key}"):
            if text := excerpt(element.text or ""):
                yield Finding("author" if key == "Author" else "metadata", f"文件属性中有{label}", "文件属性", text)
    custom = [f"{item.get('Name', '')}={item.text or ''}" for item in root.iter("{*}CustomData")]
    if custom:
        yield Finding("custom_data", f"有 {len(custom)} 项自定义数据", "文件属性", excerpt("；".join(custom)))
    if len(list(root.iter("{*}DocBody"))) > 1 or any(re.search(r"/Version\w*\.xml$", name) for name in container.names):
        yield Finding("earlier_version", "文件内保存着多个文档或早先的版本", "文件结构")
    for name in container.names:
        last = name.rsplit("/", 1)[-1]
        try:
            if last == "Attachments.xml":
                for item in parse(container.read(name)).iter("{*}Attachment"):
                    yield Finding("embedded_file", "文件带有附件", "附件", excerpt(item.get("Name", "")))
            elif last.startswith("Annot") and last != "Annotations.xml":
                for item in parse(container.read(name)).iter("{*}Annot"):
                    text = " ".join(part.text or "" for part in item.iter("{*}Remark", "{*}TextCode"))
                    who = excerpt(item.get("Creator", "")) or "未署名"
                    yield Finding("annotation", f"有注释（{who}）", name, excerpt(text))
        except UnreadableError as error:
            yield uninspected(f"文件的一部分未能检查：{error}", name)
