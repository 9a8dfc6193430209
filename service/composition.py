"""The composition root: everything wired once, for the API and for the command line alike."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from service.api.context import ApiServices
from service.ports.communities import KeepingProgress
from service.settings import CYPHER, Settings
from service.store.activity import Neo4jActivity
from service.store.audit_file import AuditFile
from service.store.browsing import Neo4jBrowser
from service.store.catalog import Catalog
from service.store.community_history_store import Neo4jCommunityHistoryStore
from service.store.community_store import Neo4jCommunityStore
from service.store.database import Database, connected
from service.store.forgetting import Neo4jForgetting
from service.store.locations import Neo4jLocations
from service.store.mark_key import marks_of
from service.store.snapshot_files import SnapshotFiles
from service.store.snapshot_keeper import SnapshotKeeper
from service.store.snapshot_saver import SnapshotSaver
from service.store.standing_store import Neo4jStandingStore
from service.store.writing import Neo4jWritableGraph
from service.use_cases.find_brand_on_topic import FindBrandOnTopic
from service.use_cases.find_communities import FindCommunities
from service.use_cases.find_community_history import FindCommunityHistory
from service.use_cases.find_currents import FindCurrents
from service.use_cases.find_history import FindHistory
from service.use_cases.find_influencers_of import FindInfluencersOf
from service.use_cases.find_leverage import FindLeverage
from service.use_cases.find_next_relationships import FindNextRelationships
from service.use_cases.find_peer_influence import FindPeerInfluence
from service.use_cases.find_standing import FindStanding
from service.use_cases.find_topic_members import FindTopicMembers
from service.use_cases.find_trusted_paths import FindTrustedPaths
from service.use_cases.find_trusted_paths_batch import FindTrustedPathsBatch
from service.use_cases.gate import Gate
from service.use_cases.keep_standing import KeepStanding
from service.use_cases.keep_stored import KeepStored
from service.use_cases.kernel_runs import KernelRuns
from service.use_cases.leiden_threads import LeidenThreads
from service.use_cases.snapshot_changes import SnapshotChanges
from service.use_cases.warm_up import warm_up
from service.use_cases.writing.call import WriteCall
from service.use_cases.writing.forget_person import ForgetPerson
from service.use_cases.writing.opt_out import OptOut
from service.use_cases.writing.record_interactions import RecordInteractions
from service.use_cases.writing.state_trust import StateTrust, WithdrawTrust
from service.use_cases.writing.upsert_roles import UpsertRoles
from service.use_cases.writing.upsert_things import UpsertThings
from service.use_cases.writing.wait_for_write import WaitForWrite


@dataclass(frozen=True, slots=True)
class Services(ApiServices):
    """What a running Rainmaker is made of."""

    settings: Settings
    database: Database
    snapshots: SnapshotKeeper
    keep_stored: KeepStored
    gates: tuple[Gate, ...]


@asynccontextmanager
async def open_services(settings: Settings, progress: KeepingProgress | None = None) -> AsyncIterator[Services]:
    """Connect, read the first snapshot, warm the kernels; everything is closed again behind the block.

    `progress` is shown the first round of `keep_stored`, which whoever serves for long must set running.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(connected(settings, Catalog.load(CYPHER)))
        threads = stack.enter_context(ThreadPoolExecutor(settings.path_workers, thread_name_prefix="paths"))
        warming = threads.submit(warm_up)
        search = stack.enter_context(LeidenThreads())
        keeper = SnapshotKeeper(
            database,
            settings.refresh_seconds,
            comparison_seconds=settings.comparison_minutes * 60,
            saver=None if settings.snapshot_folder is None else SnapshotSaver(SnapshotFiles(settings.snapshot_folder)),
        )
        stored_communities = Neo4jCommunityStore(database)
        find_communities = FindCommunities(
            keeper,
            stored_communities,
            search,
            min_relationships=settings.communities_min_relationships,
        )
        stack.push_async_callback(find_communities.close)
        activity = Neo4jActivity(database)
        measures = Gate("measures of topics", settings.path_workers, settings.max_waiting_searches)
        find_standing = FindStanding(keeper, activity, measures)
        stack.push_async_callback(find_standing.close)
        keep_standing = KeepStanding(find_standing, stored_communities, Neo4jStandingStore(database))
        keep_stored = KeepStored(find_communities, keep_standing, progress, calm_seconds=settings.calm_seconds)
        keeper.on_change(keep_stored.graph_changed)
        changes = SnapshotChanges()
        keeper.on_change(changes.changed)
        await stack.enter_async_context(keeper.running())
        warming.result()
        searches = Gate("path searches", settings.path_workers, settings.max_waiting_searches)
        runs = KernelRuns(threads, searches)
        statements = Gate("statements", settings.max_statements, settings.max_statements)
        histories = Gate("histories of communities", 1, settings.max_waiting_searches)
        gated = database.behind(statements)
        marks = None if settings.forget_key is None else marks_of(settings.forget_key)
        audit = AuditFile(settings.audit_file)
        call = WriteCall(Neo4jWritableGraph(database, marks), audit, marks)
        forgetting = None if marks is None else Neo4jForgetting(database, marks)
        yield Services(
            settings=settings,
            database=database,
            browser=Neo4jBrowser(gated),
            readers_browser=Neo4jBrowser(gated, with_opted_out=False),
            snapshots=keeper,
            find_trusted_paths=FindTrustedPaths(keeper, threads, searches),
            find_trusted_paths_batch=FindTrustedPathsBatch(keeper, threads, searches),
            find_communities=find_communities,
            find_community_history=FindCommunityHistory(
                keeper, find_communities, Neo4jCommunityHistoryStore(database), histories
            ),
            find_peer_influence=FindPeerInfluence(keeper, activity, measures),
            find_currents=FindCurrents(keeper, activity, measures),
            find_history=FindHistory(keeper, activity, measures),
            find_standing=find_standing,
            find_topic_members=FindTopicMembers(find_communities, find_standing),
            find_brand_on_topic=FindBrandOnTopic(find_standing, runs),
            find_influencers_of=FindInfluencersOf(keeper, runs, Neo4jLocations(database), find_communities.by_id),
            find_leverage=FindLeverage(keeper, runs, find_communities.by_id),
            find_next_relationships=FindNextRelationships(keeper, runs),
            keep_stored=keep_stored,
            gates=(searches, measures, statements, histories),
            snapshot_changes=changes,
            wait_for_write=WaitForWrite(keeper, settings.after_seconds),
            upsert_things=UpsertThings(call),
            upsert_roles=UpsertRoles(call),
            record_interactions=RecordInteractions(call),
            state_trust=StateTrust(call),
            withdraw_trust=WithdrawTrust(call),
            opt_out=OptOut(call),
            forget_person=ForgetPerson(forgetting, marks, keeper, audit, settings.rejects_file),
        )
