"""How likely ties form: read, kept, and shown beside a path's strength."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from service.domain.likelihood import Likelihood, fitted_for
from service.domain.model import Role, Topic
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import PaidPolicy, PurchaseStage, RoleKind, TopicScope, TrustDirection
from service.ingest.errors import NothingLoaded
from service.ingest.likelihood_file import LIKELIHOOD_FILE, read_likelihood, write_likelihood
from service.store.snapshot_files import SnapshotFiles
from service.store.snapshot_marks import Held, Marks
from service.use_cases.find_trusted_paths import answer
from tests import graph_folders
from tests.scenario import Scenario, Tie

FITTED = Likelihood(730, (0.01, 0.1, 0.5), (0.0, 0.02, 0.02))
QUESTION = TrustedPathsQuestion(Party("a"), Party("c"), "t")
#   a is heard by b, and b by c; d hears a too, c hears d less, and a role lets x in at half
GRAPH = Scenario(
    people=("a", "b", "c", "d"),
    trust=(Tie("b", "a", 0.5, "t"), Tie("c", "b", 0.2, "t"), Tie("d", "a", 0.5, "t"), Tie("c", "d", 0.1, "t")),
    roles=(Role("a", "x", RoleKind.EMPLOYEE, strength=0.5),),
    brands=("x",),
    topics=(Topic("t", "Tea"),),
)
KNOWING = replace(GRAPH, dataset=replace(GRAPH.dataset, likelihood=FITTED))


def likelihoods(scenario: Scenario, question: TrustedPathsQuestion) -> list[float | None]:
    found = answer(scenario.snapshot(), question, np.zeros(1, dtype=np.uint8))
    return [path.likelihood for path in found.paths]


def test_straight_between_points_and_level_beyond() -> None:
    for strength in np.linspace(0, 1, 101).tolist():
        assert FITTED.at(strength) == pytest.approx(np.interp(strength, FITTED.strengths, FITTED.shares), abs=1e-15)
    assert Likelihood(1, (0.3,), (0.2,)).at(0.1) == 0.2


def test_a_path_shows_it_beside_its_strength() -> None:
    expected = [(0.5 * 0.2 * 0.8 - 0.01) / 0.09 * 0.02, (0.5 * 0.1 * 0.8 - 0.01) / 0.09 * 0.02]
    assert likelihoods(KNOWING, QUESTION) == pytest.approx(expected, abs=1e-6)


def test_how_a_brand_enters_has_no_part_in_it() -> None:
    assert likelihoods(KNOWING, replace(QUESTION, from_=Party(brand_id="x"))) == likelihoods(KNOWING, QUESTION)


def test_without_a_fit_there_is_none() -> None:
    assert likelihoods(GRAPH, QUESTION) == [None, None]
    assert likelihoods(KNOWING, replace(QUESTION, to=Party("b"))) == [None]


def test_for_which_questions_it_is_fitted() -> None:
    assert [hops for hops in range(9) if fitted_for(QUESTION, hops)] == [2, 3]
    assert fitted_for(replace(QUESTION, direction=TrustDirection.TRUST), 2)
    for other in (
        {"topic_id": None},
        {"scope": TopicScope.ANY},
        {"direction": TrustDirection.EITHER},
        {"introducer_strength": 0.7},
        {"paid": PaidPolicy.EXCLUDE},
        {"channels": ("ONLINE",)},
        {"stages": (PurchaseStage.DECISION,)},
        {"seen_from": date(2020, 1, 1)},
        {"seen_to": date(2030, 1, 1)},
    ):
        assert not fitted_for(replace(QUESTION, **other), 2), other


def test_what_was_written_is_read_with_the_folder(tmp_path: Path) -> None:
    folder = graph_folders.make(tmp_path / "g")
    assert graph_folders.read(folder).dataset.likelihood is None
    write_likelihood(folder, FITTED)
    found = graph_folders.read(folder)
    assert found.dataset.likelihood == FITTED
    assert found.notes == ()


@pytest.mark.parametrize(
    "content",
    [
        "days = 730",
        "days = 730\nstrengths = [0.1]\nshares = [0.1, 0.2]",
        "days = 730\nstrengths = []\nshares = []",
        "days = 730\nstrengths = [0.1, 0.1]\nshares = [0.1, 0.2]",
        "days = 730\nstrengths = [0.1, 0.2]\nshares = [0.2, 0.1]",
        "days = 730\nstrengths = [0.1]\nshares = [nan]",
        "days = 730\nstrengths = ['x']\nshares = [0.1]",
        "days = [",
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / LIKELIHOOD_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(NothingLoaded, match=LIKELIHOOD_FILE):
        read_likelihood(tmp_path)


def test_a_saved_snapshot_keeps_it(tmp_path: Path) -> None:
    files, snapshot = SnapshotFiles(tmp_path), KNOWING.snapshot()
    files.save(Held(snapshot, Marks("db", "2026-01-01T00:00:00Z", {})))
    loaded = SnapshotFiles(tmp_path).load()
    assert loaded is not None
    assert loaded.snapshot.dataset == snapshot.dataset
    assert snapshot.info.id != GRAPH.snapshot().info.id
