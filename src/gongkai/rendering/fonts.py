"""Fonts for PDF: the best that the machine has for each role, and a free one fetched when it has none.

``python -m gongkai.rendering.fonts`` says what is there; with ``--fetch`` it fetches what is lacking (set-up calls it).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.rendering.errors import RenderingError

if TYPE_CHECKING:
    import typst

# What stands in for every role, best first. Serif before sans: the text is set in 仿宋, which is nearest to it.
_ANY = (
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "Source Han Serif",
    "LXGW WenKai",
    "LXGW WenKai GB",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "AR PL UMing CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
_SANS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN")
# Role → families in the order of choice: as offices have them, as other systems name the same design, then free ones.
ROLES = {
    "fangsong": ("仿宋_GB2312", "FangSong_GB2312", "FangSong", "仿宋", "STFangsong"),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "KaiTi", "楷体", "STKaiti", "Kaiti SC", "LXGW WenKai", "LXGW WenKai GB"),
    "hei": ("黑体", "SimHei", "STHeiti", "Heiti SC", *_SANS),
    "song": ("宋体", "SimSun", "NSimSun", "STSong", "Songti SC"),
    "title": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "STZhongsong", "Songti SC"),
}
# typst matches families without regard to case, and so do we.
_ROLES = {role: (*families, *_ANY) for role, families in ROLES.items()}

PACKAGE, VERSION = "@expo-google-fonts/noto-serif-sc", "0.4.3"
# Member of the package → SHA-512: regular for the text, bold for headings and totals; and the licence (OFL).
FILES = {
    "package/400Regular/NotoSerifSC_400Regular.ttf": (
        "0e978b77dde8a5f67d188091f9ebd3e64eb270108ecb9b7afc7cada3b07cfbfd"
        "42b314f45027f2e8afdce930534ca3c929c89b9318bfcbcd886d534281590c68"
    ),
    "package/700Bold/NotoSerifSC_700Bold.ttf": (
        "c07666880a45864fbabba1ae9b28ff1b6c759b996d0b614f4beaa2e82fc86a31"
        "90e5f147f73ad1822501436cb186734a0cee54725c2376e19bd80b401d31e689"
    ),
}
LICENCE = "package/LICENSE_FONT"
HINT = "请安装一种中文字体（如仿宋、思源宋体），或联网运行 python -m gongkai.rendering.fonts --fetch 获取免费字体"


def folder() -> Path:
    """Where fetched fonts lie: ``GONGKAI_FONTS``, or a folder of this Python environment."""
    chosen = os.environ.get("GONGKAI_FONTS")
    return Path(chosen) if chosen else Path(sys.prefix) / "share" / "gongkai" / "fonts"


@cache
def installed() -> typst.Fonts:
    """The fonts of the system and of ``folder()``; looked up once (about 50 ms)."""
    import typst

    return typst.Fonts(True, False, [folder()] if folder().is_dir() else [])


@cache
def families() -> dict[str, list[str]]:
    """Role → the families that the machine has for it, best first. Raises ``RenderingError`` when it has none."""
    there = {name.lower() for name in installed().families()}
    found = {role: [name for name in wanted if name.lower() in there] for role, wanted in _ROLES.items()}
    if not all(found.values()):
        raise RenderingError(f"这台机器上没有可用的中文字体，无法生成 PDF；{HINT}")
    return found


def fetch() -> str:
    """Fetch the free font into ``folder()`` with the npm client; its content must be what is pinned here.

    Returns what was done, in Chinese. Raises ``RenderingError`` when there is no npm or no network.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise RenderingError("没有找到 npm，无法获取免费字体；请安装 npm 后再试，或安装一种中文字体（如思源宋体）")
    with tempfile.TemporaryDirectory() as work:
        command = [npm, "pack", "--silent", f"{PACKAGE}@{VERSION}"]
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
        archives = list(Path(work).glob("*.tgz"))
        if done.returncode or not archives:
            reason = (done.stderr.strip().splitlines() or ["原因不明"])[-1]
            raise RenderingError(f"获取字体失败（{reason}）；请检查网络后再试，或安装一种中文字体（如思源宋体）")
        return _unpack(archives[0])


def _unpack(archive: Path) -> str:
    target = folder()
    target.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as package:
        for member, expected in {**FILES, LICENCE: None}.items():
            source = package.extractfile(member)
            content = source.read() if source else b""
            if expected and hashlib.sha512(content).hexdigest() != expected:
                raise RenderingError(f"获取的字体文件与预期不符：{Path(member).name}；已放弃，请稍后再试")
            # Whole or not at all: another process may be looking.
            part = target / f"{Path(member).name}.part"
            part.write_bytes(content)
            part.replace(target / Path(member).name)
    return f"已获取免费字体“思源宋体”（Noto Serif SC，OFL 许可），存放于 {target}"


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0: PDF can be made; 1: it cannot, and why."""
    parser = argparse.ArgumentParser(prog="python -m gongkai.rendering.fonts", description="PDF 所用的中文字体")
    parser.add_argument("--fetch", action="store_true", help="没有中文字体时，获取免费字体（需要 npm 和网络）")
    chosen = parser.parse_args(arguments)
    try:
        try:
            families()
        except RenderingError:
            if not chosen.fetch:
                raise
            print(fetch())
            installed.cache_clear()
        if not chosen.fetch:
            for role, found in families().items():
                print(f"{role}\t{found[0]}")
    except RenderingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
