"""The store keeps each content once, whole and unchanged, whoever writes it and whenever the process is killed."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office.acts.attachments.kept import overwrite, place, store_in

from gongkai.office.acts.attachments.errors import DamagedError, StoreError, TooLargeError
from gongkai.office.acts.attachments.store import chunks

LIMIT = 10_000_000


def pieces(data: bytes, size: int = 1000) -> Iterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def files_in(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@given(st.binary(max_size=5000), st.integers(1, 700))
def test_what_goes_in_comes_out(tmp_path_factory: pytest.TempPathFactory, data: bytes, size: int) -> None:
    store = store_in(tmp_path_factory.mktemp("store"))
    stored = store.put(pieces(data, size), LIMIT)
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    assert (stored.size, stored.new) == (len(data), True)
    assert store.read(stored.sha256) == data
    assert store.verify(stored.sha256) == len(data)
    with store.open(stored.sha256) as file:
        assert b"".join(chunks(file)) == data


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    first, second = store.put([b"abc"], LIMIT), store.put([b"a", b"bc"], LIMIT)
    assert (first.new, second.new) == (True, False)
    assert files_in(tmp_path) == [place(store, first.sha256)]
    assert list(store.hashes()) == [first.sha256]


def test_an_original_is_read_only_and_lies_under_its_hash(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    sha256 = store.put([b"abc"], LIMIT).sha256
    path = place(store, sha256)
    assert path == tmp_path / "ba" / "78" / sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o440


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n", "报告.docx"])
def test_only_a_hash_is_a_place(tmp_path: Path, name: str) -> None:
    for question in (store_in(tmp_path).open, store_in(tmp_path).__contains__):
        with pytest.raises(ValueError, match="not a SHA-256"):
            question(name)


def test_too_much_is_refused_while_it_comes_and_leaves_nothing(tmp_path: Path) -> None:
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield bytes(1024)

    with pytest.raises(TooLargeError, match="超过上限 2 MB") as caught:
        store_in(tmp_path).put(endless(), 2 * 1024 * 1024)
    assert caught.value.limit == 2 * 1024 * 1024
    assert taken == 2 * 1024 + 1
    assert files_in(tmp_path) == []


def test_a_declared_size_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    def never() -> Iterator[bytes]:
        raise AssertionError
        yield b""

    with pytest.raises(TooLargeError, match=r"文件有 3\.5 MB，超过上限 2 MB"):
        store_in(tmp_path).put(never(), 2 * 1024 * 1024, declared=int(3.5 * 1024 * 1024))


def test_exactly_the_limit_is_taken(tmp_path: Path) -> None:
    assert store_in(tmp_path).put([bytes(100)], 100).size == 100


def test_a_sender_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"abc"
        raise ConnectionResetError("gone")

    with pytest.raises(StoreError, match="没有保存成功"):
        store_in(tmp_path).put(broken(), LIMIT)
    assert files_in(tmp_path) == []


def test_damage_is_found_and_named_and_healed_by_the_same_content(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    sha256 = store.put([b"abc"], LIMIT).sha256
    overwrite(place(store, sha256), b"abd")
    with pytest.raises(DamagedError, match="已损坏"):
        store.verify(sha256)
    with pytest.raises(DamagedError, match="备份"):
        store.read(sha256)
    assert not store.put([b"abc"], LIMIT).new
    assert store.read(sha256) == b"abc"


def test_what_is_missing_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(DamagedError, match="不见了"):
        store_in(tmp_path).verify("0" * 64)


WRITER = """
import sys
from pathlib import Path
from gongkai.office.acts.attachments.store import FileStore
from gongkai.office.acts.personal.keys import Keyring
store = FileStore(Path(sys.argv[1]), Keyring([bytes([1]) * 32]))
for round in range(int(sys.argv[2])):
    data = (b"%d" % (round % 7)) * 300_000
    store.put((data[at:at + 5000] for at in range(0, len(data), 5000)), 10_000_000)
"""


def writer(root: Path, rounds: int) -> subprocess.Popen[bytes]:
    source = Path(__file__).resolve().parents[4] / "src"
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITER), str(root), str(rounds)],
        env={**os.environ, "PYTHONPATH": str(source)},
    )


def test_many_processes_write_the_same_things_at_once(tmp_path: Path) -> None:
    writers = [writer(tmp_path, 20) for _ in range(4)]
    assert [process.wait(60) for process in writers] == [0, 0, 0, 0]
    store = store_in(tmp_path)
    assert len(list(store.hashes())) == 7
    assert len(files_in(tmp_path)) == 7
    for sha256 in store.hashes():
        assert store.verify(sha256) == 300_000


def test_writers_killed_at_any_moment_leave_only_whole_files_and_leftovers_that_are_swept(tmp_path: Path) -> None:
    chance = random.Random(4)
    store = store_in(tmp_path)
    for _ in range(8):
        process = writer(tmp_path, 100_000)
        time.sleep(0.15 + chance.random() * 0.2)
        process.send_signal(signal.SIGKILL)
        process.wait()
    for sha256 in store.hashes():
        assert store.verify(sha256) == 300_000
    store.sweep()
    assert not list((tmp_path / "incoming").iterdir())


def test_a_sweep_takes_what_the_dead_left_and_spares_who_is_writing(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    swept: list[int] = []

    def slow() -> Iterator[bytes]:
        yield b"abc"
        (tmp_path / "incoming" / ("0" * 32 + ".part")).write_bytes(b"left by a killed process")
        swept.append(store.sweep())
        yield b"def"

    stored = store.put(slow(), LIMIT)
    assert swept == [1]
    assert store.read(stored.sha256) == b"abcdef"


def test_content_without_a_record_is_removed_after_a_day_unless_handed_in_again(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    hashes = {name: store.put([name.encode()], LIMIT).sha256 for name in ("claimed", "forgotten", "again", "new")}
    for name in ("claimed", "forgotten", "again"):
        os.utime(place(store, hashes[name]), (time.time() - 90_000,) * 2)
    store.put([b"again"], LIMIT)
    asked: list[str] = []

    def claimed(group: list[str]) -> set[str]:
        asked.extend(group)
        return {hashes["claimed"]}

    assert store.remove_unclaimed(claimed) == [hashes["forgotten"]]
    assert set(asked) == {hashes["claimed"], hashes["forgotten"]}
    assert set(store.hashes()) == {hashes["claimed"], hashes["again"], hashes["new"]}
