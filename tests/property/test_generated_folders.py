"""Generated folders: of the size and shape asked for, free of anything that a load would reject."""

import hashlib
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.errors import RainmakerError
from service.generate.errors import CannotGenerate
from service.generate.folder import generate_folder
from service.generate.graph import Wish, generate
from service.generate.original import Original, study
from service.generate.shape import Shape, shape_of_folder
from service.generate.society import gather
from service.generate.wiring import Mixing, wire
from service.ingest.folder import read_folder
from service.settings import DEMO_DATA, PROJECT
from tests.graph_folders import all_rejects, make, read

# relative to the demo's own figure; degrees are compared at the demo's own trust a person
CLOSE = {
    "trust a person": 0.01,
    "pairs a person": 0.1,
    "trusts (out): people with any": 0.1,
    "trusts (out): 90 % quantile": 0.2,
    "trusts (out): 99 % quantile": 0.3,
    "trusts (out): tail exponent (Hill, top 1 %)": 0.35,
    "trusted by (in): people with any": 0.1,
    "trusted by (in): 90 % quantile": 0.2,
    "trusted by (in): 99 % quantile": 0.3,
    "trusted by (in): tail exponent (Hill, top 1 %)": 0.35,
    "pairs that are mutual": 0.2,
    "relationships answered on the same topic": 0.3,
    "relationships a pair": 0.1,
    "topics a tree": 0.3,
    "relationships about the largest 1 % of topics": 0.3,
    "relationships about the largest 10 % of topics": 0.15,
    "pairs inside one tree": 0.05,
    "relationships about the listener's tree": 0.1,
    "days since last seen: 50 % quantile": 0.1,
    "days since last seen: 90 % quantile": 0.1,
    "seen on more than one day": 0.1,
    "brands a 1,000 people": 0.15,
    "DECISION_MAKER roles a 1,000 people": 0.1,
    "EMPLOYEE roles a 1,000 people": 0.1,
    "people a brand: 50 % quantile": 0.25,
    "people a brand: 90 % quantile": 0.3,
}


@cache
def demo() -> tuple[Original, Shape]:
    checked = read_folder(DEMO_DATA, lambda: None)
    return study(checked), shape_of_folder(checked)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the demo's shape that is quick to read and to follow."""
    folder = tmp_path_factory.mktemp("small") / "like"
    generate_folder(DEMO_DATA, folder, Wish(people=600, trust=5_000, seed=1), 1.0, folder / "shape.svg")
    return folder


def test_a_folder_loads_without_a_word_and_has_the_demos_shape(tmp_path: Path) -> None:
    wish = Wish(people=15_000, trust=228_900, seed=5)  # the demo's 15.26 trust a person
    followed, announced = generate_folder(DEMO_DATA, tmp_path / "g", wish, 0.25, tmp_path / "shape.png")
    folder = read(tmp_path / "g")
    assert all_rejects(folder) == []
    assert folder.notes == ()
    assert folder.tables["people"].rows.height == 15_000
    assert folder.trust.trust.height == 228_900
    assert [table.duplicates for table in folder.tables.values()] == [0] * 6
    found = shape_of_folder(folder)
    assert found.figures == pytest.approx(announced.figures), "what is printed is what is in the files"
    for name, tolerance in CLOSE.items():
        assert found.figures[name] == pytest.approx(followed.figures[name], rel=tolerance), name
    assert found.figures["paid"] == found.figures["distrust"] == 0, "as in the demo"
    told = folder.trust.trust.filter(pl.col("evidenceCounts").list.len() > 0).height
    assert told / folder.trust.trust.height == pytest.approx(0.25, abs=0.03)
    assert (tmp_path / "shape.png").read_bytes().startswith(b"\x89PNG")


def test_statements_and_interactions_say_the_same(tmp_path: Path, small: Path) -> None:
    """The same graph, once stated and once told by what happened: only the evidence differs."""
    wish = Wish(people=500, trust=4_000, seed=2)
    tables = []
    for evidence in (0.0, 1.0):
        generate_folder(small, tmp_path / str(evidence), wish, evidence, tmp_path / "x.png")
        tables.append(read(tmp_path / str(evidence)).trust.trust)
    columns = ["fromId", "toId", "topicId", "since", "lastSeen", "channel", "paid"]
    assert tables[0].select(columns).equals(tables[1].select(columns))
    assert np.allclose(tables[0]["strength"], tables[1]["strength"], rtol=1e-12)
    assert tables[0]["evidenceCounts"].list.len().max() == 0
    assert tables[1]["evidenceCounts"].list.len().min() == 1


def test_interactions_are_at_the_stages_of_their_model(tmp_path: Path, small: Path) -> None:
    like = tmp_path / "like"
    shutil.copytree(small, like)
    happened = pl.read_parquet(like / "interactions.parquet")
    stages = [None, "AWARENESS", "DECISION", "LOYALTY"]
    turns = pl.Series([stages[place % 4] for place in range(happened.height)])
    happened.with_columns(stage=turns).write_parquet(like / "interactions.parquet")
    generate_folder(like, tmp_path / "g", Wish(people=500, trust=4_000, seed=2), 1.0, tmp_path / "x.png")
    evidence = ["evidenceKinds", "evidenceCounts", "stages"]
    models, made = (
        set(map(repr, read(folder).trust.trust.select(evidence).rows())) for folder in (like, tmp_path / "g")
    )
    assert made < models
    assert any("'AWARENESS', 'DECISION'" in each for each in made)
    assert any(each.endswith("[])") for each in made)


def test_paid_and_distrust_on_request(tmp_path: Path, small: Path) -> None:
    wish = Wish(people=2_000, trust=20_000, seed=3, paid=0.1, distrust=0.05)
    generate_folder(small, tmp_path / "g", wish, 0.5, tmp_path / "x.svg")
    folder = read(tmp_path / "g")
    assert all_rejects(folder) == []
    assert folder.trust.trust.height == 20_000
    assert folder.trust.distrust.height == round(20_000 * 0.05 / 0.95)
    assert folder.trust.trust["paid"].sum() / 20_000 == pytest.approx(0.1, abs=0.01)


def test_equal_seeds_give_equal_bytes_in_any_process(tmp_path: Path, small: Path) -> None:
    hashes = []
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        size = ["--like", str(small), "--people", "400", "--trust", "3000", "--seed", str(seed)]
        words = ["generate", str(tmp_path / name), *size]
        subprocess.run([sys.executable, "-m", "service", *words], cwd=PROJECT, check=True, capture_output=True)
        files = sorted((tmp_path / name).iterdir())
        hashes.append({file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files})
    assert len(hashes[0]) == 8
    assert hashes[0] == hashes[1]
    assert [name for name in hashes[0] if hashes[0][name] == hashes[2][name]] == ["topics.parquet"], "one tree"


@settings(max_examples=25, deadline=None)
@given(people=st.integers(10, 3_000), each=st.floats(0.05, 12), seed=st.integers(0, 2**32))
def test_any_size_that_fits_is_exact_and_sound(people: int, each: float, seed: int) -> None:
    trust = max(1, int(people * each))
    try:
        graph = generate(demo()[0], Wish(people, trust, seed))
    except CannotGenerate:
        assert trust > people * people / 20, "refused only where it is dense"
        return
    rows = graph.relationships
    assert len(rows.topic) == trust
    assert (rows.listener != rows.speaker).all()
    key = np.column_stack([rows.listener, rows.speaker, rows.topic])
    assert len(np.unique(key, axis=0)) == trust
    assert rows.topic.min() >= 0
    assert (graph.subjects.model[rows.topic] >= 0).all()
    assert max(rows.listener.max(), rows.speaker.max()) < people
    assert graph.roles.person.max(initial=0) < people


@settings(max_examples=15, deadline=None)
@given(st.integers(50, 2_000), st.floats(0.0, 0.8), st.floats(0.0, 0.2), st.integers(0, 2**32))
def test_wiring_makes_no_pair_twice_and_keeps_degrees(people: int, near: float, wider: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    society = gather(demo()[0], people, 2.0 * people, random)
    pairs = wire(society, Mixing(near, wider), random)
    assert (pairs.listener != pairs.speaker).all()
    assert len(np.unique(pairs.listener * people + pairs.speaker)) == len(pairs.listener)
    forth = slice(0, pairs.mutual), slice(pairs.mutual, 2 * pairs.mutual)
    assert (pairs.listener[forth[0]] == pairs.speaker[forth[1]]).all()
    assert (pairs.speaker[forth[0]] == pairs.listener[forth[1]]).all()
    assert (np.bincount(pairs.listener, minlength=people) <= society.mutual + society.told).all()
    assert (np.bincount(pairs.speaker, minlength=people) <= society.mutual + society.heard).all()


def test_a_folder_with_little_in_it_can_be_followed(tmp_path: Path) -> None:
    """No roles, no topics, statements only, some of them distrust; columns that the demo lacks."""
    like = make(
        tmp_path / "like",
        people="id,name,location,optedOut\na,Ada,Rome,true\nb,Ben Ono,,\nc,Cy,Oslo,false\n",
        trust="fromId,toId,strength\na,b,0.5\nb,a,0.25\nb,c,0.75\nc,a,-0.5\n",
    )
    generate_folder(like, tmp_path / "g", Wish(200, 300, 1), 0.25, tmp_path / "x.png")
    folder = read(tmp_path / "g")
    assert all_rejects(folder) == []
    assert folder.trust.trust.height == 300
    assert folder.trust.distrust.height == 100
    assert set(folder.trust.trust["topicId"]) == {""}
    assert set(folder.trust.trust["strength"]) == {0.5, 0.25, 0.75}
    assert folder.tables["people"].rows["optedOut"].sum() == pytest.approx(200 / 3, abs=1)


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        (Wish(9, 5, 1), "--people is 9"),
        (Wish(100, 0, 1), "--trust is 0"),
        (Wish(100, 100_000, 1), "--trust 100,000 is too much for 100 people"),
        (Wish(100, 100, 1, paid=1.5), "--paid is 1.5"),
        (Wish(100, 100, 1, distrust=1.0), "--distrust is 1.0"),
    ],
)
def test_what_does_not_fit_is_said(wish: Wish, says: str) -> None:
    with pytest.raises(CannotGenerate, match=says):
        generate(demo()[0], wish)


def test_a_folder_with_something_in_it_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CannotGenerate, match="is not an empty folder"):
        generate_folder(DEMO_DATA, tmp_path, Wish(100, 100, 1), 0.25, tmp_path / "x.png")
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_nobody_to_follow(tmp_path: Path) -> None:
    with pytest.raises(CannotGenerate, match="nobody trusts anybody"):
        generate_folder(make(tmp_path / "like"), tmp_path / "g", Wish(100, 100, 1), 0.25, tmp_path / "x.png")
    with pytest.raises(RainmakerError, match="There is no folder"):
        generate_folder(tmp_path / "nowhere", tmp_path / "g", Wish(100, 100, 1), 0.25, tmp_path / "x.png")
    assert not (tmp_path / "g").exists()
