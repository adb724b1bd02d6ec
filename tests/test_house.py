"""What must hold of the repository itself: its files, its pins, what an import costs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from shared_files import IN_CI, ROOT, report_files, seed_files

SETS = ("run", "dev", "bench")

# Each is written so that it does not match itself.
FORBIDDEN = {
    "the host of a registry": r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|npmmirror\.com"
    r"|mirrors?\.[\w.-]+\.(?:com|cn|org)\b",
    "an option that names an index": r"(?<![\w-])-{0,2}(?:extra-)?index[-_]url\b"
    r"|(?<![\w-])--(?:find-links|trusted-host)\b",
    "a path of somebody's machine": r"(?<![\w.])/(?:work|root|Users)/\w|(?<![\w.])/home/\w+/\w"
    r"|(?<![\w.])/tmp/[v]\b|/opt/(?:pypi|wheels)",
}

# Loading any of these takes longer than everything else that `gongkai --help` does.
HEAVY = ("docx", "lxml", "pypdfium2", "python_calamine", "selectolax", "typst", "xlsxwriter")


def tracked_files() -> list[Path]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        (pytest.fail if IN_CI else pytest.skip)("not a git checkout")
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_names(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what].encode())
    found = []
    for path in tracked_files():
        data = path.read_bytes()
        if b"\0" in data:
            continue
        for hit in pattern.finditer(data):
            line = data.count(b"\n", 0, hit.start()) + 1
            found.append(f"{path.relative_to(ROOT)}:{line}: {hit[0].decode(errors='replace')}")
    assert not found


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("the host of a registry", "https://files.pythonhosted" + ".org/packages/x.whl"),
        ("the host of a registry", "https://mirrors.example" + ".edu.cn/simple"),
        ("an option that names an index", "--index" + "-url https://example.com/simple"),
        ("an option that names an index", "--find" + "-links wheels"),
        ("a path of somebody's machine", "open('/ro" + "ot/x.txt')"),
        ("a path of somebody's machine", "/home/" + "li/gongkai/x"),
    ],
)
def test_the_patterns_find_what_they_forbid(what: str, text: str) -> None:
    assert re.search(FORBIDDEN[what], text)


def test_the_option_that_keeps_the_index_out_is_allowed() -> None:
    assert not any(re.search(pattern, "--no-emit-index-url --no-emit-find-links") for pattern in FORBIDDEN.values())


def pins(name: str) -> dict[str, str]:
    """Package → version of one requirement file; every line of it has to be a pin with its hashes."""
    text = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")
    entries = re.sub(r"^\s*#.*\n", "", text, flags=re.M).replace("\\\n", " ").splitlines()
    found = {}
    for entry in filter(str.strip, entries):
        match = re.fullmatch(r"([a-z0-9-]+)==(\S+)(?: ; [^\\]+?)?(?:\s+--hash=sha256:[0-9a-f]{64})+\s*", entry)
        assert match, f"not a pin with hashes: {entry[:80]}"
        found[match[1]] = match[2]
    return found


def project() -> dict[str, dict[str, list[str]]]:
    data: dict[str, dict[str, list[str]]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return data


@pytest.mark.parametrize("name", SETS)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    assert len(pins(name)) > 10


@pytest.mark.parametrize("name", SETS)
def test_the_pins_meet_what_the_project_asks_for(name: str) -> None:
    wanted = [*project()["project"]["dependencies"], *project()["build-system"]["requires"]]
    wanted += project()["project"]["optional-dependencies"].get(name, [])  # type: ignore[attr-defined]
    pinned = pins(name)
    for requirement in map(Requirement, wanted):
        version = pinned.get(canonicalize_name(requirement.name), "none")
        assert version != "none", f"{requirement.name} is not pinned: run `make lock`"
        assert requirement.specifier.contains(version), f"{requirement}, pinned is {version}: run `make lock`"


@pytest.mark.parametrize("name", SETS)
def test_the_pins_run_on_the_oldest_python_we_promise(name: str) -> None:
    """Debian 12 has Python 3.11.2; some packages ask for a later 3.11. Only what is installed as pinned can be seen."""
    installed = {str(canonicalize_name(d.name)): d for d in distributions()}
    as_pinned = [installed[p] for p, v in pins(name).items() if p in installed and installed[p].version == v]
    asked = {d.name: d.metadata["Requires-Python"] for d in as_pinned}
    assert len(asked) > 10
    assert {p: v for p, v in asked.items() if v and not SpecifierSet(v).contains("3.11.0")} == {}


@pytest.mark.parametrize("name", ["dev", "bench"])
def test_a_larger_set_changes_nothing_of_the_run_set(name: str) -> None:
    assert pins("run").items() <= pins(name).items()


def test_the_sets_fit_into_one_environment() -> None:
    dev, bench = pins("dev"), pins("bench")
    assert {p: (dev[p], bench[p]) for p in dev.keys() & bench.keys() if dev[p] != bench[p]} == {}


def test_the_build_tool_is_the_one_of_pyproject() -> None:
    lines = (ROOT / "requirements/build.in").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == project()["build-system"]["requires"]


def heavy_modules_after(statement: str) -> list[str]:
    code = f"import sys\n{statement}\nprint(*(m for m in {HEAVY} if m in sys.modules), file=sys.stderr)"
    paths = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": paths},
    )
    assert run.returncode == 0, run.stderr
    return run.stderr.split()


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert heavy_modules_after("import gongkai") == []


def test_asking_for_help_loads_nothing_heavy() -> None:
    asked = """
from gongkai.cli import main
sys.argv = ["gongkai", "--help"]
try:
    main()
except SystemExit as stop:
    assert not stop.code
"""
    assert heavy_modules_after(asked) == []


def test_help_lists_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    commands = {name for name in re.findall(r"^\.PHONY: (.*)", makefile, re.M)[0].split() if "-" not in name}
    assert commands >= {"run", "test", "check", "bench", "docs", "help"}
    assert set(re.findall(r"make ([a-z]+) ", shown)) == commands


def test_the_files_that_contributors_are_sent_to_exist() -> None:
    named = re.findall(r"`((?:src|tests|docs)/[^`<*]+)`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert len(named) > 5
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_real_reports_are_there_in_ci() -> None:
    """``seed_files`` raises in CI when they are absent; elsewhere they may be."""
    assert [len(seed_files()), len(report_files())] in ([5, 2], [0, 0])
