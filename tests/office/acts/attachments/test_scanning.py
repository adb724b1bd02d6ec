"""The virus scan says clean, infected, not finished or not scanned, and never takes one for another."""

from __future__ import annotations

import socket
import socketserver
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from office.acts.attachments.kept import store_in

from gongkai.office.acts.attachments.scanning import NO_SCANNER, Scan, Verdict, scan

# The harmless test file of the anti-virus makers, put together here so that no scanner takes this file for it.
EICAR = "".join(["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!", "$H+H*"]).encode()
CLEAN = "政府信息公开".encode() * 100_000
STREAM_LIMIT = 3_000_000


class Clamd(socketserver.BaseRequestHandler):
    """What clamd does on its socket: INSTREAM as its manual has it, with the test file as the only virus."""

    def handle(self) -> None:
        assert self._take(10) == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack(">I", self._take(4))[0]:
            data += self._take(size)
            if len(data) > STREAM_LIMIT:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        answer = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0"
        for byte in answer:  # in as many pieces as a network may make of it
            self.request.sendall(bytes([byte]))

    def _take(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            piece = self.request.recv(count - len(data))
            if not piece:
                raise ConnectionError
            data += piece
        return data


class Silent(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.recv(1)
        threading.Event().wait(3)


class Rude(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.recv(1)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves is no error here."""


class UnixServer(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "文件 甲.bin"


def scanned(file: Path, **how: Any) -> Scan:
    """The verdict on what the store keeps; whatever it is, no plain copy is left."""
    store = store_in(file.parent / "files")
    verdict = scan(store, store.put([file.read_bytes()], 10_000_000).sha256, **how)
    assert list((store.root / "lent").glob("*")) == []
    return verdict


@pytest.fixture
def clamd() -> Iterator[str]:
    server = Server(("127.0.0.1", 0), Clamd)
    with serving(server):
        yield f"127.0.0.1:{server.server_address[1]}"


@pytest.mark.parametrize(
    ("content", "verdict", "detail"),
    [
        (CLEAN, Verdict.CLEAN, ""),
        (b"", Verdict.CLEAN, ""),
        (CLEAN + EICAR, Verdict.INFECTED, "Eicar-Test-Signature"),
        (bytes(STREAM_LIMIT + 1), Verdict.FAILED, "大小上限"),
    ],
)
def test_clamd_is_asked_over_its_socket(file: Path, clamd: str, content: bytes, verdict: Verdict, detail: str) -> None:
    file.write_bytes(content)
    found = scanned(file, clamd=clamd)
    assert found.verdict == verdict, found
    assert detail in found.detail


def test_clamd_is_asked_over_a_unix_socket(file: Path, tmp_path: Path) -> None:
    file.write_bytes(EICAR)
    path = str(tmp_path / "clamd.sock")
    with serving(UnixServer(path, Clamd)):
        assert scanned(file, clamd=path).verdict == Verdict.INFECTED


def test_no_scanner_is_not_scanned(file: Path) -> None:
    file.write_bytes(CLEAN)
    assert scanned(file) == NO_SCANNER
    assert scanned(file).sentence() == "未扫描：没有配置杀毒程序"


def closed_port() -> str:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{one.getsockname()[1]}"


@pytest.mark.parametrize(
    "address",
    [closed_port(), "/nowhere/clamd.sock", "localhost", "host:port"],
    ids=["closed", "absent", "no port", "no number"],
)
def test_a_scanner_that_is_not_there_could_not_scanned(file: Path, address: str) -> None:
    file.write_bytes(CLEAN)
    found = scanned(file, clamd=address)
    assert found.verdict == Verdict.FAILED
    assert "连接不上" in found.detail


@pytest.mark.parametrize(("handler", "said"), [(Silent, "没有回应"), (Rude, "没有给出结论")])
def test_a_scanner_that_says_nothing_could_not_scan(
    file: Path, handler: type[socketserver.BaseRequestHandler], said: str
) -> None:
    file.write_bytes(CLEAN)
    server = Server(("127.0.0.1", 0), handler)
    with serving(server):
        found = scanned(file, clamd=f"127.0.0.1:{server.server_address[1]}", seconds=0.5)
    assert found.verdict == Verdict.FAILED
    assert said in found.detail


COMMAND = """
import sys, time
data = open(sys.argv[-1], "rb").read()
mode = sys.argv[1]
if mode == "break":
    print("ERROR: Could not connect to clamd", file=sys.stderr)
    sys.exit(2)
if mode == "hang":
    time.sleep(30)
if b"EICAR-STANDARD-" + b"ANTIVIRUS" in data:
    print(sys.argv[-1] + ": Win.Test.EICAR_HDB-1 FOUND")
    sys.exit(1)
print(sys.argv[-1] + ": OK")
"""


@pytest.fixture
def command(tmp_path: Path) -> str:
    script = tmp_path / "my scanner.py"
    script.write_text(COMMAND, encoding="utf-8")
    return f"{sys.executable} '{script}'"


@pytest.mark.parametrize(
    ("mode", "content", "expected"),
    [
        ("scan", CLEAN, Scan(Verdict.CLEAN)),
        ("scan", EICAR, Scan(Verdict.INFECTED, "Win.Test.EICAR_HDB-1")),
        ("break", CLEAN, Scan(Verdict.FAILED, "杀毒程序返回 2：ERROR: Could not connect to clamd")),
        ("hang", CLEAN, Scan(Verdict.FAILED, "杀毒程序 2 秒内没有结果")),
    ],
)
def test_a_command_is_run_with_the_path(file: Path, command: str, mode: str, content: bytes, expected: Scan) -> None:
    file.write_bytes(content)
    assert scanned(file, command=f"{command} {mode}", seconds=2.0) == expected


@pytest.mark.parametrize("broken", ["/nowhere/clamscan --fdpass", "'unbalanced"])
def test_a_command_that_cannot_start_could_not_scanned(file: Path, broken: str) -> None:
    file.write_bytes(CLEAN)
    assert scanned(file, command=broken).verdict == Verdict.FAILED


def test_every_verdict_has_its_own_word() -> None:
    assert len({verdict.label for verdict in Verdict}) == len(Verdict)
