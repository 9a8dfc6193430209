"""From how strongly a path reaches somebody to how likely they come to trust whom it begins with."""

from bisect import bisect_left
from dataclasses import dataclass

from service.domain.paths import INTRODUCER_STRENGTH, TrustedPathsQuestion
from service.domain.vocabulary import PaidPolicy, TopicScope, TrustDirection

NEAREST, FARTHEST = 2, 3
"""Steps between people for whom a likelihood is fitted: nearer they trust already, farther hardly any tie forms."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """Fitted on what happened: of people reached with `strengths[i]`, the share `shares[i]` came to trust the other
    one within `days`. Both ascend; straight between them, level beyond the ends."""

    days: int
    strengths: tuple[float, ...]
    shares: tuple[float, ...]

    def at(self, strength: float) -> float:
        """The share to expect at a strength."""
        above = bisect_left(self.strengths, strength)
        if above == 0:
            return self.shares[0]
        if above == len(self.strengths):
            return self.shares[-1]
        low, high = self.strengths[above - 1], self.strengths[above]
        part = (strength - low) / (high - low)
        return self.shares[above - 1] + part * (self.shares[above] - self.shares[above - 1])


def fitted_for(question: TrustedPathsQuestion, hops: int) -> bool:
    """Whether likelihoods are fitted for a path of so many hops of this question: about a topic, with the defaults
    for all that decides how strong a path is."""
    return (
        NEAREST <= hops <= FARTHEST
        and question.topic_id is not None
        and question.scope is TopicScope.RELATED
        and question.direction is not TrustDirection.EITHER
        and question.introducer_strength == INTRODUCER_STRENGTH
        and question.paid is PaidPolicy.INCLUDE
        and question.channels is None
        and question.stages is None
        and question.seen_from is None
        and question.seen_to is None
    )
