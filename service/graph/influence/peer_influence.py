"""Peer influence of a topic: from what everybody did, and who listens, to the groups.

Rules and their reasons: docs/influence/peer-influence.md.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.domain.peer_influence import PeerInfluencer
from service.graph.influence.concentration import Amounts, fewest_making_most
from service.graph.texts import Texts

Places = npt.NDArray[np.int64]

LARGE_REACH = 10
"""Direct listeners that a social broadcaster has at least."""

LOWEST = 10
"""One of so many is in the lowest decile."""


@dataclass(frozen=True, slots=True)
class Influences:
    """A row a person, by position ascending: `person[i]` among `ids`, and the figures of an `PeerInfluencer`."""

    ids: Texts
    person: Places
    interactions: Amounts
    posts: Amounts
    listeners: Amounts
    answered: Amounts

    @property
    def impressions(self) -> Amounts:
        impressions: Amounts = self.interactions * self.listeners
        return impressions

    def mass_connectors(self) -> Places:
        """Rows of the first, most impressions ahead, who together make 80 % of all impressions."""
        return _makers_of_most(self.impressions)

    def mass_mavens(self) -> Places:
        """Rows of the first, most posts ahead, who together make 80 % of all posts."""
        return _makers_of_most(self.posts)

    def social_broadcasters(self) -> tuple[Places, float | None]:
        """Rows of those with a large reach whose reciprocity is in the lowest decile of these, and the greatest
        reciprocity that is: most listeners first, then who answers fewest."""
        large = np.flatnonzero(self.listeners >= LARGE_REACH)
        if not len(large):
            return large, None
        reciprocity = self.answered[large] / self.listeners[large]
        most = float(np.sort(reciprocity)[(len(large) - 1) // LOWEST])
        rows = large[reciprocity <= most]
        return rows[np.lexsort((rows, self.answered[rows], -self.listeners[rows]))], most

    def listed(self, rows: Places) -> tuple[PeerInfluencer, ...]:
        """Some rows as values."""
        ids = self.ids.at(self.person[rows].tolist())
        columns = (self.interactions, self.posts, self.listeners, self.answered)
        figures = zip(*(column[rows].tolist() for column in columns), strict=True)
        return tuple(PeerInfluencer(id_, *figure) for id_, figure in zip(ids, figures, strict=True))


def _makers_of_most(amounts: Amounts) -> Places:
    order = np.argsort(-amounts, kind="stable")
    return order[: fewest_making_most(amounts[order])]
