"""A folder's past: the graph as it was on a day, and the ties that formed afterwards."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from service.evaluate.errors import CannotEvaluate
from service.evaluate.snapshots import snapshot_of_folder
from service.ingest.derive import derive_trust, with_statements
from service.ingest.evidence import KEY

if TYPE_CHECKING:
    from service.domain.model import Dataset
    from service.graph.snapshot import Snapshot
    from service.ingest.folder import CheckedFolder

PAIR = ("fromId", "toId")


@dataclass(frozen=True, slots=True)
class Window:
    """What is known until `begin` (inclusive) is to predict what happens after it, until `end` (inclusive)."""

    begin: date
    end: date


@dataclass(frozen=True)
class History:
    """A checked folder, its ids as text, asked for its state on a day. A statement is taken as it reads today from its
    `since` on (without one: from ever), since a folder does not say what was stated before."""

    folder: "CheckedFolder"

    @property
    def dataset(self) -> "Dataset":
        return self.folder.dataset

    def until(self, day: date, dataset: "Dataset | None" = None) -> "Snapshot":
        """The graph of what had happened by a day, made with the data set's figures or with others."""
        made_with = replace(dataset or self.dataset, as_of=day)
        trust = with_statements(
            derive_trust(self._interactions.filter(pl.col("at") <= day), made_with),
            self._statements.filter((pl.col("since") <= day).fill_null(value=True)),
        )
        return snapshot_of_folder(replace(self.folder, dataset=made_with, trust=trust))

    def without(self, pairs: pl.DataFrame) -> "Snapshot":
        """The whole graph without the trust of the pairs (fromId, toId), whatever it is about, as of `last`."""
        trust = self.folder.trust
        left = replace(trust, trust=trust.trust.join(pairs, on=PAIR, how="anti", maintain_order="left"))
        return snapshot_of_folder(replace(self.folder, dataset=replace(self.dataset, as_of=self.last), trust=left))

    def began(self, window: Window) -> pl.DataFrame:
        """What was acted on within a window: distinct (fromId, toId, topicId), in their order."""
        within = pl.col("at").is_between(window.begin, window.end, closed="right")
        acted = self._interactions.filter(within).select(KEY)
        stated = self._statements.filter(pl.col("strength") > 0).rename({"since": "at"}).filter(within).select(KEY)
        return pl.concat([acted, stated]).unique().sort(KEY)

    @cached_property
    def last(self) -> date:
        """The data set's own day, else the last one on which something happened."""
        return self.dataset.as_of or max(self._days)

    def windows(self, days: int) -> tuple[Window, Window]:
        """The last two windows of so many days: one to choose on, then one to judge on."""
        judged = Window(self.last - timedelta(days), self.last)
        tuned = Window(judged.begin - timedelta(days), judged.begin)
        if min(self._days) > tuned.begin:
            raise CannotEvaluate(
                f"Nothing in the folder is dated {tuned.begin} or before: two windows of {days} days need some"
                " history before them. Fewer --days may do."
            )
        return tuned, judged

    @cached_property
    def _days(self) -> list[date]:
        """The days on which something happened, in order."""
        days: list[date] = (
            pl.concat([self._interactions["at"], self._statements["since"]]).drop_nulls().unique().sort().to_list()
        )
        if not days:
            raise CannotEvaluate("Nothing in the folder is dated, so there is no past to foretell anything from.")
        return days

    @property
    def _interactions(self) -> pl.DataFrame:
        return self.folder.tables["interactions"].rows.drop("ref")

    @property
    def _statements(self) -> pl.DataFrame:
        return self.folder.tables["trust"].rows
