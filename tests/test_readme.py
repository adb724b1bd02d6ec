"""The READMEs say what the software really prints, and point to what is there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys

import pytest
from shared_files import ROOT

from gongkai.cli.names import known

READMES = ("README.md", "README.zh.md", "samples/README.md")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def printed(command: str) -> str:
    """What ``gongkai …`` prints when its output goes to a file."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    environment.pop("COLUMNS", None)
    arguments = [sys.executable, "-m", *shlex.split(command)]
    run = subprocess.run(arguments, cwd=ROOT, capture_output=True, env=environment, check=False)
    assert run.returncode in (0, 1), run.stderr.decode()
    return run.stdout.decode().rstrip()


@pytest.mark.parametrize("name", READMES[:2])
def test_transcripts_are_what_is_printed(name: str) -> None:
    transcripts = re.findall(r"^```console\n\$ (gongkai .*)\n((?:.*\n)*?)```$", text_of(name), re.M)
    assert transcripts
    for command, shown in transcripts:
        assert shown.rstrip() == printed(command), f"{name}: paste what `{command} | cat` prints"


@pytest.mark.parametrize("name", READMES)
def test_links_lead_to_files_that_exist(name: str) -> None:
    folder = (ROOT / name).parent
    linked = [target for target in re.findall(r"\]\(([^)#]+)\)", text_of(name)) if "://" not in target]
    assert [target for target in linked if not (folder / target).exists()] == []


@pytest.mark.parametrize("name", READMES[:2])
def test_commands_named_are_commands(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", text_of("Makefile"), re.M))
    assert {"run", "test"} <= set(re.findall(r"(?m)(?:^|`)make ([a-z]+)", text_of(name))) <= targets
    subcommands = set(re.findall(r"bin/gongkai ([a-z]+)", text_of(name)))
    assert {"read", "check", "explain"} <= subcommands
    for subcommand in subcommands:
        options = set(re.findall(rf"bin/gongkai {subcommand} [^#\n]*?(--[a-z]+)", text_of(name)))
        assert options <= set(re.findall(r"--[a-z]+", printed(f"gongkai {subcommand} --help")))
    assert all(known(check) for check in re.findall(r"explain ([A-Z]\d+)", text_of(name)))
