"""One run: databases loaded, servers started, every case measured in turn, several rounds of it."""

import contextlib
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench import data
from bench.bare import Reads, Writes
from bench.cases import CASES, LIST, SHOW, TICKET, Case, Stage
from bench.processes import SERVER_CORE, fresh_url, keep_to, postgres, serving
from bench.report import say
from quarterdeck import migrations
from quarterdeck.storage import engine_for

CONNECTIONS = 32
# The limit is on, so that counting costs what it costs, and far above what can be asked in a minute.
CALLS_PER_MINUTE = 4_000_000
GROWTH = 10
STARTS = 3
BEGAN_AT = time.monotonic()
PLAIN = "quarterdeck.app:from_environment"


@dataclass(frozen=True)
class Plan:
    databases: tuple[str, ...]
    cases: tuple[str, ...]
    tickets: int
    seconds: float
    rounds: int
    growth: bool
    # The moment by which all has to be over, in seconds from the start; a round that would not end by then is left out.
    within: float | None = None


@dataclass
class Measured:
    """What the rounds of one case gave, and the bare driver in the same rounds."""

    rps: list[float] = field(default_factory=list)
    p50_ms: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    driver: list[float] = field(default_factory=list)

    def add(self, told: dict[str, float]) -> None:
        for name in ("rps", "p50_ms", "p99_ms", "cpu_ms"):
            getattr(self, name).append(told[name])

    def against(self, other: Sequence[float]) -> float:
        """The median of the rounds' own ratios: a slow moment of the machine slows both."""
        return median(mine / theirs for mine, theirs in zip(self.rps, other, strict=True))


@dataclass(frozen=True)
class Start:
    seconds: float
    peak: float


@dataclass
class Result:
    """All that was measured on one database."""

    database: str
    cases: dict[str, Measured]
    start: Start
    # The same two cases side by side with ten times the tickets.
    grown: dict[str, tuple[Measured, Measured]] = field(default_factory=dict)


def measure(plan: Plan) -> list[Result]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quarterdeck-bench-")))
        server_url = stack.enter_context(postgres(folder / "postgres")) if "postgresql" in plan.databases else None
        urls = {kind: fresh_url(kind, "desk", folder, server_url) for kind in plan.databases}
        keys = load(urls, plan.tickets)
        larger: dict[str, str] = {}
        larger_keys: dict[str, Keys] = {}
        if plan.growth:
            larger = {kind: fresh_url(kind, "larger_desk", folder, server_url) for kind in plan.databases}
            larger_keys = load(larger, plan.tickets * GROWTH)

        # From here on this process is the bare driver, on the core where the servers run.
        keep_to(SERVER_CORE)
        starts = {kind: started(urls[kind], keys[kind], plan) for kind in plan.databases}
        stages = [stack.enter_context(staged(kind, urls[kind], keys[kind], plan.tickets)) for kind in plan.databases]
        chosen = [case for case in CASES if case.name in plan.cases]
        results = [
            Result(one.database, {case.name: Measured() for case in chosen}, starts[one.database]) for one in stages
        ]
        rounds(plan, stages, chosen, results)
        for stage, result in zip(stages, results, strict=True):
            if plan.growth:
                url, opened = larger[stage.database], larger_keys[stage.database]
                with staged(stage.database, url, opened, plan.tickets * GROWTH) as grown:
                    result.grown = compared(plan, stage, grown)
    return results


@dataclass(frozen=True)
class Keys:
    """What opens a desk: a key for programs, and the session of a technician."""

    key: str
    session: str


def load(urls: dict[str, str], tickets: int) -> dict[str, Keys]:
    """Migrate and fill the databases; what opens each."""
    say(f"Loading {tickets:,} tickets on {', '.join(urls)}")
    for url in urls.values():
        engine = engine_for(url)
        migrations.upgrade(engine)
        engine.dispose()
    data.fill(list(urls.values()), tickets)
    keys = {}
    for kind, url in urls.items():
        engine = engine_for(url)
        keys[kind] = Keys(data.give_key(engine), data.give_session(engine))
        engine.dispose()
    return keys


def settings(url: str, calls_per_minute: int) -> dict[str, str]:
    return {
        "QUARTERDECK_DATABASE_URL": url,
        "QUARTERDECK_ATERA_CALLS_PER_MINUTE": str(calls_per_minute),
        "QUARTERDECK_SYNCRO_CALLS_PER_MINUTE": str(calls_per_minute),
        "QUARTERDECK_LOG_REQUESTS": "true",
    }


def started(url: str, keys: Keys, plan: Plan) -> Start:
    """The server as it is installed: how soon it answers, and the most memory it takes while it works."""
    say(f"Starting on {url.partition(':')[0]}")
    headers = {"X-API-Key": keys.key}
    times = []
    for _ in range(min(STARTS, plan.rounds) - 1):
        with serving(PLAIN, settings(url, 0), TICKET, headers) as server:
            times.append(server.started_in)
    with serving(PLAIN, settings(url, 0), TICKET, headers) as server:
        stage = Stage("", url, keys.key, keys.session, plan.tickets, server, server)
        for case in CASES:
            if case.floor is not None and case.name in plan.cases:
                server.drive(case.requests(stage), CONNECTIONS, plan.seconds)
        return Start(median([*times, server.started_in]), server.peak())


@contextmanager
def staged(kind: str, url: str, keys: Keys, tickets: int) -> Iterator[Stage]:
    headers = {"X-API-Key": keys.key}
    with (
        serving("bench.apps:desk", settings(url, CALLS_PER_MINUTE), TICKET, headers) as desk,
        serving("bench.apps:bare", {}, "/20") as asgi,
    ):
        yield Stage(kind, url, keys.key, keys.session, tickets, desk, asgi)


def rounds(plan: Plan, stages: list[Stage], cases: list[Case], results: list[Result]) -> None:
    """Every case of every database in turn, and again: what slows the machine for a while slows all of them."""
    with ExitStack() as stack:
        ready = []
        for stage, result in zip(stages, results, strict=True):
            for case in cases:
                reference = case.reference(stage) if case.reference else None
                if reference is not None:
                    stack.enter_context(contextlib.closing(reference))
                ready.append((stage, case, case.requests(stage), reference, result.cases[case.name]))
        for number in range(1, plan.rounds + 1):
            began_at = time.monotonic()
            say(f"Round {number} of {plan.rounds}")
            for stage, case, requests, reference, measured in ready:
                once(plan, stage, case, requests, reference, measured)
            if plan.within and 2 * time.monotonic() - began_at > BEGAN_AT + plan.within:
                say("No time for another round")
                return


def once(
    plan: Plan, stage: Stage, case: Case, requests: list[str], reference: Reads | Writes | None, measured: Measured
) -> None:
    server = stage.asgi if case.asgi else stage.desk
    measured.add(server.drive(requests, CONNECTIONS, plan.seconds))
    if reference is not None:
        measured.driver.append(reference.run(plan.seconds))


def compared(plan: Plan, stage: Stage, grown: Stage) -> dict[str, tuple[Measured, Measured]]:
    say(f"Growth on {stage.database}")
    found = {}
    for case in CASES:
        if case.name in (SHOW, LIST):
            pair = (Measured(), Measured())
            asked = (case.requests(stage), case.requests(grown))
            for _ in range(plan.rounds):
                for one, requests, measured in zip((stage, grown), asked, pair, strict=True):
                    once(plan, one, case, requests, None, measured)
            found[case.name] = pair
    return found
