"""OUT as typed → files: which file each document becomes, written whole or not at all, and never over an input."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from gongkai.cli.sources import expand
from gongkai.cli.wording import UsageError

STEM = "{stem}"
_LONGEST = 180  # bytes of a file name made from a document's name; systems allow 255


class Output(NamedTuple):
    """``pattern``: the file, with ``{stem}`` for the document's name when there may be several. ``option``: what the
    person typed it behind, for complaints."""

    pattern: str
    format: str
    option: str

    @property
    def single(self) -> bool:
        return STEM not in self.pattern

    @contextmanager
    def opened(self, inputs: Sequence[str]) -> Iterator[Files]:
        """A place to write to; ``inputs``: paths as typed that must stay as they are. Raises UsageError when the
        folder cannot be written. A folder made for nothing is taken away again."""
        before = Path(self.pattern.partition(STEM)[0] + "x").parent
        made = [folder for folder in (before, *before.parents) if not folder.exists()]
        try:
            before.mkdir(parents=True, exist_ok=True)
            drafts = tempfile.mkdtemp(prefix=".gongkai-", dir=before)
        except OSError as error:
            raise UsageError(f"{self.option}：不能写入 {before}：{write_reason(error)}") from error
        try:
            yield Files(self, drafts, inputs)
        finally:
            shutil.rmtree(drafts, ignore_errors=True)
            with suppress(OSError):
                for folder in made:
                    folder.rmdir()


def parse(
    typed: str,
    option: str,
    formats: Sequence[str],
    *,
    format: str = "",
    name: str = STEM,
    usual: str = "",
    many: bool = True,
) -> Output:
    """What ``typed`` means: a name with ``{stem}``, a folder (``name`` is then the name in it), or one file.

    ``format``: asked for by an option of its own; ``usual``: taken in a folder when none is asked for; ``many``:
    whether there may be several files. Raises UsageError.
    """
    if format and format not in formats:
        raise UsageError(f"不能生成“{format}”格式；可用：{'、'.join(formats)}")
    if not typed.strip() or typed == "-":
        raise UsageError(f"{option} 要写文件名或文件夹，不能输出到屏幕")
    suffix = Path(typed).suffix.lower().lstrip(".")
    suffix = "html" if suffix == "htm" else suffix
    is_folder = STEM not in typed and (typed.endswith(("/", os.sep)) or os.path.isdir(typed) or not suffix)
    if not many and (is_folder or STEM in typed):
        raise UsageError(f"{option} 请写一个文件名，后缀为 {'、'.join('.' + f for f in formats)} 之一")
    if is_folder:
        chosen = format or usual
        if not chosen:
            raise UsageError(f"{option} 是文件夹，请用 --format 写明格式：{'、'.join(formats)}")
        return Output(os.path.join(typed, f"{name}.{chosen}"), chosen, option)
    if suffix in formats and format in ("", suffix):
        return Output(typed, suffix, option)
    if suffix in formats:
        raise UsageError(f"{option} 的后缀是 .{suffix}，与 --format {format} 不一致；请只写一处")
    if STEM in typed and format and not suffix:
        return Output(f"{typed}.{format}", format, option)
    raise UsageError(f"{option}：不能由“{typed}”看出格式，请用这些后缀之一：{'、'.join('.' + f for f in formats)}")


class Files:
    """The files of one run. Workers write drafts into ``drafts`` (``draft``); each becomes a file by ``place``."""

    def __init__(self, output: Output, drafts: str, inputs: Sequence[str]) -> None:
        self.drafts = drafts
        self._output = output
        self._inputs = {found for path in inputs if path != "-" for found in _identities(path)}
        self._taken: set[str] = set()

    def place(self, draft: str, label: str) -> str:
        """Make ``draft`` the file for the document that people call ``label``; its path. Two documents of one name
        are told apart by a number. Raises OutputError."""
        target = self._free(label)
        try:
            os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
            if _identity(target) in self._inputs:
                raise OutputError(f"没有写入：{target} 是要读取的文件，不能覆盖；请换一个文件夹或文件名")
            os.replace(draft, target)
        except OSError as error:
            raise OutputError(f"不能写入 {target}：{write_reason(error)}") from error
        return target

    def write(self, data: bytes, label: str = "") -> str:
        """``data`` as the file for ``label``; its path. Raises OutputError."""
        return self.place(draft(self.drafts, data), label)

    def _free(self, label: str) -> str:
        if self._output.single and self._taken:
            option = self._output.option
            raise OutputError(f"没有写入：{option} 是一个文件，只能放一份；多份请写文件夹，或在文件名中写 {STEM}")
        name = stem(label)
        number, target = 1, self._output.pattern.replace(STEM, name)
        # As systems that do not tell case apart see it.
        while (key := unicodedata.normalize("NFC", target).casefold()) in self._taken:
            number += 1
            target = self._output.pattern.replace(STEM, f"{name}-{number}")
        self._taken.add(key)
        return target


class OutputError(Exception):
    """A file cannot be written; ``str(error)`` is the Chinese line that says why."""


def draft(folder: str, data: bytes) -> str:
    """``data`` in a new file of ``folder``; its path. Raises OutputError."""
    path = os.path.join(folder, uuid4().hex)
    try:
        # As the person's own files are made: with the rights that the system gives to new files.
        with Path(path).open("xb") as file:
            file.write(data)
    except OSError as error:
        raise OutputError(f"不能写入结果：{write_reason(error)}") from error
    return path


def stem(label: str) -> str:
    """The name of a document without its folders and its suffix, fit for a file: ``a.zip!镇/年报.html`` → ``年报``.

    Labels may come out of JSON that anybody wrote, so nothing in them may lead to another folder.
    """
    name = label.replace("\\", "/").rpartition("/")[2]
    head, mark, tail = name.partition("!")
    name = tail if mark and head.lower().endswith(".zip") else name
    root, suffix = os.path.splitext(name)
    name = root if suffix[1:].isascii() and suffix[1:].isalnum() else name
    name = "".join("_" if c in '<>:"|?*{}' or not c.isprintable() else c for c in name).strip(" .")
    return name.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore") or "报告"


def _identities(path: str) -> Iterator[tuple[int, int]]:
    for source in expand([path]) if not os.path.isfile(path) else ():
        if source.path and (found := _identity(source.path)):
            yield found
    if found := _identity(path):
        yield found


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def write_reason(error: OSError) -> str:
    """An error of the system on writing, said in Chinese."""
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return "没有写入权限"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "磁盘空间不足"
    if isinstance(error, IsADirectoryError):
        return "那是一个文件夹"
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return "路径中有一段是文件，不是文件夹"
    if error.errno == errno.ENAMETOOLONG:
        return "文件名太长"
    return f"系统错误 {error.errno}"
