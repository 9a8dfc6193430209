"""Which relationships of a person are the cheapest, where two bytes tell all of them apart and where they do not."""

from dataclasses import replace

import numpy as np
import pytest

from service.domain.paths import Party, TrustedPathsQuestion
from service.graph.cheapest_rows import TWO_BYTES, KnownOrder, cheapest_rows, nth_cheapest, ranked
from service.graph.paths.path_search import FINISHED
from service.graph.paths.trusted_paths import PathSearch
from service.graph.snapshot import terms_dtype
from service.graph.texts import offsets_from
from tests.scenario import Scenario, Tie

NO_ROWS = np.empty(0, dtype=np.int32)


@pytest.mark.parametrize("many", [32, TWO_BYTES - 1, TWO_BYTES, TWO_BYTES + 1, 3 * TWO_BYTES + 5])
def test_the_cheapest_in_order(many: int) -> None:
    """Others before and behind, so that nobody begins at a round place."""
    rng = np.random.default_rng(many)
    offsets = offsets_from(np.array([5, 40, many, 37]))
    terms = np.zeros(offsets[-1], dtype=terms_dtype(1, 1))
    terms["cost"] = rng.integers(0, 1000, len(terms))
    terms["last_seen"] = rng.integers(0, 3, len(terms))
    ageing = np.array([0, 500, 7])
    rows = rng.permutation(len(terms)).astype(np.int32)
    for known, row_at in ((NO_ROWS, np.arange(len(terms))), (rows, rows)):
        cheapest = cheapest_rows(offsets, known, terms, ageing, KnownOrder.of_nobody(4))
        costs = (terms["cost"] + ageing[terms["last_seen"]])[row_at]
        for begin, end in zip(offsets[1:-1].tolist(), offsets[2:].tolist(), strict=True):
            found = [nth_cheapest(cheapest, begin, end - begin, rank) for rank in range(ranked(end - begin))]
            expected = begin + np.argsort(costs[begin:end], kind="stable")
            assert found == expected[: len(found)].tolist()


def test_how_many_are_known() -> None:
    assert (ranked(32), ranked(35), ranked(TWO_BYTES), ranked(TWO_BYTES + 8)) == (
        8,
        8,
        TWO_BYTES // 4,
        TWO_BYTES // 8 + 1,
    )


def test_paths_between_people_whom_more_trust_than_two_bytes_tell_apart() -> None:
    """From a over one of very many to h, who trusts them all, and to z: the cost of each is known beforehand."""
    many = TWO_BYTES + 1000
    rng = np.random.default_rng(1)
    strengths = rng.uniform(0.001, 0.99, (many, 2))
    between = tuple(f"m{number:06}" for number in range(many))
    trust = [
        tie
        for id_, (first, second) in zip(between, strengths.tolist(), strict=True)
        for tie in (Tie(id_, "a", first), Tie("h", id_, second))
    ]
    snapshot = Scenario(("a", "h", *between, "z"), (*trust, Tie("z", "h", 0.5))).snapshot()
    costs = np.array([first.cost + second.cost for first, second in zip(trust[::2], trust[1::2], strict=True)])
    question = TrustedPathsQuestion(Party(person_id="a"), Party(person_id="z"), first=20, introducer_strength=1.0)
    for asked, handed_on in ((question, 0), (replace(question, introducer_strength=0.8), 2 * 223_144)):
        found = PathSearch(snapshot, asked).run(np.zeros(1, dtype=np.uint8))
        assert found.ending == FINISHED
        told = [(path.cost, snapshot.people.index.ids[path.people[1]]) for path in found.paths]
        order = np.argsort(costs, kind="stable")[:20].tolist()
        assert told == [(int(costs[place]) + 693_147 + handed_on, between[place]) for place in order]
