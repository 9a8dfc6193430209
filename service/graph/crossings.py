"""Where the two sides meet, and what the paths over there may cost. Compiled."""

from numba import njit

from service.graph.search_memory import CROSSINGS, GUESSES, UNREACHABLE, Memory


@njit(cache=True, nogil=True)
def cross(memory: Memory, before: int, after: int, cost: int) -> None:
    """Note a step from somebody settled forward to somebody settled backward."""
    place = memory.counts[CROSSINGS]
    memory.counts[CROSSINGS] = place + 1
    memory.crossing_from[place] = before
    memory.crossing_to[place] = after
    memory.crossing_cost[place] = cost


@njit(cache=True, nogil=True)
def guess(memory: Memory, cost: int) -> None:
    """Keep the cost of a walk over a crossing, if it is among the least."""
    guesses, count = memory.guesses, memory.counts[GUESSES]
    if count == len(guesses):
        if cost >= guesses[count - 1]:
            return
        count -= 1
    memory.counts[GUESSES] = count + 1
    while count > 0 and guesses[count - 1] > cost:
        guesses[count] = guesses[count - 1]
        count -= 1
    guesses[count] = cost


@njit(cache=True, nogil=True)
def aim(memory: Memory, rank: int, least: int) -> int:
    """How costly a path may be to be looked for now: the guess of a rank (from 1), but at least so much.

    Rank 0 stands for no guess. UNREACHABLE while too few crossings are known.
    """
    if rank == 0:
        return least
    if memory.counts[GUESSES] < rank:
        return UNREACHABLE
    return max(memory.guesses[rank - 1], least)


@njit(cache=True, nogil=True)
def rank_above(memory: Memory, cost: int, missing: int) -> int:
    """The rank of the guess that is the so-manyth above a cost; 0 where there are not so many."""
    for place in range(memory.counts[GUESSES]):
        if memory.guesses[place] > cost:
            missing -= 1
            if missing <= 0:
                return place + 1
    return 0
