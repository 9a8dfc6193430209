"""`generate`: a graph folder of any size, shaped like another one."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.screen import answers, done, say, summary_table, working
from service.generate.errors import CannotGenerate
from service.settings import DEMO_DATA

if TYPE_CHECKING:
    from rich.table import Table

    from service.generate.shape import Shape


class Size(StrEnum):
    """Sizes by name, as the benchmarks use them."""

    S = "S"
    M = "M"
    L = "L"


SIZES = {Size.S: (10_000, 100_000), Size.M: (100_000, 1_000_000), Size.L: (1_000_000, 10_000_000)}
PICTURE = "shape.png"


def generate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write it; not there yet, or empty.")],
    people: Annotated[int | None, typer.Option(metavar="N", help="How many people.")] = None,
    trust: Annotated[int | None, typer.Option(metavar="M", help="How many trust relationships, exactly.")] = None,
    size: Annotated[
        Size | None, typer.Option(help="Both by name: S 10 k and 100 k, M 100 k and 1 M, L 1 M and 10 M.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="S", min=0, help="The same seed gives the same bytes.")] = 1,
    like: Annotated[Path, typer.Option(metavar="FOLDER", help="The graph folder whose shape is followed.")] = DEMO_DATA,
    evidence: Annotated[
        float, typer.Option(min=0, max=1, help="Share of pairs told by interactions; the rest are statements.")
    ] = 0.25,
    paid: Annotated[float | None, typer.Option(help="Share of trust that is paid, if not as in --like.")] = None,
    distrust: Annotated[float | None, typer.Option(help="Share of distrust, if not as in --like.")] = None,
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help=f"The picture, else FOLDER/{PICTURE}.")] = None,
) -> None:
    """Generate a graph folder (Parquet) of any size, shaped like the demo data; show the two side by side."""
    from service.generate.folder import generate_folder  # heavy, and only for this command
    from service.generate.graph import Wish

    number, relationships = _numbers(people, trust, size)
    wish = Wish(number, relationships, seed, paid=paid, distrust=distrust)
    with working(f"Generating {relationships:,} trust relationships of {number:,} people"):
        shapes = generate_folder(like, folder, wish, evidence, plot or folder / PICTURE)
    answers.print(_side_by_side(*shapes))
    done(f"{folder} is ready, and {plot or folder / PICTURE} shows it beside {shapes[0].name}.")
    say(f"`./rainmaker load {folder}` loads it.")


def _numbers(people: int | None, trust: int | None, size: Size | None) -> tuple[int, int]:
    if size is not None and (people, trust) == (None, None):
        return SIZES[size]
    if size is not None or people is None or trust is None:
        raise CannotGenerate("Say how large: both --people and --trust, or --size alone.")
    return people, trust


def _side_by_side(followed: "Shape", made: "Shape") -> "Table":
    table = summary_table("shape", followed.name, made.name)
    for name in followed.figures | made.figures:
        table.add_row(name, *(_figure(shape.figures.get(name)) for shape in (followed, made)))
    return table


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value == int(value) or value >= 1_000 else f"{value:.3g}"
