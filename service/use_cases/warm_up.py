"""Have every path kernel compiled, or loaded from the compiler's cache, before the first question comes."""

import numpy as np

from service.domain.model import Brand, Dataset, Person
from service.domain.paths import Party, TrustedPathsQuestion
from service.graph.builder import SnapshotBuilder
from service.graph.people import people_of
from service.graph.snapshot import NO_DAY
from service.use_cases.find_trusted_paths import answer


def warm_up() -> None:
    """Answer one question on a graph of two people. Takes a while on the first start after an installation."""
    people = people_of([Person("a", "A"), Person("b", "B")])
    builder = SnapshotBuilder(Dataset("warm-up"), people, [Brand("c", "C")], [])
    builder.add_trust("b", ["a"], [""], [100_000], [NO_DAY], [NO_DAY], [""], [False], [[]], [[]])
    question = TrustedPathsQuestion(Party(person_id="a"), Party(person_id="b"))
    answer(builder.build("none"), question, np.zeros(1, dtype=np.uint8))
