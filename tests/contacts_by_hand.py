"""Contacts from the definitions alone: every path by `brute_force`, plain greedy, and relationships really added."""

import math
from collections.abc import Sequence
from dataclasses import replace

from service.domain.contacts import Audience, LeverageQuestion, NextQuestion
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import ContactOrder, RoleKind, TrustDirection
from tests.brute_force import BruteForce, trusted_paths
from tests.scenario import Scenario, Tie


def influencers(scenario: Scenario, asked: TrustedPathsQuestion) -> list[tuple[int, tuple[str, ...], int]]:
    """(cost, people of the best path, ways) of everybody else whom paths reach, by cost and id."""
    found = []
    for id_ in scenario.people:
        if id_ != asked.from_.person_id:
            question = replace(asked, to=Party(person_id=id_))
            best = trusted_paths(scenario, question)
            ways = trusted_paths(scenario, replace(question, first=10, distinct_introducers=True))
            found += [(cost, people, len(ways)) for cost, _, people in best]
    return sorted(found, key=lambda each: (each[0], each[1][-1]))


def leverage(
    scenario: Scenario, question: LeverageQuestion, members: Sequence[str] = ()
) -> tuple[int, int, list[tuple[str, bool, int, list[tuple[int, str]], int]]]:
    """(audience, reachable, contacts): each contact as (id, in the audience, reaches, adds by cost and id,
    together)."""
    asked = TrustedPathsQuestion(
        from_=Party(),
        to=Party(),
        topic_id=question.topic_id,
        scope=question.scope,
        as_of=question.as_of,
        direction=TrustDirection.INFLUENCE,
        first=1,
        max_hops=question.max_hops,
        min_strength=question.min_strength,
    )
    audience = _audience(scenario, asked, question.audience, members)
    costs = {}
    for contact in scenario.people:
        for person in audience:
            ends = replace(asked, from_=Party(person_id=contact), to=Party(person_id=person))
            for cost, _, _ in trusted_paths(scenario, ends):
                costs[contact, person] = cost
    covered: set[str] = set()
    contacts = []
    for _ in range(question.contacts):
        gains = {c: {p for p in audience - covered if (c, p) in costs} for c in scenario.people}
        best = min(scenario.people, key=lambda c: (-len(gains[c]), c))
        if not gains[best]:
            break
        covered |= gains[best]
        reaches = sum((best, person) in costs for person in audience)
        adds = sorted((costs[best, person], person) for person in gains[best])
        contacts.append((best, best in audience, reaches, adds, len(covered)))
    reachable = {person for contact, person in costs if contact != person}
    return len(audience), len(reachable), contacts


def _audience(scenario: Scenario, asked: TrustedPathsQuestion, audience: Audience, members: Sequence[str]) -> set[str]:
    if audience.brand_id is not None:
        customers = replace(asked, from_=Party(brand_id=audience.brand_id), via_roles=(RoleKind.CUSTOMER,))
        return set(BruteForce(scenario, customers).sources)
    return set(audience.person_ids or members) - scenario.opted_out


Relationship = tuple[str, str, int, int, int, list[tuple[str, int | None, int]]]


def next_relationships(scenario: Scenario, question: NextQuestion) -> list[Relationship]:
    """(contact, brand's person, opened, strengthened, gained, gains), in order.

    For everybody who trusts none of the brand's people, the relationship that could be with the least entry is added.
    """
    asked = TrustedPathsQuestion(
        from_=Party(brand_id=question.brand_id),
        to=Party(brand_id=question.targets.brand_id),
        topic_id=question.topic_id,
        scope=question.scope,
        as_of=question.as_of,
        first=1,
        max_hops=question.max_hops,
        min_strength=question.min_strength,
    )
    before = BruteForce(scenario, asked)
    sources = before.sources
    targets = before.targets if question.targets.brand_id is not None else set(question.targets.person_ids or ())
    found = []
    for contact in set(scenario.people) - scenario.opted_out - set(sources):
        if any(contact in dict(before.steps[source]) for source in sources):
            continue
        for source in sorted(sources, key=lambda source: (sources[source], source)):
            tie = Tie(contact, source, question.assumed_strength, question.topic_id or "")
            others = [t for t in scenario.trust if (t.from_id, t.to_id, t.topic_id) != (contact, source, tie.topic_id)]
            richer = replace(scenario, trust=(*others, tie))
            if contact not in dict(BruteForce(richer, asked).steps[source]):
                continue  # distrust keeps it closed
            found.append((contact, source, *_gains(scenario, richer, asked, sorted(targets - scenario.opted_out))))
            break
    worth = {
        ContactOrder.PATHS: lambda each: (-each[2] - each[3], -each[4], each[0]),
        ContactOrder.STRENGTH: lambda each: (-each[4], -each[2] - each[3], each[0]),
    }
    return sorted((each for each in found if each[5]), key=worth[question.order_by])


def _gains(
    poorer: Scenario, richer: Scenario, asked: TrustedPathsQuestion, targets: Sequence[str]
) -> tuple[int, int, int, list[tuple[str, int | None, int]]]:
    gains: list[tuple[str, int | None, int]] = []
    opened = strengthened = gained = 0
    for target in targets:
        question = replace(asked, to=Party(person_id=target))
        before, after = trusted_paths(poorer, question), trusted_paths(richer, question)
        if after[:1] == before[:1] or (before and after[0][0] >= before[0][0]):
            continue
        cost = after[0][0]
        gained += _millionths(cost) - (_millionths(before[0][0]) if before else 0)
        opened, strengthened = opened + (not before), strengthened + bool(before)
        gains.append((target, before[0][0] if before else None, cost))
    return opened, strengthened, gained, gains


def _millionths(cost: int) -> int:
    return round(math.exp(-cost / 1e6) * 1e6)
