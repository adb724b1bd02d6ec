"""An exported log is checked from the file alone; whoever edits the file is found out, and the place is named."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.office.acts.export import NotAnExportError, lines, verify_file
from gongkai.office.acts.models import Act, Link
from gongkai.office.acts.selectors.chain import head, links

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """Eight acts as a file: a head line and eight lines."""
    for n in range(1, 9):
        Act.objects.create(
            verb="test.write",
            label="写入",
            actor_name="张三",
            thing_type="x",
            thing_id=str(n),
            thing_name=f"第{n}件 “引号”\n换行",
        )
    return save(tmp_path, 1, 8)


def save(folder: Path, first: int, last: int) -> Path:
    path = folder / "log.jsonl"
    path.write_text("".join(lines(links(first, last), first, last, Link.objects.get(sequence=last).hash)), "utf-8")
    return path


def faults(path: Path, **known: str) -> list[tuple[str, int | None]]:
    return [(fault.kind, fault.sequence) for fault in verify_file(path, known).faults]


def test_an_untouched_file_is_intact_and_holds_the_text_as_hashed(exported: Path) -> None:
    outcome = verify_file(exported)
    assert outcome.intact
    assert (outcome.count, outcome.last, outcome.head) == (8, *head())
    text = json.loads(json.loads(exported.read_text("utf-8").splitlines()[3])["text"])
    assert (text["thing_name"], text["version"]) == ("第3件 “引号”\n换行", 1)


def test_a_part_of_the_log_is_checked_as_such(exported: Path, tmp_path: Path) -> None:
    outcome = verify_file(save(tmp_path, 3, 6))
    assert outcome.intact
    assert (outcome.count, outcome.first, outcome.last) == (4, 3, 6)


def _change(text: list[str]) -> list[str]:
    return [line.replace("张三", "李四") if n == 4 else line for n, line in enumerate(text)]


def _delete(text: list[str]) -> list[str]:
    return text[:4] + text[5:]


def _cut(text: list[str]) -> list[str]:
    return text[:6]


def _insert(text: list[str]) -> list[str]:
    return [*text[:5], text[4], *text[5:]]


def _swap(text: list[str]) -> list[str]:
    return [*text[:4], text[5], text[4], *text[6:]]


def _damage(text: list[str]) -> list[str]:
    return [line[: len(line) // 2] if n == 4 else line for n, line in enumerate(text)]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (_change, ("altered", 4)),
        (_delete, ("missing", 4)),
        (_cut, ("head", 5)),
        (_insert, ("order", 4)),
        (_swap, ("missing", 4)),
        (_damage, ("altered", 4)),
    ],
)
def test_an_edited_file_shows_where(
    exported: Path, edit: Callable[[list[str]], list[str]], expected: tuple[str, int]
) -> None:
    exported.write_text("\n".join(edit(exported.read_text("utf-8").splitlines())) + "\n", "utf-8")
    assert faults(exported)[0] == expected


def test_a_file_cut_together_with_its_head_line_shows_against_a_known_head(exported: Path) -> None:
    text = exported.read_text("utf-8").splitlines()[:6]
    top = json.loads(text[0])
    text[0] = json.dumps({**top, "last": 5, "head": json.loads(text[5])["hash"]})
    exported.write_text("\n".join(text) + "\n", "utf-8")
    assert verify_file(exported).intact
    assert faults(exported, **{head()[1]: "x"}) == [("head", 5)]


@pytest.mark.parametrize(
    "content", ["", "not json\n", "[]\n", '{"format": "other"}\n', '{"format": "gongkai-acts-1"}\n']
)
def test_another_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other"
    path.write_text(content, "utf-8")
    with pytest.raises(NotAnExportError):
        verify_file(path)


def test_checking_a_file_needs_no_django(exported: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from gongkai.office.acts.export import verify_file;"
        f"print(verify_file(Path({str(exported)!r})).count, 'django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["8", "False"]
