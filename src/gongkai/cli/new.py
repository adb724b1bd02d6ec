"""``gongkai new``: a blank form to be filled in by hand."""

from __future__ import annotations

import os
import sys
import unicodedata
from typing import Annotated

import typer

_OUT = "写到哪个文件，格式由后缀决定（.docx .xlsx .html）；已有的文件不覆盖"
_KIND = "机关类别，如 县级人民政府部门、乡镇人民政府；写错会列出全部"


def new(
    *,
    agency: Annotated[str, typer.Option("--agency", metavar="NAME", help="机关名称，如 清源县水务局")],
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help=_KIND)],
    year: Annotated[int, typer.Option("--year", metavar="YEAR", help="报告的年度，如 2025")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="OUT", help=_OUT)],
) -> None:
    """生成空白的年度报告，供手工填写；填好后可用 read、check 读取核对。

    例：
      gongkai new --agency 清源县水务局 --kind 县级人民政府部门 --year 2025 -o 空白.docx
    """
    from gongkai.cli.output import OutputError, parse
    from gongkai.cli.wording import UsageError
    from gongkai.rendering import BLANK_FORMATS, RenderingError, blank

    target = parse(output, "-o", BLANK_FORMATS, many=False)
    if not agency.strip():
        raise UsageError("--agency 请写机关名称")
    if os.path.lexists(output):
        raise UsageError(f"{output}：已有这个文件，可能已经填写，不覆盖；请换一个文件名")
    try:
        data = blank(agency.strip(), kind_called(kind), year, target.format)
        with target.opened([]) as files:
            path = files.write(data)
    except (RenderingError, OutputError) as error:
        raise UsageError(str(error)) from error
    sys.stdout.write(f"空白报告 → {path}\n")


def kind_called(typed: str) -> str:
    """The key of the kind of body that ``typed`` names: the key, its Chinese words, or a part that only one has.

    Raises UsageError that lists all.
    """
    from gongkai.cli.wording import UsageError
    from gongkai.report.model import KINDS

    wanted = _plain(typed)
    if typed.strip() in KINDS:
        return typed.strip()
    exact = [key for key, words in KINDS.items() if wanted in (_plain(words), _plain(words).partition("(")[0])]
    near = [key for key, words in KINDS.items() if wanted and wanted in _plain(words)]
    for found in (exact, near):
        if len(found) == 1:
            return found[0]
    listed = "、".join(f"{words}（{key}）" for key, words in KINDS.items())
    raise UsageError(f"没有“{typed}”这类机关；可用：{listed}")


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())
