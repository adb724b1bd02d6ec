"""Many files: two processes against one over 2,000 files, and memory over 20,000.

Runs the command itself, as a user would; prints the ratio of wall times and the peak memory of the largest process.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import documents

COMMAND = [sys.executable, "-m", "gongkai", "check", "--json"]


def seconds(folder: Path, jobs: int) -> float:
    start = time.perf_counter()
    done = subprocess.run([*COMMAND, "--jobs", str(jobs), str(folder)], stdout=subprocess.DEVNULL, check=False)
    if done.returncode > 1:
        raise SystemExit(f"the command failed: exit {done.returncode}")
    return time.perf_counter() - start


def write(folder: Path, count: int) -> None:
    pages = [documents.site_page(seed).encode() for seed in range(40)]
    for number in range(count):
        (folder / f"{number:05}.html").write_bytes(pages[number % 40])


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, 2000)
        one, two = (min(seconds(folder, jobs) for _ in range(3)) for jobs in (1, 2))
        print(f"2,000 files: one process {2000 / one:.0f} documents/s, two {2000 / two:.0f} documents/s")
        print(f"two / one = {one / two:.2f} (at least 1.80; {os.cpu_count()} cores)")
        before = peak_megabytes()
        write(folder, 20_000)
        took = seconds(folder, 2)
        print(f"20,000 files: {20_000 / took:.0f} documents/s, peak of a process {peak_megabytes():.0f} MB", end=" ")
        print(f"(over 2,000 files: {before:.0f} MB)")


if __name__ == "__main__":
    main()
