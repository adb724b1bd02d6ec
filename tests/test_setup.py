"""What the set-up (scripts/setup.sh) installs, when it installs nothing, and what it says when it cannot."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from shared_files import ROOT

FAKE_PYTHON = """#!/bin/sh
echo "$@" >>"$LOG"
case "$1 $2" in
"-V "*) echo "Python $VERSION" ;;
"-m venv") for last; do :; done; rm -rf "$last"; mkdir -p "$last/bin"; cp "$0" "$last/bin/python" ;;
"-c import ensurepip"*) exit "${NO_ENSUREPIP:-0}" ;;
"-c import virtualenv"*) exit 1 ;;
"-c import sys; print"*) echo python3.12-venv ;;
esac
"""


class House:
    """A copy of what the set-up works on, and a fake Python, which notes what it is asked to do."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "log"
        for name in ("scripts", "requirements"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "pyproject.toml", folder)
        self.python = folder / "python for tests"  # a path with spaces, as people have them
        self.python.write_text(FAKE_PYTHON, encoding="utf-8")
        self.python.chmod(0o755)

    def set_up(self, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
        self.log.write_text("", encoding="utf-8")
        # As nobody: `id` says 1000, so that no test run as root installs a system package.
        nobody = self.folder / "bin"
        nobody.mkdir(exist_ok=True)
        (nobody / "id").write_text("#!/bin/sh\necho 1000\n", encoding="utf-8")
        (nobody / "id").chmod(0o755)
        given = {"PYTHON": str(self.python), "VERSION": "3.12.7", "LOG": str(self.log)} | environment
        given["PATH"] = f"{nobody}{os.pathsep}{os.environ['PATH']}"
        script = self.folder / "scripts/setup.sh"
        return subprocess.run(["sh", script, name], capture_output=True, text=True, env=given, check=False)

    def installed(self) -> list[str]:
        return re.findall(r"requirements/\w+\.txt", self.log.read_text(encoding="utf-8"))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_set_up_installs_only_the_set_that_was_asked_for(house: House) -> None:
    assert house.set_up("run").returncode == 0
    assert house.installed() == ["requirements/run.txt"]


def test_set_up_installs_nothing_a_second_time(house: House) -> None:
    house.set_up("dev")
    assert house.set_up("dev").returncode == 0
    assert "install" not in house.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("changed", ["requirements/dev.txt", "pyproject.toml"])
def test_set_up_installs_again_when_a_file_changed(house: House, changed: str) -> None:
    house.set_up("dev")
    with (house.folder / changed).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    house.set_up("dev")
    assert house.installed() == ["requirements/dev.txt"]
    assert "-m venv" not in house.log.read_text(encoding="utf-8")


def test_set_up_makes_the_environment_anew_for_another_python(house: House) -> None:
    house.set_up("dev")
    house.set_up("dev", VERSION="3.13.0")
    assert "-m venv" in house.log.read_text(encoding="utf-8")
    assert house.installed() == ["requirements/dev.txt"]


def test_set_up_says_in_both_languages_that_python_is_missing(house: House) -> None:
    answer = house.set_up("run", PYTHON="/nowhere/python3")
    assert answer.returncode == 2
    assert "找不到 Python 3.11" in answer.stderr
    assert "No Python 3.11" in answer.stderr


def test_set_up_names_the_package_that_is_missing(house: House) -> None:
    answer = house.set_up("run", NO_ENSUREPIP="1")
    assert answer.returncode == 2
    assert "apt install python3.12-venv" in answer.stderr
    assert "虚拟环境" in answer.stderr
