"""How figures are told: in Markdown, with their intervals, and with a word on differences."""

import textwrap
from collections.abc import Iterable, Sequence

from service.evaluate.measures import Estimate

Row = Sequence[str]

_WIDTH = 120


def table(header: Row, rows: Iterable[Row]) -> str:
    """A table whose first column is words, the others numbers."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def paragraph(*sentences: str) -> str:
    """Sentences in lines of one width."""
    return textwrap.fill(" ".join(sentences), _WIDTH, break_long_words=False, break_on_hyphens=False)


def interval(estimate: Estimate) -> str:
    """A figure and its bounds."""
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"


def difference(estimate: Estimate) -> str:
    """A difference and its bounds, signs shown."""
    return f"{estimate.value:+.3f} [{estimate.low:+.3f}, {estimate.high:+.3f}]"


def verdict(estimate: Estimate, *, less_is_better: bool = False) -> str:
    """A difference with a word: better or worse where the whole interval says so."""
    sure = -estimate.sure if less_is_better else estimate.sure
    return f"{difference(estimate)}, {('no clear difference', 'better', 'worse')[sure]}"
