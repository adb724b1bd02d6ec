"""Several processes: order, items whose process dies or hangs, Ctrl-C, a reader that goes away, flat memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.documents import environment, gongkai, page

from gongkai.cli import pool, serial

forks = pytest.mark.skipif(sys.platform != "linux", reason="a function of a test reaches only forked workers")


def lost(item: int, why: str) -> str:
    return f"{item} {why}"


@forks
def test_results_come_in_the_order_of_the_items() -> None:
    def work(item: int) -> str:
        time.sleep(0.002 if item % 7 else 0.02)
        return str(item)

    results = list(pool.run(work, range(300), 3, lost, chunk=8))
    assert results == [(item, str(item)) for item in range(300)]


@forks
def test_an_item_that_kills_its_process_is_the_only_one_lost() -> None:
    def work(item: int) -> str:
        if item in (0, 17, 63):
            os.kill(os.getpid(), signal.SIGKILL)
        return str(item)

    results = dict(pool.run(work, range(64), 2, lost, chunk=16))
    assert {i for i, r in results.items() if r != str(i)} == {0, 17, 63}
    assert results[17] == "17 died"


@forks
def test_an_item_that_hangs_is_given_up_and_the_rest_goes_on() -> None:
    def work(item: int) -> str:
        while item == 5:
            time.sleep(1)
        return str(item)

    results = dict(pool.run(work, range(40), 2, lost, seconds=1, chunk=10))
    assert results[5] == "5 hung"
    assert [results[i] for i in range(40) if i != 5] == [str(i) for i in range(40) if i != 5]


@forks
def test_a_reader_who_pauses_does_not_make_workers_look_hung() -> None:
    results = []
    for item, result in pool.run(str, range(60), 2, lost, seconds=0.5, chunk=5):
        if item == 3:
            time.sleep(2)
        results.append(result)
    assert results == [str(i) for i in range(60)]


@forks
def test_memory_is_bounded_in_workers() -> None:
    def work(item: int) -> str:
        try:
            return str(len(bytearray(3 * 1024**3)))
        except MemoryError:
            return "refused"

    assert list(pool.run(work, [1], 1, lost)) == [(1, "refused")]


@forks
def test_no_more_is_taken_from_the_input_than_the_window_allows() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for item in range(10_000):
            taken += 1
            yield item

    stream = pool.run(str, items(), 2, lost, chunk=4)
    for _ in range(10):
        next(stream)
    time.sleep(0.3)
    assert taken <= 10 + 4 * (pool.AHEAD + 1)
    stream.close()  # type: ignore[attr-defined]


def test_in_one_process_an_item_that_takes_too_long_is_given_up() -> None:
    def work(item: int) -> str:
        while item == 1:
            pass
        return str(item)

    assert list(serial.run(work, range(3), lost, seconds=0.3)) == [(0, "0"), (1, "1 hung"), (2, "2")]


def many(folder: Path, count: int) -> Path:
    folder.mkdir()
    html = page()
    for number in range(count):
        (folder / f"{number:05}.html").write_text(html)
    return folder


def test_output_is_the_same_with_one_process_and_with_several(tmp_path: Path) -> None:
    folder = many(tmp_path / "in", 60)
    (folder / "00030.html").write_bytes(b"%PDF-1.4 broken")
    one = gongkai("check", "--json", "--jobs", "1", folder)
    several = gongkai("check", "--json", "--jobs", "3", folder)
    assert (one.code, one.out, one.err) == (several.code, several.out, several.err)
    assert one.code == 2
    assert len(one.out.splitlines()) == 60
    assert "00030.html：" in one.err


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_what_is_done_and_says_how_far_it_came(tmp_path: Path, jobs: str) -> None:
    folder = many(tmp_path / "in", 2000)
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai", "read", "--json", "--jobs", jobs, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    first = process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the group
    lines = [first, *process.stdout]
    err = process.stderr.read()
    assert process.wait(timeout=30) == 130
    assert all(line.startswith(b'{"source"') and line.endswith(b"}\n") for line in lines)
    assert err.decode().strip() == f"已中断：完成 {len(lines)} 份，共 2000 份"


@pytest.mark.skipif(os.name != "posix", reason="pipes")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_reader_that_goes_away_ends_the_run_in_silence(tmp_path: Path, jobs: str) -> None:
    folder = many(tmp_path / "in", 200)
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai", "read", "--json", "--jobs", jobs, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=30) == 141


def test_the_memory_of_the_started_process_is_bounded() -> None:
    script = "import sys, resource; sys.argv = ['gongkai', '--version']\n"
    script += "import gongkai.cli\ntry:\n    gongkai.cli.main()\nexcept SystemExit:\n"
    script += "    print(resource.getrlimit(resource.RLIMIT_AS)[0])"
    if sys.platform != "linux":
        pytest.skip("other systems do not hold the bound")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment(), check=True)
    assert int(done.stdout.split()[-1]) <= 4 * 1024**3


def test_workers_that_are_spawned_do_the_same(tmp_path: Path) -> None:
    folder = many(tmp_path / "in", 25)
    script = (
        "import sys\nif __name__ == '__main__':\n    import gongkai.cli.pool as p\n    p._FORK = False\n"
        "    from gongkai.cli.app import run\n    sys.exit(run(sys.argv[1:]))\n"
    )
    (tmp_path / "main.py").write_text(script)
    spawned = subprocess.run(
        [sys.executable, str(tmp_path / "main.py"), "check", "--json", "--jobs", "2", str(folder)],
        capture_output=True,
        env=environment(),
        check=True,
        timeout=120,
    )
    assert spawned.stdout.decode() == gongkai("check", "--json", "--jobs", "1", folder).out
