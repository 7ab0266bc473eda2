"""What has been done so far: a small file for each content, written when it is done. The tables follow from it."""

from collections.abc import Mapping, Sequence

from formcheck.io.batch.entry import Entry, from_bytes, to_bytes
from formcheck.io.batch.places import local
from formcheck.io.batch.store import MARK, PRIVATE, Store

_FOLDER = f"{PRIVATE}/done"


class Journal:
    """Entries by content; reads what there is.

    Args:
        store: where the batch's results are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._marked = store.marked()
        self._entries: dict[str, Entry] = {}
        self._owners: dict[str, str] = {}
        for stored in store.files(_FOLDER).values():
            entry = from_bytes(stored)
            if entry is not None:  # what cannot be read was not done
                self._take(entry)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Entries by the SHA-256 of the content."""
        return self._entries

    def done(self, sha256: str, key: str, folder: str) -> Entry | None:
        """Return what came of this content when the same was asked for; None where it has yet to be done.

        Args:
            sha256: of the content.
            key: of what is asked for.
            folder: where its results would be.
        """
        entry = self._entries.get(sha256)
        if entry is not None and entry.key == key and entry.final:
            return entry if entry.folder is None or entry.folder in self._marked else None
        # a batch may have been killed between the results and the entry
        marked = from_bytes(self._store.read(f"{folder}/{MARK}") or b"") if folder in self._marked else None
        if marked is not None and (marked.sha256, marked.key) == (sha256, key):
            return marked
        return None

    def add(self, entry: Entry, found: Sequence[str]) -> None:
        """Keep what came of a video; it is on the disk when this returns.

        Args:
            entry: what came of it.
            found: where its content was found this time; earlier places are kept where they are still there.
        """
        known = self._entries.get(entry.sha256)
        earlier = [path for path in known.paths if path in found or _exists(path)] if known else []
        told = entry.at(tuple(dict.fromkeys((*earlier, *found))))
        if told == known:
            return
        for each in (told, *self._take(told)):
            self._store.write(f"{_FOLDER}/{each.sha256}.json", to_bytes(each))
        if entry.folder is not None:
            self._marked.add(entry.folder)

    def forget(self, sha256: str, folder: str) -> None:
        """Let a content be done anew."""
        self._store.remove(f"{_FOLDER}/{sha256}.json")
        self._store.remove(f"{folder}/{MARK}")
        self._entries.pop(sha256, None)
        self._marked.discard(folder)

    def _take(self, entry: Entry) -> list[Entry]:
        """Know an entry; return those that a path of it belonged to until now, without it."""
        robbed: dict[str, Entry] = {}
        for path in entry.paths:
            other = self._owners.get(path)
            if other is not None and other != entry.sha256 and other in self._entries:
                # another content lies there now
                kept = self._entries[other]
                robbed[other] = self._entries[other] = kept.at([each for each in kept.paths if each != path])
            self._owners[path] = entry.sha256
        self._entries[entry.sha256] = entry
        return list(robbed.values())


def _exists(path: str) -> bool:
    here = local(path)
    return here is None or here.exists()
