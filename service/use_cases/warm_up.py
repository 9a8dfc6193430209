"""Have every kernel that searches or sweeps compiled, or loaded from the compiler's cache, before the first question
comes."""

import numpy as np

from service.domain.contacts import Audience, LeverageQuestion
from service.domain.model import Brand, Dataset, Person
from service.domain.paths import Party, TrustedPathsQuestion
from service.graph.builder import SnapshotBuilder
from service.graph.people import people_of
from service.graph.snapshot import NO_DAY
from service.use_cases.find_leverage import answer as leverage_answer
from service.use_cases.find_trusted_paths import answer


def warm_up() -> None:
    """Answer questions on a graph of two people. Takes a while on the first start after an installation."""
    people = people_of([Person("a", "A"), Person("b", "B")])
    builder = SnapshotBuilder(Dataset("warm-up"), people, [Brand("c", "C")], [])
    builder.add_trust("b", ["a"], [""], [100_000], [NO_DAY], [NO_DAY], [""], [0], [False], [[]], [[]])
    question = TrustedPathsQuestion(Party(person_id="a"), Party(person_id="b"))
    snapshot, go_on = builder.build("none"), np.zeros(1, dtype=np.uint8)
    answer(snapshot, question, go_on)
    leverage_answer(snapshot, LeverageQuestion(Audience(), contacts=1), ("a", "b"), go_on)
