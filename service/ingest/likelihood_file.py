"""Reads and writes likelihood.toml: how likely ties form, as `./rainmaker evaluate` has fitted it to the folder."""

import tomllib
from itertools import pairwise
from typing import TYPE_CHECKING

from service.domain.likelihood import Likelihood
from service.ingest.errors import NothingLoaded

if TYPE_CHECKING:
    from pathlib import Path

LIKELIHOOD_FILE = "likelihood.toml"

_HEAD = """\
# Of people whom a path of trust reaches with a strength, the share who came to trust the other end within so many days.
# `./rainmaker evaluate` fits it to the folder's own past and writes it anew; without this file no likelihood is shown.
"""


def read_likelihood(folder: "Path") -> Likelihood | None:
    """What is kept beside the tables; None where there is no such file. NothingLoaded where it cannot be meant."""
    path = folder / LIKELIHOOD_FILE
    if not path.is_file():
        return None
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        days, strengths, shares = content["days"], content["strengths"], content["shares"]
        likelihood = Likelihood(int(days), tuple(map(float, strengths)), tuple(map(float, shares)))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise NothingLoaded(f"{LIKELIHOOD_FILE} cannot be read: {error}.") from error
    if not _can_be_meant(likelihood):
        raise NothingLoaded(
            f"{LIKELIHOOD_FILE}: strengths and shares must be as many, at least one, from 0 to 1 and ascending."
        )
    return likelihood


def write_likelihood(folder: "Path", likelihood: Likelihood) -> None:
    """Put it beside the tables, for the next load."""
    columns = (("strengths", likelihood.strengths), ("shares", likelihood.shares))
    lists = "".join(f"{name} = [{', '.join(map(repr, values))}]\n" for name, values in columns)
    (folder / LIKELIHOOD_FILE).write_text(f"{_HEAD}days = {likelihood.days}\n{lists}", encoding="utf-8")


def _can_be_meant(likelihood: Likelihood) -> bool:
    strengths, shares = likelihood.strengths, likelihood.shares
    within = all(0 <= value <= 1 for value in (*strengths, *shares))  # NaN is not
    return (
        len(strengths) == len(shares) > 0
        and within
        and all(low < high for low, high in pairwise(strengths))
        and all(low <= high for low, high in pairwise(shares))
    )
