"""The bar of progress: on a terminal behind stderr only, and never in the way of what is printed."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from cli.documents import environment, page

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminals")
# The real command, with a bar from the first document on instead of after a second.
COMMAND = """
import sys
import gongkai.cli.progress as p
p._AFTER = p._EVERY = 0
from gongkai.cli.app import run
sys.exit(run(sys.argv[1:]))
"""


def watch(folder: Path, on_terminal: str, *arguments: str) -> tuple[str, str]:
    """(what the terminal showed, what went into a file) of a run over 30 documents in ``folder``."""
    for number in range(30):
        (folder / f"{number:02}.html").write_text(page())
    main, terminal = pty.openpty()
    shown = bytearray()

    def listen() -> None:
        try:
            while data := os.read(main, 65536):
                shown.extend(data)
        except OSError:  # the terminal is closed
            pass

    reader = threading.Thread(target=listen)
    reader.start()
    output = folder.parent / "out"
    with output.open("wb") as file:
        subprocess.run(
            [sys.executable, "-c", COMMAND, *arguments, str(folder)],
            stdout=terminal if on_terminal == "both" else file,
            stderr=file if on_terminal == "none" else terminal,
            env=environment({"TERM": "xterm-256color"}),
            check=True,
            timeout=60,
        )
    os.close(terminal)
    reader.join(timeout=10)
    return shown.decode(), output.read_text()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_bar_is_on_the_terminal_and_the_output_whole_in_its_file(tmp_path: Path, jobs: str) -> None:
    (tmp_path / "in").mkdir()
    shown, output = watch(tmp_path / "in", "stderr", "read", "--json", "--jobs", jobs)
    assert "正在读取" in shown
    assert "份/秒" in shown
    assert '"source"' not in shown
    assert len(output.splitlines()) == 30
    assert all(line.startswith('{"source"') for line in output.splitlines())


def test_on_one_terminal_the_bar_is_taken_away_before_each_print(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shown, _ = watch(tmp_path / "in", "both", "read", "--json", "--jobs", "2")
    documents = [part for part in shown.replace("\r", "\n").split("\n") if '"source"' in part]
    assert len(documents) == 30
    assert not any("正在读取" in document for document in documents)


def test_without_a_terminal_there_is_no_bar(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    _, output = watch(tmp_path / "in", "none", "read", "--json", "--jobs", "2")
    assert "正在读取" not in output
