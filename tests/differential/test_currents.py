"""Currents and histories three times: written out over plain values, by the service, and by their Cypher twins."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import AsyncDriver

from service.domain.currents import Changes, Currents, CurrentsQuestion, History, HistoryQuestion, Momentum, Riser
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import Interval, TopicScope
from service.store.activity import Neo4jActivity
from service.store.database import Database, Row
from service.store.snapshot_source import read_snapshot
from service.use_cases.find_currents import FindCurrents
from service.use_cases.find_history import FindHistory
from tests.brute_force import BruteForce
from tests.communities import FixedSnapshot
from tests.differential.database_of import write
from tests.influence import Act, activities, write_activity
from tests.scenario import AS_OF, Scenario
from tests.strategies import TOPICS, scenarios

ENDS = (None, date(2025, 12, 1), date(2026, 6, 30), date(2024, 9, 15))
BEGINNINGS = (None, date(2023, 12, 31), date(2024, 9, 1))
COUNTS = ("interactions", "activePeople", "newcomers", "newTrust")
PERSONAL = ("given", "received", "posts", "trustGained", "trustGiven")


async def twin(database: Database, driver: AsyncDriver, name: str, asked: CurrentsQuestion, **more: str) -> list[Row]:
    params: dict[str, Any] = {
        "topicId": asked.topic_id,
        "interval": asked.interval.value,
        "from": asked.from_,
        "to": asked.to,
        "scope": asked.scope.value,
        **more,
    }
    # Every example's graph has other statistics; planning anew for each would take most of the time.
    records, _, _ = await driver.execute_query("CYPHER replan=skip " + database.catalog[name].text, params)
    return [dict(record) for record in records]


class WrittenOut:
    """The counts by going through everything for every day."""

    def __init__(self, scenario: Scenario, acts: list[Act], asked: CurrentsQuestion) -> None:
        anybody = Party(person_id=scenario.people[0])
        network = BruteForce(
            scenario, TrustedPathsQuestion(anybody, anybody, topic_id=asked.topic_id, scope=asked.scope)
        )
        last = (asked.to or AS_OF).strftime("%Y%m")
        self.gone = scenario.opted_out
        self.acts = [
            act
            for act in acts
            if network.penalty(act.topic_id) is not None and str(act.month) <= last and act.person_id not in self.gone
        ]
        self.trust = [
            tie
            for tie in scenario.trust
            if network.penalty(tie.topic_id) is not None
            and tie.since is not None
            and tie.since.strftime("%Y%m") <= last
            and not {tie.from_id, tie.to_id} & self.gone
        ]

    def of(self, start: date, end: date) -> tuple[int, ...]:
        days = (start + timedelta(days=day) for day in range((end - start).days + 1))
        months = {int(day.strftime("%Y%m")) for day in days}
        there = [act for act in self.acts if act.month in months]
        active = {act.person_id for act in there}
        before = {act.person_id for act in self.acts if act.month < min(months)}
        begun = [tie for tie in self.trust if tie.since is not None and start <= tie.since <= end]
        return sum(act.given for act in there), len(active), len(active - before), len(begun)

    def of_person(self, person: str, start: date, end: date) -> tuple[int, ...]:
        first, last = int(start.strftime("%Y%m")), int(end.strftime("%Y%m"))
        there = [act for act in self.acts if first <= act.month <= last and act.person_id == person]
        begun = [tie for tie in self.trust if tie.since is not None and start <= tie.since <= end]
        sums = [sum(getattr(act, name) for act in there) for name in ("given", "received", "posts")]
        gained = Counter(tie.to_id for tie in begun)[person]
        return (*sums, gained, Counter(tie.from_id for tie in begun)[person])


def assert_same_slope(rows: list[Row], momentum: Momentum | None) -> None:
    expected = (None,) * 3 if momentum is None else (momentum.slope, momentum.low, momentum.high)
    for row in rows:
        assert (row["slope"], row["slopeLow"], row["slopeHigh"]) == pytest.approx(expected)


def assert_same_levels(rows: list[Row], changes: Changes, counts: list[int]) -> None:
    """Levels are told of the complete intervals. Both cut the series so that what is to be least is; where two ways to
    cut make the same, not always in the same way."""
    assert [row["penalty"] for row in rows] == [changes.penalty and pytest.approx(changes.penalty)] * len(rows)
    complete = [row for row in rows if row["complete"]] if changes.penalty is not None else []
    begins = [place for place, row in enumerate(complete) if row["changed"]]
    assert sum(row["changed"] for row in rows) == len(begins)
    pieces = np.split(np.array(counts[: len(complete)], dtype=np.float64), begins)
    levels = [float(piece.mean()) for piece in pieces for _ in piece]
    assert [row["level"] for row in rows] == pytest.approx(levels + [None] * (len(rows) - len(levels)))
    if changes.penalty is not None:
        days = [row["start"].to_native() for row in complete]
        told = np.split(np.concatenate(pieces), [days.index(point.start) for point in changes.points])
        assert made_of(pieces, changes.penalty) == pytest.approx(made_of(told, changes.penalty))


def made_of(pieces: list[npt.NDArray[np.float64]], penalty: float) -> float:
    """What the best cut makes least."""
    steadied = [2 * np.sqrt(piece + 0.375) for piece in pieces]
    return float(sum(((each - each.mean()) ** 2).sum() for each in steadied) + penalty * (len(pieces) - 1))


def assert_same_spans(rows: list[Row], found: Currents | History) -> None:
    spans = [each.span for each in found.intervals]
    assert [(row["start"].to_native(), row["end"].to_native(), row["complete"]) for row in rows] == [
        (span.start, span.end, span.complete) for span in spans
    ]


@st.composite
def questions(draw: st.DrawFn) -> CurrentsQuestion:
    return CurrentsQuestion(
        draw(st.sampled_from([topic.id for topic in TOPICS])),
        draw(st.sampled_from(Interval)),
        draw(st.sampled_from(BEGINNINGS)),
        draw(st.sampled_from(ENDS)),
        draw(st.sampled_from(TopicScope)),
    )


@pytest.mark.timeout(1200)
@given(data=st.data(), asked=questions())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
async def test_written_out_service_and_twins_agree(
    data: st.DataObject, asked: CurrentsQuestion, scratch: Database, scratch_driver: AsyncDriver
) -> None:
    scenario = data.draw(scenarios())
    acts = data.draw(activities(scenario.people))
    person = data.draw(st.sampled_from(scenario.people))
    await write(scratch_driver, scenario)
    await write_activity(scratch_driver, acts)
    provider, activity = FixedSnapshot(await read_snapshot(scratch)), Neo4jActivity(scratch)
    expected = WrittenOut(scenario, acts, asked)

    currents = await FindCurrents(provider, activity)(asked)
    rows = await twin(scratch, scratch_driver, "currents", asked)
    assert_same_spans(rows, currents)
    counted = [expected.of(each.span.start, each.span.end) for each in currents.intervals]
    assert [tuple(row[name] for name in COUNTS) for row in rows] == counted
    assert [(e.interactions, e.active_people, e.newcomers, e.new_trust) for e in currents.intervals] == counted
    assert_same_slope(rows, currents.momentum)
    assert_same_levels(rows, currents.changes, [each.interactions for each in currents.intervals])

    rising = await twin(scratch, scratch_driver, "rising", asked)
    for kind, risers in (("PERSON", currents.rising_people), ("TOPIC", currents.rising_topics)):
        told = [Riser(r["id"], r["recent"], r["former"], r["rise"]) for r in rising if r["kind"] == kind]
        assert told == list(risers)

    history = await FindHistory(provider, activity)(HistoryQuestion(person, asked))
    rows = await twin(scratch, scratch_driver, "person_history", asked, personId=person)
    assert_same_spans(rows, history)
    counted = [expected.of_person(person, each.span.start, each.span.end) for each in history.intervals]
    if person in scenario.opted_out:
        counted = [(0,) * 5] * len(counted)
    assert [tuple(row[name] for name in PERSONAL) for row in rows] == counted
    assert [(e.given, e.received, e.posts, e.trust_gained, e.trust_given) for e in history.intervals] == counted
    assert_same_slope(rows, history.momentum)
    assert_same_levels(rows, history.changes, [each.given for each in history.intervals])
