"""A sealed file gives back what went in, from any place, and nothing of what was changed, cut off, moved or swapped."""

from __future__ import annotations

import io
import os
import secrets
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office.acts.attachments.kept import FOREIGN_KEY, KEY, OLD_KEY, overwrite, place, put_plain, store_in

from gongkai.office.acts.attachments.errors import DamagedError, LockedError, StoreError
from gongkai.office.acts.attachments.sealing import FRAME, HEADER, PROOF, sealed
from gongkai.office.acts.attachments.store import FileStore
from gongkai.office.acts.personal.keys import Keyring

LIMIT = 10_000_000
BORDERS = [0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME - 1, 2 * FRAME, 2 * FRAME + 1, 3 * FRAME]
NOISE = os.urandom(4 * FRAME)
WHOLE = FRAME + PROOF  # a frame on the disk


@pytest.fixture(scope="module")
def module_store(tmp_path_factory: pytest.TempPathFactory) -> FileStore:
    return store_in(tmp_path_factory.mktemp("store"))


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return store_in(tmp_path)


def read(store: FileStore, sha256: str) -> bytes:
    """Without asking for the hash of the content: what the frames alone hold."""
    with store.open(sha256) as file:
        return file.read()


sizes = st.sampled_from(BORDERS) | st.integers(0, 4 * FRAME)


@given(size=sizes, chunk=st.sampled_from([1000, 4096, FRAME - 1, FRAME, FRAME + 1, 5 * FRAME]), start=st.integers(0, 9))
@settings(max_examples=80, deadline=None)
def test_every_size_comes_back_however_it_came_and_nothing_of_it_is_seen_on_the_disk(
    module_store: FileStore, size: int, chunk: int, start: int
) -> None:
    data = NOISE[start : start + size]
    pieces = (data[at : at + chunk] for at in range(0, len(data), chunk))
    sha256 = module_store.put(pieces, LIMIT).sha256
    assert read(module_store, sha256) == module_store.read(sha256) == data
    assert module_store.verify(sha256) == len(data)
    kept = place(module_store, sha256).read_bytes()
    assert len(kept) == HEADER + len(data) + PROOF * max(1, -(-len(data) // FRAME))
    if len(data) > 8:
        assert not any(data[at : at + 8] in kept for at in range(0, len(data) - 7, max(1, len(data) // 50)))


@given(
    size=sizes,
    moves=st.lists(st.tuples(st.sampled_from([0, 1, 2]), st.integers(-200_000, 300_000), st.integers(0, 150_000))),
)
@settings(max_examples=80, deadline=None)
def test_reading_from_any_place_is_reading_the_plain_content(
    module_store: FileStore, size: int, moves: list[tuple[int, int, int]]
) -> None:
    plain = io.BytesIO(NOISE[:size])
    with module_store.open(module_store.put([NOISE[:size]], LIMIT).sha256) as file:
        assert file.seekable()
        assert file.seek(0, os.SEEK_END) == size
        for whence, offset, count in moves:
            start = {0: 0, 1: file.tell(), 2: size}[whence]
            if start + offset < 0:
                continue
            assert file.seek(offset, whence) == start + offset
            plain.seek(start + offset)
            assert file.read(count) == plain.read(count)
            assert file.tell() == start + offset + len(NOISE[:size][start + offset : start + offset + count])


def test_what_was_sealed_once_opens_for_ever(store: FileStore) -> None:
    """A file as the first version sealed it: whoever changes the format or a derivation must still read it."""
    sha256 = "be8fc5a81de5de07d73c08929e937e6ad0f49f71e4f6ed1427af7883a603ad54"
    kept = (
        "93474f4e474b41490189eb8b20439b7340c77cf1bda8a0ef70d3fb136ed9579fb130ee34c944f507fb4c11a2fffd8d03"
        "c9fe8a0f02155d8a2891ca161c71735f1514626cf72c"
    )
    put_plain(store, sha256, bytes.fromhex(kept))
    assert list(store.outdated()) == []
    assert store.read(sha256).decode() == "身份证"


def test_the_same_content_is_sealed_otherwise_each_time() -> None:
    keys = Keyring([KEY])
    assert sealed(b"abc" * 100, keys, "a")[HEADER:] != sealed(b"abc" * 100, keys, "a")[HEADER:]


@pytest.mark.parametrize("size", [0, 1, FRAME, 2 * FRAME + 5])
def test_no_bit_may_be_turned(store: FileStore, size: int) -> None:
    sha256 = store.put([NOISE[:size]], LIMIT).sha256
    path = place(store, sha256)
    kept = path.read_bytes()
    for at in {0, 8, 9, 13, HEADER - 1, HEADER, HEADER + size // 2, len(kept) - PROOF, len(kept) - 1}:
        turned = bytearray(kept)
        turned[at] ^= 1 << secrets.randbelow(8)
        overwrite(path, bytes(turned))
        with pytest.raises(StoreError) as refused:
            store.read(sha256)
        assert sha256[:12] in str(refused.value)
    overwrite(path, kept)
    assert store.read(sha256) == NOISE[:size]


@pytest.mark.parametrize("left", [0, 1, HEADER - 1, HEADER, HEADER + 5, HEADER + WHOLE, HEADER + 2 * WHOLE, -1, -PROOF])
def test_a_tail_that_was_cut_off_is_missed_when_the_file_is_opened(store: FileStore, left: int) -> None:
    """At the border of a frame, too: the frame that is the last one then was not sealed as such."""
    sha256 = store.put([NOISE[: 3 * FRAME]], LIMIT).sha256
    path = place(store, sha256)
    overwrite(path, path.read_bytes()[:left])
    with pytest.raises(DamagedError, match=r"已损坏|不完整"):
        store.verify(sha256)
    if left > HEADER or left < 0:
        with pytest.raises(DamagedError, match="已损坏"):
            store.open(sha256)


def test_frames_are_not_swapped_repeated_left_out_or_added(store: FileStore) -> None:
    sha256 = store.put([NOISE], LIMIT).sha256
    path = place(store, sha256)
    kept = path.read_bytes()
    header, frames = kept[:HEADER], [kept[at : at + WHOLE] for at in range(HEADER, len(kept), WHOLE)]
    assert len(frames) == 4
    for order in ([1, 0, 2, 3], [0, 0, 2, 3], [0, 2, 3], [0, 1, 2, 3, 3], [0, 1, 3, 2], [3]):
        overwrite(path, header + b"".join(frames[number] for number in order))
        with pytest.raises(DamagedError, match="已损坏"):
            read(store, sha256)


def test_a_frame_of_another_file_does_not_open(store: FileStore) -> None:
    one, other = (store.put([NOISE[at:][: 2 * FRAME]], LIMIT).sha256 for at in (0, 5))
    mine, theirs = place(store, one).read_bytes(), place(store, other).read_bytes()
    overwrite(place(store, one), theirs[: HEADER + WHOLE] + mine[HEADER + WHOLE :])
    with pytest.raises(DamagedError):
        read(store, one)
    overwrite(place(store, one), mine[:HEADER] + theirs[HEADER : HEADER + WHOLE] + mine[HEADER + WHOLE :])
    with pytest.raises(DamagedError):
        read(store, one)


def test_a_file_put_under_the_name_of_another_does_not_open(store: FileStore) -> None:
    one, other = (store.put([data], LIMIT).sha256 for data in (b"one", b"other"))
    overwrite(place(store, one), place(store, other).read_bytes())
    with pytest.raises(DamagedError, match="已损坏"):
        store.open(one)


def test_with_another_key_it_stays_locked_and_that_is_no_damage(tmp_path: Path, store: FileStore) -> None:
    sha256 = store.put([b"abc"], LIMIT).sha256
    foreign = store_in(tmp_path, FOREIGN_KEY)
    for use in (foreign.open, foreign.read, foreign.verify, foreign.reseal):
        with pytest.raises(LockedError, match=r"缺少当时的数据密钥.*GONGKAI_DATA_KEYS"):
            use(sha256)
    assert store_in(tmp_path, FOREIGN_KEY, KEY).read(sha256) == b"abc"
    assert not foreign.put([b"abc"], LIMIT).new, "handed in once more it opens again"
    assert foreign.read(sha256) == b"abc"


def test_somebody_with_another_key_of_that_number_gets_nothing(
    tmp_path: Path, store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = store.put([b"abc"], LIMIT).sha256
    foreign = Keyring([FOREIGN_KEY])
    monkeypatch.setattr(foreign, "_files", {Keyring([KEY]).number: next(iter(foreign._files.values()))})
    with pytest.raises(DamagedError):
        FileStore(tmp_path, foreign).open(sha256)


def test_a_file_from_before_is_read_and_sealed_when_its_turn_comes(store: FileStore) -> None:
    import hashlib

    for data in (b"", b"abc", NOISE):
        sha256 = hashlib.sha256(data).hexdigest()
        path = put_plain(store, sha256, data)
        os.utime(path, (1_000_000, 1_000_000))
        assert store.read(sha256) == data
        assert list(store.outdated()) == [sha256]
        store.reseal(sha256)
        assert list(store.outdated()) == []
        assert path.read_bytes()[:HEADER] != data[:HEADER]
        assert store.read(sha256) == data
        assert (path.stat().st_mode & 0o777, path.stat().st_mtime) == (0o440, 1_000_000)


def test_a_file_from_before_is_sealed_when_it_is_handed_in_once_more(store: FileStore) -> None:
    sha256 = store.put([b"abc"], LIMIT).sha256
    overwrite(place(store, sha256), b"abc")
    assert list(store.outdated()) == [sha256]
    assert not store.put([b"abc"], LIMIT).new
    assert list(store.outdated()) == []
    assert store.read(sha256) == b"abc"


def test_a_file_from_before_that_was_changed_is_not_sealed_as_if_it_were_whole(store: FileStore) -> None:
    path = put_plain(store, "0" * 64, b"something else")
    with pytest.raises(DamagedError, match="已损坏"):
        store.reseal("0" * 64)
    assert path.read_bytes() == b"something else", "left for whoever restores it"


def test_sealed_anew_a_file_needs_the_old_key_no_more_and_whoever_reads_it_reads_on(tmp_path: Path) -> None:
    sha256 = store_in(tmp_path, OLD_KEY).put([NOISE], LIMIT).sha256
    store = store_in(tmp_path, KEY, OLD_KEY)
    with store.open(sha256) as file:
        assert file.read(10) == NOISE[:10]
        store.reseal(sha256)
        assert file.read() == NOISE[10:]
    assert store_in(tmp_path, KEY).read(sha256) == NOISE


def test_what_was_removed_while_it_was_sealed_anew_does_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = store_in(tmp_path, OLD_KEY).put([b"abc"], LIMIT).sha256
    store = store_in(tmp_path, KEY, OLD_KEY)
    seal = store._seal

    def and_removed(*given: object) -> object:
        done = seal(*given)  # type: ignore[arg-type]
        place(store, sha256).unlink()
        return done

    monkeypatch.setattr(store, "_seal", and_removed)
    store.reseal(sha256)
    assert list(store.hashes()) == []
    assert list((tmp_path / "incoming").iterdir()) == []
