"""Excel workbooks: hidden sheets, rows and columns, comments, names, links to other files and data kept from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from gongkai.office.acts.attachments.hidden.finding import Finding, excerpt, uninspected
from gongkai.office.acts.attachments.hidden.package import Package, pictures, properties
from gongkai.office.acts.attachments.hidden.sheet_cells import Cell, Hidden, hidden_cells, shown
from gongkai.reading.errors import UnreadableError

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_THREADED = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
_STATES = {"hidden": "隐藏", "veryHidden": "深度隐藏（在 Excel 的菜单里看不到）"}


def findings(data: bytes) -> Iterator[Finding]:
    """Hidden data of an XLSX or XLSM. Raises UnreadableError when the package or its list of sheets is broken."""
    package = Package(data)
    yield from properties(package)
    workbook = package.root("xl/workbook.xml")
    if workbook is None:
        raise UnreadableError("工作簿缺少工作表清单，可能已损坏")
    relations = package.relations("xl/workbook.xml")
    looked: list[tuple[str, str, str, Hidden]] = []
    for sheet in workbook.iter(_S + "sheet"):
        name, state = sheet.get("name", ""), sheet.get("state", "visible")
        _, part, _ = relations.get(sheet.get(_R, ""), ("", "", False))
        try:
            xml = package.container.get(part)
            looked.append((name, state, part, hidden_cells(xml, whole=state in _STATES) if xml else Hidden()))
        except UnreadableError as error:
            yield uninspected(f"工作表“{excerpt(name)}”未能检查：{error}", excerpt(name))
    yield from _sheets(package, looked)
    for defined in workbook.iter(_S + "definedName"):
        if defined.get("hidden") in ("1", "true") and defined.get("name") != "_xlnm._FilterDatabase":
            yield Finding("hidden_name", "有隐藏的名称", excerpt(defined.get("name", "")), excerpt(defined.text or ""))
    yield from _comments(package, {part: name for name, _, part, _ in looked})
    yield from _kept(package)
    yield from pictures(package)


def _sheets(package: Package, looked: list[tuple[str, str, str, Hidden]]) -> Iterator[Finding]:
    wanted = {cell.text for _, _, _, hidden in looked for cell in hidden.all_cells() if cell.shared}
    try:
        strings = shown(package.container.get("xl/sharedStrings.xml") or b"", wanted)
    except UnreadableError:
        strings = {}

    def words(cells: Iterable[Cell]) -> str:
        return excerpt("；".join(strings.get(cell.text, "") if cell.shared else cell.text for cell in cells))

    for name, state, _, hidden in looked:
        sheet = f"工作表“{excerpt(name)}”"
        if state in _STATES:
            yield Finding("hidden_sheet", f"{sheet}是{_STATES[state]}的", sheet, words(hidden.sample))
            continue
        if hidden.rows:
            where = "、".join(_runs(hidden.rows, str))
            yield Finding(
                "hidden_rows",
                f"{sheet}有 {len(hidden.rows)} 行被隐藏或被筛选掉，其中有内容",
                excerpt(f"第 {where} 行"),
                words(hidden.row_cells),
            )
        if hidden.columns:
            where = "、".join(_runs(hidden.columns, _letters))
            yield Finding(
                "hidden_columns",
                f"{sheet}有 {len(hidden.columns)} 列被隐藏，其中有内容",
                excerpt(f"{where} 列"),
                words(hidden.column_cells),
            )


def _comments(package: Package, sheets: dict[str, str]) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for part, name in sheets.items():
        try:
            owners |= {target: name for _, target, _ in package.relations(part).values()}
        except UnreadableError:
            continue
    for part in package.names:
        if not re.fullmatch(r"xl/(?:comments\d*|comments/comment\d*|threadedComments/[^/]+)\.xml", part):
            continue
        try:
            root = package.root(part)
        except UnreadableError as error:
            yield uninspected(f"批注未能检查：{error}", part)
            continue
        if root is None:
            continue
        authors = [(author.text or "").strip() for author in root.iter(_S + "author")]
        for comment in root.iter(_S + "comment", _THREADED + "threadedComment"):
            number = comment.get("authorId", "")
            author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
            text = "".join(node.text or "" for node in comment.iter(_S + "t", _THREADED + "text"))
            # A threaded comment stands a second time among the old ones, with its number as the author.
            who = f"“{excerpt(author)}”所写" if author and not author.startswith("tc=") else "未署名"
            place = f"工作表“{excerpt(owners.get(part, ''))}”{comment.get('ref', '')}"
            yield Finding("comment", f"有批注（{who}）", place, excerpt(text))


def _kept(package: Package) -> Iterator[Finding]:
    """Addresses of other files, and copies of their data that stay although nobody sees them."""
    for name in package.names:
        if re.fullmatch(r"xl/externalLinks/externalLink\d+\.xml", name):
            try:
                targets = [target for _, target, _ in package.relations(name).values()]
                root = package.root(name)
                values = [] if root is None else [v.text or "" for v in root.iter(_S + "v")][:20]
            except UnreadableError:
                targets, values = [], []
            also = "，并保存着其中数据的副本" if values else ""
            yield Finding(
                "external_link", f"链接到其他工作簿{also}", excerpt("；".join(targets)), excerpt("；".join(values))
            )
        elif name == "xl/connections.xml":
            yield Finding("external_link", "有外部数据连接，可能带有服务器名、账号", name)
        elif re.fullmatch(r"xl/pivotCache/pivotCacheRecords\d+\.xml", name):
            yield Finding("cached_data", "数据透视表保存着全部源数据的副本", name)


def _runs(numbers: list[int], name: Callable[[int], str]) -> list[str]:
    """[3, 4, 5, 8] → ["3—5", "8"]."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ["—".join(name(number) for number in run) for run in runs]


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
