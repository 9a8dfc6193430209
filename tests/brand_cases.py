"""What the tests of a brand on a topic share: random graphs and questions, and the meanings told by plain loops."""

from dataclasses import dataclass

from hypothesis import strategies as st

from service.domain.influencers import BrandOnTopicQuestion
from service.domain.model import Role
from service.domain.vocabulary import RoleKind
from tests.scenario import AS_OF, Scenario, Tie
from tests.strategies import BRANDS, TOPIC_IDS, scenarios

SENT = {RoleKind.EMPLOYEE, RoleKind.CUSTOMER, RoleKind.ADVOCATE}
VOICES = {RoleKind.ADVOCATE, RoleKind.DECISION_MAKER}


@st.composite
def about_brands(draw: st.DrawFn) -> tuple[Scenario, BrandOnTopicQuestion]:
    """A graph, and a question of the kind whose standing is stored: scope RELATED, on the data set's day."""
    scenario = draw(scenarios())
    question = BrandOnTopicQuestion(
        draw(st.sampled_from(TOPIC_IDS[1:])), draw(st.sampled_from(BRANDS)), max_hops=draw(st.integers(0, 8))
    )
    return scenario, question


@dataclass(frozen=True)
class Told:
    """Who is what to a brand, by the words of docs/influence/influencers.md."""

    scenario: Scenario
    question: BrandOnTopicQuestion

    def roles(self, person: str) -> list[Role]:
        """Those at the brand on the day."""
        return [
            role
            for role in self.scenario.roles
            if role.person_id == person
            and role.brand_id == self.question.brand_id
            and (role.since is None or role.since <= AS_OF)
            and (role.until is None or role.until >= AS_OF)
        ]

    def is_own(self, person: str) -> bool:
        return person not in self.scenario.opted_out and any(
            role.kind is not RoleKind.DETRACTOR for role in self.roles(person)
        )

    def is_tied(self, person: str) -> bool:
        return self.is_own(person) or any(
            self.is_own(other)
            for tie in self.scenario.trust
            if tie.since is None or tie.since <= AS_OF
            for one, other in ((tie.from_id, tie.to_id), (tie.to_id, tie.from_id))
            if one == person
        )

    def is_detractor(self, person: str) -> bool:
        return any(role.kind is RoleKind.DETRACTOR for role in self.roles(person)) or any(
            self.is_own(tie.to_id) for tie in self.scenario.distrust if tie.from_id == person and self._closes(tie)
        )

    def is_voice(self, person: str) -> bool:
        return any(
            role.kind in VOICES and (role.topic_id == "" or role.topic_id in self.topics())
            for role in self.roles(person)
        )

    def is_sent(self, person: str) -> bool:
        return any(role.kind in SENT for role in self.roles(person))

    def topics(self) -> set[str]:
        """The topics in scope of RELATED: those within two steps along the forest."""
        beside: dict[str, set[str]] = {topic.id: set() for topic in self.scenario.topics}
        for topic in self.scenario.topics:
            if topic.parent_id is not None:
                beside[topic.id].add(topic.parent_id)
                beside[topic.parent_id].add(topic.id)
        found = {self.question.topic_id}
        for _ in range(2):
            found |= {near for topic in found for near in beside[topic]}
        return found

    def _closes(self, tie: Tie) -> bool:
        return (tie.since is None or tie.since <= AS_OF) and (tie.topic_id == "" or tie.topic_id in self.topics())
