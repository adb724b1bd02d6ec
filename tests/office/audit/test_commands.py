"""``gongkai audit``: verdicts as exit codes, one line for what cannot be done, files that prove themselves."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from typer.testing import CliRunner, Result

from gongkai.office.acts.models import Act
from gongkai.office.acts.selectors.chain import head
from gongkai.office.commands.audit import audit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _few() -> None:
    now = timezone.now()
    for n in range(5):
        Act.objects.create(
            verb="x",
            label="写入",
            actor_name="张三",
            thing_type="x",
            thing_id="1",
            thing_name=f"第{n}件",
            at=now - datetime.timedelta(days=5 - n),
        )


def gongkai(*arguments: object) -> Result:
    return CliRunner().invoke(audit, [str(one) for one in arguments])


def test_an_intact_log_is_zero_and_tells_its_head() -> None:
    done = gongkai("verify")
    assert (done.exit_code, done.stdout) == (0, f"日志完整：共5条（第1至5号）\n链尾校验值 {head()[1]}\n")


def test_a_broken_log_is_one_and_tells_the_place() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE acts_act DISABLE TRIGGER acts_act_fixed")
        cursor.execute("UPDATE acts_act SET ground = '改' WHERE thing_name = '第2件'")
        cursor.execute("ALTER TABLE acts_act ENABLE ALWAYS TRIGGER acts_act_fixed")
    done = gongkai("verify")
    assert done.exit_code == 1
    assert done.stdout.startswith("日志有异常，最先出现在：第3号（操作记录")


@pytest.mark.parametrize(("given", "code"), [("its own", 0), ("ITS OWN", 0), ("a" * 64, 1)])
def test_a_head_noted_down_earlier_must_be_in_the_chain(given: str, code: int) -> None:
    own = head()[1]
    done = gongkai("verify", "--head", {"its own": own, "ITS OWN": own.upper()}.get(given, given))
    assert done.exit_code == code
    assert (f"校验链中没有所给的校验值{'a' * 64}" in done.stdout) == bool(code)


def test_export_and_verify_from_the_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    _, hash = head()
    done = gongkai("export", "-o", file)
    assert (done.exit_code, done.stdout) == (0, f"已导出5条（第1至5号），链尾校验值 {hash}\n")
    assert [path.name for path in tmp_path.glob("log*")] == ["log.jsonl"]
    assert Act.objects.get(verb="audit.export_chain").actor_name == "系统"
    alone = subprocess.run(
        [sys.executable, "-m", "gongkai", "audit", "verify", file, "--head", hash],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(Path(__file__).parents[3] / "src"), "DATABASE_URL": "postgresql://nowhere/x"},
    )
    assert (alone.returncode, alone.stderr) == (0, "")
    assert alone.stdout == f"日志完整：共5条（第1至5号）\n链尾校验值 {hash}\n"
    file.write_text(file.read_text("utf-8").replace("第2件", "第二件"), "utf-8")
    edited = gongkai("verify", file)
    assert edited.exit_code == 1
    assert "第3号" in edited.stdout


def test_days_choose_a_stretch(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    days = [timezone.localdate() - datetime.timedelta(days=back) for back in (4, 2)]
    assert gongkai("export", "-o", file, "--from", days[0], "--to", days[1]).stdout.startswith("已导出3条（第2至4号）")
    assert gongkai("verify", file).exit_code == 0


def test_a_stretch_without_acts_is_an_empty_file_that_is_intact(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    assert gongkai("export", "-o", file, "--to", "2001-01-01").exit_code == 0
    assert gongkai("verify", file).stdout.startswith("日志完整：共0条")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["verify", "/nonexistent/log.jsonl"], "不能读取 /nonexistent/log.jsonl：文件不存在"),
        (["verify", __file__], "不是导出的操作日志"),
        (["verify", "--head", "xyz"], "“xyz”不是校验值"),
        (["export", "-o", "/nonexistent/log.jsonl"], "不能写入 /nonexistent/log.jsonl：文件夹不存在"),
        (["export", "-o", "x", "--from", "2024-13-01"], "“2024-13-01”不是日期"),
        (["export", "-o", "x", "--from", "2024-02-01", "--to", "2024-01-01"], "--from 晚于 --to"),
    ],
)
def test_what_cannot_be_done_is_two_and_one_line(arguments: list[str], line: str) -> None:
    done = gongkai(*arguments)
    assert done.exit_code == 2
    assert line in done.stderr
    assert done.stderr.count("\n") == 1
    assert not done.stdout
