"""At which brands people hold a role."""

from collections import defaultdict

import numpy as np

from service.graph.snapshot import Int, Snapshot


def brands_of_people(snapshot: Snapshot, people: Int, as_of: int) -> dict[int, tuple[str, ...]]:
    """For each of these people (positions) with a role of any kind on a day (a day number): the brands' ids, in their
    order, each once."""
    roles, ids = snapshot.roles, snapshot.brands.index.ids
    brand = np.repeat(np.arange(len(roles.offsets) - 1), np.diff(roles.offsets))
    counts = roles.current(as_of) & np.isin(roles.person, people)
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for person, at in zip(roles.person[counts].tolist(), brand[counts].tolist(), strict=True):
        found[person][ids[at]] = None
    return {person: tuple(brands) for person, brands in found.items()}
