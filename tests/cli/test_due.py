"""``gongkai due``: the real command on files, lists, lines and standard input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.documents import gongkai

from gongkai.statute.cases import ACTS

ISSUE = {
    "received": "2024-01-22",
    "events": [
        {"on": "2024-01-26", "act": "consult_third_party"},
        {"on": "2024-02-20", "act": "opinion_received"},
        {"on": "2024-03-01", "act": "extend", "days": 15},
    ],
}
PLAIN = {"received": "2024-01-25"}
LATE = {"received": "2024-01-25", "events": [{"on": "2024-02-28", "act": "extend", "days": 5}]}


def write(path: Path, *values: object) -> Path:
    path.write_text("\n".join(json.dumps(value) for value in values), encoding="utf-8")
    return path


def test_people_get_the_day_and_the_steps_in_words(tmp_path: Path) -> None:
    path = write(tmp_path / "申请.json", ISSUE)
    run = gongkai("due", path)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(f"{path}\n  答复期限：2024年4月3日（星期三）\n")
    flat = "".join(run.out.split())
    assert "日期事由依据" in flat
    assert "2024-01-26书面征求第三方意见" in flat
    assert "尚余16个工作日" in flat
    assert "条例第三十三条第二款" in flat


def test_json_is_one_line_with_source_due_provisional_and_steps(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", ISSUE)
    run = gongkai("due", "--json", path)
    assert run.code == 0
    (raw,) = map(json.loads, run.out.splitlines())
    assert list(raw) == ["source", "due", "provisional", "steps"]
    assert (raw["source"], raw["due"], raw["provisional"]) == (str(path), "2024-04-03", False)
    assert all(set(step) == {"date", "words", "article"} for step in raw["steps"])
    assert all(all(step.values()) for step in raw["steps"])
    assert raw["steps"][0]["date"] == "2024-01-22"
    assert raw["steps"][-1]["date"] == raw["due"]


@pytest.mark.parametrize("form", ["list", "lines", "pretty list"])
def test_a_file_may_hold_several_cases(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a.json"
    if form == "lines":
        path.write_text("\ufeff" + json.dumps(ISSUE) + "\r\n\r\n" + json.dumps(PLAIN) + "\r\n", encoding="utf-8")
    else:
        path.write_text(json.dumps([ISSUE, PLAIN], indent=2 if form == "pretty list" else None), encoding="utf-8")
    run = gongkai("due", "--json", path)
    found = [(raw["source"], raw["due"]) for raw in map(json.loads, run.out.splitlines())]
    names = ["第 1 行", "第 3 行"] if form == "lines" else ["第 1 项", "第 2 项"]
    assert found == [(f"{path} {names[0]}", "2024-04-03"), (f"{path} {names[1]}", "2024-02-27")]


def test_standard_input_and_files_in_the_order_typed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", PLAIN)
    run = gongkai("due", "--json", "-", path, stdin=json.dumps(ISSUE, indent=1).encode())
    assert [json.loads(line)["source"] for line in run.out.splitlines()] == ["标准输入", str(path)]


def test_what_cannot_be_computed_is_one_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", LATE, PLAIN, {"received": "2024-13-01"})
    run = gongkai("due", path)
    assert run.code == 2
    assert "答复期限：2024年2月27日" in run.out
    assert run.err.splitlines() == [
        f"{path} 第 1 行：2024年2月28日“延长答复期限”：答复期限已于2024年2月27日届满（条例 第三十三条第二款）",
        f"{path} 第 3 行：received “2024-13-01”不是日期，应写作 2024-01-31 的样子",
    ]
    lines = [json.loads(line) for line in gongkai("due", "--json", path).out.splitlines()]
    assert [set(line) for line in lines] == [
        {"source", "error"},
        {"source", "due", "provisional", "steps"},
        {"source", "error"},
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "没有内容"),
        (b" \n ", "没有内容"),
        (b"[]", "列表是空的"),
        (b"\xff\xfe\x00", "不是 UTF-8"),
        (b'{"received": "2024-01-25"', "不是有效的 JSON：第 1 行"),
        (b'{\n"received": 2024-01-25\n}', "不是有效的 JSON：第 2 行"),
        (b"[" * 100_000, "不是有效的 JSON"),
        (b'{"received": ' + b"9" * 5000 + b"}", "不是有效的 JSON"),
        (b'{"received": "2024-01-25", "received": "2024-01-26"}', "“received”写了两次"),
        (b"3", "一个申请应写作"),
        (b'"2024-01-25"', "一个申请应写作"),
        (b"null", "一个申请应写作"),
        (b'[{"received": "2024-01-25", "events": [null]}]', "第 1 个事件应写作"),
        ('{"received": "2024-01-25", "events": [{"on": "\u202e\x1b[31m", "act": "paid"}]}'.encode(), "JSON"),
    ],
)
def test_a_broken_file_is_said_in_one_line(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    run = gongkai("due", path)
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert run.err.count("\n") == 1


def test_a_missing_file_or_a_folder_is_said(tmp_path: Path) -> None:
    run = gongkai("due", tmp_path / "none.json", tmp_path)
    assert run.code == 2
    assert run.err.splitlines() == [f"{tmp_path / 'none.json'}：没有这个文件", f"{tmp_path}：是文件夹，不是文件"]


def test_a_clock_that_stands_still_says_what_it_waits_for(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", {**PLAIN, "events": [{"on": "2024-01-30", "act": "fee_notice"}]})
    run = gongkai("due", path)
    assert run.code == 0
    assert "答复期限：停止计算，待“申请人缴费”（最迟2024年3月1日）" in run.out
    raw = json.loads(gongkai("due", "--json", path).out)
    assert raw["due"] is None
    assert raw["steps"][-1]["date"] == "2024-03-01"


def test_a_later_date_for_good_reasons_is_the_last_day(tmp_path: Path) -> None:
    """条例 第三十五条."""
    delay = {"on": "2024-02-20", "act": "delay", "until": "2024-04-30"}
    run = gongkai("due", write(tmp_path / "a.json", {**PLAIN, "events": [delay]}))
    assert run.code == 0
    assert "答复期限：2024年4月30日（星期二）" in run.out
    assert "条例 第三十五条" in run.out
    del delay["until"]
    run = gongkai("due", write(tmp_path / "b.json", {**PLAIN, "events": [delay]}))
    assert run.code == 2
    assert run.err.endswith("第 1 个事件（确定延迟答复的期限）缺少 until（延迟至哪一天以前答复）\n")


def test_what_is_no_text_is_named_as_json_writes_it(tmp_path: Path) -> None:
    run = gongkai("due", write(tmp_path / "a.json", {"received": None}))
    assert "received “null”不是日期" in run.err


def test_an_estimate_is_marked(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", {"received": "2026-12-21"})
    assert "（星期二）【预估】" in gongkai("due", path).out
    assert json.loads(gongkai("due", "--json", path).out)["provisional"] is True


def test_the_command_is_explained_in_chinese() -> None:
    help_page = gongkai("due", "--help").out
    assert "推算政府信息公开申请的答复期限" in help_page
    assert "docs/deadlines.md" in help_page
    assert all(act in help_page for act in ACTS)
    assert gongkai("due").code == 2
