"""Front-end files: fetched when the pins say so, whole or not at all, and without a word when nothing changed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from shared_files import ROOT

from gongkai.office.look import frontend
from gongkai.office.look.frontend import FILES, SPRITE, FrontendError, complete, fetch, has_test_files
from gongkai.office.look.npm import Npm, NpmError, find_npm
from gongkai.office.look.sprite import sprite

SVG = '<svg\n  viewBox="0 0 24 24"><path stroke="none" d="M0 0h24v24H0z" fill="none" /><path d="M1 1h2" /></svg>'
# Behaves as npm: puts what the list says below node_modules of the current folder.
FAKE_NPM = """
import json, pathlib, sys
for name, text in json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8")).items():
    path = pathlib.Path("node_modules") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with pins of its own."""
    root = tmp_path / "checkout"
    root.mkdir()
    (root / "package.json").write_text("{}", "utf-8")
    lock = {"packages": {"node_modules/axe-core": {"version": "1.2.3"}}}
    (root / "package-lock.json").write_text(json.dumps(lock), "utf-8")
    return root


@pytest.fixture
def vendor(tmp_path: Path) -> Path:
    return tmp_path / "static" / "vendor"


def packages() -> dict[str, str]:
    files = dict.fromkeys(FILES, "body{}\n/*# sourceMappingURL=x.map */")
    files |= {f"{name}/package.json": '{"version": "1.2.3", "license": "MIT"}' for name in ("@tabler/core", "htmx.org")}
    files |= {"@tabler/icons/package.json": '{"version": "1.2.3", "license": "MIT"}'}
    files |= {f"@tabler/icons/icons/outline/{name}.svg": SVG for name in frontend.ICONS.read_text("utf-8").split()}
    return files | dict.fromkeys(frontend.TEST_FILES, "x") | {"axe-core/package.json": '{"version": "1.2.3"}'}


def npm(tmp_path: Path, files: dict[str, str]) -> Npm:
    (tmp_path / "npm.py").write_text(FAKE_NPM, "utf-8")
    (tmp_path / "npm.json").write_text(json.dumps(files), "utf-8")
    return Npm((sys.executable, str(tmp_path / "npm.py"), str(tmp_path / "npm.json")))


@pytest.mark.usefixtures("checkout")
def test_what_was_fetched_is_complete_until_the_pins_change(tmp_path: Path, checkout: Path, vendor: Path) -> None:
    assert not complete(vendor, checkout)
    fetch(vendor=vendor, root=checkout, npm=npm(tmp_path, packages()))
    assert complete(vendor, checkout)
    (checkout / "package-lock.json").write_text("{}", "utf-8")
    assert not complete(vendor, checkout)


def test_a_lost_file_is_noticed(tmp_path: Path, checkout: Path, vendor: Path) -> None:
    fetch(vendor=vendor, root=checkout, npm=npm(tmp_path, packages()))
    (vendor / SPRITE).unlink()
    assert not complete(vendor, checkout)


def test_another_choice_of_icons_is_noticed(
    tmp_path: Path, checkout: Path, vendor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(vendor=vendor, root=checkout, npm=npm(tmp_path, packages()))
    icons = tmp_path / "icons.txt"
    icons.write_text("home\nuser\n", "utf-8")
    monkeypatch.setattr(frontend, "ICONS", icons)
    assert not complete(vendor, checkout)


def test_only_what_is_needed_is_copied_and_no_source_map_is_asked_for(
    tmp_path: Path, checkout: Path, vendor: Path
) -> None:
    fetch(vendor=vendor, root=checkout, npm=npm(tmp_path, packages()))
    copied = {str(path.relative_to(vendor)) for path in vendor.rglob("*") if path.is_file()}
    assert copied == {*FILES.values(), SPRITE, "NOTICE", ".stamp"}
    assert (vendor / "tabler/tabler.min.css").read_text("utf-8") == "body{}\n"
    assert "@tabler/core 1.2.3: MIT" in (vendor / "NOTICE").read_text("utf-8")
    assert not has_test_files(checkout)


def test_the_tests_get_their_files_where_npm_would_put_them(tmp_path: Path, checkout: Path, vendor: Path) -> None:
    fetch(tests=True, vendor=vendor, root=checkout, npm=npm(tmp_path, packages()))
    assert has_test_files(checkout)
    (checkout / "node_modules/axe-core/package.json").write_text('{"version": "1.0.0"}', "utf-8")
    assert not has_test_files(checkout)


def test_a_package_without_an_expected_file_leaves_the_old_files(tmp_path: Path, checkout: Path, vendor: Path) -> None:
    fetch(vendor=vendor, root=checkout, npm=npm(tmp_path, packages()))
    files = packages()
    del files["htmx.org/dist/htmx.min.js"]
    with pytest.raises(FrontendError, match=r"没有预期的文件：htmx\.min\.js"):
        fetch(vendor=vendor, root=checkout, npm=npm(tmp_path, files))
    assert complete(vendor, checkout)


def test_a_failing_npm_is_told_and_leaves_the_old_files(tmp_path: Path, checkout: Path, vendor: Path) -> None:
    fetch(vendor=vendor, root=checkout, npm=npm(tmp_path, packages()))
    broken = Npm((sys.executable, "-c", "import sys; sys.exit('npm error network unreachable')"))
    with pytest.raises(FrontendError, match=r"获取界面文件失败（npm error network unreachable）；请检查网络"):
        fetch(vendor=vendor, root=checkout, npm=broken)
    assert complete(vendor, checkout)


def test_a_machine_without_npm_and_without_its_wheel_is_told_so(
    tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    (checkout / "requirements").mkdir()
    (checkout / "requirements" / "node.txt").write_text("there-is-no-such-file @ file:///nowhere/x.whl\n", "utf-8")
    with pytest.raises(NpmError, match="本机没有 npm，临时安装也未成功"):
        find_npm(checkout, tmp_path)


def test_a_command_that_cannot_start_is_told(tmp_path: Path) -> None:
    with pytest.raises(NpmError, match="无法运行"):
        Npm((str(tmp_path / "nothing"),)).install(tmp_path, with_tests=False)


def test_an_installed_package_without_its_files_says_what_to_do(tmp_path: Path, vendor: Path) -> None:
    with pytest.raises(FrontendError, match="请重新安装本软件"):
        fetch(vendor=vendor, root=tmp_path)


def test_the_sprite_has_a_symbol_for_each_icon_without_its_empty_frame(tmp_path: Path) -> None:
    (tmp_path / "home.svg").write_text(SVG, "utf-8")
    drawn = sprite(["home"], tmp_path)
    assert '<symbol id="home" viewBox="0 0 24 24"' in drawn
    assert drawn.count("<path") == 1
    with pytest.raises(FileNotFoundError):
        sprite(["nothing"], tmp_path)


def test_the_lock_file_pins_every_package_by_hash_and_names_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))
    names = [*wanted["dependencies"], *wanted["devDependencies"]]
    assert {name: lock[f"node_modules/{name}"]["version"] for name in names} == {
        **wanted["dependencies"],
        **wanted["devDependencies"],
    }
    for place, facts in lock.items():
        if place:
            assert facts["integrity"].startswith("sha512-")
            assert "resolved" not in facts


def test_the_icons_are_listed_once_and_in_order() -> None:
    names = frontend.ICONS.read_text("utf-8").split()
    assert names == sorted(set(names))
