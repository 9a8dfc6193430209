"""The folder that is followed, as arrays of whole numbers: what a generated graph draws from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from service.domain.model import GENERAL_TOPIC
from service.generate.communities import find_communities
from service.generate.errors import CannotGenerate

if TYPE_CHECKING:
    from service.ingest.folder import CheckedFolder

NO_TOPIC = -1

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ties:
    """Trust as (listener, speaker) pairs; pair p has the rows `first_row[p]:first_row[p + 1]` of `rows`, which are
    sorted by pair: one row a (from, to, topic), with the columns of derived trust."""

    listener: Ints
    speaker: Ints
    first_row: Ints
    row_topic: Ints
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Forest:
    """Topics as numbers in the table's order. `parent` is NO_TOPIC for roots; `tree` numbers the roots from 0."""

    parent: Ints
    tree: Ints
    trees: int
    relationships: Ints
    names: list[str]


@dataclass(frozen=True, slots=True)
class Original:
    """`field` of a person: the tree of most of their trust; `community`: a Leiden community inside that field.
    `mutual`, `told`, `heard` count a person's pairs: in both directions, as the one who listens only, as the one
    who is listened to only."""

    people: pl.DataFrame
    brands: pl.DataFrame
    roles: pl.DataFrame
    role_person: Ints
    role_brand: Ints
    role_topic: Ints
    ties: Ties
    forest: Forest
    field: Ints
    community: Ints
    mutual: Ints
    told: Ints
    heard: Ints
    distrust_share: float


def study(folder: "CheckedFolder") -> Original:
    """Turn a checked folder into what a graph is generated from; CannotGenerate where nobody trusts anybody."""
    folder = folder.as_text()
    tables = {name: table.rows for name, table in folder.tables.items()}
    people, topics, roles = tables["people"], tables["topics"], tables["roles"]
    person, brand, topic = (_numbers(tables[name]["id"]) for name in ("people", "brands", "topics"))
    if folder.trust.trust.is_empty():
        raise CannotGenerate(f"In {folder.dataset.name} nobody trusts anybody: there is no shape to follow.")
    ties = _ties(folder.trust.trust, person, topic)
    forest = _forest(topics, topic, ties)
    field = _home_field(ties, forest, people.height)
    mutual, told, heard = _pair_degrees(ties, people.height)
    both = folder.trust.trust.height + folder.trust.distrust.height
    return Original(
        people=people,
        brands=tables["brands"],
        roles=roles,
        role_person=_coded(roles["personId"], person),
        role_brand=_coded(roles["brandId"], brand),
        role_topic=_coded(roles["topicId"], topic),
        ties=ties,
        forest=forest,
        field=field,
        community=find_communities(ties.listener, ties.speaker, field),
        mutual=mutual,
        told=told,
        heard=heard,
        distrust_share=folder.trust.distrust.height / both,
    )


def _numbers(ids: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"id": ids, "number": np.arange(len(ids))})


def _coded(ids: pl.Series, numbers: pl.DataFrame) -> Ints:
    """Each id's number, NO_TOPIC for those without one (the general topic)."""
    joined = ids.to_frame("id").join(numbers, on="id", how="left", maintain_order="left")
    return joined["number"].fill_null(NO_TOPIC).to_numpy().astype(np.int64)


def _ties(trust: pl.DataFrame, person: pl.DataFrame, topic: pl.DataFrame) -> Ties:
    coded = trust.with_columns(
        listener=pl.Series(_coded(trust["fromId"], person)), speaker=pl.Series(_coded(trust["toId"], person))
    )
    rows = coded.sort("listener", "speaker", "topicId")
    listener, speaker = (rows[end].to_numpy() for end in ("listener", "speaker"))
    begins = np.ones(rows.height, dtype=bool)
    begins[1:] = (np.diff(listener) != 0) | (np.diff(speaker) != 0)
    first = np.flatnonzero(begins)
    return Ties(
        listener[first],
        speaker[first],
        np.append(first, rows.height),
        np.where(rows["topicId"] == GENERAL_TOPIC, NO_TOPIC, _coded(rows["topicId"], topic)),
        rows,
    )


def _forest(topics: pl.DataFrame, topic: pl.DataFrame, ties: Ties) -> Forest:
    if "parentId" in topics.columns:
        parent = _coded(topics["parentId"].fill_null(GENERAL_TOPIC), topic)
    else:
        parent = np.full(topics.height, NO_TOPIC)
    root = np.arange(topics.height)
    while (parent[root] != NO_TOPIC).any():
        root = np.where(parent[root] != NO_TOPIC, parent[root], root)
    _, tree = np.unique(root, return_inverse=True)
    used = ties.row_topic[ties.row_topic != NO_TOPIC]
    counts = np.bincount(used, minlength=topics.height)
    return Forest(parent, tree, int(tree.max(initial=-1)) + 1, counts, topics["name"].to_list())


def _home_field(ties: Ties, forest: Forest, people: int) -> Ints:
    """The tree that most of a person's relationships are about; the first one for those without any."""
    if forest.trees == 0:
        return np.zeros(people, dtype=np.int64)
    sizes = np.diff(ties.first_row)
    about = ties.row_topic != NO_TOPIC
    tree = forest.tree[ties.row_topic[about]]
    counts = np.zeros(people * forest.trees, dtype=np.int64)
    for end in (ties.listener, ties.speaker):
        counts += np.bincount(np.repeat(end, sizes)[about] * forest.trees + tree, minlength=counts.size)
    home: Ints = counts.reshape(people, forest.trees).argmax(axis=1)
    return home


def _pair_degrees(ties: Ties, people: int) -> tuple[Ints, Ints, Ints]:
    back = np.isin(ties.listener * people + ties.speaker, ties.speaker * people + ties.listener)
    return (
        np.bincount(ties.listener[back], minlength=people),
        np.bincount(ties.listener[~back], minlength=people),
        np.bincount(ties.speaker[~back], minlength=people),
    )
