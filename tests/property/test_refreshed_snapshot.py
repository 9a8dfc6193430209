"""A snapshot refreshed from a former one is the snapshot that a full read would have given."""

import random
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.model import Topic
from service.graph.kept import Kept
from service.graph.people import changed_people
from service.graph.snapshot import Snapshot
from service.graph.snapshot_arrays import arrays_of
from tests.property.test_paths_past_the_first_relationships import crowded
from tests.scenario import AS_OF, Scenario, Tie
from tests.strategies import scenarios

NUMBERED_AS_READ = ("trust.terms", "trust.days", "trust.grounds")


def refreshed(former: Snapshot, before: Scenario, after: Scenario) -> Snapshot:
    """The snapshot of `after`, made by reading again only those who differ from `before`."""
    known, persons = before.persons(), after.persons()
    changed = {id_: person for id_, person in persons.items() if known.get(id_) != person}
    people, moved = changed_people(former.people, changed, known.keys() - persons.keys())
    reread = {id_ for id_ in persons if before.leaving(id_) != after.leaving(id_)}
    return after.snapshot(kept=Kept.of(former, people, moved, reread), reread=reread)


@st.composite
def changes(draw: st.DrawFn) -> tuple[Scenario, Scenario]:
    """Two scenarios of which the second has what leaves some people from the first."""
    before, other = draw(scenarios()), draw(scenarios())
    same = draw(st.frozensets(st.sampled_from(before.people)))
    here = {*other.people}
    trust, distrust = (
        tuple(tie for tie in old if tie.from_id in same and {tie.from_id, tie.to_id} <= here)
        + tuple(tie for tie in new if tie.from_id not in same)
        for old, new in ((before.trust, other.trust), (before.distrust, other.distrust))
    )
    roles = tuple(
        role
        for old, scenario in ((True, before), (False, other))
        for role in scenario.roles
        if (role.person_id in same) is old and role.person_id in here
    )
    return before, replace(other, trust=trust, distrust=distrust, roles=roles)


@settings(max_examples=150, deadline=None)
@given(changes())
def test_equals_a_full_read(case: tuple[Scenario, Scenario]) -> None:
    before, after = case
    former, full = before.snapshot(), after.snapshot()
    quick = refreshed(former, before, after)
    assert_equal(quick, full)
    assert former.info.id == before.snapshot().info.id, "the former one is untouched"


def assert_equal(quick: Snapshot, full: Snapshot) -> None:
    """Array by array, but for what is numbered in the order of reading."""
    for (name, one), (_, other) in zip(arrays_of(quick), arrays_of(full), strict=True):
        if not name.startswith(NUMBERED_AS_READ):
            assert one.tolist() == other.tolist(), name
    assert quick.info.id == full.info.id


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.data())
def test_what_is_known_of_hubs_is_kept_as_long_as_it_holds(seed: int, data: st.DataObject) -> None:
    """Round after round: relationships come, change and go, people come and go, days and the half-life change."""
    scenario, snapshot = crowded(seed), crowded(seed).snapshot()
    for _ in range(3):
        after = changed(scenario, random.Random(data.draw(st.integers(0, 2**32))))
        quick = refreshed(snapshot, scenario, after)
        assert_equal(quick, after.snapshot())
        scenario, snapshot = after, quick


def changed(scenario: Scenario, rng: random.Random) -> Scenario:
    """A few people's trust is another; now and then somebody comes, goes, or is seen later than anybody before."""
    persons = set(scenario.people)
    if rng.random() < 0.3:
        persons.remove(rng.choice(scenario.people))
    if rng.random() < 0.3:
        persons.add(f"{rng.choice('aqz')}{rng.randrange(100)}")
    people, dataset = tuple(sorted(persons)), scenario.dataset
    some = set(rng.sample(people, rng.choice((0, 1, 3))))
    trust = {
        (tie.from_id, tie.to_id, tie.topic_id): tie
        for tie in scenario.trust
        if persons >= {tie.from_id, tie.to_id} and (tie.from_id not in some or rng.random() < 0.7)
    }
    for one in some:
        for other in rng.sample(people, 3):
            if one != other:
                last_seen = rng.choice((None, AS_OF, AS_OF + timedelta(days=rng.randrange(5) * 100)))
                trust[one, other, "leaf"] = Tie(one, other, rng.choice((0.1, 0.6, 0.99)), "leaf", None, last_seen)
    if rng.random() < 0.1:
        dataset = replace(dataset, half_life_days=rng.choice((30.0, 100.0)))
    roles = tuple(role for role in scenario.roles if role.person_id in persons)
    return replace(scenario, people=people, trust=tuple(trust.values()), roles=roles, dataset=dataset)


def test_records_grow_with_the_topics_and_shrink_again() -> None:
    """Beyond 65,536 topics a position takes four bytes."""
    few = tuple(Topic(f"t{number}", f"T{number}") for number in range(10))
    many = tuple(Topic(f"t{number:05}", f"T{number}") for number in range(70_000))
    ties = Tie("a", "b", topic_id="t7"), Tie("b", "a", topic_id="t9"), Tie("a", "b")
    narrow = Scenario(("a", "b"), ties, topics=few)
    wide = replace(narrow, topics=(*few, *many), trust=(*ties, Tie("b", "a", topic_id="t69999")))
    for before, after, size in ((narrow, wide, 16), (wide, narrow, 12)):
        quick, full = refreshed(before.snapshot(), before, after), after.snapshot()
        assert (quick.trust.terms.dtype.itemsize, quick.trust.terms.dtype) == (size, full.trust.terms.dtype)
        assert quick.trust.terms["topic"].tolist() == full.trust.terms["topic"].tolist()
        assert quick.info.id == full.info.id


@settings(max_examples=100, deadline=None)
@given(scenarios(), scenarios())
def test_other_content_another_id(one: Scenario, other: Scenario) -> None:
    same = [sorted(map(repr, part)) for part in (one.trust, one.distrust, one.roles, one.people, one.opted_out)] == [
        sorted(map(repr, part)) for part in (other.trust, other.distrust, other.roles, other.people, other.opted_out)
    ]
    assert same or one.snapshot().info.id != other.snapshot().info.id
