"""Help and usage errors in Chinese: typer speaks English only, so its pages and its errors are written anew here.

Errors are told by the name of their class, which stays the same whether typer carries click within or beside it.
"""

from __future__ import annotations

import os
import shutil
import unicodedata
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


class UsageError(Exception):
    """What was typed cannot be carried out; ``str(error)`` is the Chinese line that says why. Exit code 2."""


def width(text: str) -> int:
    """Columns that ``text`` takes on a terminal: a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, columns: int, right: bool = False) -> str:
    """``text`` filled with blanks to ``columns``; at its left side when ``right`` (numbers)."""
    blanks = " " * max(0, columns - width(text))
    return blanks + text if right else text + blanks


def wrap(text: str, columns: int) -> list[str]:
    """``text`` in lines of at most ``columns``; Latin words and numbers stay whole where they fit."""
    lines, line, used = [], "", 0
    for piece in _pieces(text):
        # Punctuation does not begin a line.
        if line and used + width(piece) > columns and piece not in "，。；：、）》”！？】":
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + width(piece)
    return [*lines, line.rstrip()] if line or not lines else lines


def _pieces(text: str) -> list[str]:
    import re

    return re.findall(r"[!-~]+|.", text)


def columns() -> int:
    """The width to write in: the terminal's, between 60 and 110; 100 where there is no terminal."""
    return max(60, min(110, shutil.get_terminal_size((100, 24)).columns))


def colour(stream: Any) -> bool:
    """Whether ``stream`` takes colours: a terminal, and neither ``NO_COLOR`` nor a dumb terminal says otherwise."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class ChineseCommand(TyperCommand):
    """A command whose help page is Chinese throughout."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(_page(self, ctx, []))


class ChineseGroup(TyperGroup):
    """The same for the group of commands."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        commands = [(name, (command.help or "").split("\n")[0]) for name, command in self.commands.items()]
        formatter.write(_page(self, ctx, commands))


def _page(command: Any, ctx: Any, commands: list[tuple[str, str]]) -> str:
    arguments, options = [], []
    usage = [ctx.command_path]
    for param in command.get_params(ctx):
        if param.param_type_name == "argument":
            usage.append(param.metavar)
            arguments.append((param.metavar, param.help or ""))
        else:
            name = ", ".join(param.opts) + (f" {param.metavar}" if param.metavar else "")
            options.append((name, "显示本说明" if "--help" in param.opts else param.help or ""))
    usage.append("COMMAND …" if commands else "[OPTIONS]")
    first, _, rest = (command.help or "").partition("\n")
    out = [f"用法：{' '.join(usage)}", "", *_paragraphs(first), *_paragraphs(rest)]
    for title, rows in (("参数", arguments), ("命令", commands), ("选项", options)):
        if rows:
            out += ["", f"{title}：", *_definitions(rows)]
    return "\n".join(out) + "\n"


def _paragraphs(text: str) -> list[str]:
    """Lines of help; those that begin with a blank (examples) are kept as they stand."""
    out: list[str] = []
    for line in text.split("\n"):
        out += [line] if line.startswith(" ") else wrap(line, columns() - 2)
    return out


def _definitions(rows: list[tuple[str, str]]) -> list[str]:
    left = min(24, max(width(name) for name, _ in rows)) + 2
    out = []
    for name, text in rows:
        lines = wrap(text, columns() - left - 2)
        fits = width(name) <= left - 2
        if not fits:
            out.append(f"  {name}")
        out.append(f"  {pad(name if fits else '', left)}{lines[0]}")
        out += [" " * (left + 2) + line for line in lines[1:]]
    return out


def explain_usage(error: Exception) -> str:
    """The Chinese sentence for an error of typer's parser."""
    if isinstance(error, UsageError):
        return str(error)
    kind = type(error).__name__
    option = getattr(error, "option_name", "")
    if kind == "NoSuchOption":
        near = getattr(error, "possibilities", None)
        return f"没有“{option}”这个选项" + (f"；是不是 {'、'.join(near)}？" if near else "")
    if kind == "MissingParameter":
        param = getattr(error, "param", None)
        return f"缺少{_named(param)}"
    if kind == "BadParameter":
        return f"{_named(getattr(error, 'param', None))}的值不对，请看 --help 的说明"
    if kind == "BadOptionUsage":
        return f"选项 {option} 用法不对：有的选项后面要跟一个值，有的不能跟值，请看 --help 的说明"
    context: typer.Context | None = getattr(error, "ctx", None)
    if context is not None and isinstance(context.command, TyperGroup):
        # "No such command 'x'." is the only place that holds the word typed.
        typed = str(error).split("'")[1] if str(error).count("'") >= 2 else ""
        known = "、".join(context.command.commands)
        return f"没有“{typed}”这个命令；可用的命令：{known}" if typed else f"请写明命令：{known}"
    return "命令写法不对，请看 --help 的说明"


def _named(param: Any) -> str:
    if param is None:
        return "参数"
    if param.param_type_name == "argument":
        return f"参数 {param.metavar or param.name}"
    return f"选项 {param.opts[-1]} "
