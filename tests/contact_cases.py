"""Random graphs and random questions about contacts in them."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from service.domain.contacts import Audience, InfluencersQuestion, LeverageQuestion, NextQuestion, Situation, Targets
from service.domain.model import Role
from service.domain.vocabulary import ContactOrder, RoleKind, TopicScope
from tests.scenario import AS_OF, Scenario, Tie
from tests.strategies import BRANDS, CHANNELS, TOPIC_IDS, days, scenarios, stages

topics = st.none() | st.none() | st.sampled_from(TOPIC_IDS[1:])
scopes = st.sampled_from(TopicScope)


@st.composite
def connected(draw: st.DrawFn) -> Scenario:
    """A random graph with more trust that always counts and somebody at each brand: in most others nobody comes to
    anybody, and every engine agrees on nothing."""
    scenario = draw(scenarios())
    person = st.sampled_from(scenario.people)
    ties = st.builds(Tie, person, person, st.sampled_from((0.99, 0.9, 0.5))).filter(
        lambda tie: tie.from_id != tie.to_id
    )
    trust = {(tie.from_id, tie.to_id, tie.topic_id): tie for tie in scenario.trust}
    trust |= {(tie.from_id, tie.to_id, tie.topic_id): tie for tie in draw(st.lists(ties, max_size=14))}
    kinds = st.sampled_from((RoleKind.EMPLOYEE, RoleKind.ADVOCATE, RoleKind.CUSTOMER, RoleKind.DECISION_MAKER))
    given = [Role(draw(person), brand, draw(kinds)) for brand in BRANDS for _ in range(2)]
    roles = {(role.person_id, role.brand_id, role.kind, role.topic_id, role.since): role for role in scenario.roles}
    roles |= {(role.person_id, role.brand_id, role.kind, role.topic_id, role.since): role for role in given}
    return replace(scenario, trust=tuple(trust.values()), roles=tuple(roles.values()))


@st.composite
def about_influencers(draw: st.DrawFn) -> tuple[Scenario, InfluencersQuestion]:
    scenario = draw(connected())
    situation = Situation(
        channels=draw(st.none() | st.lists(st.sampled_from(CHANNELS), max_size=2).map(tuple)),
        stages=draw(st.none() | st.none() | stages),
        seen_from=draw(days),
        seen_to=draw(days),
    )
    person = draw(st.sampled_from(scenario.people))
    return scenario, InfluencersQuestion(person, draw(topics), draw(scopes), situation=situation)


@st.composite
def about_leverage(draw: st.DrawFn) -> tuple[Scenario, LeverageQuestion]:
    scenario = draw(connected())
    audience = draw(
        st.builds(Audience, brand_id=st.sampled_from(BRANDS))
        | st.builds(Audience, person_ids=st.lists(st.sampled_from(scenario.people), min_size=1, max_size=6).map(tuple))
    )
    return scenario, LeverageQuestion(
        audience,
        draw(st.integers(1, 4)),
        draw(topics),
        draw(scopes),
        min_strength=draw(st.sampled_from((0.0, 0.1, 0.3, 0.5))),
        max_hops=draw(st.integers(1, 3)),
    )


@st.composite
def about_next(draw: st.DrawFn) -> tuple[Scenario, NextQuestion]:
    scenario = draw(connected())
    targets = draw(
        st.builds(Targets, brand_id=st.sampled_from(BRANDS))
        | st.builds(Targets, person_ids=st.lists(st.sampled_from(scenario.people), min_size=1, max_size=4).map(tuple))
    )
    return scenario, NextQuestion(
        draw(st.sampled_from(BRANDS)),
        targets,
        draw(topics),
        draw(scopes),
        draw(st.none() | st.integers(-900, 400).map(lambda offset: AS_OF + timedelta(days=offset))),
        assumed_strength=draw(st.sampled_from((0.99, 0.5, 0.1))),
        min_strength=draw(st.sampled_from((0.0, 0.0, 0.01, 0.2))),
        max_hops=draw(st.integers(1, 8)),
        order_by=draw(st.sampled_from(ContactOrder)),
    )
