"""One run over many sources: choose one process or several, print in order, count, and end well when interrupted."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from types import FrameType

from gongkai.cli import serial
from gongkai.cli.progress import Progress
from gongkai.cli.source import Source
from gongkai.cli.sources import expand
from gongkai.cli.work import Outcome, Work

FEW = 20  # so many sources are done in this process: starting others would take longer
OK, FINDINGS, UNREADABLE, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 130, 141


class Tally:
    """What a run came to: documents read, sources that could not be, findings by severity and check."""

    def __init__(self) -> None:
        self.read = self.failed = 0
        self.elsewhere = 0  # sources given by options that could not be read (--previous), files not made (--sheet)
        self.total: int | None = None
        self.severities: Counter[str] = Counter()
        self.documents: Counter[str] = Counter()  # by their gravest severity; "" for those with nothing wrong
        self.checks: Counter[str] = Counter()  # documents in which the check fails
        self.stopped = OK  # INTERRUPTED or BROKEN_PIPE when the run did not come to its end

    def add(self, outcome: Outcome) -> None:
        if outcome.error is not None:
            self.failed += 1
            return
        self.read += 1
        self.elsewhere += bool(outcome.unmade)
        self.severities.update(outcome.severities)
        self.checks.update(outcome.checks)
        self.documents[next((s for s in ("error", "warning", "info") if outcome.severities.get(s)), "")] += 1

    @property
    def exit_code(self) -> int:
        """0 nothing wrong, 1 findings of severity error, 2 something could not be read."""
        if self.stopped:
            return self.stopped
        if self.failed or self.elsewhere:
            return UNREADABLE
        return FINDINGS if self.severities["error"] else OK


class Interrupt:
    """Ctrl-C while a line is being written waits for the end of that line; elsewhere it acts at once."""

    def __init__(self) -> None:
        self._writing = self._pending = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self._writing and not self._pending:
            self._pending = True
        else:
            raise KeyboardInterrupt

    @contextmanager
    def held(self) -> Iterator[None]:
        self._writing = True
        try:
            yield
        finally:
            self._writing = False
        if self._pending:
            raise KeyboardInterrupt


def default_jobs() -> int:
    """As many processes as this process may use processors."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def gather(paths: list[str]) -> tuple[Iterable[Source], int | None]:
    """The sources behind ``paths`` and their number; the number is ``None`` while standard input streams."""
    if "-" in paths:
        return expand(paths), None
    sources = list(expand(paths))
    return sources, len(sources)


def results(
    work: Work, sources: Iterable[Source], jobs: int, progress: Progress, total: int | None
) -> Iterator[tuple[Source, Outcome]]:
    """``work`` done on ``sources``, in order; in several processes when there are more than a few."""
    stream = iter(sources)
    first = list(islice(stream, FEW + 1))
    items = chain(first, stream)
    if jobs == 1 or len(first) <= FEW:
        return serial.run(work, items, work.lost, tick=progress.tick)
    from gongkai.cli import pool

    size = pool.CHUNK if total is None else max(1, min(pool.CHUNK, total // (jobs * 4)))
    return pool.run(work, items, jobs, work.lost, chunk=size, tick=progress.tick)


def drive(
    work: Work,
    paths: list[str],
    jobs: int,
    what: str,
    *,
    keep: Callable[[Source, Outcome], None] | None = None,
    place: Callable[[Outcome], Outcome] | None = None,
    write: bool = True,
) -> Tally:
    """Do ``work`` on all of ``paths``; print each outcome as soon as those before it are printed.

    ``place`` puts the file of an outcome where it belongs, in the order of the sources, and says so in its text.
    ``keep`` receives the outcomes as well; with ``write=False`` only errors are printed. Never raises for Ctrl-C or
    for a reader of our output that went away: ``Tally.stopped`` says so.
    """
    tally = Tally()
    interrupt = Interrupt()
    progress = Progress(None, what)
    before = _listen(interrupt)
    stream: Iterator[tuple[Source, Outcome]] | None = None
    try:
        sources, tally.total = gather(paths)
        progress = Progress(tally.total, what)
        stream = results(work, sources, jobs, progress, tally.total)
        for source, done in stream:
            with interrupt.held():
                outcome = place(done) if place else done
                _print(outcome if write else outcome._replace(text="", json=b""), progress)
                tally.add(outcome)
            if keep:
                keep(source, outcome)
            progress.done += 1
    except KeyboardInterrupt:
        tally.stopped = INTERRUPTED
    except BrokenPipeError:
        tally.stopped = BROKEN_PIPE
        abandon_output()
    finally:
        if stream is not None:
            stream.close()  # type: ignore[attr-defined]
        progress.close()
        if before is not None:
            signal.signal(signal.SIGINT, before)
    if tally.stopped == INTERRUPTED:
        sys.stdout.flush()
        of = f"，共 {tally.total} 份" if tally.total is not None else ""
        sys.stderr.write(f"\n已中断：完成 {tally.read + tally.failed} 份{of}\n")
    return tally


def _listen(interrupt: Interrupt) -> signal._HANDLER:
    try:
        return signal.signal(signal.SIGINT, interrupt)
    except ValueError:  # not the main thread (a test runner): Ctrl-C is someone else's
        return None


def _print(outcome: Outcome, progress: Progress) -> None:
    if outcome.text or outcome.json:
        progress.clear()
        sys.stdout.write(outcome.text)
        sys.stdout.buffer.write(outcome.json)  # there is only one of the two
        # A person or a program reading along sees each document when it is done.
        sys.stdout.flush()
    if outcome.error is not None:
        progress.clear()
        sys.stderr.write(f"{outcome.source}：{outcome.error}\n{outcome.trace}")
    if outcome.unmade:
        progress.clear()
        sys.stderr.write(f"{outcome.source}：{outcome.unmade}\n")


def abandon_output() -> None:
    """Python flushes standard output when it ends; let that go nowhere instead of raising again."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
