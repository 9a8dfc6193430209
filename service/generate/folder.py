"""From one graph folder to another: read, draw, write, compare."""

from typing import TYPE_CHECKING

import polars as pl

from service.generate.drawing import draw, require_picture
from service.generate.errors import CannotGenerate
from service.generate.graph import Graph, Wish, generate
from service.generate.original import NO_TOPIC, Original, study
from service.generate.shape import Shape, Tables, measure, shape_of_folder
from service.generate.writing import require_empty, write
from service.ingest.folder import read_folder

if TYPE_CHECKING:
    from pathlib import Path

    from service.domain.model import Dataset


def generate_folder(like: "Path", folder: "Path", wish: Wish, evidence: float, picture: "Path") -> tuple[Shape, Shape]:
    """Write a graph folder shaped like `like`, and a picture of both; the shapes of both.

    A share `evidence` of the pairs is told by interactions. Equal arguments give equal bytes. Raises CannotGenerate
    where numbers do not fit, `folder` is not empty, or `picture` is of no known kind; NothingLoaded where `like` is no
    graph folder.
    """
    require_empty(folder)
    require_picture(picture)
    if not 0 <= evidence <= 1:
        raise CannotGenerate(f"--evidence is {evidence}; a share is between 0 and 1.")
    checked = read_folder(like, lambda: None)
    original = study(checked)
    graph = generate(original, wish)
    write(graph, original, checked.dataset, folder, evidence=evidence, seed=wish.seed)
    shapes = shape_of_folder(checked), shape_of_graph(graph, original, checked.dataset)
    draw(list(shapes), picture)
    return shapes


def shape_of_graph(graph: Graph, original: Original, dataset: "Dataset") -> Shape:
    """The shape of a graph before it is written, with numbers for ids."""
    rows = graph.relationships
    trusted = ~rows.distrust
    model = original.ties.rows.select("since", "lastSeen", "paid")[rows.model[trusted]]
    trust = model.with_columns(
        fromId=pl.Series(rows.listener[trusted]),
        toId=pl.Series(rows.speaker[trusted]),
        topicId=pl.Series(rows.topic[trusted]),
        paid=model["paid"] if rows.paid is None else pl.Series(rows.paid[trusted]),
    )
    topics = pl.DataFrame({"id": range(len(graph.subjects.parent)), "parentId": graph.subjects.parent})
    roles = pl.DataFrame({"personId": graph.roles.person, "brandId": graph.roles.brand})
    return measure(
        "generated",
        Tables(
            people=len(graph.society.model),
            trust=trust,
            distrust=int(rows.distrust.sum()),
            topics=topics.with_columns(pl.col("parentId").replace(NO_TOPIC, None)),
            roles=roles.with_columns(original.roles["kind"][graph.roles.model]),
            brands=len(graph.society.brands.model),
            as_of=dataset.as_of,
        ),
    )
