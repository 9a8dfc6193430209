"""Communities of one topic and of a whole graph, against igraph's Leiden in the same run.

    ./rainmaker bench communities --size L
    .venv/bin/python -m bench.communities FOLDER

One topic is the one whose question spans nearest to 200,000 relationships. The whole graph is asked as if one topic
covered all. igraph's time is that of building its graph and of one run of two passes, its modularity the best of five.
"""

import argparse
import asyncio
import random
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import igraph
import numpy as np

from bench.ground import Ground
from bench.questions import brand_to_decision_maker
from bench.registry import Benchmark, Figure
from bench.snapshots import snapshot_of
from service.domain.communities import CommunitiesQuestion, Community
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import TopicScope
from service.graph.communities.community_measures import Found, describe
from service.graph.communities.leiden import Membership, connected_parts, leiden
from service.graph.communities.projection import Projection, project
from service.graph.snapshot import Snapshot, day_number
from service.graph.topic_scope import topic_penalties
from service.ports.communities import StoredCommunity, StoredTopic
from service.use_cases.find_communities import FindCommunities
from service.use_cases.find_trusted_paths import answer
from service.use_cases.leiden_threads import LeidenThreads

RELATIONSHIPS = 200_000
IGRAPH_RUNS = 5
REPEATS = 5
PATH_QUESTIONS = 300


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    for figure in figures(snapshot_of(parser.parse_args().folder)):
        peer = f"   {figure.peer} {figure.peer_value:.4g} {figure.unit}" if figure.peer_value is not None else ""
        print(f"{figure.what:60} {figure.value:12.4g} {figure.unit}{peer}   {figure.note}", flush=True)


def figures(snapshot: Snapshot) -> Iterator[Figure]:
    topic, amount = _topic(snapshot)
    with ThreadPoolExecutor() as threads:
        _answered(snapshot, topic, threads)  # loads the compiled kernels
        runs = [_answered(snapshot, topic, threads) for _ in range(REPEATS)]
        one = min(runs, key=lambda run: run.seconds)
        peer = _by_igraph(one.projection, one.membership)
        note = f"{amount:,} relationships, {len(one.projection.low):,} ties"
        yield Figure(
            "communities of a topic, from question to answer", one.seconds, "s", at_most=1.5,
            peer="igraph, building and one run", peer_value=peer.seconds, note=note,
        )  # fmt: skip
        yield from _quality("topic", one, peer)
        yield asyncio.run(_from_memory(snapshot, topic))
        with _PeakMemory() as peak:
            whole = _answered(snapshot, None, threads)
        yield Figure("memory that a search of the whole adds at its peak", peak.added / 2**20, "MiB")
        peer = _by_igraph(whole.projection, whole.membership)
        yield Figure(
            "communities of the whole graph, from question to communities", whole.searched, "s", at_most=40,
            peer="igraph, building and one run", peer_value=peer.seconds, note=f"{len(whole.projection.low):,} ties",
        )  # fmt: skip
        yield Figure("measures of the communities of the whole graph", whole.seconds - whole.searched, "s")
        yield from _quality("whole", whole, peer)
        yield from _beside_paths(snapshot, whole.projection)


@dataclass(frozen=True, slots=True)
class _Answered:
    projection: Projection
    membership: Membership
    found: Found
    searched: float
    seconds: float


def _answered(snapshot: Snapshot, topic: int | None, threads: ThreadPoolExecutor) -> _Answered:
    """What the service does for a question that it has not been asked, with the seconds to the search's end."""
    day, scope = day_number(snapshot.as_of(None)), TopicScope.RELATED
    began = perf_counter()
    projection = project(snapshot, topic, scope, day)
    vertices = len(projection.people)
    membership = leiden(vertices, projection.low, projection.high, projection.weight, 1.0, side_by_side=threads.map)
    searched = perf_counter() - began
    found = describe(snapshot, projection, membership, topic=topic, scope=scope, as_of=day, resolution=1.0, min_size=3)
    return _Answered(projection, membership, found, searched, perf_counter() - began)


@dataclass(frozen=True, slots=True)
class _Peer:
    seconds: float
    best: float
    ours: float


def _by_igraph(projection: Projection, membership: Membership) -> _Peer:
    began = perf_counter()
    graph = igraph.Graph(len(projection.people), np.column_stack((projection.low, projection.high)))
    weights = projection.weight.tolist()
    seconds, best = perf_counter() - began, -np.inf
    times = []
    for seed in range(IGRAPH_RUNS):
        igraph.set_random_number_generator(random.Random(seed))
        began = perf_counter()
        found = graph.community_leiden(objective_function="modularity", weights=weights, n_iterations=2)
        times.append(perf_counter() - began)
        best = max(best, graph.modularity(found.membership, weights=weights))
    return _Peer(seconds + min(times), best, graph.modularity(membership.tolist(), weights=weights))


def _quality(of: str, run: _Answered, peer: _Peer) -> Iterator[Figure]:
    yield Figure(
        f"modularity below igraph's best of five, {of}", peer.best - peer.ours, "", at_most=0.002,
        note=f"ours {peer.ours:.5f}",
    )  # fmt: skip
    projection = run.projection
    parts = connected_parts(len(projection.people), projection.low, projection.high, run.membership)
    cut = int(parts.max(initial=-1)) - int(run.membership.max(initial=-1))
    yield Figure(f"disconnected communities, {of}", cut, "", at_most=0, note=f"of {int(parts.max()) + 1:,}")


def _topic(snapshot: Snapshot) -> tuple[int, int]:
    """The topic whose question spans nearest to RELATIONSHIPS, and how many it spans."""
    amount = np.bincount(snapshot.trust.terms["topic"], minlength=len(snapshot.topics.index))
    spans = []
    for topic in np.flatnonzero(snapshot.topics.known).tolist():
        in_scope = topic_penalties(snapshot.topics, topic, TopicScope.RELATED) >= 0
        spans.append((abs(int(amount[in_scope].sum()) - RELATIONSHIPS), topic, int(amount[in_scope].sum())))
    _, topic, span = min(spans)
    return topic, span


async def _from_memory(snapshot: Snapshot, topic: int) -> Figure:
    with LeidenThreads() as search:
        find = FindCommunities(_One(snapshot), _Nowhere(), search)
        question = CommunitiesQuestion(snapshot.topics.index.ids[topic])
        await find(question)
        times = []
        for _ in range(200):
            began = perf_counter()
            await find(question)
            times.append(perf_counter() - began)
    return Figure("a stored answer through the use case, p99", float(np.percentile(times, 99)) * 1000, "ms", at_most=10)


def _beside_paths(snapshot: Snapshot, projection: Projection) -> Iterator[Figure]:
    """Path questions alone, and while a search for communities takes what is left of the processors."""
    questions = [
        TrustedPathsQuestion(Party(brand_id=asked.brand_id), Party(person_id=asked.person_id), topic_id=asked.topic_id)
        for asked in brand_to_decision_maker(snapshot, PATH_QUESTIONS, seed=1)
    ]

    def asked() -> list[float]:
        times = []
        for question in questions:
            began = perf_counter()
            answer(snapshot, question, np.zeros(1, dtype=np.uint8))
            times.append(perf_counter() - began)
        return times

    asked()
    alone = np.median(asked())
    ended = threading.Event()

    async def search() -> None:
        with LeidenThreads() as threads:
            while not ended.is_set():
                await threads.leiden(projection, 1.0)

    beside = threading.Thread(target=lambda: asyncio.run(search()))
    beside.start()
    try:
        busy = np.median(asked())
    finally:
        ended.set()
        beside.join()
    yield Figure("path questions beside a search for communities, p50", float(busy / alone), "×", note="of alone")


class _PeakMemory:
    """What a block adds to the memory of this process at its peak, as Linux counts it; 0 elsewhere."""

    added = 0

    def __enter__(self) -> "_PeakMemory":
        if _PEAK_RESET.exists():
            _PEAK_RESET.write_text("5")
        self._before = _status("VmRSS")
        return self

    def __exit__(self, *_: object) -> None:
        self.added = _status("VmHWM") - self._before


_PEAK_RESET = Path("/proc/self/clear_refs")


def _status(name: str) -> int:
    """Bytes."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)


@dataclass(frozen=True)
class _One:
    """A SnapshotProvider of one snapshot."""

    snapshot: Snapshot

    def latest(self) -> Snapshot:
        return self.snapshot

    async def is_current(self, snapshot: Snapshot) -> bool:
        return snapshot is self.snapshot


class _Nowhere:
    """A CommunityStore that keeps nothing."""

    async def topics(self) -> tuple[StoredTopic, ...]:
        return ()

    async def former(self, topic_id: str) -> tuple[StoredCommunity, ...]:
        return ()

    async def replace(
        self, topic_id: str, communities: Sequence[Community], modularity: float, former: Sequence[StoredCommunity]
    ) -> None:
        pass


def _run(ground: Ground) -> Iterator[Figure]:
    return figures(snapshot_of(ground.folder))


BENCHMARK = Benchmark("communities", "of one topic and of a whole graph, against igraph's Leiden", _run)


if __name__ == "__main__":
    main()
