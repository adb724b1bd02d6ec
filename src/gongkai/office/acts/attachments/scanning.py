"""The virus scan: a hook for the scanner of the house, either a command or clamd's socket.

What could not be scanned is never taken for clean: each verdict has its own word, "not configured" too.
"""

from __future__ import annotations

import re
import shlex
import socket
import struct
import subprocess
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from gongkai.office.acts.attachments.store import FileStore, chunks

SECONDS = 120.0  # for one file


class Verdict(StrEnum):
    """What a scan came to."""

    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"  # there is a scanner, but it could not say
    NOT_SCANNED = "not_scanned"  # there is none

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Verdict.CLEAN: "未发现病毒",
    Verdict.INFECTED: "发现病毒",
    Verdict.FAILED: "扫描未完成",
    Verdict.NOT_SCANNED: "未扫描",
}


@dataclass(frozen=True, slots=True)
class Scan:
    """``detail``: the name of the virus, or why there is no verdict; "" when clean."""

    verdict: Verdict
    detail: str = ""

    def sentence(self) -> str:
        """One line for the screen."""
        return f"{self.verdict.label}：{self.detail}" if self.detail else self.verdict.label


NO_SCANNER = Scan(Verdict.NOT_SCANNED, "没有配置杀毒程序")


def scan(store: FileStore, sha256: str, command: str = "", clamd: str = "", seconds: float = SECONDS) -> Scan:
    """Scan what is kept under ``sha256``. Raises StoreError when it does not open.

    ``command``: a program and its options, to which the path of a plain copy is added that this user alone may read; it
    exits with 0 for clean and 1 for infected, as clamscan and clamdscan do. ``clamd``: "host:port", or the path of a
    Unix socket. With neither nothing is scanned.
    """
    if command:
        with store.lent(sha256) as path:
            return _by_command(path, command, seconds)
    if clamd:
        with store.open(sha256) as file:
            return _by_clamd(file, clamd, seconds)
    return NO_SCANNER


def _by_command(path: Path, command: str, seconds: float) -> Scan:
    try:
        arguments = [*shlex.split(command), str(path)]
        run = subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return Scan(Verdict.FAILED, f"杀毒程序 {seconds:.0f} 秒内没有结果")
    except (OSError, ValueError) as error:
        return Scan(Verdict.FAILED, f"杀毒程序无法启动（{getattr(error, 'strerror', None) or error}）")
    output = (run.stdout + b"\n" + run.stderr).decode("utf-8", "replace")
    if run.returncode == 0:
        return Scan(Verdict.CLEAN)
    if run.returncode == 1:
        found = re.search(r"^.*?: (.+) FOUND\s*$", output, re.MULTILINE)
        return Scan(Verdict.INFECTED, _short(found[1]) if found else "杀毒程序未给出名称")
    reason = next((line.strip() for line in output.splitlines() if line.strip()), "")
    return Scan(Verdict.FAILED, _short(f"杀毒程序返回 {run.returncode}" + (f"：{reason}" if reason else "")))


def _by_clamd(file: BinaryIO, clamd: str, seconds: float) -> Scan:
    """clamd's INSTREAM: pieces, each with its length before it, then a length of zero; one line comes back."""
    try:
        with _connected(clamd, seconds) as connection:
            reply = _stream(connection, file)
    except TimeoutError:
        return Scan(Verdict.FAILED, f"杀毒服务 {seconds:.0f} 秒内没有回应")
    except (OSError, ValueError) as error:
        return Scan(Verdict.FAILED, f"杀毒服务连接不上（{getattr(error, 'strerror', None) or error}）")
    if reply == "stream: OK":
        return Scan(Verdict.CLEAN)
    if found := re.fullmatch(r"stream: (.+) FOUND", reply):
        return Scan(Verdict.INFECTED, _short(found[1]))
    if "size limit" in reply:
        return Scan(Verdict.FAILED, "文件超过杀毒服务的大小上限")
    return Scan(Verdict.FAILED, _short(f"杀毒服务没有给出结论：{reply}" if reply else "杀毒服务没有给出结论"))


def _connected(clamd: str, seconds: float) -> socket.socket:
    if "/" in clamd:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(seconds)
        try:
            connection.connect(clamd)
        except BaseException:
            connection.close()
            raise
        return connection
    host, _, port = clamd.rpartition(":")
    if not host or not port.isdigit():
        raise ValueError(f"地址应为“主机:端口”或套接字路径，现为“{clamd}”")
    return socket.create_connection((host.strip("[]"), int(port)), seconds)


def _stream(connection: socket.socket, file: BinaryIO) -> str:
    try:
        connection.sendall(b"zINSTREAM\0")
        for chunk in chunks(file):
            connection.sendall(struct.pack(">I", len(chunk)) + chunk)
        connection.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it hangs up on what is too large; what it had to say may still be there
    answer = b""
    while len(answer) < 4096 and b"\0" not in answer and (piece := _received(connection)):
        answer += piece
    return answer.split(b"\0")[0].decode("utf-8", "replace").strip()


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(4096)
    except ConnectionResetError:
        return b""


def _short(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[:200]
