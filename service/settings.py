"""What the environment decides. Everything has a default that works on a laptop."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent
CYPHER = PROJECT / "cypher"
DEMO_DATA = PROJECT / "data" / "review-trust"


def _by_commas(value: object) -> object:
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


CommaSeparated = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_by_commas)]


class Settings(BaseSettings):
    """Read from the environment; `./rainmaker up` fills in the Neo4j it found or started."""

    model_config = SettingsConfigDict(env_prefix="RAINMAKER_", extra="ignore", populate_by_name=True)

    neo4j_uri: str | None = Field(default=None, validation_alias=AliasChoices("neo4j_uri", "NEO4J_URI"))
    neo4j_user: str = Field(
        default="neo4j", validation_alias=AliasChoices("neo4j_user", "NEO4J_USER", "NEO4J_USERNAME")
    )
    neo4j_password: SecretStr = Field(
        default=SecretStr(""), validation_alias=AliasChoices("neo4j_password", "NEO4J_PASSWORD")
    )
    neo4j_database: str = Field(default="neo4j", validation_alias=AliasChoices("neo4j_database", "NEO4J_DATABASE"))

    refresh_seconds: float = Field(default=0.2, gt=0, description="How often the bookmark is compared, in seconds.")
    calm_seconds: float = Field(
        default=10,
        ge=0,
        description="How long the graph has stood still when stored communities and standing follow it.",
    )
    comparison_minutes: float = Field(
        default=15,
        gt=0,
        description="How long after the last full reading everything is read again, if anybody wrote since.",
    )
    snapshot_folder: Path | None = Field(
        default=None, description="Where the snapshot is kept for the next start; nowhere where it is not set."
    )
    audit_file: Path | None = Field(
        default=None, description="Who changed what, when, as JSON lines; `up` takes the state folder's. Else the log."
    )
    forget_key: Path | None = Field(
        default=None, description="The key of the marks of forgotten people; `up` takes the state folder's."
    )
    rejects_file: Path | None = Field(
        default=None, description="Rows that the last load rejected; `up` takes the state folder's."
    )
    after_seconds: float = Field(
        default=10, gt=0, description="How long a query waits at most for the write whose token it carries."
    )
    path_workers: int = Field(default=2, ge=1, description="How many path searches run side by side.")
    communities_min_relationships: int = Field(
        default=1_000,
        ge=1,
        description="Trust a topic needs, itself or one step below, for its communities to be kept.",
    )
    max_depth: int = Field(default=12, ge=1, description="Deepest nesting of a GraphQL query.")
    max_aliases: int = Field(default=30, ge=0, description="Most aliases in a GraphQL query.")
    max_tokens: int = Field(default=2000, ge=1, description="Most tokens in a GraphQL query.")
    max_document: int = Field(default=100_000, ge=1, description="Most characters of a GraphQL document.")
    max_text: int = Field(default=10_000, ge=1, description="Most characters of a text among the variables.")
    max_list: int = Field(default=1_000, ge=1, description="Most entries of a list among the variables.")
    max_page: int = Field(default=100, ge=1, description="Largest `first` of a list.")
    max_things: int = Field(default=50_000, ge=1, description="Most things that one answer may hold.")
    max_requests: int = Field(default=500, ge=1, description="Most GraphQL requests under way; others get 503.")
    max_sockets: int = Field(default=100, ge=0, description="Most WebSockets that are open.")
    max_subscriptions: int = Field(default=200, ge=0, description="Most subscriptions under way, on all sockets.")
    max_subscriptions_a_socket: int = Field(default=20, ge=1, description="Most subscriptions on one socket.")
    max_waiting_searches: int = Field(
        default=64, ge=0, description="Most path searches that wait for a worker; others get 503."
    )
    max_statements: int = Field(
        default=40, ge=1, description="Most statements of GraphQL at once in Neo4j, as many may wait; others get 503."
    )
    compress_from: int = Field(default=2_000, ge=0, description="Answers of so many bytes and more are compressed.")
    page: Path = Field(default=PROJECT / "explorer" / "dist", description="The built explorer, the page at /.")
    documents: Path | None = Field(
        default=None,
        description="A folder or manifest of the only GraphQL documents that are answered; all if not set.",
    )
    auth: Literal["none", "keys", "jwt", "keys+jwt"] = Field(
        default="none", description="What callers show; none only where nobody but this machine can reach the service."
    )
    key_file: Path | None = Field(default=None, description="The keys; `up` takes the state folder's.")
    requests_per_minute: int | None = Field(
        default=None, ge=1, description="Most requests of a caller whose key says nothing else."
    )
    cost_per_minute: int | None = Field(
        default=None, ge=1, description="Most things that a caller's answers may hold, likewise."
    )
    token_issuer: str = Field(default="", description="The `iss` that tokens must have.")
    token_audience: str = Field(default="", description="The `aud` that tokens must have.")
    token_keys: str = Field(default="", description="File or https address of the issuer's JWK set.")
    token_algorithms: CommaSeparated = Field(
        default=("RS256", "PS256", "ES256", "EdDSA"), description="How tokens may be signed, by commas."
    )
    origins: CommaSeparated = Field(
        default=(), description="Other sites whose pages may ask from a browser (CORS), by commas; none if not set."
    )
    hosts: CommaSeparated = Field(
        default=(), description="Further names of the service where callers show no key; addresses and localhost go."
    )
    max_body_bytes: int = Field(default=4_000_000, ge=1_000, description="Largest request; others get 413.")
    body_seconds: float = Field(default=15, gt=0, description="How long a request may take to come; then 408.")
    max_seconds: float = Field(default=300, gt=0, description="How long an answer may take; then 503.")
    slow_seconds: float = Field(default=2, gt=0, description="From when on a question is logged with its document.")
    grace_seconds: float = Field(
        default=25, ge=0, description="How long answers that are under way may take when the service stops."
    )
    log_format: Literal["auto", "json", "text"] = Field(
        default="auto", description="JSON lines, or text; auto is text on a terminal and JSON elsewhere."
    )
    token_role_claim: str = Field(default="role", description="Where a token names its role; dots lead inside.")
