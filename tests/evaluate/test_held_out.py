"""Guessed strengths, by hand."""

from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from service.evaluate.errors import CannotEvaluate
from service.evaluate.held_out import Hidden, guesses, hide, judged, target_mean, tuned_rmse, two_hop_mean
from service.evaluate.history import History
from service.evaluate.network import Network
from tests import graph_folders
from tests.scenario import Scenario


def test_means_by_hand() -> None:
    #    a trusts x and y, who trust b; z trusts b too, and a hardly knows w
    a, x, y, z, w, b = range(6)
    strengths = np.zeros((6, 6))
    strengths[a, x], strengths[a, y], strengths[a, w] = 0.8, 0.2, 0.9
    strengths[x, b], strengths[y, b], strengths[z, b] = 0.5, 0.1, 0.9
    network = Network("t", sparse.csr_array(strengths))
    people = np.array([a, z, b], dtype=np.int32)
    np.testing.assert_allclose(target_mean(network, np.array([b, a], dtype=np.int32)), [0.5, np.nan])
    speakers = np.array([b, b, a], dtype=np.int32)
    np.testing.assert_allclose(two_hop_mean(network, people, speakers), [(0.8 * 0.5 + 0.2 * 0.1) / 1.0, np.nan, np.nan])


def ring(people: int) -> str:
    """Everybody trusts the next two, on two topics, and the next one trusts them back; all of one age."""
    rows = [
        f"2020-01-01,p{one:03},p{(one + step) % people:03},REVIEW,{topic}"
        for one in range(people)
        for step in (1, 2, people - 1)
        for topic in ("t", "u")
    ]
    return "at,fromId,toId,kind,topicId\n" + "\n".join(rows) + "\n"


def ring_history(folder: Path, people: int) -> History:
    names = "id,name\n" + "".join(f"p{one:03},P\n" for one in range(people))
    dataset = "as_of = 2021-01-01\n[trust]\nhalf_life_days = 366\n"
    made = graph_folders.make(folder, people=names, interactions=ring(people), dataset_toml=dataset)
    return History(graph_folders.read(made).as_text())


def test_pairs_are_hidden_in_both_directions_and_on_every_topic(tmp_path: Path) -> None:
    history = ring_history(tmp_path, 60)
    hidden = hide(np.random.default_rng(1), history, 50)
    ids = hidden.snapshot.people.index.ids
    ends = zip(hidden.listener.tolist(), hidden.speaker.tolist(), strict=True)
    drawn = {(ids[one], ids[other]) for one, other in ends}
    assert len({frozenset(pair) for pair in drawn}) == 50
    assert hidden.tuning.sum() == 25
    trust = Network.of(hidden.snapshot, "").trust.tocoo()
    left = {(ids[one], ids[other]) for one, other in zip(trust.row.tolist(), trust.col.tolist(), strict=True)}
    there = set(history.folder.trust.trust.select("fromId", "toId").iter_rows())
    assert left == {pair for pair in there if pair not in drawn and pair[::-1] not in drawn}
    # one review of weight 1, a half-life ago
    np.testing.assert_allclose(hidden.strength, (1 - np.exp(-1 / 3)) / 2, atol=1e-3)
    assert set(hidden.topic_ids) == {"t", "u"}


def test_too_few_pairs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotEvaluate, match="pairs trust each other"):
        hide(np.random.default_rng(1), ring_history(tmp_path, 12), 100)


def test_where_all_trust_is_alike_the_constant_cannot_be_beaten(tmp_path: Path) -> None:
    hidden = hide(np.random.default_rng(1), ring_history(tmp_path, 60), 50)
    found = judged(np.random.default_rng(2), hidden, guesses(hidden))
    assert found["constant"].rmse.value == pytest.approx(0, abs=1e-12)
    assert found["constant"].coverage == 1
    assert found["path strength"].rmse.value > 0.05
    assert found["path strength"].rmse_beyond.value == 0
    assert found["constant"].rmse_beyond.sure == -1
    assert np.isnan(found["constant"].auc.value)  # nothing is weak to tell the strong from


def test_figures_by_hand() -> None:
    strength = np.array([0.1, 0.3, 0.6, 0.02, 0.0, 0.5])
    tuning = np.array([False, False, False, False, True, True])
    nobody = np.zeros(6, dtype=np.int32)
    nothing = Scenario(()).snapshot()
    hidden = Hidden(nothing, ("t",) * 6, nobody, nobody, strength, tuning)
    guessed = {"path strength": np.array([0.2, np.nan, 0.5, 0.12, 0.1, np.nan])}
    found = judged(np.random.default_rng(1), hidden, guessed)["path strength"]
    # the constant is 0.25, and stands in once
    errors = np.array([0.1, -0.05, -0.1, 0.1])
    assert found.coverage == 0.75
    assert found.rmse.value == pytest.approx(np.sqrt((errors**2).mean()))
    assert found.mean_absolute == pytest.approx(0.0875)
    assert found.auc.value == 1  # 0.5 and 0.25 above 0.2 and 0.12
    expected = [(0.1, 0.1), (0.1, 0.1), (0.05, -0.05), (0.1, -0.1)]
    np.testing.assert_allclose(found.bands, expected)
    assert tuned_rmse(hidden, guessed["path strength"]) == pytest.approx(np.sqrt((0.1**2 + 0.25**2) / 2))


def test_path_strength_corrected_is_never_worse_where_it_was_fitted(tmp_path: Path) -> None:
    history = ring_history(tmp_path, 60)
    hidden = hide(np.random.default_rng(3), history, 60)
    guessed = guesses(hidden)
    assert tuned_rmse(hidden, guessed["corrected"]) <= tuned_rmse(hidden, guessed["path strength"])
