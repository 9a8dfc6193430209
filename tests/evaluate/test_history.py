"""A folder's past, by hand."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from service.evaluate.errors import CannotEvaluate
from service.evaluate.history import History, Window
from service.evaluate.network import Network
from service.graph.snapshot import Snapshot
from tests import graph_folders

INTERACTIONS = """at,fromId,toId,kind,topicId
2020-01-01,a,b,REVIEW,u
2020-01-02,a,b,REVIEW,u
2022-01-01,a,b,REVIEW,u
2022-01-02,b,c,REVIEW,t
2022-06-01,b,c,REVIEW,t
"""
TRUST = """fromId,toId,strength,topicId,since
a,c,0.5,u,2022-03-01
c,a,0.25,,
c,b,-0.5,u,2022-03-01
"""
DATASET = "as_of = 2023-01-01\n[trust]\nsaturation = 2\nhalf_life_days = 100\n"


def history(folder: Path, **files: str) -> History:
    made = {"interactions": INTERACTIONS, "trust": TRUST, "dataset_toml": DATASET} | files
    return History(graph_folders.read(graph_folders.make(folder, **made)).as_text())


def trust(snapshot: Snapshot) -> dict[tuple[str, str], float]:
    network, ids = Network.of(snapshot, "").trust.tocoo(), snapshot.people.index.ids
    return {
        (ids[one], ids[other]): strength
        for one, other, strength in zip(network.row.tolist(), network.col.tolist(), network.data.tolist(), strict=True)
    }


def test_the_graph_of_a_day_knows_nothing_later(tmp_path: Path) -> None:
    found = trust(history(tmp_path).until(date(2022, 1, 1)))
    # three reviews, the last on the day itself; c's word on a was always there
    assert found == pytest.approx({("a", "b"): 1 - np.exp(-3 / 2), ("c", "a"): 0.25}, abs=1e-6)
    found = trust(history(tmp_path).until(date(2021, 12, 31)))
    days = (date(2021, 12, 31) - date(2020, 1, 2)).days
    assert found == pytest.approx({("a", "b"): (1 - np.exp(-1)) * 0.5 ** (days / 100), ("c", "a"): 0.25}, abs=1e-4)


def test_the_graph_of_the_last_day_is_the_whole(tmp_path: Path) -> None:
    whole = history(tmp_path)
    assert trust(whole.until(whole.last)).keys() == {("a", "b"), ("a", "c"), ("b", "c"), ("c", "a")}
    assert whole.until(whole.last).distrust.to.tolist() == [1]
    assert whole.until(date(2022, 1, 1)).distrust.to.tolist() == []


def test_what_began_in_a_window(tmp_path: Path) -> None:
    began = history(tmp_path).began(Window(date(2022, 1, 1), date(2022, 3, 1)))
    # not what happened on the first day, nor what was stated without a day, nor distrust
    assert began.rows() == [("a", "c", "u"), ("b", "c", "t")]


def test_hidden_pairs_are_gone_on_every_topic(tmp_path: Path) -> None:
    whole = history(tmp_path)
    pairs = pl.DataFrame({"fromId": ["a", "c"], "toId": ["c", "a"]})
    assert trust(whole.without(pairs)).keys() == {("a", "b"), ("b", "c")}


def test_two_windows_need_something_before_them(tmp_path: Path) -> None:
    whole = history(tmp_path)
    tuned, judged = whole.windows(365)
    assert (tuned.begin, tuned.end) == (date(2021, 1, 1), date(2022, 1, 1))
    assert (judged.begin, judged.end) == (date(2022, 1, 1), date(2023, 1, 1))
    with pytest.raises(CannotEvaluate, match="Fewer --days"):
        whole.windows(730)


def test_without_a_day_of_its_own_the_last_event_ends_it(tmp_path: Path) -> None:
    assert history(tmp_path, dataset_toml="").last == date(2022, 6, 1)
