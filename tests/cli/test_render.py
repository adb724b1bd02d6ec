"""``gongkai render``: every sample in every format, where the files go, and what is never done to them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli.documents import balanced, environment, gongkai, page
from shared_files import IN_CI, ROOT

from gongkai import checks, reading
from gongkai.cli.output import parse, stem
from gongkai.rendering import FORMATS, RenderingError
from gongkai.rendering.fonts import families
from gongkai.report import Report, from_json

SAMPLES = sorted((ROOT / "samples").glob("20*/*"))

# A document made has whole heads and holds no number without a cell, so these findings stay with the original; that
# day of publication which only a web page tells is no part of a document on paper.
OF_THE_ORIGINAL = {"header-damaged", "value-unplaced"}
DAY_ONLINE = "published-late"


@pytest.fixture(scope="session")
def fonts() -> None:
    try:
        families()
    except RenderingError as error:
        if IN_CI:
            raise
        pytest.skip(str(error))


def write(folder: Path, name: str, **content: object) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(**content), encoding="utf-8")  # type: ignore[arg-type]
    return path


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.startswith(".gongkai")]


def findings(report: Report, format: str) -> set[tuple[str, str, str]]:
    left_out = set() if format == "json" else set(OF_THE_ORIGINAL)
    if format in ("docx", "pdf"):
        left_out.add(DAY_ONLINE)
    # A finding about a number without a cell rests on that number.
    return {
        (f.check, f.verdict, f.message)
        for f in checks.run(report)
        if f.check not in left_out and (format == "json" or "不能确定属于哪一格" not in f.message)
    }


@pytest.mark.parametrize("format", FORMATS)
def test_every_sample_rendered_has_the_findings_of_the_original(format: str, tmp_path: Path, fonts: None) -> None:
    run = gongkai("render", *SAMPLES, "-o", f"{tmp_path}/{{stem}}.{format}")
    assert (run.code, run.err) == (0, "")
    assert f"共 {len(SAMPLES)} 份：生成 {len(SAMPLES)} 份" in run.out
    for sample in SAMPLES:
        target = tmp_path / f"{sample.stem}.{format}"
        assert f"{sample} → {target}" in run.out
        made = from_json(json.loads(target.read_bytes())) if format == "json" else reading.open(target)
        assert findings(made, format) == findings(reading.open(sample), format), sample.name
    assert not leftovers(tmp_path)


def test_what_a_rendering_lacks_of_the_original_is_said(tmp_path: Path) -> None:
    sample = ROOT / "samples/2023/township-cells-lost.txt"
    run = gongkai("render", sample, "-o", tmp_path / "a.html")
    assert "说明：138 格没有读到数字，没有补填；1 处数字不能确定属于哪一格，没有写入表中" in run.out
    assert "说明" not in gongkai("render", sample, "-o", tmp_path / "a.json").out
    heads = gongkai("render", ROOT / "samples/2022/bureau-bars.txt", "-o", tmp_path / "b.docx").out
    assert "原件表头不全，已按规定格式写出" in heads


def test_json_of_read_is_rendered_under_the_name_of_its_document(tmp_path: Path) -> None:
    source = write(tmp_path, "in/农业农村局.html", values=balanced(3))
    lines = tmp_path / "x.jsonl"
    lines.write_text(gongkai("read", "--json", source).out * 2, encoding="utf-8")
    run = gongkai("render", lines, "-o", tmp_path / "out", "--format", "docx")
    assert run.code == 0
    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert made == ["农业农村局-2.docx", "农业农村局.docx"]
    assert reading.open(tmp_path / "out/农业农村局.docx").value("applications.received.total") == 3
    piped = gongkai("render", "-", "-o", tmp_path / "one.docx", stdin=lines.read_bytes().splitlines()[0])
    assert piped.code == 0
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "out/农业农村局.docx").read_bytes()


def test_documents_of_one_name_become_files_of_their_own(tmp_path: Path) -> None:
    for body, value in (("甲局", 1), ("乙局", 2)):
        write(tmp_path, f"in/{body}/年报.html", agency=f"青禾县{body}", values=balanced(value))
    run = gongkai("render", tmp_path / "in", "-o", f"{tmp_path}/out/", "--format", "json")
    assert run.code == 0
    made = {path.name: json.loads(path.read_bytes())["agency"] for path in (tmp_path / "out").iterdir()}
    assert made == {"年报.json": "青禾县乙局", "年报-2.json": "青禾县甲局"}
    assert f"{tmp_path}/in/甲局/年报.html → {tmp_path}/out/年报-2.json" in run.out


def test_a_folder_for_each_document(tmp_path: Path) -> None:
    write(tmp_path, "in/甲.html")
    assert gongkai("render", tmp_path / "in", "-o", f"{tmp_path}/{{stem}}/年报.docx").code == 0
    assert (tmp_path / "甲/年报.docx").is_file()


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    source = write(tmp_path, "a.html")
    before = source.read_bytes()
    os.link(source, tmp_path / "same.html")
    for target in ("a.html", "same.html"):
        run = gongkai("render", source, "-o", tmp_path / target)
        assert run.code == 2
        assert "是要读取的文件，不能覆盖" in run.err
        assert run.err.count("\n") == 1
    write(tmp_path, "b.html")
    gongkai("render", tmp_path / "b.html", "-o", tmp_path / "a.docx")
    # In a folder: a.html would become a.docx, which is to be read as well.
    document = (tmp_path / "a.docx").read_bytes()
    run = gongkai("render", tmp_path, "-o", tmp_path, "--format", "docx")
    assert run.code == 2
    assert "a.docx 是要读取的文件" in run.err
    assert (tmp_path / "a.docx").read_bytes() == document
    assert source.read_bytes() == before
    assert (tmp_path / "b.docx").is_file()


def test_what_cannot_be_read_leaves_no_file_and_the_rest_goes_on(tmp_path: Path) -> None:
    write(tmp_path, "in/a.html")
    (tmp_path / "in/b.pdf").write_bytes(b"%PDF-1.7 broken")
    run = gongkai("render", tmp_path / "in", "-o", f"{tmp_path}/out/", "--format", "html")
    assert run.code == 2
    assert run.err.startswith(f"{tmp_path}/in/b.pdf：")
    assert "共 2 份：生成 1 份，未能生成 1 份" in run.out
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.html"]


def test_a_run_that_makes_nothing_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    assert gongkai("render", tmp_path / "a.pdf", "-o", tmp_path / "x/y/a.docx").code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_character_that_no_font_has_leaves_the_old_file_whole(tmp_path: Path, fonts: None) -> None:
    good, odd = write(tmp_path, "a.html"), tmp_path / "b.html"
    odd.write_text(page().replace("专人负责", "专人负责\U000f0001"), encoding="utf-8")
    target = tmp_path / "out.pdf"
    assert gongkai("render", good, "-o", target).code == 0
    before = target.read_bytes()
    run = gongkai("render", odd, "-o", target)
    assert run.code == 2
    assert "U+F0001" in run.err
    assert run.err.count("\n") == 1
    assert target.read_bytes() == before


def test_a_new_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    gongkai("render", write(tmp_path, "a.html"), "-o", tmp_path / "a.docx")
    assert (tmp_path / "a.docx").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-o", "x.docx"], "有多份报告，而 -o 是一个文件；请写文件夹，或在文件名中写 {stem}"),
        (["-o", "x/"], "请用 --format 写明格式：html、docx、pdf、xlsx、json"),
        (["-o", "x"], "请用 --format 写明格式"),
        (["-o", "x.doc"], "不能由“x.doc”看出格式"),
        (["-o", "x/", "--format", "ofd"], "不能生成“ofd”格式；可用：html、docx、pdf、xlsx、json"),
        (["-o", "{stem}.pdf", "--format", "docx"], "与 --format docx 不一致"),
        (["-o", "-"], "不能输出到屏幕"),
        ([], "缺少选项 -o"),
    ],
)
def test_usage_errors_are_one_line_before_anything_is_written(tmp_path: Path, options: list[str], said: str) -> None:
    for name in "ab":
        write(tmp_path, f"in/{name}.html")
    run = gongkai("render", tmp_path / "in", *options)
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert run.err.count("\n") == 1
    assert not (ROOT / "x").exists()


def test_a_folder_that_is_a_file_or_cannot_be_written_is_said(tmp_path: Path) -> None:
    source = write(tmp_path, "a.html")
    run = gongkai("render", source, "-o", source / "x.docx")
    assert run.code == 2
    assert "路径中有一段是文件" in run.err
    (tmp_path / "x.docx").mkdir()
    assert "请用 --format 写明格式" in gongkai("render", source, "-o", tmp_path / "x.docx").err


def test_with_several_processes_the_files_are_the_same(tmp_path: Path) -> None:
    for number in range(30):
        write(tmp_path, f"in/{number:02}.html", agency=f"青禾县第{number}局")
    (tmp_path / "in/17.html").write_bytes(b"%PDF-1.4 broken")
    outs = []
    for jobs in ("1", "3"):
        run = gongkai("render", tmp_path / "in", "--jobs", jobs, "-o", f"{tmp_path}/{jobs}/", "--format", "docx")
        assert run.code == 2
        outs.append(run.out.replace(f"{tmp_path}/{jobs}/", ""))
    assert outs[0] == outs[1]
    one, several = ({p.name: p.read_bytes() for p in (tmp_path / jobs).iterdir()} for jobs in ("1", "3"))
    assert one == several
    assert len(one) == 29


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_leaves_whole_files_only(tmp_path: Path, jobs: str) -> None:
    html = page()
    (tmp_path / "in").mkdir()
    for number in range(1500):
        (tmp_path / f"in/{number:04}.html").write_text(html)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "gongkai", "render", str(tmp_path / "in"), "-o", f"{out}/", "--format", "html"]
    process = subprocess.Popen(
        [*command, "--jobs", jobs],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    )
    limit = time.monotonic() + 30
    while time.monotonic() < limit and not any(out.glob("*.html")):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=30) == 130
    assert process.stderr is not None
    assert "已中断" in process.stderr.read().decode()
    made = list(out.iterdir())
    assert 0 < len(made) < 1500
    assert all(path.read_bytes().endswith(b"</html>\n") for path in made)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("报告/2024/农业农村局.html", "农业农村局"),
        ("C:\\报告\\农业农村局.docx", "农业农村局"),
        ("a.zip!乡镇/柳树沟镇.html", "柳树沟镇"),
        ("a.zip!柳树沟镇.html", "柳树沟镇"),
        ("公开!报告.html", "公开!报告"),
        ("关于2024.年报", "关于2024.年报"),
        ("标准输入", "标准输入"),
        ("../../..", "报告"),
        (".html", "html"),
        ("a/b:c?{stem}.pdf", "b_c__stem_"),
        ("x\0y\n.html", "x_y_"),
        ("长" * 300, "长" * 60),
    ],
)
def test_names_of_documents_become_names_of_files(label: str, name: str) -> None:
    assert stem(label) == name


@pytest.mark.parametrize(
    ("typed", "format", "pattern"),
    [
        ("out/", "pdf", "out/{stem}.pdf"),
        ("out", "pdf", "out/{stem}.pdf"),
        ("out/{stem}.PDF", "", "out/{stem}.PDF"),
        ("out/{stem}", "docx", "out/{stem}.docx"),
        ("{stem}/年报.htm", "html", "{stem}/年报.htm"),
        ("a.docx", "", "a.docx"),
    ],
)
def test_out_is_a_file_a_pattern_or_a_folder(typed: str, format: str, pattern: str) -> None:
    assert parse(typed, "-o", FORMATS, format=format).pattern == pattern
