"""Front-end packages (Tabler, htmx): pinned in package.json, fetched at set-up, not committed.

``python -m gongkai.office.look.frontend`` says whether they are there; ``--fetch`` fetches what is lacking (set-up
calls it), with ``--tests`` also what only the tests need. When nothing changed, it only compares a stamp.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from gongkai.office.look.npm import Npm, NpmError, find_npm
from gongkai.office.look.sprite import sprite

HERE = Path(__file__).parent
ROOT = HERE.parents[3]
VENDOR = HERE / "static" / "vendor"
ICONS = HERE / "icons.txt"

# File of a package → where it goes in static/vendor. Icons are not here: only those of icons.txt go, as one sprite.
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/icons/LICENSE": "icons/LICENSE",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
}
SPRITE = "icons/sprite.svg"
NOTICE = "NOTICE"
# Only tests read these; they stay where a developer's own `npm ci` would put them.
TEST_FILES = ("axe-core/axe.min.js", "axe-core/LICENSE")
# What no longer fits is fetched again: the pins, the choice of icons, and this module's own idea of what goes where.
_SOURCES = ("package.json", "package-lock.json")


class FrontendError(Exception):
    """The front-end files are not there and could not be fetched; the message says, in Chinese, what to do."""


def wanted(root: Path = ROOT) -> str:
    """The stamp as it should be: a SHA-256 over the pins, the icons and the list of files."""
    parts = [(root / name).read_bytes() for name in _SOURCES]
    parts += [ICONS.read_bytes(), json.dumps(FILES, sort_keys=True).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_checkout(root: Path = ROOT) -> bool:
    """Whether the pins are there; an installed package brings the files themselves and has none."""
    return all((root / name).is_file() for name in _SOURCES)


def complete(vendor: Path = VENDOR, root: Path = ROOT) -> bool:
    """Whether every file is there, and as pinned."""
    if not all((vendor / name).is_file() for name in (*FILES.values(), SPRITE)):
        return False
    if not is_checkout(root):
        return True
    stamp = vendor / ".stamp"
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == wanted(root)


def has_test_files(root: Path) -> bool:
    """Whether what only the tests need is there (its version is that of the lock file)."""
    pinned = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    folders = {name.split("/")[0] for name in TEST_FILES} | _test_programs(pinned)
    for folder in folders:
        installed = root / "node_modules" / folder / "package.json"
        if not installed.is_file():
            return False
        version = json.loads(installed.read_text(encoding="utf-8"))["version"]
        if version != pinned[f"node_modules/{folder}"]["version"]:
            return False
    return all((root / "node_modules" / name).is_file() for name in TEST_FILES)


def fetch(*, tests: bool = False, vendor: Path = VENDOR, root: Path = ROOT, npm: Npm | None = None) -> str:
    """Fetch with npm what package-lock.json pins and copy the needed files. Returns what was done, in Chinese.

    Raises ``FrontendError`` when there is no npm to be had, no network, or a package lacks a file. npm itself compares
    each package with the hash in the lock file.
    """
    if not is_checkout(root):
        raise FrontendError("界面文件不全，且安装目录中没有 package.json；请重新安装本软件")
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        work = Path(folder)
        for name in (*_SOURCES, ".npmrc"):
            if (root / name).is_file():
                shutil.copy(root / name, work / name)
        try:
            (npm or find_npm(root, work)).install(work, with_tests=tests)
        except NpmError as error:
            raise FrontendError(f"获取界面文件失败（{error}）；请检查网络，或安装 npm 后重新运行 make run") from error
        packages = work / "node_modules"
        _fill(packages, vendor, root)
        if tests:
            _copy_test_files(packages, root)
    return f"已获取界面文件（Tabler、htmx），存放于 {vendor}"


def _fill(packages: Path, vendor: Path, root: Path) -> None:
    """Whole or not at all: the new folder is made beside the old one and then takes its place."""
    part = vendor.with_name(f"{vendor.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    for source, target in FILES.items():
        (part / target).parent.mkdir(parents=True, exist_ok=True)
        (part / target).write_bytes(_without_source_map(_read(packages / source)))
    outlines = packages / "@tabler/icons/icons/outline"
    (part / SPRITE).write_text(sprite(_icon_names(), outlines), encoding="utf-8")
    (part / NOTICE).write_text(_notice(packages), encoding="utf-8")
    (part / ".stamp").write_text(wanted(root), encoding="ascii")
    shutil.rmtree(vendor, ignore_errors=True)
    part.replace(vendor)


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise FrontendError(f"界面组件包中没有预期的文件：{path.name}；请确认 package.json 中的版本")
    return path.read_bytes()


def _without_source_map(content: bytes) -> bytes:
    # The map is larger than the file and stays behind; a reference to it would fail when static files are collected.
    head, mark, _ = content.rpartition(b"/*# sourceMappingURL=")
    return head if mark else content


def _icon_names() -> list[str]:
    return ICONS.read_text(encoding="utf-8").split()


def _notice(packages: Path) -> str:
    lines = []
    for name in sorted({"@tabler/core", "@tabler/icons", "htmx.org"}):
        facts = json.loads(_read(packages / name / "package.json"))
        lines.append(f"{name} {facts['version']}: {facts['license']}")
    return "\n".join(lines) + "\n"


def _test_programs(pinned: dict[str, dict[str, object]]) -> set[str]:
    """Packages that the tests run with node, with all that they need; of the others single files are enough."""
    dev = {name.removeprefix("node_modules/") for name, about in pinned.items() if about.get("dev")}
    return {name for name in dev if "node_modules/" not in name} - {name.split("/")[0] for name in TEST_FILES}


def _copy_test_files(packages: Path, root: Path) -> None:
    target = root / "node_modules"
    for name in (*TEST_FILES, *{f"{name.split('/')[0]}/package.json" for name in TEST_FILES}):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(_read(packages / name))
    for name in _test_programs(json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]):
        shutil.rmtree(target / name, ignore_errors=True)
        shutil.copytree(packages / name, target / name)


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0: the files are there; 1: they are not, and why."""
    parser = argparse.ArgumentParser(prog="python -m gongkai.office.look.frontend", description="界面所用的前端文件")
    parser.add_argument("--fetch", action="store_true", help="缺少或版本不符时获取（需要网络）")
    parser.add_argument("--tests", action="store_true", help="连同测试所用的文件（axe）")
    chosen = parser.parse_args(arguments)
    try:
        there = complete() and not (chosen.tests and not has_test_files(ROOT))
        if not there and chosen.fetch:
            print("正在获取界面文件……", file=sys.stderr)
            print(fetch(tests=chosen.tests), file=sys.stderr)
        elif not there:
            raise FrontendError("界面文件不全或版本不符；请联网运行 python -m gongkai.office.look.frontend --fetch")
    except (FrontendError, OSError, subprocess.SubprocessError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
