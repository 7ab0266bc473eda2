"""A batch: from the videos that were named to results, journal and tables. Who does the work, it does not know."""

from collections import Counter, deque
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

from formcheck.errors import FormcheckError
from formcheck.io.batch import table
from formcheck.io.batch.content import Digest
from formcheck.io.batch.entry import Entry
from formcheck.io.batch.journal import Journal
from formcheck.io.batch.places import reason
from formcheck.io.batch.sources import Source
from formcheck.io.batch.store import Store
from formcheck.ui.batch.crew import Crew, lost
from formcheck.ui.batch.order import Order, Wanted, folder_of
from formcheck.ui.batch.showing import Showing, words

_LOOK_S = 0.2
_TABLES_S = 10.0
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class _Job:
    """One content that is being worked on."""

    source: Source
    order: Order
    tries: int = 1


@dataclass(slots=True)
class Tally:
    """What a batch did.

    Attributes:
        states: how many contents are ok, nobody, failed by now.
        now: how many of them were done by this batch.
        same: how many paths hold the same as another one.
        unread: how many paths could not be read at all.
        peak_mib: the most memory a worker has held.
    """

    states: Counter[str] = field(default_factory=Counter)
    now: int = 0
    same: int = 0
    unread: int = 0
    peak_mib: float = 0.0

    @property
    def all_well(self) -> bool:
        """Whether every video has results."""
        return not (self.states["failed"] or self.states["nobody"] or self.unread)


class Batch:
    """One run over many videos. For one thread.

    Args:
        sources: the videos.
        store: where results go.
        wanted: what is asked for of each.
        crew: who does it.
        showing: shows how far it is.
        force: do again what is done.
    """

    def __init__(
        self, sources: Sequence[Source], store: Store, wanted: Wanted, crew: Crew, showing: Showing, *, force: bool
    ) -> None:
        self._store, self._wanted, self._crew, self._showing = store, wanted, crew, showing
        self._force = force
        self._journal = Journal(store)
        self._left = deque(sources)
        self._digests: deque[tuple[Source, Future[Digest]]] = deque()
        self._running: dict[Future[Entry], _Job] = {}
        self._paths: dict[str, list[str]] = {}
        self._unread: dict[str, Entry] = {}
        self._sources: dict[str, Source] = {}
        self._stopped = False
        self._written = 0.0
        self.tally = Tally()

    def stop(self) -> None:
        """Begin nothing more and give up what is running; may be called by a signal handler."""
        self._stopped = True

    def run(self) -> Tally:
        """Work until all is done, or it is stopped. The tables tell of all that is done then, however it ends.

        Raises:
            BatchError: the cluster is gone.
        """
        try:
            while not self._stopped and (self._left or self._digests or self._running):
                self._read_ahead()
                self._begin()
                self._collect()
                self._showing.trouble(self._crew.trouble)
                self._showing.running(self._crew.shares(), self._sources)
                if monotonic() - self._written > _TABLES_S:
                    self._write()
        finally:
            self._write()
        return self.tally

    # ---- what is in each

    def _read_ahead(self) -> None:
        while self._left and len(self._digests) < self._crew.room + _AHEAD:
            source = self._left.popleft()
            self._digests.append((source, self._crew.digest(source.place)))

    def _begin(self) -> None:
        """Take what has been read, in order, so that of two with the same content always the same one is analysed."""
        while self._digests and self._digests[0][1].done() and len(self._running) < self._crew.room:
            source, future = self._digests.popleft()
            try:
                content = future.result()
            except CancelledError as error:
                raise lost() from error
            except Exception as error:  # one that cannot be read must not stop the others
                self._not_read(source, error)
            else:
                self._take(source, content)

    def _take(self, source: Source, content: Digest) -> None:
        sha = content.sha256
        if sha in self._paths:
            self._paths[sha].append(source.place)
            self.tally.same += 1
            self._showing.through(source, "skipped", f"the same as {self._paths[sha][0]}")
            if sha not in self._sources:  # else it is told when it is through
                self._journal.add(self._journal.entries[sha], self._paths[sha])
            return
        self._paths[sha] = [source.place]
        folder = folder_of(source, content)
        known = self._journal.entries.get(sha)
        if known is not None and known.folder is not None:
            folder = known.folder  # it may have been renamed since
        if self._force:
            self._journal.forget(sha, folder)
        done = self._journal.done(sha, self._wanted.key, folder)
        if done is not None:
            self._journal.add(done, self._paths[sha])
            self._count(done)
            self._showing.known(source)
            return
        self._sources[sha] = source
        order = Order(source.place, content, folder, self._store.place, self._wanted)
        self._running[self._crew.start(order)] = _Job(source, order)

    def _not_read(self, source: Source, error: BaseException) -> None:
        why = str(error) if isinstance(error, FormcheckError) else f"cannot read {source.place}: {reason(error)}"
        self._unread[source.place] = Entry("", self._wanted.key, "failed", (source.place,), error=why, final=False)
        self.tally.unread += 1
        self._showing.through(source, "failed", why)

    # ---- what came of each

    def _collect(self) -> None:
        awaited: list[Future[Any]] = list(self._running)
        if self._digests and len(self._running) < self._crew.room:
            awaited.append(self._digests[0][1])
        wait(awaited, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
        for future in [each for each in self._running if each.done()]:
            job = self._running.pop(future)
            try:
                entry = future.result()
            except CancelledError as error:
                raise lost() from error
            except Exception as error:  # one that fails must not stop the others
                if self._crew.died(error) and job.tries < self._crew.tries:
                    self._running[self._crew.start(job.order)] = replace(job, tries=job.tries + 1)
                    continue
                entry = self._failed(job, error)
            self._through(job, entry)

    def _failed(self, job: _Job, error: Exception) -> Entry:
        place = job.source.place
        if self._crew.died(error):
            why = (
                f"the analysis of {place} was brought down each time it was tried ({reason(error)}). "
                "Try fewer --jobs, so that each has more memory, or convert it to mp4."
            )
        elif isinstance(error, FormcheckError):
            why = str(error)
        else:
            why = f"{place} could not be analysed: {type(error).__name__}: {reason(error)}. Run the same again."
        content = job.order.content
        return Entry(content.sha256, self._wanted.key, "failed", (place,), error=why, final=False)

    def _through(self, job: _Job, entry: Entry) -> None:
        sha = entry.sha256
        self._journal.add(entry, self._paths[sha])
        self._sources.pop(sha, None)
        self._count(entry)
        self.tally.now += 1
        self._showing.through(job.source, entry.state, words(entry))

    def _count(self, entry: Entry) -> None:
        self.tally.states[entry.state] += 1
        self.tally.peak_mib = max(self.tally.peak_mib, entry.peak_mib or 0.0)

    def _write(self) -> None:
        known = (
            entry.at([path for path in entry.paths if path not in self._unread])
            for entry in self._journal.entries.values()
        )
        table.write(self._store, [*known, *self._unread.values()])
        self._written = monotonic()
