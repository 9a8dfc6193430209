"""Trusted paths in the kernel: brand → person, first 5 of at most 6 hops; against one path, in batches, on threads.

    .venv/bin/python -m bench.kernel_paths FOLDER --pairs 1000

Nothing but the graph folder is needed: see `bench.snapshots`. Half of the questions name a topic of the target's; one
in ten goes to a hub, one in ten to anybody at all, the rest to decision-makers; of the brands one in ten is among the
largest. Times are of the thread's processor, so that a busy machine disturbs them less.
"""

import argparse
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter, thread_time
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from bench.ground import Ground
from bench.one_path import OnePath
from bench.registry import Benchmark, Figure
from bench.snapshots import snapshot_of
from service.cli.collector import settle_memory
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import RoleKind
from service.graph.paths.path_question import Terrain
from service.graph.paths.trusted_paths import PathSearch, search_together
from service.graph.snapshot import ROLE_KINDS, Snapshot, day_number
from service.use_cases.warm_up import warm_up

PAIRS, TARGETS, BRANDS = 1000, 200, 3

T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    arguments = parser.parse_args()
    for figure in measured(snapshot_of(arguments.folder), arguments.pairs):
        print(f"{figure.what:60} {figure.value:9.2f} {figure.unit:3} {figure.note}")


def run(ground: Ground) -> Iterable[Figure]:
    """Measure on the ground's folder."""
    return measured(snapshot_of(ground.folder), PAIRS)


BENCHMARK = Benchmark("paths", "trusted paths in the kernel, beside a one-path Dijkstra; batches; two threads", run)


def measured(snapshot: Snapshot, pairs: int) -> Iterable[Figure]:
    """All figures, on one snapshot."""
    warm_up()
    settle_memory()
    questions = brand_to_person(snapshot, pairs, seed=1)
    one_path = OnePath(len(snapshot.people.index))
    stop = np.zeros(1, dtype=np.uint8)
    first_five, plain, reached = [], [], 0
    for number, question in enumerate([questions[0], *questions]):
        search, terrain = PathSearch(snapshot, question), Terrain.of(snapshot, question)
        began = thread_time()
        found = search.run(stop)
        between = thread_time()
        one_path.cost(terrain, question)
        ended = thread_time()
        if number > 0:  # the first one is for the compiler
            first_five.append(between - began)
            plain.append(ended - between)
            reached += len(found.paths) > 0
    yield from _percentiles("first 5 paths", first_five, (8, 40, 250), f"{reached:,} of {pairs:,} reached")
    yield from _percentiles("one path, plain Dijkstra from both ends", plain, (None, None, None), "")
    ratio = sum(first_five) / sum(plain)
    yield Figure("first 5 paths against one path, all pairs", ratio, "×", at_most=4)
    yield _batch(snapshot, questions, stop)
    yield _two_threads(snapshot, questions)


def brand_to_person(snapshot: Snapshot, count: int, seed: int) -> list[TrustedPathsQuestion]:
    """Seeded questions as the module's docstring describes them."""
    rng, roles, trust = np.random.default_rng(seed), snapshot.roles, snapshot.trust
    held = roles.current(day_number(snapshot.as_of(None)))
    employed = np.concatenate(([0], np.cumsum(held & (roles.kind == ROLE_KINDS.index(RoleKind.EMPLOYEE)))))
    sizes = np.diff(employed[roles.offsets])
    by_size = np.argsort(sizes, kind="stable")
    fifty = np.flatnonzero((sizes >= 40) & (sizes <= 60))
    fifty = fifty if len(fifty) > 0 else by_size[-50:]
    deciding = roles.person[held & (roles.kind == ROLE_KINDS.index(RoleKind.DECISION_MAKER))]
    trusting = np.diff(trust.out_offsets)
    hubs = np.argsort(trusting, kind="stable")[-200:]
    questions = []
    for number in range(count):
        chance = rng.random()
        people = hubs if chance < 0.1 else np.arange(len(trusting)) if chance < 0.2 else deciding
        target = int(rng.choice(people))
        brand = int(rng.choice(by_size[-20:] if rng.random() < 0.1 else fifty))
        topic = None
        if number % 2 and trusting[target]:
            row = trust.out_offsets[target] + rng.integers(trusting[target])
            topic = snapshot.topics.index.ids[int(trust.terms["topic"][row])] or None
        questions.append(
            TrustedPathsQuestion(
                Party(brand_id=snapshot.brands.index.ids[brand]),
                Party(person_id=snapshot.people.index.ids[target]),
                topic,
            )
        )
    return questions


def _percentiles(
    what: str, seconds: list[float], targets: tuple[float | None, float | None, float | None], note: str
) -> Iterable[Figure]:
    for name, share, target in zip(("p50", "p99", "most"), (50, 99, 100), targets, strict=True):
        yield Figure(f"{what}, {name}", float(np.percentile(seconds, share)) * 1000, "ms", at_most=target, note=note)


def _batch(snapshot: Snapshot, questions: list[TrustedPathsQuestion], stop: npt.NDArray[np.uint8]) -> Figure:
    """One brand and many targets, no topic: together against one by one, for three brands."""
    to = [question.to for question in questions if question.topic_id is None][:TARGETS]
    times = [_batch_of(snapshot, question.from_, to, stop) for question in questions[:BRANDS]]
    one_by_one, at_once = (sum(seconds) / BRANDS for seconds in zip(*times, strict=True))
    note = f"{at_once / len(to) * 1000:.2f} ms a pair against {one_by_one / len(to) * 1000:.2f} ms"
    return Figure(f"batch of {len(to)} against single questions", one_by_one / at_once, "×", at_least=5, note=note)


def _batch_of(snapshot: Snapshot, from_: Party, to: list[Party], stop: npt.NDArray[np.uint8]) -> tuple[float, float]:
    """Seconds one by one, and together; equal answers are checked."""
    asked = [TrustedPathsQuestion(from_, party) for party in to]
    alone, one_by_one = _timed(lambda: [PathSearch(snapshot, each).run(stop) for each in asked])
    together, at_once = _timed(lambda: search_together(snapshot, asked, stop))
    if [found.paths for found in alone] != [getattr(found, "paths", None) for found in together]:
        raise SystemExit("a batch answered otherwise than single questions")
    return one_by_one, at_once


def _two_threads(snapshot: Snapshot, questions: list[TrustedPathsQuestion]) -> Figure:
    """The same searches on two threads at once, against one thread alone."""
    searches = [PathSearch(snapshot, question) for question in questions[:200]]

    def all_of_them(_: int) -> None:
        for search in searches:
            search.run(np.zeros(1, dtype=np.uint8))

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(all_of_them, range(2)))
        began = perf_counter()
        list(threads.map(all_of_them, range(1)))
        between = perf_counter()
        list(threads.map(all_of_them, range(2)))
        ended = perf_counter()
    ratio = (ended - between) / (between - began)
    return Figure("two threads against one, by the clock", ratio, "×", at_most=1.3, note="needs two idle cores")


def _timed(call: Callable[[], T]) -> tuple[T, float]:
    began = thread_time()
    result = call()
    return result, thread_time() - began


if __name__ == "__main__":
    main()
