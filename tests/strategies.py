"""Random graphs and random questions about them, small enough to be tried exhaustively, nasty enough to matter."""

from datetime import timedelta

from hypothesis import strategies as st

from service.domain.model import Dataset, Role, Topic
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import PaidPolicy, PurchaseStage, RoleKind, TopicScope, TrustDirection
from tests.scenario import AS_OF, Scenario, Tie

# Ids whose order by code point differs from their order in a dictionary or by locale.
PEOPLE = ("B1", "a1", "b1", "é1", "p10", "p2", "Z1", "\U0001f6001")
TOPICS = (
    Topic("root", "Root"),
    Topic("left", "Left", "root"),
    Topic("right", "Right", "root"),
    Topic("leaf", "Leaf", "left"),
    Topic("deep", "Deep", "leaf"),
    Topic("other", "Other"),
)
TOPIC_IDS = ("", *(topic.id for topic in TOPICS))
BRANDS = ("acme", "zeta")
CHANNELS = ("ONLINE", "OFFLINE")

# Few distinct values, so that ties in cost are frequent.
strengths = st.sampled_from((0.99, 0.9, 0.5, 0.5, 0.25, 0.001))
stages = st.lists(st.sampled_from(PurchaseStage), unique=True, max_size=2).map(tuple)
windows = st.none() | st.none() | st.integers(-900, 60).map(lambda offset: AS_OF + timedelta(days=offset))
days = st.none() | st.integers(-900, 60).map(lambda offset: AS_OF + timedelta(days=offset))


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    people = PEOPLE[: draw(st.integers(2, len(PEOPLE)))]
    person = st.sampled_from(people)
    tie = st.builds(
        Tie,
        person,
        person,
        strengths,
        st.sampled_from(TOPIC_IDS),
        days,
        days,
        st.sampled_from((None, *CHANNELS)),
        st.booleans(),
        stages=stages,
    ).filter(lambda tie: tie.from_id != tie.to_id)
    key = lambda tie: (tie.from_id, tie.to_id, tie.topic_id)  # noqa: E731
    role = st.builds(
        Role,
        person,
        st.sampled_from(BRANDS),
        st.sampled_from(RoleKind),
        st.sampled_from(TOPIC_IDS),
        st.none(),
        st.none() | strengths | st.just(1.0),
        days,
        days,
    ).filter(lambda role: role.since is None or role.until is None or role.since <= role.until)
    return Scenario(
        people=people,
        trust=tuple(draw(st.lists(tie, unique_by=key, max_size=24))),
        distrust=tuple(draw(st.lists(tie, unique_by=key, max_size=4))),
        roles=tuple(
            draw(
                st.lists(role, unique_by=lambda r: (r.person_id, r.brand_id, r.kind, r.topic_id, r.since), max_size=10)
            )
        ),
        brands=BRANDS,
        topics=TOPICS,
        opted_out=frozenset(draw(st.lists(person, max_size=1))),
        dataset=Dataset("random", as_of=AS_OF, half_life_days=draw(st.sampled_from((30.0, 365.0, 7300.0)))),
    )


@st.composite
def questions(draw: st.DrawFn, scenario: Scenario) -> TrustedPathsQuestion:
    person = st.sampled_from(scenario.people)
    party = st.builds(Party, person_id=person) | st.builds(Party, brand_id=st.sampled_from(BRANDS))
    return TrustedPathsQuestion(
        from_=draw(party),
        to=draw(party),
        topic_id=draw(st.none() | st.sampled_from(TOPIC_IDS[1:])),
        scope=draw(st.sampled_from(TopicScope)),
        direction=draw(st.sampled_from(TrustDirection)),
        first=draw(st.sampled_from((1, 3, 5, 100))),
        max_hops=draw(st.integers(0, 8)),
        min_strength=draw(st.sampled_from((0.0, 0.0, 0.0, 1e-6, 0.01, 0.2, 0.5))),
        introducer_strength=draw(st.sampled_from((1.0, 0.8, 0.8, 0.3))),
        as_of=draw(st.none() | st.integers(-900, 400).map(lambda offset: AS_OF + timedelta(days=offset))),
        via_roles=tuple(draw(st.just((RoleKind.EMPLOYEE, RoleKind.ADVOCATE)) | st.lists(st.sampled_from(RoleKind)))),
        exclude_person_ids=tuple(draw(st.lists(person, max_size=1))),
        exclude_brand_ids=tuple(draw(st.lists(st.sampled_from(BRANDS), max_size=1))),
        paid=draw(st.sampled_from(PaidPolicy)),
        channels=draw(st.none() | st.none() | st.lists(st.sampled_from((*CHANNELS, "FAX")), max_size=2).map(tuple)),
        stages=draw(st.none() | st.none() | stages),
        seen_from=draw(windows),
        seen_to=draw(windows),
        distinct_introducers=draw(st.booleans()),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Scenario, TrustedPathsQuestion]:
    """A graph and a question about it."""
    scenario = draw(scenarios())
    return scenario, draw(questions(scenario))
