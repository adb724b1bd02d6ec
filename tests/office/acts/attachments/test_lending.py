"""A plain copy is its owner's alone, and gone when it is given back, whatever happened meanwhile."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from office.acts.attachments.kept import overwrite, place, store_in

from gongkai.office.acts.attachments.errors import DamagedError, StoreError

LIMIT = 10_000_000


def lent(root: Path) -> list[Path]:
    return list((root / "lent").glob("*"))


def test_a_copy_is_plain_private_and_gone_afterwards(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    sha256 = store.put([b"abc"], LIMIT).sha256
    with store.lent(sha256, "original.docx") as path:
        assert path.read_bytes() == b"abc"
        assert path.name == "original.docx"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        for folder in (path.parent, path.parent.parent):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (path.parent / "made of it.pdf").write_bytes(b"PDF")
    assert lent(tmp_path) == []


def test_a_copy_is_gone_when_the_program_failed(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    sha256 = store.put([b"abc"], LIMIT).sha256
    with pytest.raises(RuntimeError), store.lent(sha256):
        raise RuntimeError
    assert lent(tmp_path) == []


def test_nothing_of_a_damaged_file_is_lent(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    data = os.urandom(300_000)
    sha256 = store.put([data], LIMIT).sha256
    kept = bytearray(place(store, sha256).read_bytes())
    kept[100_000] ^= 1
    overwrite(place(store, sha256), bytes(kept))
    with pytest.raises(DamagedError), store.lent(sha256):
        pytest.fail("lent")
    assert lent(tmp_path) == []


def test_a_disk_that_takes_no_copy_is_said(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    sha256 = store.put([b"abc"], LIMIT).sha256
    (tmp_path / "lent").write_bytes(b"in the way")
    with pytest.raises(StoreError, match=r"没有打开.*系统管理员"), store.lent(sha256):
        pytest.fail("lent")


BORROWER = """
import sys, time
from pathlib import Path
from gongkai.office.acts.attachments.store import FileStore
from gongkai.office.acts.personal.keys import Keyring
with FileStore(Path(sys.argv[1]), Keyring([bytes([1]) * 32])).lent(sys.argv[2]) as path:
    print(path, flush=True)
    time.sleep(60)
"""


def borrower(root: Path, sha256: str) -> tuple[subprocess.Popen[str], Path]:
    source = Path(__file__).resolve().parents[4] / "src"
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(BORROWER), str(root), sha256],
        env={**os.environ, "PYTHONPATH": str(source)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_the_copy_of_a_killed_process_is_swept_and_that_of_a_living_one_stays(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    sha256 = store.put([b"abc"], LIMIT).sha256
    (dead, left), (alive, in_use) = borrower(tmp_path, sha256), borrower(tmp_path, sha256)
    try:
        assert store.sweep() == 0
        dead.send_signal(signal.SIGKILL)
        dead.wait()
        assert left.is_file()
        assert store.sweep() == 1
        assert not left.parent.exists()
        assert in_use.read_bytes() == b"abc"
    finally:
        alive.kill()
        alive.wait()
    with store.lent(sha256) as mine:
        assert lent(tmp_path) == [mine.parent], "whoever borrows clears what the dead left"
    for process in (dead, alive):
        assert process.stdout is not None
        process.stdout.close()
