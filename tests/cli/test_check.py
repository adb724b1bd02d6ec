"""``gongkai check``: findings at their place, last year's report, parts, choice of checks, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.documents import AGENCY, balanced, gongkai, page
from shared_files import needs_shared, seed_files


def write(folder: Path, name: str, **content: object) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(**content), encoding="utf-8")  # type: ignore[arg-type]
    return path


def unbalanced(total: int = 3) -> dict[str, int]:
    values = balanced(3)
    return {k: total + 1 if k.startswith("applications.received") else v for k, v in values.items()}


def test_a_tidy_report_ends_with_0(tmp_path: Path) -> None:
    run = gongkai("check", write(tmp_path, "a.html"))
    assert (run.code, run.err) == (0, "")
    assert "没有发现问题" in run.out


def test_a_finding_shows_severity_name_title_numbers_and_its_place(tmp_path: Path) -> None:
    run = gongkai("check", write(tmp_path, "a.html", values=unbalanced()), "--only", "A1")
    assert run.code == 1
    assert "错误 收办不平衡：第一项加第二项不等于第三项加第四项  A1 applications-unbalanced" in run.out
    assert "自然人：新收 4 + 结转 0 = 4" in run.out
    assert "一、本年新收政府信息公开申请数量 【4】" in run.out
    assert "\x1b" not in run.out


def test_json_has_the_tables_and_the_findings_with_those_that_fail_first(tmp_path: Path) -> None:
    broken = page(values=unbalanced()).replace("<td>一、本年新收政府信息公开申请数量</td>", "")
    path = tmp_path / "a.html"
    path.write_text(broken.replace("<td>4</td><td>0</td>", "<td>4</td><td></td>", 1), encoding="utf-8")
    run = gongkai("check", "--json", path)
    (report,) = map(json.loads, run.out.splitlines())
    assert list(report)[:2] == ["source", "schema"]
    assert report["source"] == str(path)
    assert report["agency"] == AGENCY
    assert report["tables"]["applications"]["received"]["natural_person"] == 4
    assert report["tables"]["applications"]["received"]["business"] is None
    verdicts = [f["verdict"] for f in report["findings"]]
    assert verdicts == sorted(verdicts)
    assert set(verdicts) == {"fails", "unread"}
    assert {"A1", "A3"} & {"A1" if f["check"] == "applications-unbalanced" else "" for f in report["findings"]}


def test_what_check_prints_as_json_can_be_checked_again(tmp_path: Path) -> None:
    first = gongkai("check", "--json", write(tmp_path, "a.html", values=unbalanced()))
    second = gongkai("check", "--json", "-", stdin=first.out.encode())
    assert second.out == first.out
    assert second.code == first.code == 1


def test_what_cannot_be_read_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nbroken")
    (tmp_path / "b.bin").write_bytes(bytes(range(256)) * 50)
    write(tmp_path, "c.html")
    run = gongkai("check", tmp_path)
    assert run.code == 2
    assert [line.split("：")[0] for line in run.err.splitlines()] == [str(tmp_path / "a.pdf"), str(tmp_path / "b.bin")]
    assert "没有发现问题 1 份，未能读取 2 份" in run.out
    lines = [json.loads(line) for line in gongkai("check", "--json", tmp_path).out.splitlines()]
    assert [set(line) == {"source", "error"} for line in lines] == [True, True, False]


class TestPrevious:
    def check(self, folder: Path, previous: Path) -> dict[str, object]:
        path = write(folder, "今年.html", values=balanced(3, carried_in=2))
        run = gongkai("check", "--json", path, "--previous", previous, "--only", "carry-over-broken")
        return dict(json.loads(run.out), code=run.code, err=run.err)

    def test_the_report_of_the_year_before_is_found_by_name_and_year(self, tmp_path: Path) -> None:
        old = write(tmp_path, "old/对.html", year=2022, values=balanced(5, carried_out=1))
        write(tmp_path, "old/别的年.html", year=2021, values=balanced(5, carried_out=4))
        write(tmp_path, "old/别的机关.html", agency="青禾县水利局", year=2022)
        found = self.check(tmp_path, tmp_path / "old")
        assert found["previous"] == str(old)
        assert found["code"] == 1
        assert {f["check"] for f in found["findings"]} == {"carry-over-broken"}  # type: ignore[attr-defined]

    def test_none_that_matches_is_said(self, tmp_path: Path) -> None:
        write(tmp_path, "old/a.html", agency="青禾县水利局", year=2022)
        write(tmp_path, "old/b.html", agency="青禾县水利局", year=2021)
        found = self.check(tmp_path, tmp_path / "old")
        assert found["previous"] is None
        assert found["remarks"] == [f"没有找到“{AGENCY}”2022 年度报告，未与上年度核对"]
        assert found["code"] == 0

    def test_several_that_match_are_named(self, tmp_path: Path) -> None:
        write(tmp_path, "old/a.html", year=2022)
        write(tmp_path, "old/b.html", year=2022)
        found = self.check(tmp_path, tmp_path / "old")
        assert found["previous"] is None
        assert "有 2 份" in found["remarks"][0]  # type: ignore[index]
        assert found["findings"] == []

    def test_one_file_of_another_year_is_not_compared(self, tmp_path: Path) -> None:
        found = self.check(tmp_path, write(tmp_path, "old.html", year=2021, values=balanced(5, carried_out=1)))
        assert found["previous"] is None
        assert "是 2021 年度报告，不是 2022 年度的" in found["remarks"][0]  # type: ignore[index]

    def test_one_file_of_a_renamed_body_is_compared_and_that_is_said(self, tmp_path: Path) -> None:
        old = write(tmp_path, "old.html", agency="青禾县农牧局", year=2022, values=balanced(5, carried_out=1))
        found = self.check(tmp_path, old)
        assert found["previous"] == str(old)
        assert "青禾县农牧局" in found["remarks"][0]  # type: ignore[index]
        assert found["code"] == 1

    def test_a_path_that_is_not_there_is_an_error(self, tmp_path: Path) -> None:
        run = gongkai("check", write(tmp_path, "a.html"), "--previous", tmp_path / "没有")
        assert run.code == 2
        assert "没有这个文件或文件夹" in run.err

    def test_one_that_cannot_be_read_is_said_and_ends_with_2(self, tmp_path: Path) -> None:
        (tmp_path / "old").mkdir()
        (tmp_path / "old/a.pdf").write_bytes(b"%PDF-1.7 broken")
        found = self.check(tmp_path, tmp_path / "old")
        assert found["code"] == 2
        assert "a.pdf" in str(found["err"])


class TestParts:
    def test_the_parts_of_one_report_are_read_and_compared(self, tmp_path: Path) -> None:
        whole = write(tmp_path, "县.html", agency="青禾县人民政府", values=balanced(9))
        write(tmp_path, "parts/a.html", values=balanced(3))
        write(tmp_path, "parts/b.html", agency="柳树沟镇人民政府", values=balanced(4))
        right = gongkai("check", whole, "--parts", *sorted((tmp_path / "parts").iterdir()), "--only", "rollup-mismatch")
        assert "rollup-mismatch" in right.out
        write(tmp_path, "parts/b.html", agency="柳树沟镇人民政府", values=balanced(6))
        same = gongkai("check", whole, "--only", "S1", "--parts", tmp_path / "parts")
        assert "没有发现问题" in same.out

    def test_a_part_of_another_year_is_left_out_and_named(self, tmp_path: Path) -> None:
        whole = write(tmp_path, "县.html", agency="青禾县人民政府", values=balanced(3))
        write(tmp_path, "parts/a.html", values=balanced(3))
        write(tmp_path, "parts/b.html", agency="柳树沟镇人民政府", year=2021, values=balanced(4))
        run = gongkai("check", whole, "--only", "S1", "--parts", tmp_path / "parts")
        assert "没有发现问题" in run.out
        assert "有 1 份不是" in run.out
        assert "柳树沟镇人民政府（2021）" in run.out

    def test_a_part_that_cannot_be_read_is_no_fault_of_the_report(self, tmp_path: Path) -> None:
        whole = write(tmp_path, "县.html", agency="青禾县人民政府", values=balanced(9))
        bad = tmp_path / "a.pdf"
        bad.write_bytes(b"%PDF-1.7 broken")
        run = gongkai("check", whole, "--only", "S1", "--parts", bad)
        assert run.code == 2
        assert "没有发现问题" in run.out
        assert "有 1 份未能读取，未与各单位合计核对" in run.out

    @pytest.mark.parametrize("wholes", [0, 2])
    def test_parts_belong_to_exactly_one_report(self, tmp_path: Path, wholes: int) -> None:
        part = write(tmp_path, "p.html")
        run = gongkai("check", *[part] * wholes, "--parts", part)
        assert run.code == 2
        assert run.err.count("\n") == 1


class TestChoice:
    @pytest.mark.parametrize(("name", "option"), [("A4", "--previous"), ("S1", "--parts")])
    def test_a_check_that_needs_another_report_says_so(self, tmp_path: Path, name: str, option: str) -> None:
        run = gongkai("check", write(tmp_path, "a.html"), "--only", name)
        assert run.code == 2
        assert option in run.err

    def test_checks_are_chosen_by_name_by_id_and_in_lists(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.html", values=unbalanced())
        for words in (["A1"], ["a1,A2"], ["A2", "applications-unbalanced"], ["A2", "--only", "A1"]):
            run = gongkai("check", "--only", *words, path)
            assert run.code == 1, words
            assert "A1 applications-unbalanced" in run.out
        assert gongkai("check", path, "--skip", "A1", "A2").code == 0

    def test_an_unknown_name_lists_near_ones(self, tmp_path: Path) -> None:
        run = gongkai("check", write(tmp_path, "a.html"), "--only", "aplications-unbalanced")
        assert run.code == 2
        assert "没有名为“aplications-unbalanced”的检查项；相近的有：applications-unbalanced（A1）" in run.err


@needs_shared
def test_the_real_reports_are_checked_without_a_word_on_stderr() -> None:
    run = gongkai("check", *seed_files())
    assert run.err == ""
    assert run.code == 1
    assert "共 5 份" in run.out
