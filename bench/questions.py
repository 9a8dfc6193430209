"""The questions that benchmarks ask: seeded, and made from what the database holds."""

import random
from dataclasses import dataclass

from service.domain.vocabulary import RoleKind
from service.graph.snapshot import ROLE_KINDS, Snapshot, day_number


@dataclass(frozen=True, slots=True)
class BrandToDecisionMaker:
    """May a brand's people reach this decision-maker of another brand, on this topic (None: on any)?"""

    brand_id: str
    person_id: str
    topic_id: str | None


def brand_to_decision_maker(snapshot: Snapshot, count: int, seed: int) -> list[BrandToDecisionMaker]:
    """Random employers and random decision-makers, every other question about a topic the latter decides on."""
    rng = random.Random(seed)
    roles = snapshot.roles
    current = roles.current(day_number(snapshot.as_of(None)))
    employers = [
        brand
        for brand in range(len(snapshot.brands.index))
        if any(
            current[row] and ROLE_KINDS[roles.kind[row]] is RoleKind.EMPLOYEE
            for row in range(roles.offsets[brand], roles.offsets[brand + 1])
        )
    ]
    deciding = [row for row in range(len(roles.kind)) if ROLE_KINDS[roles.kind[row]] is RoleKind.DECISION_MAKER]
    questions = []
    for number in range(count):
        row = rng.choice(deciding)
        questions.append(
            BrandToDecisionMaker(
                snapshot.brands.index.ids[rng.choice(employers)],
                snapshot.people.index.ids[roles.person[row]],
                snapshot.topics.index.ids[roles.topic[row]] if number % 2 == 0 else None,
            )
        )
    return questions
