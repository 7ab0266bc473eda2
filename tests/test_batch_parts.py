"""A batch's parts: which videos are meant, what they hold, and what is kept of what came of them."""

import csv
import errno
import hashlib
import json
import os
import stat
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import av
import fsspec
import pytest

from formcheck.errors import BatchError, OutputError, VideoError
from formcheck.io.batch import table
from formcheck.io.batch.content import Digest, UnreadableError, check, digest, fetched
from formcheck.io.batch.entry import Entry, from_bytes, parts_of, to_bytes
from formcheck.io.batch.journal import Journal
from formcheck.io.batch.places import local
from formcheck.io.batch.sources import Source, find
from formcheck.io.batch.store import MARK, NearStore, Store, store_at
from formcheck.ui.batch.order import Order, Wanted, folder_of
from formcheck.ui.batch.work import carry_out
from tests.batch_work import WANTED, report, stand_in


def put(path: Path, content: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


@pytest.fixture
def memory() -> Iterator[str]:
    """A store of its own, behind a URL."""
    fs = fsspec.filesystem("memory")
    fs.store.clear()
    yield "memory://clinic"
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]


# ---- which videos are meant


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "a.mp4", "B.MOV", "notes.txt", "one/a.mp4", "one/two/c.webm", "one/.hidden/d.mp4", "one/._a.mp4", "we[i]rd.mp4",
        "analysed/report.json", "analysed/annotated.mp4", "out/x-123/annotated.mp4", "out/.batch/work/y.mp4",
        "mine/annotated.mp4",
    ):  # fmt: skip
        put(tmp_path / name, name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("named", "found"),
    [
        pytest.param(["a.mp4"], ["a.mp4"], id="a file"),
        pytest.param(["notes.txt"], ["notes.txt"], id="a file that is named is taken whatever it is called"),
        pytest.param(["one"], ["one/a.mp4", "one/two/c.webm"], id="a folder, without what is hidden"),
        pytest.param(
            ["."],
            ["B.MOV", "a.mp4", "we[i]rd.mp4", "mine/annotated.mp4", "one/a.mp4", "one/two/c.webm"],
            id="everything but what formcheck has drawn, and the results",
        ),
        pytest.param(["*.mp4"], ["a.mp4", "we[i]rd.mp4"], id="a pattern"),
        pytest.param(["*"], ["B.MOV", "a.mp4", "mine/annotated.mp4", "one/a.mp4", "one/two/c.webm", "we[i]rd.mp4"],
                     id="a pattern that matches folders"),
        pytest.param(["*.txt"], ["notes.txt"], id="a pattern with an ending of its own"),
        pytest.param(["one/**/*.webm"], ["one/two/c.webm"], id="any number of folders"),
        pytest.param(["one/**"], ["one/a.mp4", "one/two/c.webm"], id="everything below"),
        pytest.param(["we[i]rd.mp4"], ["we[i]rd.mp4"], id="a name that looks like a pattern"),
        pytest.param(["one", "one/a.mp4", "./one/../one/a.mp4"], ["one/a.mp4", "one/two/c.webm"], id="each once"),
    ],
)  # fmt: skip
def test_which_videos_are_meant(tree: Path, named: list[str], found: list[str]) -> None:
    sources = find(named, str(tree / "out"))
    assert [str(Path(source.place).relative_to(tree)) for source in sources] == found
    assert all(source.size == Path(source.place).stat().st_size for source in sources)


def test_a_file_url_is_a_path(tree: Path) -> None:
    assert find([(tree / "we[i]rd.mp4").as_uri()], "out") == find(["we[i]rd.mp4"], "out")


@pytest.mark.parametrize(
    ("named", "says"),
    [
        pytest.param("gone.mp4", "there is no file or folder gone.mp4", id="no such file"),
        pytest.param("*.avi", r"\*.avi matches no video", id="no match"),
        pytest.param("out", "out matches no video", id="a folder without any"),
        pytest.param("nosuch://a/b.mp4", "cannot read nosuch://a/b.mp4", id="a URL that nothing opens"),
        pytest.param("memory://nowhere/", "memory://nowhere/ matches no video", id="an empty store"),
        pytest.param(f"{'x' * 300}.mp4", "cannot read x.*name too long", id="what no system can look for"),
    ],
)
def test_what_matches_nothing_is_told(tree: Path, named: str, says: str) -> None:
    with pytest.raises(BatchError, match=says):
        find(["a.mp4", named], "out")


def test_a_folder_that_may_not_be_read_is_told_and_not_passed_over(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list_it = os.scandir

    def refused(folder: str) -> Iterator[os.DirEntry[str]]:
        if Path(folder).name == "two":
            raise PermissionError(errno.EACCES, "Permission denied", folder)
        return list_it(folder)

    monkeypatch.setattr(os, "scandir", refused)
    assert [source.place for source in find(["one"], "out")] == [str(tree / "one/a.mp4"), str(tree / "one/two")]
    with pytest.raises(UnreadableError, match=r"cannot read .*/one/two"):
        digest(str(tree / "one/two"))


def test_videos_behind_urls(memory: str) -> None:
    fs = fsspec.filesystem("memory")
    for name in (
        "a.mp4",
        "sub/b.mov",
        "sub/c.txt",
        "results/x-1/annotated.mp4",
        "old/report.json",
        "old/annotated.mp4",
    ):
        fs.pipe_file(f"/clinic/{name}", name.encode())
    out = f"{memory}/results"
    assert find([memory], out) == [Source("memory:///clinic/a.mp4", 5), Source("memory:///clinic/sub/b.mov", 9)]
    assert find([f"{memory}/**/*.mov"], out) == [Source("memory:///clinic/sub/b.mov", 9)]
    assert find([f"{memory}/sub/c.txt"], out) == [Source(f"{memory}/sub/c.txt", 9)]


def test_without_the_extra_a_url_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(BatchError, match=r"pip install 'formcheck\[cluster\]'"):
        find(["memory://a"], "out")


# ---- what they hold


def test_the_same_content_is_known_wherever_it_lies(tmp_path: Path, memory: str) -> None:
    fsspec.filesystem("memory").pipe_file("/clinic/a.mp4", b"film")
    here, there = digest(str(put(tmp_path / "a.mp4", "film"))), digest(f"{memory}/a.mp4")
    assert here.sha256 == there.sha256 == hashlib.sha256(b"film").hexdigest()
    assert (here.size, there.size) == (4, 4)


def test_a_video_behind_a_url_is_copied_and_the_copy_goes(memory: str) -> None:
    fsspec.filesystem("memory").pipe_file("/clinic/a.mp4", b"film")
    place = f"{memory}/a.mp4"
    with fetched(place, digest(place)) as path:
        assert path.read_bytes() == b"film"
        assert path.suffix == ".mp4"
    assert not path.parent.exists()


@pytest.mark.parametrize("change", ["other content", None], ids=["another content", "gone"])
def test_a_video_that_changes_meanwhile_is_noticed(tmp_path: Path, memory: str, change: str | None) -> None:
    fs = fsspec.filesystem("memory")
    fs.pipe_file("/clinic/a.mp4", b"film")
    near = put(tmp_path / "a.mp4", "film")
    known = {place: digest(place) for place in (str(near), f"{memory}/a.mp4")}
    if change is None:
        near.unlink()
        fs.rm_file("/clinic/a.mp4")
    else:
        near.write_text(change)
        fs.pipe_file("/clinic/a.mp4", change.encode())
    for place, content in known.items():
        with pytest.raises(UnreadableError, match="un the same again"), fetched(place, content):
            pytest.fail("it was given out")
    check(f"{memory}/a.mp4", known[f"{memory}/a.mp4"])  # the copy was checked already


# ---- folders and keys


def test_two_videos_of_one_name_have_folders_of_their_own_whatever_else_is_in_the_batch() -> None:
    one, other = Digest("1" * 64, 1), Digest("2" * 64, 1)
    assert folder_of(Source("/a/bridge.mp4", 1), one) == "bridge-1111111111"
    assert folder_of(Source("/b/bridge.mov", 1), other) == "bridge-2222222222"
    assert folder_of(Source("s3://b/Übung 剪 (1).mp4", 1), one) == "Übung_剪_(1)-1111111111"
    assert folder_of(Source("/a/...mp4", 1), one).endswith("-1111111111")
    assert len(folder_of(Source(f"/a/{'x' * 300}.mp4", 1), one)) < 80


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(WANTED, exercise="bridge"), id="exercise"),
        pytest.param(replace(WANTED, video=True), id="video"),
        pytest.param(replace(WANTED, trace=True), id="trace"),
        pytest.param(replace(WANTED, model_sha256="other"), id="model"),
    ],
)
def test_other_wishes_are_other_results(other: Wanted) -> None:
    assert other.key != WANTED.key
    assert replace(WANTED, model="/elsewhere/model.task").key == WANTED.key


# ---- what is kept


@pytest.fixture(params=["folder", "URL"])
def store(request: pytest.FixtureRequest, tmp_path: Path, memory: str) -> Store:
    return store_at(str(tmp_path / "out") if request.param == "folder" else f"{memory}/out")


def entry(sha: str = "1" * 64, *paths: str, **more: object) -> Entry:
    known: dict[str, object] = {"folder": f"a-{sha[:10]}", "exercises": parts_of(report()), "duration_s": 4.0}
    return Entry(sha, WANTED.key, "ok", paths or ("/a.mp4",), **{**known, **more})  # type: ignore[arg-type]


def results(store: Store, kept: Entry) -> None:
    assert kept.folder is not None
    with store.workspace() as space:
        folder = space / kept.folder
        folder.mkdir()
        (folder / "report.json").write_text("{}")
        (folder / MARK).write_bytes(to_bytes(kept))
        store.keep(folder, kept.folder)


def test_files_are_written_replaced_read_and_removed(store: Store) -> None:
    assert store.read("deep/a.json") is None
    assert store.files("deep") == {}
    store.remove("deep/a.json")
    for content in (b"1", b"2"):
        store.write("deep/a.json", content)
    assert store.read("deep/a.json") == b"2"
    assert store.files("deep") == {"a.json": b"2"}
    store.remove("deep/a.json")
    assert store.files("deep") == {}


def test_a_folder_of_results_takes_the_place_of_an_earlier_one(store: Store) -> None:
    assert store.marked() == set()
    first = entry()
    with store.workspace() as space:
        folder = space / "a-1111111111"
        folder.mkdir()
        (folder / "annotated.mp4").write_text("old")
        (folder / MARK).write_bytes(b"{}")
        store.keep(folder, "a-1111111111")
    results(store, first)
    assert store.marked() == {"a-1111111111"}
    assert sorted(store.files("a-1111111111")) == [MARK, "report.json"]
    assert from_bytes(store.read(f"a-1111111111/{MARK}") or b"") == first


def test_a_second_batch_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    one, other = NearStore(tmp_path), NearStore(tmp_path)
    with one.alone(), pytest.raises(BatchError, match="another batch is writing"), other.alone():
        pytest.fail("both are in")
    with other.alone():
        pass


def test_a_batch_throws_away_what_a_killed_one_has_left(tmp_path: Path) -> None:
    store = NearStore(tmp_path)
    put(tmp_path / ".batch" / "work" / "xyz" / "a-1" / "report.json")
    with store.alone():
        assert list((tmp_path / ".batch" / "work").iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    put(tmp_path / "out")
    with pytest.raises(OutputError, match="cannot write the results"):
        store_at(str(tmp_path / "out"))


@pytest.mark.parametrize(
    "stored",
    [b"", b"{", b"[]", b'{"sha256": "1"}', to_bytes(entry())[:-20], b"\xff\xfe"],
    ids=["empty", "torn", "a list", "half", "cut off", "no text"],
)
def test_what_is_no_entry_was_not_done(stored: bytes, tmp_path: Path) -> None:
    store = NearStore(tmp_path)
    store.write(".batch/done/1.json", stored)
    assert from_bytes(stored) is None
    assert not Journal(store).entries


def test_an_entry_is_read_as_it_was_written(store: Store) -> None:
    kept = entry("1" * 64, "/a.mp4", took_s=1.5, peak_mib=400.0)
    Journal(store).add(kept, ["/a.mp4"])
    assert Journal(store).entries == {"1" * 64: kept}
    newer = to_bytes(kept).replace(b'{"sha256"', b'{"later": 1, "sha256"')
    assert from_bytes(newer) == kept


def test_a_file_name_that_is_no_utf_8_is_kept_as_it_is(store: Store) -> None:
    path = os.fsdecode(b"/caf\xe9.mp4")
    kept = entry("1" * 64, path)
    Journal(store).add(kept, [path])
    assert Journal(store).entries["1" * 64].paths == (path,)
    table.write(store, [kept])
    assert json.loads(store.read(table.JSONL) or b"")["path"] == path
    assert rows(store)[0]["path"] == r"/caf\udce9.mp4"


@pytest.mark.parametrize("number", [errno.EINVAL, errno.EIO], ids=["it settles no folders", "it fails"])
def test_a_disk_that_settles_files_only_is_good_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    settle = os.fsync

    def files_only(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))
        settle(handle)

    store = NearStore(tmp_path)
    monkeypatch.setattr(os, "fsync", files_only)
    with nullcontext() if number == errno.EINVAL else pytest.raises(OutputError, match="cannot write the results"):
        results(store, entry())
        assert store.marked() == {"a-1111111111"}


def test_done_is_what_has_results_of_the_same_wishes(store: Store) -> None:
    kept = entry()
    sha, folder = kept.sha256, kept.folder or ""
    results(store, kept)
    assert Journal(store).done(sha, WANTED.key, folder) == kept  # the entry is missing: killed between the two
    Journal(store).add(kept, ["/a.mp4"])
    journal = Journal(store)
    assert journal.done(sha, WANTED.key, folder) == kept
    assert journal.done(sha, "other wishes", folder) is None
    assert journal.done("2" * 64, WANTED.key, folder) is None
    journal.forget(sha, folder)
    assert Journal(store).done(sha, WANTED.key, folder) is None


def test_results_that_were_deleted_are_not_done(store: Store) -> None:
    Journal(store).add(entry(), ["/a.mp4"])
    assert Journal(store).done("1" * 64, WANTED.key, "a-1111111111") is None


@pytest.mark.parametrize(("final", "again"), [(True, False), (False, True)], ids=["the video's", "the machine's"])
def test_a_failure_is_tried_again_where_it_was_not_the_videos(store: Store, final: bool, again: bool) -> None:
    failed = Entry("1" * 64, WANTED.key, "failed", ("/a.mp4",), error="why", final=final)
    Journal(store).add(failed, ["/a.mp4"])
    assert (Journal(store).done("1" * 64, WANTED.key, "a-1") is None) == again


@pytest.mark.parametrize(("before", "now"), [("1", "2"), ("2", "1")])
def test_a_path_belongs_to_what_it_holds_now(tmp_path: Path, before: str, now: str) -> None:
    path, other = str(put(tmp_path / "a.mp4")), str(put(tmp_path / "b.mp4"))
    store = NearStore(tmp_path / "out")
    journal = Journal(store)
    journal.add(entry(before * 64, path), [path, other])
    journal.add(entry(now * 64, path), [path])
    for each in (journal, Journal(store)):
        assert {sha[0]: one.paths for sha, one in each.entries.items()} == {before: (other,), now: (path,)}


def test_a_path_that_is_gone_gives_way_to_where_the_content_is_now(tmp_path: Path) -> None:
    old, new = str(tmp_path / "old.mp4"), str(put(tmp_path / "new.mp4"))
    journal = Journal(NearStore(tmp_path / "out"))
    journal.add(entry("1" * 64, old), [old])
    journal.add(journal.entries["1" * 64], [new])
    assert journal.entries["1" * 64].paths == (new,)


# ---- one video


def test_results_of_a_video_behind_a_url_go_behind_a_url(memory: str) -> None:
    fsspec.filesystem("memory").pipe_file("/clinic/a.mp4", b"good")
    place = f"{memory}/a.mp4"
    told: list[float] = []
    order = Order(place, digest(place), "a-1", f"{memory}/out", WANTED)
    made = carry_out(order, told.append, stand_in)
    assert (made.state, made.paths, made.folder, told) == ("ok", (place,), "a-1", [0.5])
    assert sorted(store_at(order.out).files("a-1")) == [MARK, "report.json"]
    assert carry_out(order, told.append, stand_in) == made
    assert told == [0.5]  # it was there already


def test_a_failure_names_the_url_and_not_the_copy(memory: str) -> None:
    fsspec.filesystem("memory").pipe_file("/clinic/a.mp4", b"broken")
    place = f"{memory}/a.mp4"
    made = carry_out(Order(place, digest(place), "a-1", f"{memory}/out", WANTED), lambda _: None, stand_in)
    assert (made.state, made.final) == ("failed", True)
    assert made.error == f"{place} is not a video that can be read. Use mp4."


@pytest.mark.parametrize(
    ("place", "is_local"),
    [
        pytest.param("a.mp4", True, id="a name"),
        pytest.param("bed 3::left.mp4", True, id="a name with colons"),
        pytest.param("C::left.mp4", True, id="a name like a chain"),
        pytest.param("file:///clinic/a.mp4", True, id="a path as a URL"),
        pytest.param("s3://clinic/a.mp4", False, id="a URL"),
        pytest.param("zip://a.mp4::s3://clinic/all.zip", False, id="a chain"),
        pytest.param("simplecache::s3://clinic/a.mp4", False, id="a chain that begins without a path"),
    ],
)
def test_paths_and_urls_are_told_apart(place: str, is_local: bool) -> None:
    assert (local(place) is not None) == is_local


@pytest.mark.parametrize(
    ("cause", "final"),
    [
        pytest.param(OSError(errno.EIO, "Input/output error"), False, id="the disk's"),
        pytest.param(OSError(errno.ENOMEM, "Cannot allocate memory"), False, id="the memory's"),
        pytest.param(av.error.InvalidDataError(1094995529, "Invalid data"), True, id="the video's"),
        pytest.param(None, True, id="the video's as well"),
    ],
)
def test_whose_fault_a_failure_is(tmp_path: Path, cause: Exception | None, final: bool) -> None:
    def fails(*_: object) -> dict[str, Any]:
        raise VideoError("a.mp4 is not a video that can be read") from cause

    path = str(put(tmp_path / "a.mp4"))
    made = carry_out(Order(path, digest(path), "a-1", str(tmp_path / "out"), WANTED), lambda _: None, fails)
    assert (made.state, made.final) == ("failed", final)


def test_a_worker_of_another_version_does_nothing(tmp_path: Path) -> None:
    path = str(put(tmp_path / "a.mp4", "good"))
    order = Order(path, digest(path), "a-1", str(tmp_path / "out"), WANTED, formcheck="0.0.1")
    with pytest.raises(BatchError, match=r"the batch is of formcheck 0\.0\.1"):
        carry_out(order, lambda _: None, stand_in)
    assert not (tmp_path / "out").exists()


# ---- tables


def rows(store: Store) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO((store.read(table.CSV) or b"").decode())))


def test_the_tables_tell_of_every_path_and_exercise(store: Store) -> None:
    two = report() | {"segments": [report(2) | {"start_s": 0.0, "end_s": 9.0}, report(1) | {"start_s": 9.0}]}
    table.write(
        store,
        [
            entry("2" * 64, "/b.mp4", "/copy of b.mp4", exercises=parts_of(two), took_s=2.0),
            Entry("1" * 64, "key", "failed", ("/a.mp4",), error="a.mp4 is not a video. Use mp4.", took_s=0.1),
        ],
    )
    lines = [json.loads(line) for line in (store.read(table.JSONL) or b"").decode().splitlines()]
    assert [(line["path"], line["state"], line["same_as"], len(line["exercises"])) for line in lines] == [
        ("/a.mp4", "failed", None, 0),
        ("/b.mp4", "ok", None, 2),
        ("/copy of b.mp4", "skipped", "/b.mp4", 0),
    ]
    told = rows(store)
    assert [(row["path"], row["part"], row["exercise"], row["reps"], row["good_reps"]) for row in told] == [
        ("/a.mp4", "1", "", "", ""),
        ("/b.mp4", "1", "bridge", "2", "1"),
        ("/b.mp4", "2", "bridge", "1", "0"),
        ("/copy of b.mp4", "1", "", "", ""),
    ]
    assert told[0]["error"] == "a.mp4 is not a video. Use mp4."
    assert (told[1]["faults"], told[1]["warnings"], told[1]["took_s"]) == ("too_low:1", "too_dark", "2.0")
    assert told[3]["folder"] == told[1]["folder"] == "a-2222222222"


def test_no_spreadsheet_takes_a_name_for_a_formula(tmp_path: Path) -> None:
    store = NearStore(tmp_path)
    table.write(store, [Entry("1" * 64, "key", "failed", ("=cmd()",), error="-1", final=True)])
    assert (rows(store)[0]["path"], rows(store)[0]["error"]) == ("'=cmd()", "'-1")
