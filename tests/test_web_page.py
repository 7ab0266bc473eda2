"""The page in a real browser, before the real server: what a person does there from the first click to the history."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from formcheck.io.history import History
from formcheck.io.texts import Texts
from tests.browser import Browsers, Clip, Server, clip, violations
from tests.conftest import ROOT
from tests.test_history_report import evening

pytest.importorskip("playwright", reason="the tests of the page need Playwright's driver: pip install 'formcheck[dev]'")
# in one group: two browsers at once would only wait for each other
pytestmark = [pytest.mark.video, pytest.mark.browser, pytest.mark.xdist_group("browser")]
SAMPLES = ROOT / "samples"
TEXTS = Texts("en")
LOW = TEXTS.of("exercise.bridge.fault.hips_low.say")
PAGES = ("/", "/live", "/videos", "/history", "/guide")
TRIES = 3
PLAN = """title = "Two bridges"
[[step]]
exercise = "bridge"
reps = 2
notes = "Slowly."
"""


@pytest.fixture(scope="module")
def all_browsers() -> Iterator[Browsers]:
    browsers = Browsers()
    yield browsers
    browsers.close()


@pytest.fixture
def browsers(all_browsers: Browsers) -> Iterator[Browsers]:
    yield all_browsers
    all_browsers.leave()


@pytest.fixture(scope="module")
def server(all_browsers: Browsers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    serving = Server(tmp_path_factory.mktemp("serve"))
    yield serving
    serving.close()


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clip]:
    """Three bridges, of which the second is too low; before them somebody who lies still, after them too."""
    path = tmp_path_factory.mktemp("camera") / "bridge.y4m"
    yield clip(path, SAMPLES / "bridge.mp4", lead_s=7, until_s=15.3, tail_s=12)
    path.unlink()


@pytest.fixture(scope="module")
def towel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clip]:
    path = tmp_path_factory.mktemp("camera") / "towel.y4m"
    yield clip(path, SAMPLES / "towel_stretch.mp4", lead_s=7, until_s=14, tail_s=5)
    path.unlink()


def loaded(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("main h1")
    page.wait_for_function("() => !document.querySelector('.loading')")


def begin(page: Any, address: str, exercise: str) -> None:
    page.goto(f"{address}/live?exercise={exercise}")
    page.click("#begin")
    page.wait_for_selector(".stage .counter:not([hidden])")


def begin_at_rest(page: Any, address: str, exercise: str, camera: Clip) -> None:
    """Begin, so that the set is under way before the clip's first movement: a busy machine may need another try."""
    began = []
    for _ in range(TRIES):
        begin(page, address, exercise)
        page.wait_for_selector('.stage[data-stage="countdown"]')
        page.wait_for_selector('.stage[data-stage="set"]')
        began.append(page.evaluate("document.querySelector('video').currentTime"))
        if camera.is_still(began[-1]):
            return
        page.click("#leave")
    pytest.fail(f"the set always began in the middle of the movements, {camera.moves} s: {began}")


def counted(page: Any) -> int:
    shown = page.text_content(".counter .number") if page.query_selector(".counter .number") else ""
    return int(shown) if shown else 0


def until_counted(page: Any, n: int) -> None:
    page.wait_for_function("n => Number(document.querySelector('.counter .number')?.textContent) >= n", arg=n)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_hard_to_use_with_a_screen_reader_or_a_keyboard(
    browsers: Browsers, server: Server, scheme: str
) -> None:
    page = browsers.page(server.at, color_scheme=scheme)
    for path in PAGES:
        loaded(page, server.at + path)
        assert violations(page) == [], path
    assert page.wrong == []


@pytest.fixture(scope="module")
def seasoned(all_browsers: Browsers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a history of four evenings."""
    folder = tmp_path_factory.mktemp("seasoned")
    with History.open(folder / "history.db") as history:
        for day, peak in ((0, 165.0), (4, 168.0), (11, 177.0), (20, 178.0)):
            evening(history, day, peak)
    serving = Server(folder)
    yield serving
    serving.close()


_FITS = """() => [...document.querySelectorAll(".plot")].every((place) =>
    place.clientWidth === place.querySelector("canvas").clientWidth)"""


def drawn(page: Any) -> Any:
    """How wide the first chart and its place are, and which colours one of its columns has."""
    return page.evaluate("""() => {
        const place = document.querySelector(".plot"), canvas = place.querySelector("canvas");
        const { width, height, clientWidth } = canvas;
        const at = canvas.getContext("2d").getImageData(width - 40, 0, 1, height).data;
        const colours = new Set(Array.from({ length: height }, (_, y) => at.slice(4 * y, 4 * y + 4).join()));
        return { place: place.clientWidth, canvas: clientWidth, dots: width, colours: [...colours] };
    }""")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_charts_are_for_all_eyes_and_follow_width_and_scheme(
    browsers: Browsers, seasoned: Server, language: str
) -> None:
    page = browsers.page(seasoned.at, color_scheme="light", device_scale_factor=2, timezone_id="Europe/Berlin")
    errors: list[str] = []
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.select_option("#language", language)
    loaded(page, f"{seasoned.at}/history")
    page.wait_for_selector(".plot canvas")
    assert violations(page) == []
    light = drawn(page)
    assert len(light["colours"]) > 2  # the band, what is outside it, and a line
    named = page.get_attribute(".plot", "aria-label")
    assert {"en": "5 Jan 2026: 4", "zh": "2026年1月5日: 4"}[language] in named
    page.hover(".plot .u-over")
    assert page.text_content(".plot .reading") in named.split(". ", 1)[1].split("; ")

    before = page.eval_on_selector(".plot canvas", "canvas => canvas.toDataURL()")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("old => document.querySelector('.plot canvas').toDataURL() !== old", arg=before)
    assert violations(page) == []
    assert not set(drawn(page)["colours"]) & set(light["colours"]) - {"0,0,0,0"}
    for width in (390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_function(_FITS)
        now = drawn(page)
        assert now["dots"] == 2 * now["place"], "sharp on a fine screen"
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert (page.wrong, errors) == ([], [])


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_no_page_is_wider_than_its_screen(browsers: Browsers, server: Server, width: int) -> None:
    page = browsers.page(server.at)
    page.set_viewport_size({"width": width, "height": 844})
    for path in PAGES:
        loaded(page, server.at + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_the_keyboard_reaches_the_content_first(browsers: Browsers, server: Server) -> None:
    page = browsers.page(server.at)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_language_changes_all_words_of_the_page_and_stays(browsers: Browsers, server: Server) -> None:
    chinese = Texts("zh")
    page = browsers.page(server.at)
    page.select_option("#language", "zh")
    # the page is drawn anew a moment after its language is known
    shown = "([where, words]) => document.querySelector(where)?.textContent === words"
    page.wait_for_function(shown, arg=["h1", chinese.of("web.home.headline")])
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    page.goto(f"{server.at}/guide")
    page.wait_for_function(shown, arg=["#bridge", chinese.of("exercise.bridge.title")])


def test_a_forbidden_camera_is_explained_with_its_remedy(browsers: Browsers, server: Server) -> None:
    page = browsers.page(f"{server.at}/live", allowed=False)
    page.click("#begin")
    page.wait_for_selector(".notice.wrong")
    told = page.text_content(".notice.wrong")
    assert TEXTS.of("web.camera.denied") in told
    assert TEXTS.of("web.camera.denied_remedy") in told
    assert violations(page) == []


def test_the_set_up_says_what_is_wrong_with_the_picture(browsers: Browsers, server: Server) -> None:
    page = browsers.page(server.at)
    begin(page, server.at, "bridge")
    page.wait_for_selector('.stage[data-stage="setup"] .said:not([hidden])')
    assert page.text_content(".said") == TEXTS.of("setup.nobody")
    assert violations(page) == []


def test_a_set_is_counted_corrected_aloud_summed_up_and_kept(browsers: Browsers, server: Server, bridge: Clip) -> None:
    page = browsers.page(server.at, bridge)
    begin_at_rest(page, server.at, "bridge", bridge)
    page.wait_for_function("text => document.querySelector('.said').textContent.toLowerCase() === text", arg=LOW)
    until_counted(page, 3)
    assert page.locator(".dots .good").count() == 2
    assert page.locator(".dots .faulty").count() == 1
    assert violations(page) == []
    drawn = "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(Boolean)"
    assert page.eval_on_selector("canvas", drawn)
    page.click("#do-end")
    page.wait_for_selector(".summary")
    assert violations(page) == []
    assert page.text_content(".summary .number") == "3"
    assert LOW in page.text_content(".summary .found").lower()
    said = page.evaluate("window.said")
    assert LOW in said
    assert [line for line in said if re.fullmatch(r"[123]", line)][-3:] == ["1", "2", "3"]
    page.click(f"text={TEXTS.of('web.summary.report')}")
    frame = page.wait_for_selector("iframe").content_frame()
    frame.wait_for_selector("h1")
    page.goto(f"{server.at}/history")
    page.wait_for_selector(".session")
    assert "3 reps" in page.text_content(".session")
    assert violations(page) == []
    assert page.wrong == []


def test_a_hold_is_timed_for_all_to_see(browsers: Browsers, server: Server, towel: Clip) -> None:
    page = browsers.page(server.at, towel)
    begin(page, server.at, "towel_stretch")
    page.wait_for_selector('.stage[data-stage="set"]')
    holding = TEXTS.of("screen.phase.leg.hold")
    page.wait_for_function("word => document.querySelector('.doing').textContent.startsWith(word)", arg=holding)
    assert TEXTS.of("coach.hold") in page.evaluate("window.said")
    assert page.text_content(".counter .left") == TEXTS.of("screen.to_go", left=2, right=2)


def test_a_page_that_is_loaded_again_in_mid_set_goes_on_counting(
    browsers: Browsers, server: Server, bridge: Clip
) -> None:
    page = browsers.page(server.at, bridge)
    begin(page, server.at, "bridge")
    until_counted(page, 1)
    page.reload()
    page.wait_for_selector(".stage .counter:not([hidden])")
    page.wait_for_function("() => document.querySelector('.counter .number').textContent !== '0'")
    before = counted(page)
    assert before >= 1
    until_counted(page, before + 1)


def test_two_tabs_do_not_take_each_others_set(browsers: Browsers, server: Server, bridge: Clip) -> None:
    page = browsers.page(server.at, bridge)
    begin(page, server.at, "bridge")
    other = page.context.new_page()
    begin(other, server.at, "towel_stretch")
    titles = [each.text_content(".counter .title").rstrip("?") for each in (page, other)]
    assert titles == [TEXTS.of("exercise.bridge.title"), TEXTS.of("exercise.towel_stretch.title")]
    for each in (page, other):
        each.evaluate("document.addEventListener('formcheck:painted', () => { window.painted = true })")
        each.bring_to_front()
        each.wait_for_function("() => window.painted")


def test_a_server_that_is_started_again_in_mid_set_is_found_again(
    browsers: Browsers, tmp_path: Path, bridge: Clip
) -> None:
    first = Server(tmp_path)
    page = browsers.page(first.at, bridge)
    begin(page, first.at, "bridge")
    until_counted(page, 1)
    first.close()
    page.wait_for_selector(".line-state:not([hidden])")
    assert TEXTS.of("web.line.lost") in page.text_content(".line-state")
    second = Server(tmp_path, first.port)
    try:
        page.wait_for_selector(".line-state", state="hidden")
        page.wait_for_selector(".notice:not([hidden])")
        assert TEXTS.of("web.trouble.session_lost") in page.text_content(".stage .notice")
        page.goto(f"{second.at}/history")
        page.wait_for_selector(".session")
        assert re.search(r"[1-3] rep", page.text_content(".session"))
    finally:
        second.close()


def answer(page: Any, question: str, press: str) -> None:
    """Answer a question, once it is asked, by pressing the button that begins so."""
    page.locator(".ask h2", has_text=TEXTS.of(question)).wait_for()
    page.locator(".ask button", has_text=re.compile(f"^{re.escape(press)}")).first.click()
    page.locator(".ask h2", has_text=TEXTS.of(question)).wait_for(state="detached")


def test_a_whole_programme_by_an_own_plan_is_done_left_and_gone_on_with(
    browsers: Browsers, server: Server, bridge: Clip, tmp_path: Path
) -> None:
    page = browsers.page(server.at, bridge)
    page.evaluate("localStorage.setItem('formcheck', JSON.stringify({ rate: 2, muted: false }))")
    loaded(page, f"{server.at}/live")
    (wrong := tmp_path / "wrong.toml").write_text('[[step]]\nexercise = "squat"\n')
    page.set_input_files("#plan-file", str(wrong))
    assert "wrong.toml, line 2" in page.text_content(".add-plan .notice")
    (mine := tmp_path / "mine.toml").write_text(PLAN)
    page.set_input_files("#plan-file", str(mine))
    page.locator(".guide h2", has_text="Two bridges").wait_for()
    assert "Slowly." in page.text_content(".guide")
    assert violations(page) == []

    page.click("#begin")
    answer(page, "safety.ask", "0")
    assert violations(page) == []
    answer(page, "programme.pain.before", "2")
    page.click("#leave")  # broken off before the first exercise
    page.locator("#begin", has_text=TEXTS.of("web.live.from", exercise=TEXTS.of("exercise.bridge.title"))).click()

    until_counted(page, 1)  # without being asked anew
    answer(page, "programme.pain.after", "3")
    page.wait_for_selector('.stage[data-stage="rest"]')
    page.click("#do-next")
    answer(page, "programme.pain.end", "2")
    page.wait_for_selector(".summary")
    assert page.text_content(".summary .number") == "2"
    page.goto(f"{server.at}/history")
    page.wait_for_selector(".session")
    assert TEXTS.of("web.history.pain", before=2, end=2) in page.text_content(".session")
    assert "2 reps" in page.text_content(".session")
    page.wait_for_selector(".chart")
    assert violations(page) == []
    assert page.wrong == []


def test_a_programme_goes_on_by_itself_when_the_server_was_started_again(
    browsers: Browsers, tmp_path: Path, bridge: Clip
) -> None:
    first = Server(tmp_path)
    page = browsers.page(first.at, bridge)
    page.evaluate("localStorage.setItem('formcheck', JSON.stringify({ rate: 2, muted: false }))")
    loaded(page, f"{first.at}/live?plan=low-back")
    page.click("#begin")
    answer(page, "safety.ask", "0")
    answer(page, "programme.pain.before", "1")
    first.close()
    page.wait_for_selector(".line-state:not([hidden])")
    second = Server(tmp_path, first.port)
    try:
        page.wait_for_function("line => window.said.includes(line)", arg=TEXTS.of("programme.welcome_back"))
        assert page.locator(".ask h2").count() == 0  # nothing is asked anew
    finally:
        second.close()


def test_recordings_are_judged_in_a_queue_and_a_broken_one_says_so(
    browsers: Browsers, server: Server, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no video" * 100)
    short = [cut(SAMPLES / f"{name}.mp4", tmp_path / f"{name}.mp4") for name in ("bridge", "pelvic_tilt")]
    page = browsers.page(f"{server.at}/videos")
    page.wait_for_selector("#files", state="attached")
    page.set_input_files("#files", [*map(str, short), str(broken)])
    page.wait_for_function("() => document.querySelectorAll('.video').length === 3")
    row = page.locator(".video", has_text="broken.mp4")
    row.locator(".state", has_text=TEXTS.of("web.videos.failed")).wait_for()
    page.wait_for_function("() => document.querySelectorAll('[data-state=done]').length === 2")
    assert violations(page) == []
    done = page.locator(".video", has_text="bridge.mp4")
    done.get_by_role("button", name=TEXTS.of("web.videos.report"), exact=True).click()
    page.wait_for_selector("iframe").content_frame().wait_for_selector("h1")
    done.get_by_role("button", name=TEXTS.of("web.videos.film"), exact=True).click()
    page.wait_for_function("() => document.querySelector('video.film')?.readyState >= 1")
    assert page.wrong == []


def cut(sample: Path, path: Path, seconds: float = 4.0) -> Path:
    """Write the beginning of a sample as it is, without encoding it anew."""
    import av

    with av.open(str(sample)) as source, av.open(str(path), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is None or packet.pts is None or float(packet.pts * packet.time_base) > seconds:
                continue
            packet.stream = stream
            target.mux(packet)
    return path
