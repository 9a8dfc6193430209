"""A snapshot refreshed from a former one is the snapshot that a full read would have given."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from service.graph.people import changed_people
from service.graph.snapshot import Snapshot
from service.graph.snapshot_arrays import arrays_of
from service.graph.trust_rows import Kept
from tests.scenario import Scenario
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


@settings(max_examples=300, deadline=None)
@given(changes())
def test_equals_a_full_read(case: tuple[Scenario, Scenario]) -> None:
    before, after = case
    former, full = before.snapshot(), after.snapshot()
    quick = refreshed(former, before, after)
    for (name, one), (_, other) in zip(arrays_of(quick), arrays_of(full), strict=True):
        if not name.startswith(NUMBERED_AS_READ):
            assert one.tolist() == other.tolist(), name
    assert quick.info.id == full.info.id
    assert former.info.id == before.snapshot().info.id, "the former one is untouched"


@settings(max_examples=100, deadline=None)
@given(scenarios(), scenarios())
def test_other_content_another_id(one: Scenario, other: Scenario) -> None:
    same = [sorted(map(repr, part)) for part in (one.trust, one.distrust, one.roles, one.people, one.opted_out)] == [
        sorted(map(repr, part)) for part in (other.trust, other.distrust, other.roles, other.people, other.opted_out)
    ]
    assert same or one.snapshot().info.id != other.snapshot().info.id
