"""Neo4j's own command lines and configuration."""

from pathlib import Path

from service.local.machine import memory_bytes

_JVM = (
    "-XX:-OmitStackTraceInFastThrow",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
)


def serve(java: str, lib: Path, home: Path, conf: Path) -> list[str]:
    """The server itself. Its heap may grow to an eighth of the machine's memory, between 512 MiB and 4 GiB."""
    heap = _share(8, least=512, most=4096)
    options = [f"-Xms{min(heap, 256)}m", f"-Xmx{heap}m", "-XX:+UseG1GC", *_JVM, "-cp", f"{lib}/*"]
    return [java, *options, "org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}", f"--config-dir={conf}"]


def set_password(java: str, lib: Path, password_file: Path) -> list[str]:
    """Sets the first password, read from a file since command lines can be read by everybody on the machine."""
    options = [*_JVM, "-XX:TieredStopAtLevel=1", "-cp", f"{lib}/*"]
    return [java, *options, "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", f"@{password_file}"]


def import_all(java: str, lib: Path, arguments_file: Path, report: Path) -> list[str]:
    """The importer, into an empty `neo4j` database; what it reads is named in a file, since a command line may be
    too long for it. Nobody waits for an answer meanwhile, so that the collector that does least in all will do."""
    options = ["-Xmx1g", "-XX:+UseParallelGC", *_JVM, "-cp", f"{lib}/*"]
    strict = ["--bad-tolerance=0", f"--report-file={report}", "--max-off-heap-memory=2G", "--high-parallel-io=on"]
    words = ["database", "import", "full", "neo4j", *strict, f"@{arguments_file}"]
    return [java, *options, "org.neo4j.cli.AdminTool", *words]


def database_tool(java: str, lib: Path, *words: str) -> list[str]:
    """`neo4j-admin database …`, on a database that no server has open."""
    options = ["-Xmx1g", "-XX:+UseParallelGC", *_JVM, "-cp", f"{lib}/*"]
    return [java, *options, "org.neo4j.cli.AdminTool", "database", *words]


def configuration(port: int) -> str:
    """neo4j.conf: Bolt on loopback and nothing else, and no report to anybody."""
    settings = {
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.usage_report.enabled": "false",
        # else Bolt waits twice for 5 s, after its last connection is closed, whether another comes
        "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
        "server.memory.pagecache.size": f"{_share(16, least=128, most=2048)}m",
        # else 256 MiB of disk for each of its two databases before anything is in them
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.retention_policy": "256M size",
    }
    return "".join(f"{key}={value}\n" for key, value in settings.items())


def _share(part: int, least: int, most: int) -> int:
    return min(max(memory_bytes() // part // (1024 * 1024), least), most)
