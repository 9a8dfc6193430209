"""A generated graph as a graph folder in Parquet. Equal graphs give equal bytes."""

import json
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from service.generate.errors import CannotGenerate
from service.generate.original import NO_TOPIC

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from service.domain.model import Dataset
    from service.generate.graph import Graph, Relationships
    from service.generate.original import Ints, Original

_COPIED_OF_PEOPLE = ("headline", "location", "optedOut")
_COPIED_OF_ROLES = ("title", "strength", "since", "until")


def require_empty(folder: "Path") -> None:
    """CannotGenerate unless the folder is empty or not there yet."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotGenerate(f"{folder} is not an empty folder: name one that is not there yet.")


def write(
    graph: "Graph", original: "Original", dataset: "Dataset", folder: "Path", *, evidence: float, seed: int
) -> None:
    """Write all tables and dataset.toml. A share `evidence` of the relationships is told by interactions, from which
    the load derives them; the others are statements."""
    random = np.random.default_rng([seed, 1])
    folder.mkdir(parents=True, exist_ok=True)
    people = len(graph.society.model)
    ids = _ids("p", people, random)
    brands, topics = _ids("b", len(graph.society.brands.model)), _ids("t", len(graph.subjects.model))
    _people(graph, original, ids, random).write_parquet(folder / "people.parquet")
    _brands(graph, original, brands).write_parquet(folder / "brands.parquet")
    _topics(graph, original, topics).write_parquet(folder / "topics.parquet")
    _roles(graph, original, ids, brands, topics).write_parquet(folder / "roles.parquet")
    told = _told_by_interactions(graph.relationships, original, evidence, random)
    _trust(graph.relationships, original, ~told, ids, topics).write_parquet(folder / "trust.parquet")
    if told.any():
        events = _interactions(graph.relationships, original, told, ids, topics, random)
        events.write_parquet(folder / "interactions.parquet")
    (folder / "dataset.toml").write_text(_dataset(dataset, people, len(graph.relationships.topic), seed))


def _ids(letter: str, count: int, random: np.random.Generator | None = None) -> pl.Series:
    """Ids of equal length; in random order where neighbours in number shall not be neighbours in the graph."""
    numbers = np.arange(1, count + 1) if random is None else random.permutation(count) + 1
    return letter + pl.Series(numbers).cast(pl.String).str.zfill(len(str(count)))


def _people(graph: "Graph", original: "Original", ids: pl.Series, random: np.random.Generator) -> pl.DataFrame:
    names = original.people["name"].str.splitn(" ", 2).struct
    first, last = names[0], names[1].drop_nulls()
    name = first[random.integers(0, len(first), len(ids))]
    if len(last):
        name = name + " " + last[random.integers(0, len(last), len(ids))]
    copied = [column for column in _COPIED_OF_PEOPLE if column in original.people.columns]
    table = original.people[graph.society.model].select("id", "name", *copied).with_columns(id=ids, name=name)
    return table.select("id", "name", *copied).sort("id")


def _brands(graph: "Graph", original: "Original", ids: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"id": ids, "name": _numbered(original.brands["name"], graph.society.brands.model)})


def _topics(graph: "Graph", original: "Original", ids: pl.Series) -> pl.DataFrame:
    names = pl.Series(original.forest.names, dtype=pl.String)
    return pl.DataFrame(
        {
            "id": ids,
            "name": _numbered(names, graph.subjects.model),
            "parentId": _gather(ids, graph.subjects.parent, missing=None),
        }
    )


def _numbered(names: pl.Series, model: "Ints") -> pl.Series:
    """The models' names; from the second copy on with a number behind."""
    table = pl.DataFrame({"name": names[model], "model": model}).with_columns(
        copy=pl.int_range(1, pl.len() + 1).over("model")
    )
    numbered = pl.concat_str("name", pl.lit(" "), pl.col("copy").cast(pl.String))
    return table.select(pl.when(pl.col("copy") == 1).then("name").otherwise(numbered).alias("name"))["name"]


def _roles(graph: "Graph", original: "Original", ids: pl.Series, brands: pl.Series, topics: pl.Series) -> pl.DataFrame:
    held = graph.roles
    columns = ["kind", *(column for column in _COPIED_OF_ROLES if column in original.roles.columns)]
    table = original.roles[held.model].select(columns)
    return table.with_columns(
        personId=_gather(ids, held.person),
        brandId=_gather(brands, held.brand),
        topicId=_gather(topics, held.topic, missing=""),
    ).select("personId", "brandId", "kind", "topicId", *columns[1:])


def _told_by_interactions(
    relationships: "Relationships", original: "Original", share: float, random: np.random.Generator
) -> "NDArray[np.bool_]":
    """Which relationships are written as interactions: whole pairs, whose models have evidence and are not distrust.
    A model that is paid on part of its evidence can only be stated."""
    people = int(max(relationships.listener.max(), relationships.speaker.max())) + 1
    pair = relationships.listener * people + relationships.speaker
    number = np.unique(pair, return_inverse=True)[1]
    chosen = (random.random(int(number.max()) + 1) < share)[number]
    rows = original.ties.rows
    tellable = (rows["evidenceCounts"].list.len() > 0).to_numpy()
    if relationships.paid is None:
        tellable = tellable & ~rows["paid"].to_numpy()
    told: NDArray[np.bool_] = chosen & tellable[relationships.model] & ~relationships.distrust
    return told


def _trust(
    relationships: "Relationships",
    original: "Original",
    rows: "NDArray[np.bool_]",
    ids: pl.Series,
    topics: pl.Series,
) -> pl.DataFrame:
    model = original.ties.rows.select("strength", "since", "lastSeen", "channel", "paid")[relationships.model[rows]]
    paid = model["paid"] if relationships.paid is None else pl.Series(relationships.paid[rows])
    strength = model["strength"].to_numpy()
    if relationships.paid is not None:
        strength = np.where(relationships.paid[rows], 1 - np.sqrt(1 - strength), strength)  # half the evidence
    signed = np.where(relationships.distrust[rows], -strength, strength)
    return model.with_columns(
        fromId=_gather(ids, relationships.listener[rows]),
        toId=_gather(ids, relationships.speaker[rows]),
        topicId=_gather(topics, relationships.topic[rows], missing=""),
        strength=pl.Series(signed),
        paid=paid,
    ).select("fromId", "toId", "strength", "topicId", "since", "lastSeen", "channel", "paid")


def _interactions(
    relationships: "Relationships",
    original: "Original",
    told: "NDArray[np.bool_]",
    ids: pl.Series,
    topics: pl.Series,
    random: np.random.Generator,
) -> pl.DataFrame:
    """The first on the model's first day, the last on its last, the others between them; in the order of time."""
    rows = original.ties.rows
    model = relationships.model[told]
    per_row = rows["evidenceCounts"].list.sum().cast(pl.Int64).to_numpy()
    kinds = _each_kind(rows)
    counts = per_row[model]
    owner = np.repeat(np.arange(len(model)), counts)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    begins = np.cumsum(per_row) - per_row
    kind = kinds[begins[model][owner] + within]
    since, seen = (
        rows[column].to_physical().fill_null(0).to_numpy().astype(np.int64)[model][owner]
        for column in ("since", "lastSeen")
    )
    part = random.random(len(owner))
    part[within == 0] = 0.0
    part[within == counts[owner] - 1] = 1.0
    day = since + np.floor(part * (seen - since)).astype(np.int64)
    order = np.lexsort((owner, day))
    owner, day, kind = owner[order], day[order], kind[order]
    paid = np.zeros(len(owner), dtype=bool) if relationships.paid is None else relationships.paid[told][owner]
    return pl.DataFrame(
        {
            "at": pl.Series(day, dtype=pl.Int32).cast(pl.Date),
            "fromId": _gather(ids, relationships.listener[told][owner]),
            "toId": _gather(ids, relationships.speaker[told][owner]),
            "kind": kind,
            "topicId": _gather(topics, relationships.topic[told][owner], missing=""),
            "channel": rows["channel"][model[owner]],
            "paid": paid,
            **_stages_in_turn(rows["stages"], model[owner], within[order]),
        }
    )


def _stages_in_turn(stages: pl.Series, model: "Ints", within: "Ints") -> dict[str, pl.Series]:
    """The column `stage`, where the original has any: a relationship's interactions are at the model's stages in turn,
    so together at all of them, for every stage comes from an interaction."""
    counts = stages.list.len().to_numpy()
    if not counts.any():
        return {}
    turn = pl.Series(within % np.maximum(counts[model], 1))
    return {"stage": stages[model].list.get(turn, null_on_oob=True)}


def _each_kind(rows: pl.DataFrame) -> pl.Series:
    """The kind of every interaction that the original's rows rest on, row by row."""
    evidence = rows.select("evidenceKinds", "evidenceCounts").filter(pl.col("evidenceKinds").list.len() > 0)
    flat = evidence.explode("evidenceKinds", "evidenceCounts")
    return flat.select(pl.col("evidenceKinds").repeat_by("evidenceCounts").explode())["evidenceKinds"]


def _gather(ids: pl.Series, numbers: "Ints", missing: str | None = "") -> pl.Series:
    """The ids of `numbers`; `missing` for NO_TOPIC."""
    if not (numbers == NO_TOPIC).any():
        return ids[numbers]
    with_missing = pl.concat([ids, pl.Series([missing], dtype=pl.String)])
    return with_missing[np.where(numbers == NO_TOPIC, len(ids), numbers)]


def _dataset(dataset: "Dataset", people: int, relationships: int, seed: int) -> str:
    name = f"Generated after {dataset.name}: {people:,} people, {relationships:,} relationships, seed {seed}"
    weights = "".join(f"{json.dumps(kind)} = {weight!r}\n" for kind, weight in dataset.weights.items())
    day = "" if dataset.as_of is None else f"as_of = {dataset.as_of.isoformat()}\n"
    content = f"\n[activity]\ncontent = {json.dumps(dataset.content_kinds)}\n" if dataset.content_kinds else ""
    return (
        f"name = {json.dumps(name, ensure_ascii=False)}\n{day}\n[trust]\nsaturation = {dataset.saturation!r}\n"
        f"half_life_days = {dataset.half_life_days!r}\n\n[trust.weights]\n{weights}{content}"
    )
