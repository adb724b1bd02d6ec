"""Several processes over many items: results in the order of the items, and one that dies or hangs loses one item only.

A worker gets a chunk of items at a time and writes the position it is at into shared memory. When it dies, or stays at
one position for too long, that item is lost, the rest of its chunk goes to others, and a new worker takes its place.
Nothing of this needs a thread, so that forking is safe; where there is no fork, workers are spawned.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from gongkai.cli.bounds import DIED, HUNG, SECONDS, WORKER, bound_memory

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK = 16  # items handed out at a time: enough that handing out costs nothing, few enough that all end together
AHEAD = 32  # chunks that may be finished before an earlier one is: what waits in memory is bounded by this
FLUSH = 0.2  # seconds after which a worker sends what it has

_FORK = sys.platform == "linux"


class _Worker(Generic[Item, Result]):
    def __init__(self, work: Callable[[Item], Result], others: list[_Worker[Item, Result]]) -> None:
        context: Any = multiprocessing.get_context("fork" if _FORK else "spawn")
        self.position = context.RawValue("l", 0)
        self.pipe, end = context.Pipe()
        # A forked child holds copies of the pipes of its elders; it must close them or no one notices when we are gone.
        inherited = [*(w.pipe for w in others), self.pipe] if _FORK else []
        self.process = context.Process(target=_serve, args=(work, end, self.position, inherited), daemon=True)
        # Ctrl-C reaches all processes of a terminal: only the parent answers it.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            self.process.start()
        finally:
            signal.signal(signal.SIGINT, before)
        end.close()
        self.chunk: list[tuple[int, Item]] = []
        self.received = 0
        self.seen = 0
        self.waited = 0.0

    def give(self, chunk: list[tuple[int, Item]]) -> None:
        self.position.value = 0
        self.received, self.seen, self.waited = 0, 0, 0.0
        self.pipe.send([item for _, item in chunk])
        self.chunk = chunk

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _serve(work: Callable[[Any], Any], pipe: Connection, position: Any, inherited: list[Connection]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in inherited:
        other.close()
    gc.freeze()  # what was inherited need not be gone through again and again: its pages stay shared
    bound_memory(WORKER)
    if not os.environ.get("GONGKAI_DEBUG"):
        # The libraries in C write their last words to stderr; the person gets one line from the parent instead.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        while True:
            items = pipe.recv()
            done, sent = [], time.monotonic()
            for number, item in enumerate(items):
                position.value = number
                done.append(work(item))
                if time.monotonic() - sent > FLUSH or number == len(items) - 1:
                    pipe.send(done)
                    done, sent = [], time.monotonic()
    except EOFError:
        os._exit(0)
    except BaseException:
        if os.environ.get("GONGKAI_DEBUG"):
            raise
        os._exit(70)


def run(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    jobs: int,
    lost: Callable[[Item, str], Result],
    *,
    seconds: float = SECONDS,
    chunk: int = CHUNK,
    tick: Callable[[], object] = lambda: None,
) -> Iterator[tuple[Item, Result]]:
    """``(item, work(item))`` for each item, in order, worked out by ``jobs`` processes.

    ``lost(item, DIED | HUNG)`` stands in for an item whose process died or took longer than ``seconds``. ``tick`` is
    called several times a second. ``work`` and its results must be picklable.
    """
    source = enumerate(items)
    again: deque[list[tuple[int, Item]]] = deque()
    ready: dict[int, tuple[Item, Result]] = {}
    workers: list[_Worker[Item, Result]] = []
    following = issued = 0
    exhausted = False
    sys.stdout.flush()
    try:
        while True:
            for slot in range(jobs):
                if slot < len(workers) and workers[slot].chunk:
                    continue
                if again:
                    task = again.popleft()
                elif not exhausted and issued - following < chunk * AHEAD:
                    task = list(islice(source, chunk))
                    exhausted = not task
                    issued += len(task)
                else:
                    task = []
                if not task:
                    break
                if slot == len(workers):
                    workers.append(_Worker(work, workers))
                _hand_out(workers, slot, work, task)
            # Only now that everyone has work again: meanwhile the results are printed.
            while following in ready:
                yield ready.pop(following)
                following += 1
            tick()
            if busy := [w for w in workers if w.chunk]:
                _collect(workers, busy, work, ready=ready, again=again, lost=lost, seconds=seconds)
            elif exhausted and not again:
                return
    finally:
        for worker in workers:
            worker.stop()


def _hand_out(
    workers: list[_Worker[Item, Result]], slot: int, work: Callable[[Item], Result], task: list[tuple[int, Item]]
) -> None:
    try:
        workers[slot].give(task)
    except OSError:  # it was ended from outside while it had nothing to do
        _replace(workers, workers[slot], work).give(task)


def _replace(
    workers: list[_Worker[Item, Result]], worker: _Worker[Item, Result], work: Callable[[Item], Result]
) -> _Worker[Item, Result]:
    slot = workers.index(worker)
    worker.stop()
    sys.stdout.flush()
    new = workers[slot] = _Worker(work, [w for w in workers if w is not worker])
    return new


def _collect(
    workers: list[_Worker[Item, Result]],
    busy: list[_Worker[Item, Result]],
    work: Callable[[Item], Result],
    *,
    ready: dict[int, tuple[Item, Result]],
    again: deque[list[tuple[int, Item]]],
    lost: Callable[[Item, str], Result],
    seconds: float,
) -> None:
    """Take what the workers have sent; replace those that died or hang."""
    began = time.monotonic()
    signs = set(wait([w.pipe for w in busy] + [w.process.sentinel for w in busy], timeout=0.2))
    # Only time spent waiting here counts against a worker: while a pager holds up our output, workers wait for us.
    elapsed = time.monotonic() - began
    for worker in busy:
        if worker.pipe in signs:
            ended = not _receive(worker, ready)
        elif worker.process.sentinel in signs:
            ended = True
        else:
            ended = False
            if worker.position.value != worker.seen:
                worker.seen, worker.waited = worker.position.value, 0.0
            worker.waited += elapsed
        if not worker.chunk or not (ended or worker.waited > seconds):
            continue
        culprit = max(worker.position.value, worker.received)
        number, item = worker.chunk[culprit]
        ready[number] = (item, lost(item, DIED if ended else HUNG))
        rest = worker.chunk[worker.received : culprit] + worker.chunk[culprit + 1 :]
        if rest:
            again.append(rest)
        _replace(workers, worker, work)


def _receive(worker: _Worker[Item, Result], ready: dict[int, tuple[Item, Result]]) -> bool:
    """Take one message; False when the worker is gone."""
    try:
        results = worker.pipe.recv()
    except (EOFError, OSError):
        return False
    for (number, item), result in zip(worker.chunk[worker.received :], results, strict=False):
        ready[number] = (item, result)
    worker.received += len(results)
    worker.seen, worker.waited = worker.position.value, 0.0
    if worker.received == len(worker.chunk):
        worker.chunk = []
    return True
