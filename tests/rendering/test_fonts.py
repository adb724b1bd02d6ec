"""Fonts for PDF: chosen in order, fetched whole or not at all."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.rendering import RenderingError, fonts


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("GONGKAI_FONTS", str(tmp_path / "fonts"))
    fonts.families.cache_clear()
    fonts.installed.cache_clear()
    yield
    monkeypatch.undo()
    fonts.families.cache_clear()
    fonts.installed.cache_clear()


class Machine:
    def __init__(self, *names: str) -> None:
        self._names = names

    def families(self) -> list[str]:
        return list(self._names)


def on(monkeypatch: pytest.MonkeyPatch, *names: str) -> dict[str, list[str]]:
    monkeypatch.setattr(fonts, "installed", lambda: Machine(*names))
    fonts.families.cache_clear()
    return fonts.families()


def test_an_office_machine_uses_the_fonts_of_the_standard(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("SimSun", "SimHei", "KaiTi", "FangSong", "仿宋_GB2312", "方正小标宋简体", "Noto Serif CJK SC")
    first = {role: found[0] for role, found in on(monkeypatch, *names).items()}
    expected = {"fangsong": "仿宋_GB2312", "kai": "KaiTi", "hei": "SimHei", "song": "SimSun", "title": "方正小标宋简体"}
    assert first == expected


def test_other_machines_use_the_free_serif_before_wenkai(monkeypatch: pytest.MonkeyPatch) -> None:
    found = on(monkeypatch, "LXGW WenKai", "Noto Serif CJK SC", "STFangsong")
    assert found["fangsong"] == ["STFangsong", "Noto Serif CJK SC", "LXGW WenKai"]
    assert found["kai"][0] == "LXGW WenKai"
    assert found["hei"][0] == "Noto Serif CJK SC"


def test_no_font_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RenderingError, match="--fetch"):
        on(monkeypatch, "DejaVu Sans")


def test_without_npm_fetching_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts.shutil, "which", lambda name: None)
    with pytest.raises(RenderingError, match="npm"):
        fonts.fetch()


def test_a_font_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "package.tgz"
    with tarfile.open(archive, "w:gz") as package:
        for name in (*fonts.FILES, fonts.LICENCE):
            member = tarfile.TarInfo(name)
            member.size = 4
            package.addfile(member, io.BytesIO(b"font"))
    with pytest.raises(RenderingError, match="与预期不符"):
        fonts._unpack(archive)
    assert list((tmp_path / "fonts").iterdir()) == []


def test_the_command_tells_whether_pdf_can_be_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fonts, "installed", lambda: Machine("SimSun", "FangSong", "KaiTi", "SimHei", "STZhongsong"))
    assert fonts.main([]) == 0
    assert "fangsong\tFangSong" in capsys.readouterr().out
    fonts.families.cache_clear()
    monkeypatch.setattr(fonts, "installed", Machine)
    assert fonts.main([]) == 1
    assert "没有可用的中文字体" in capsys.readouterr().err
