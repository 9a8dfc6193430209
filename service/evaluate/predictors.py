"""What might tell that a tie will form: the plain predictors of the literature, on a topic's network.

D. Liben-Nowell and J. Kleinberg, "The link-prediction problem for social networks", JASIST 58 (2007). Neighbours are
the people somebody is tied to, whichever of the two trusts the other.
"""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from service.evaluate.network import Network, People
from service.graph.communities.leiden import leiden
from service.graph.open_trust import ties_of

Scores = npt.NDArray[np.float64]

DAMPING = 0.85
_TOLERANCE = 1e-12
_MOST_ROUNDS = 200


def common_neighbours(network: Network, listeners: People, speakers: People) -> Scores:
    """How many people both are tied to."""
    return _shared(network, listeners, speakers, np.ones(len(network.acquaintances)))


def adamic_adar(network: Network, listeners: People, speakers: People) -> Scores:
    """Σ 1 / ln(acquaintances) over the people both are tied to: whoever knows few tells more. (Adamic, Adar 2003.)"""
    # Whoever is shared knows two at least; the others' worth is never asked for.
    return _shared(network, listeners, speakers, 1 / np.log(np.maximum(network.acquaintances, 2)))


def preferential_attachment(network: Network, listeners: People, speakers: People) -> Scores:
    """The product of how many people each is tied to. (Barabási et al. 2002.)"""
    known: Scores = network.acquaintances
    product: Scores = known[listeners] * known[speakers]
    return product


def target_pagerank(network: Network, _listeners: People, speakers: People) -> Scores:
    """The PageRank of the speaker, whoever listens."""
    return pagerank(network)[speakers]


def same_community(network: Network, listeners: People, speakers: People) -> Scores:
    """1 for two of one community, else 0."""
    community = communities(network)
    return np.equal(community[listeners], community[speakers]).astype(np.float64)


def chance(_network: Network, listeners: People, _speakers: People) -> Scores:
    """Nothing at all: what ranking by lot comes to."""
    return np.zeros(len(listeners))


def pagerank(network: Network) -> Scores:
    """Everybody's PageRank over trust, a step being taken in proportion to its strength; damping 0.85, and who
    trusts nobody passes on to all alike. (Brin and Page 1998.)"""
    given = network.trust.sum(axis=1)
    trusting = given > 0
    shares = sparse.diags_array(np.divide(1, given, out=np.zeros(len(given)), where=trusting)) @ network.trust
    back = sparse.csr_array(shares.T)
    people = len(given)
    rank = np.full(people, 1 / people)
    for _ in range(_MOST_ROUNDS):
        stranded = float(rank[~trusting].sum())
        following: Scores = DAMPING * (back @ rank + stranded / people) + (1 - DAMPING) / people
        moved = float(np.abs(following - rank).sum())
        rank = following
        if moved < _TOLERANCE:
            break
    return rank


def communities(network: Network) -> People:
    """Everybody's community as in topicalCommunities at resolution 1, of any size; −1 where somebody has no tie."""
    trust = network.trust.tocoo()
    people = trust.shape[0]
    members, low, high, upward, downward = ties_of(people, trust.row, trust.col, trust.data)
    community = np.full(people, -1, dtype=np.int32)
    community[members] = leiden(len(members), low, high, upward + downward, 1.0)
    return community


def _shared(network: Network, listeners: People, speakers: People, worth: Scores) -> Scores:
    """The summed worth of the neighbours that two people share, pair by pair."""
    both = network.ties[listeners].multiply(network.ties[speakers])
    return np.asarray(both @ worth, dtype=np.float64)
