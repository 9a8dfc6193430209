"""Whose part of a whole grew, as far as few interactions can tell."""

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Factors = npt.NDArray[np.float64]

PRIOR = 5
"""So many interactions, spread over both halves as the whole is, are added to what each did: who did little has a
factor near 1."""


def rises(recent: Counts, former: Counts, all_recent: int, all_former: int) -> Factors:
    """By which factor the part of each in the whole grew, from the former half to the recent one:

        ((recent + PRIOR · R / (R + F)) / R) / ((former + PRIOR · F / (R + F)) / F),

    R and F being the whole; 1 for all where either is 0, since there is nothing to compare with.
    """
    if not all_recent or not all_former:
        return np.ones(len(recent))
    both = all_recent + all_former
    now = (recent * both + PRIOR * all_recent) * float(all_former)
    then = (former * both + PRIOR * all_former) * float(all_recent)
    factors: Factors = now / then
    return factors
