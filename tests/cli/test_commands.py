"""The commands themselves: help and errors in Chinese, light imports, ``read`` and ``explain`` for people."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from cli.documents import AGENCY, balanced, environment, gongkai, page
from typer.testing import CliRunner

from gongkai import __version__
from gongkai.checks import catalogue
from gongkai.cli.app import app, run
from gongkai.cli.arguments import spread
from gongkai.cli.wording import width, wrap

HEAVY = ("selectolax", "lxml", "pypdfium2", "python_calamine", "docx", "xlsxwriter", "typst", "rich", "multiprocessing")


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"], ["check", "--help"], ["explain", "--help"], []])
def test_help_is_chinese(arguments: list[str]) -> None:
    result = gongkai(*arguments)
    assert result.code == 0
    assert "用法：gongkai" in result.out
    for english in ("Usage", "Options", "Show this", "Arguments", "required"):
        assert english not in result.out


def test_every_option_of_every_command_is_explained() -> None:
    for name in ("read", "check", "explain"):
        lines = CliRunner().invoke(app, [name, "--help"]).output.splitlines()
        options = [line for line in lines if line.startswith("  -")]
        assert options
        assert all(any("\u4e00" <= c <= "\u9fff" for c in line) for line in options), options


def test_version() -> None:
    assert gongkai("--version").out == f"gongkai {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek", "x"], "没有“chek”这个命令；可用的命令：read、check、explain"),
        (["check"], "缺少参数 PATHS…"),
        (["check", "x", "--jsn"], "没有“--jsn”这个选项；是不是 --json"),
        (["check", "x", "--previous"], "选项 --previous 用法不对"),
        (["check", "x", "--jobs", "many"], "选项 --jobs 的值不对"),
        (["explain", "A99"], "没有名为“A99”的检查项"),
        (["explain", "A1", "A2"], "命令写法不对"),
        (["check", "x", "--previous", "-"], "不能用标准输入"),
    ],
)
def test_usage_errors_are_one_chinese_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_help_and_import_load_nothing_heavy() -> None:
    script = f"import sys, gongkai.cli.app as a; a.run(['--help']); print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment(), check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_check_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    check = catalogue()[name]
    assert run(["explain", name]) == 0
    by_name = capsys.readouterr().out
    assert run(["explain", check.id.lower()]) == 0
    assert capsys.readouterr().out == by_name
    flat = "".join(by_name.split())
    for told in (check.title, check.source, check.explanation, check.id):
        assert "".join(told.split()) in flat


def test_explain_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain"]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in catalogue())


def test_read_shows_who_when_the_tables_and_the_chapters(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(page(values=balanced(12, 3, 1)).replace("<td>12</td><td>0</td>", "<td>12</td><td></td>", 1))
    result = gongkai("read", path)
    assert result.code == 0
    lines = [" ".join(line.split()) for line in result.out.splitlines()]
    assert f"{AGENCY} · 2023 年度 · 2021 年格式表格" in lines
    assert "一 本年新收政府信息公开申请数量 12 ？ 0 0 0 0 12" in lines
    assert "三(一) 予以公开 14 0 0 0 0 0 14" in lines
    assert "其余 20 行全为 0" in lines
    assert "？ 表示未读到数字：格内空白 1 格" in lines
    assert any(line.startswith("六、其他需要报告的事项") and line.endswith(" 字") for line in lines)


def test_read_json_begins_with_the_source_and_holds_every_key(tmp_path: Path) -> None:
    from gongkai import reading
    from gongkai.report import from_json, to_json

    path = tmp_path / "a.html"
    path.write_text(page())
    raw = json.loads(gongkai("read", "--json", path).out)
    assert list(raw) == ["source", *to_json(from_json(raw))]
    assert from_json(raw) == reading.open(path)


def test_a_fault_of_ours_is_one_line_and_a_traceback_only_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr("gongkai.reading.open", broken)
    path = tmp_path / "a.html"
    path.write_text(page())
    assert run(["read", str(path)]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"{path}：内部错误（请把文件和这行字报给开发者）：ZeroDivisionError：x")
    assert err.count("\n") == 1
    monkeypatch.setenv("GONGKAI_DEBUG", "1")
    assert run(["read", str(path)]) == 2
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("check w --parts a b --json", "check w --parts a --parts b --json"),
        ("check --only A1 A2 w", "check --only A1 --only A2 w"),
        ("check --only nonsense w", "check --only nonsense w"),
        ("check w --parts - x", "check w --parts - --parts x"),
        ("check w --parts a -- b", "check w --parts a -- b"),
        ("check --skip A1,A2 w", "check --skip A1,A2 w"),
    ],
)
def test_options_take_every_word_that_belongs_to_them(typed: str, plain: str) -> None:
    assert spread(typed.split()) == plain.split()


def test_text_is_wrapped_by_the_width_of_its_characters() -> None:
    lines = wrap("数字后缺单位，累计公开 12345 件，请核对。" * 6, 40)
    assert "".join(lines).replace(" ", "") == ("数字后缺单位，累计公开12345件，请核对。" * 6)
    assert all(width(line) <= 42 for line in lines)
    assert not any(line[0] in "，。" for line in lines)


@pytest.mark.skipif(os.name != "posix", reason="terminals")
def test_colours_appear_on_a_terminal_only(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(page(values={**balanced(3), "applications.received.natural_person": 9}))
    main, terminal = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "gongkai", "check", "--only", "A1", str(path)],
        stdout=terminal,
        env=environment({"TERM": "xterm", "NO_COLOR": ""}),
        check=False,
        timeout=60,
    )
    os.close(terminal)
    out = os.read(main, 100_000).decode()
    assert "\x1b[31;1m错误\x1b[0m" in out
    assert "\x1b[31;1m" not in gongkai("check", "--only", "A1", path).out
