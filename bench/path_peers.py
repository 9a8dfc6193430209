"""Trusted paths beside those who rank weighted paths otherwise: igraph's Yen on the same arcs, and the Cypher twin.

    ./rainmaker bench path-peers --size L

Brand → person, no topic, first 5. Both must give the kernel's costs; igraph knows no bound on hops, so only pairs whose
five cheapest walks keep to six hops are asked. Without an answer in its time the twin counts with the time it had.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from time import perf_counter

import igraph
import numpy as np
import numpy.typing as npt

from bench.ground import Ground
from bench.kernel_paths import brand_to_person
from bench.registry import Benchmark, Figure
from bench.snapshots import snapshot_of
from service.domain.errors import Unavailable
from service.domain.paths import TrustedPathsQuestion
from service.graph.costs import cost_of
from service.graph.paths.path_question import Terrain
from service.graph.paths.trusted_paths import PathSearch
from service.graph.snapshot import Snapshot
from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import connected
from service.store.errors import StatementFailed
from service.use_cases.warm_up import warm_up

PAIRS = {"S": 5, "M": 2, "L": 1}
REPEATS = 9
LEAST = {"L": 1_000}

Costs = list[int]


def measure(ground: Ground) -> Iterator[Figure]:
    """The same pairs on both sides, kernel first."""
    warm_up()
    snapshot = snapshot_of(ground.folder)
    candidates = [each for each in brand_to_person(snapshot, 60, seed=2) if _suits(snapshot, each)]
    yen = Yen(snapshot, candidates[0])
    asked, of_yen = [], []
    for question in candidates:
        costs = _kernel(snapshot, question)[0]
        began = perf_counter()
        walks = yen.walks(Terrain.of(snapshot, question), question)
        seconds = perf_counter() - began
        if len(costs) == question.first and all(hops <= question.max_hops for _, hops in walks):
            if [cost for cost, _ in walks] != costs:
                raise SystemExit(f"igraph finds {walks}, the kernel {costs}: {question}")
            asked.append(question)
            of_yen.append(seconds)
        if len(asked) == PAIRS[ground.size]:
            break
    kernel = median(_kernel(snapshot, question)[1] for question in asked)
    yield _against(ground.size, "igraph's get_k_shortest_paths", kernel, median(of_yen), "")
    with ground.neo4j() as settings:
        twin, unanswered = asyncio.run(_twin(settings, asked, [_kernel(snapshot, each)[0] for each in asked]))
    yield _against(
        ground.size, "the Cypher twin", kernel, median(twin), f"{unanswered} of {len(asked)} unanswered in that time"
    )


def _suits(snapshot: Snapshot, question: TrustedPathsQuestion) -> bool:
    """Without a topic, and to somebody who is none of the brand's people: they would need a rule of their own."""
    terrain = Terrain.of(snapshot, question)
    own = terrain.sources(question.from_)[0]
    return question.topic_id is None and not np.isin(terrain.targets(question.to), own).any()


def _against(size: str, peer: str, kernel: float, seconds: float, note: str) -> Figure:
    told = f"{kernel * 1000:.2f} ms against {seconds:.2f} s"
    return Figure(
        f"first 5 paths: faster than {peer}", seconds / kernel, "×", at_least=LEAST.get(size), note=f"{told} {note}"
    )


def _kernel(snapshot: Snapshot, question: TrustedPathsQuestion) -> tuple[Costs, float]:
    """The costs of the paths, and the median of the seconds."""
    seconds = []
    for _ in range(REPEATS):
        search, stop = PathSearch(snapshot, question), np.zeros(1, dtype=np.uint8)
        began = perf_counter()
        found = search.run(stop)
        seconds.append(perf_counter() - began)
    return [path.cost for path in found.paths], median(seconds)


class Yen:
    """igraph on all open steps, each pair's cheapest; one more vertex leads to the brand's people."""

    def __init__(self, snapshot: Snapshot, question: TrustedPathsQuestion) -> None:
        self._people = len(snapshot.people.index)
        self._handover = cost_of(question.introducer_strength)
        speakers, listeners, costs = _open_steps(snapshot, Terrain.of(snapshot, question))
        self._speakers, self._listeners = speakers, listeners
        self._costs = costs + self._handover
        self._graph = igraph.Graph(self._people + 1, np.column_stack((speakers, listeners)), directed=True)

    def walks(self, terrain: Terrain, question: TrustedPathsQuestion) -> list[tuple[int, int]]:
        """Cost and hops of the cheapest walks without repetition, which pass through no other of the brand's people."""
        (target,) = terrain.targets(question.to).tolist()
        sources, entry = terrain.sources(question.from_)
        entries = [(self._people, source) for source in sources.tolist()]
        weights = np.concatenate((np.where(np.isin(self._listeners, sources), 2**50, self._costs), entry))
        self._graph.add_edges(entries)
        found = self._graph.get_k_shortest_paths(
            self._people, target, k=question.first, weights=weights.tolist(), output="epath"
        )
        edges = self._graph.ecount()
        self._graph.delete_edges(range(edges - len(entries), edges))
        return [(int(weights[path].sum()) - self._handover, len(path) - 1) for path in found]


def _open_steps(
    snapshot: Snapshot, terrain: Terrain
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Speaker, listener and cost of every open step under INFLUENCE, without handover."""
    trust, rules, distrust = snapshot.trust, terrain.rules, snapshot.distrust
    listeners = np.repeat(np.arange(len(snapshot.people.index), dtype=np.int32), np.diff(trust.out_offsets))
    cost = trust.terms["cost"] + rules.ageing[trust.terms["last_seen"]]
    distrusters = np.repeat(np.arange(len(snapshot.people.index)), np.diff(distrust.offsets))
    closing = distrusters * len(snapshot.people.index) + distrust.to
    closing = closing[distrust.since <= rules.as_of]
    pair = listeners.astype(np.int64) * len(snapshot.people.index) + trust.to
    is_open = rules.begun[trust.terms["since"]] & ~np.isin(pair, closing)
    is_open &= ~(snapshot.people.opted_out[listeners] | snapshot.people.opted_out[trust.to])
    pair, cost = pair[is_open], cost[is_open]
    first = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1])))
    cheapest = np.minimum.reduceat(cost, first)
    return trust.to[is_open][first], listeners[is_open][first], cheapest


async def _twin(
    settings: Settings, questions: Sequence[TrustedPathsQuestion], expected: Iterable[Costs]
) -> tuple[list[float], int]:
    """Seconds of each question, and how many had no answer."""
    seconds, unanswered = [], 0
    async with connected(settings, Catalog.load(CYPHER)) as database:
        for question, costs in zip(questions, expected, strict=True):
            began = perf_counter()
            try:
                rows = await database.fetch("trusted_paths", **_parameters(question))
            except (StatementFailed, Unavailable):  # a limit of time ends as the latter
                unanswered += 1
            else:
                if [row["cost"] for row in rows] != costs:
                    raise SystemExit(f"the twin finds {rows}, the kernel {costs}: {question}")
            seconds.append(perf_counter() - began)
    return seconds, unanswered


def _parameters(question: TrustedPathsQuestion) -> dict[str, object]:
    return {
        "fromPersonId": question.from_.person_id,
        "fromBrandId": question.from_.brand_id,
        "toPersonId": question.to.person_id,
        "toBrandId": question.to.brand_id,
        "topicId": question.topic_id,
        "scope": question.scope.value,
        "direction": question.direction.value,
        "first": question.first,
        "maxHops": question.max_hops,
        "minStrength": question.min_strength,
        "introducerStrength": question.introducer_strength,
        "asOf": question.as_of,
        "viaRoles": [kind.value for kind in question.via_roles],
        "excludePersonIds": list(question.exclude_person_ids),
        "excludeBrandIds": list(question.exclude_brand_ids),
        "paid": question.paid.value,
        "channels": None,
        "stages": None,
        "seenFrom": None,
        "seenTo": None,
        "distinctIntroducers": question.distinct_introducers,
    }


BENCHMARK = Benchmark("path-peers", "trusted paths beside igraph's Yen and the Cypher twin", measure)
