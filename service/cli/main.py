"""All commands together, and how they end: 0 well, 1 with something to look at, 2 not done, 130 by Ctrl-C."""

from typing import Any

import typer
from typer.core import TyperGroup

from service.cli import (
    answers,
    backup,
    bench,
    community_history,
    contacts,
    currents,
    cypher,
    doctor,
    down,
    evaluate,
    generate,
    influencers,
    keys,
    load,
    peer_influence,
    standing,
    status,
    up,
    verify,
    wipe,
)
from service.cli.screen import fail
from service.domain.errors import RainmakerError
from service.local.processes import every_end_is_ctrl_c
from service.store.catalog import CatalogError

STOPPED_BY_HAND = 130


class Commands(TyperGroup):
    """Turns what is expected to go wrong into one clear line."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 (its type is typer's private copy of click)
        """Run a command; its expected errors come out as a message and exit status 2."""
        try:
            with every_end_is_ctrl_c():
                return super().invoke(ctx)
        except (RainmakerError, CatalogError) as problem:
            fail(str(problem))
            raise typer.Exit(2) from problem
        except KeyboardInterrupt:
            fail("Stopped.")
            raise typer.Exit(STOPPED_BY_HAND) from None


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Rainmaker: who forms the community around a topic, and through whom can a brand reach a decision-maker.",
    epilog="Example: ./rainmaker up",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(epilog="Example: ./rainmaker up --data data/review-trust --port 8001 --state /tmp/second")(up.up)
app.command(epilog="Example: ./rainmaker down")(down.down)
app.command(epilog="Example: ./rainmaker status")(status.status)
app.command(epilog="Example: ./rainmaker load data/review-trust")(load.load)
app.command(epilog="Example: ./rainmaker generate large --people 100000 --trust 1000000 --seed 1")(generate.generate)
app.command(epilog="Example: ./rainmaker evaluate --seed 1")(evaluate.evaluate)
app.command(epilog="Example: ./rainmaker wipe --yes")(wipe.wipe)
app.command(epilog="Example: ./rainmaker backup monday.dump")(backup.backup)
app.command(epilog="Example: ./rainmaker restore monday.dump --yes")(backup.restore)
app.command(epilog="Example: ./rainmaker cypher people_by_id --param 'personIds=[\"p00001\"]'")(cypher.cypher)
app.command(epilog="Example: ./rainmaker paths intel.com dpdk-project --topic dpdk --first 3")(answers.paths)
app.command(epilog="Example: ./rainmaker communities dpdk")(answers.communities)
app.command(epilog="Example: ./rainmaker standing dpdk --by authority")(standing.standing)
app.command(epilog="Example: ./rainmaker currents dpdk --interval YEAR")(currents.currents)
app.command(epilog="Example: ./rainmaker community-history dpdk --from 2020-01-01")(community_history.community_history)
app.command(epilog="Example: ./rainmaker peer-influence dpdk")(peer_influence.peer_influence)
app.command(epilog="Example: ./rainmaker influencers dpdk intel.com --by reachable_authority")(influencers.influencers)
app.command(epilog="Example: ./rainmaker rainmakers dpdk intel.com")(influencers.rainmakers)
app.command(epilog="Example: ./rainmaker untapped dpdk intel.com")(influencers.untapped)
app.command(epilog="Example: ./rainmaker influencers-of p00001 --topic dpdk --first 5")(contacts.influencers_of)
app.command(epilog="Example: ./rainmaker leverage --person p00001 --person p00002 --contacts 3")(contacts.leverage)
app.command(name="next", epilog="Example: ./rainmaker next arm.com --target-brand coreboot-project --first 5")(
    contacts.next_relationships
)
app.add_typer(keys.app, name="keys", epilog="Example: ./rainmaker keys create crm --role WRITER")
app.command(epilog="Example: ./rainmaker doctor")(doctor.doctor)
app.command(epilog="Example: ./rainmaker bench load --size M")(bench.bench)
app.command(
    name="test",
    epilog="Example: ./rainmaker test -k twin",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)(verify.verify)
