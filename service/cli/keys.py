"""`keys`: who may ask a service that asks for keys."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.table import Table

from service.access.key_file import KeyFile
from service.access.keys import Key, new_key
from service.cli.screen import answers, done, say
from service.cli.state import DEFAULT_STATE, State, StateOption
from service.domain.caller import CallerRole
from service.domain.errors import InvalidInput

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Who may ask a service that asks for keys.")

LONGEST_NAME = 100

NameOfKey = Annotated[str, typer.Argument(metavar="NAME", help="Whose it is; logs and the audit trail name it.")]


@app.command(epilog="Example: ./rainmaker keys create crm --role WRITER --requests 600")
def create(
    name: NameOfKey,
    role: Annotated[
        CallerRole,
        typer.Option(
            help="READER asks, and never learns of people who opted out; WRITER also changes the graph; ADMIN also "
            "forgets people and reads /metrics."
        ),
    ] = CallerRole.READER,
    days: Annotated[int | None, typer.Option(min=1, help="How long it is good for; for ever if not said.")] = None,
    requests: Annotated[int | None, typer.Option(min=1, help="Most requests a minute.")] = None,
    cost: Annotated[
        int | None, typer.Option(min=1, help="Most things a minute that its answers may hold, as limits count them.")
    ] = None,
    metrics: Annotated[bool, typer.Option("--metrics", help="It also reads /metrics: a key for Prometheus.")] = False,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Make a key and show it, once: only a digest of it is kept. A running service takes it at once."""
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidInput("NAME", f"must be 1 to {LONGEST_NAME} characters that can be printed.")
    expires = None if days is None else datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)
    key, text = new_key(
        name, role, expires=expires, requests_per_minute=requests, cost_per_minute=cost, metrics=metrics
    )
    _file(state).add(key)
    done(f"The key of {name}, a {role}. It is shown only now:")
    answers.print(text, markup=False, highlight=False, soft_wrap=True)
    say("Send it as `Authorization: Bearer …`.")


@app.command("list", epilog="Example: ./rainmaker keys list")
def list_(state: StateOption = DEFAULT_STATE) -> None:
    """The keys there are, by name; what they are is kept nowhere."""
    table = Table("name", "role", "id", "made", "good until", "requests/min", "cost/min", box=None, pad_edge=False)
    for key in sorted(_file(state).keys().values(), key=lambda key: key.name):
        bounds = _bound(key.requests_per_minute), _bound(key.cost_per_minute)
        table.add_row(key.name, key.role, key.id, f"{key.created:%Y-%m-%d}", _until(key), *bounds)
    answers.print(table)


@app.command(epilog="Example: ./rainmaker keys revoke crm")
def revoke(
    name: Annotated[str, typer.Argument(metavar="NAME|ID", help="The key's name, or its id.")],
    state: StateOption = DEFAULT_STATE,
) -> None:
    """End a key. A running service refuses it from then on."""
    key = _file(state).remove(name)
    done(f"The key of {key.name} ({key.id}) lets nobody in any more.")


def _file(state: StateOption) -> KeyFile:
    return KeyFile(State(state).key_file)


def _until(key: Key) -> str:
    if key.expires is None:
        return "revoked"
    return f"{key.expires:%Y-%m-%d %H:%M} UTC" + (" (past)" if key.expired else "")


def _bound(most: int | None) -> str:
    return "" if most is None else f"{most:,}"
