"""What is asked about one window: topics drawn by how many ties formed on them, and candidates on each."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import polars as pl

from service.evaluate.candidates import Candidates, NewTies, SampleSizes, for_likelihood, for_ranking
from service.evaluate.errors import CannotEvaluate
from service.evaluate.history import History, Window
from service.evaluate.measures import Places
from service.evaluate.network import Network
from service.graph.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class TopicSample:
    """The candidates on one topic: listener after listener for ranking, `of_each` so many, and for likelihood."""

    network: Network
    ranked: Candidates
    of_each: tuple[int, ...]
    everybody: Candidates


@dataclass(frozen=True, slots=True)
class Sample:
    """The graph at the beginning of a window, and what is asked of it."""

    window: Window
    snapshot: Snapshot
    topics: tuple[TopicSample, ...]

    @property
    def ranked(self) -> Candidates:
        """All candidates for ranking, topic by topic."""
        return Candidates.joined(topic.ranked for topic in self.topics)

    @property
    def case(self) -> Places:
        """The case, one of 0, 1, …, to which each of these belongs: a listener on a topic."""
        of_each = [count for topic in self.topics for count in topic.of_each]
        return np.repeat(np.arange(len(of_each)), of_each)

    @property
    def everybody(self) -> Candidates:
        """All candidates for likelihood, topic by topic."""
        return Candidates.joined(topic.everybody for topic in self.topics)


def draw(history: History, window: Window, rng: np.random.Generator, sizes: SampleSizes) -> Sample:
    """Draw topics, in proportion to the ties that formed on them in the window, and candidates on each.

    A tie forms on a topic when somebody is first acted on, or stated as trusted, on it or a part of it, of whom the
    topic's network knew nothing. Raises CannotEvaluate where no tie formed within reach.
    """
    snapshot = history.until(window.begin)
    began = history.began(window)
    topics = []
    for topic_id in _drawn_topics(rng, began, sizes.topics):
        network = Network.of(snapshot, topic_id)
        new = _new_ties(snapshot, began, topic_id)
        ranked = for_ranking(rng, network, new, sizes)
        if ranked:
            everybody = for_likelihood(rng, network, new, sizes)
            topics.append(TopicSample(network, Candidates.joined(ranked), tuple(map(len, ranked)), everybody))
    if not topics:
        raise CannotEvaluate(
            f"From {window.begin} to {window.end} no tie formed between people two or three steps apart."
        )
    return Sample(window, snapshot, tuple(topics))


def _drawn_topics(rng: np.random.Generator, began: pl.DataFrame, most: int) -> list[str]:
    counts = began.group_by("topicId").len().sort("topicId")
    share = counts["len"].to_numpy() / max(began.height, 1)
    drawn = rng.choice(counts.height, min(most, counts.height), replace=False, p=share)
    return counts["topicId"].gather(np.sort(drawn)).to_list()


def _new_ties(snapshot: Snapshot, began: pl.DataFrame, topic_id: str) -> NewTies:
    """Whom each listener was seen to act on, on the topic or a part of it; '' stands for every topic."""
    on_topic = began.filter(pl.col("topicId").is_in(_parts(snapshot, topic_id))) if topic_id else began
    place = snapshot.people.index.of
    speakers = defaultdict(set)
    for listener, speaker in on_topic.select("fromId", "toId").iter_rows():
        speakers[place(listener)].add(place(speaker))
    return {each: np.array(sorted(speakers[each]), dtype=np.int32) for each in sorted(speakers)}


def _parts(snapshot: Snapshot, topic_id: str) -> list[str]:
    """The topic and everything below it."""
    topics = snapshot.topics
    inside = {topics.index.of(topic_id)}
    while True:
        below = set(np.flatnonzero(np.isin(topics.parent, list(inside))).tolist()) - inside
        if not below:
            return [topics.index.ids[topic] for topic in sorted(inside)]
        inside |= below
