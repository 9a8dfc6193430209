"""What people see. Answers go to `answers` (stdout), all else to `messages` (stderr), so that answers can be piped."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

Say = Callable[[str], None]

_WIDE = 180  # where there is no terminal whose width could be asked

answers = Console(width=None if sys.stdout.isatty() else _WIDE)
messages = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else _WIDE)


def say(text: str) -> None:
    """One line for a person, as it is: no markup."""
    messages.print(escape(text), soft_wrap=True)


def done(text: str) -> None:
    """One line about something that worked."""
    messages.print(f"[green]✓[/] {escape(text)}", soft_wrap=True)


def fail(text: str) -> None:
    """One clear message about what did not."""
    messages.print(f"[bold red]✗[/] {escape(text)}", soft_wrap=True)


@contextmanager
def working(text: str) -> Iterator[Say]:
    """A spinner for a long step, whose text the block may change; plain lines where there is no terminal."""
    if not messages.is_terminal:
        say(f"{text} …")
        yield lambda other: say(f"{other} …")
        return
    with messages.status(escape(text)) as status:
        yield lambda other: status.update(escape(other))


def progress_bar() -> Progress:
    """A bar with counts and time, on stderr; invisible where there is no terminal."""
    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    return Progress(*columns, console=messages, disable=not messages.is_terminal)


def summary_table(first: str, *counts: str) -> Table:
    """A table of names and right-aligned counts."""
    table = Table(first, box=None, pad_edge=False, show_edge=False)
    for name in counts:
        table.add_column(name, justify="right")
    return table
