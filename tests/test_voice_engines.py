"""Voices, tones, players, and the file: real ones where they are installed."""

import shutil
import sys
import wave
from itertools import combinations
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from formcheck.errors import OutputError, VoiceError
from formcheck.io.voice import Line, Manner, open_desk
from formcheck.io.voice import choose as choosing
from formcheck.io.voice import voices as voicing
from formcheck.io.voice.command import output, run
from formcheck.io.voice.engines import Played, SpeechDispatcher
from formcheck.io.voice.file import FileDesk
from formcheck.io.voice.players import CommandPlayer, SoundDevice
from formcheck.io.voice.sound import RATE, Sound, read_wav, write_wav
from formcheck.io.voice.tones import PATTERNS, Tones
from formcheck.io.voice.voices import CommandVoice, espeak, espeak_voice, say_voice
from formcheck.session.coaching import Urgency

PY = sys.executable


@pytest.fixture
def espeak_ng() -> None:
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed: sudo apt-get install espeak-ng")


def line(text: str, urgency: Urgency = Urgency.CUE, fresh_s: float = 2.0) -> Line:
    return Line(text, text, urgency, fresh_s)


def tone(seconds: float = 0.2) -> Sound:
    return Sound((8000 * np.sin(np.arange(round(seconds * RATE)) / 8)).astype(np.int16))


def loud(path: Path, start: float, end: float) -> float:
    """Root mean square between two times of a WAV file."""
    with wave.open(str(path)) as file:
        file.setpos(round(start * RATE))
        samples = np.frombuffer(file.readframes(round((end - start) * RATE)), "<i2").astype(float)
    return float(np.sqrt((samples**2).mean()))


# the system's own voice, into a file


@pytest.mark.usefixtures("espeak_ng")
@pytest.mark.parametrize(
    ("language", "first", "alarm"), [("en", "Lift a little higher", "Stop"), ("zh", "再抬高一点", "停")]
)
def test_what_is_said_sounds_in_the_file_at_its_time(language: str, first: str, alarm: str, tmp_path: Path) -> None:
    path = tmp_path / "voice.wav"
    desk = open_desk(Manner(language), pytest.fail, path)
    assert isinstance(desk, FileDesk)
    desk.put(1.0, (line(first),))
    desk.put(1.3, (line("1", Urgency.COUNT),))
    desk.put(5.0, (line(first),))
    desk.put(5.4, (line(alarm, Urgency.SAFETY),))
    desk.put(8.0, ())
    desk.close()
    said, number, cut, stop = desk.spoken
    assert (said.start, cut.start, stop.start) == (1.0, 5.0, 5.4)
    assert number.start == said.end
    assert (said.cut, number.cut, cut.cut, stop.cut) == (False, False, True, False)
    assert cut.end == 5.4
    for each in desk.spoken:
        assert loud(path, each.start, each.end) > 200
    for start, end in ((0.0, 1.0), (number.end, 5.0), (stop.end, 8.0)):
        assert loud(path, start, end) == 0
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        assert file.getnframes() == 8 * RATE


@pytest.mark.usefixtures("espeak_ng")
def test_the_same_words_at_the_same_times_give_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        desk = open_desk(Manner("zh", 1.3, 0.5), pytest.fail, tmp_path / f"{name}.wav")
        desk.put(0.5, (line("慢一点"), line("二", Urgency.COUNT)))
        desk.close()
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    assert (tmp_path / "a.vtt").read_bytes() == (tmp_path / "b.vtt").read_bytes()


@pytest.mark.usefixtures("espeak_ng")
def test_rate_and_language_are_heard() -> None:
    def seconds(text: str, manner: Manner) -> float:
        voice = espeak(manner)
        assert voice
        return voice.render(line(text)).seconds

    slow, calm, fast = (seconds("lift a little higher", Manner(rate=rate)) for rate in (0.6, 1.0, 1.8))
    assert slow > 1.2 * calm
    assert calm > 1.2 * fast
    # an English voice reads out the name of each character it does not know
    assert seconds("再抬高一点", Manner("zh")) < seconds("再抬高一点", Manner("en"))


@pytest.mark.usefixtures("espeak_ng")
def test_chinese_is_not_spoken_by_english_rules() -> None:
    name = espeak_voice("espeak-ng", "zh")
    sounds = output(["espeak-ng", "-b", "1", "-v", name, "-q", "-x", "准备好了，慢一点，脚跟向臀部靠近一些"])
    assert sounds.strip()
    assert "(en)" not in sounds


@pytest.mark.parametrize(
    ("listed", "language", "name"),
    [
        pytest.param("5 cmn --/M x sit/cmn\n5 cmn-latn-pinyin --/M y z", "zh", "cmn-latn-pinyin", id="both"),
        pytest.param("5 cmn --/M x sit/cmn\n", "zh", "cmn", id="an old one"),
        pytest.param("", "en", "en", id="any other language has its own code"),
    ],
)
def test_espeak_has_its_own_names(listed: str, language: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voicing, "output", lambda _: listed)
    assert espeak_voice("espeak-ng", language) == name


@pytest.mark.usefixtures("espeak_ng")
def test_words_are_never_taken_for_options() -> None:
    voice = espeak(Manner())
    assert voice
    assert voice.render(line("--help")).seconds > 0.1


@pytest.mark.usefixtures("espeak_ng")
def test_a_language_that_the_voice_does_not_speak_is_an_error_of_its() -> None:
    voice = espeak(Manner("tlh-none"))
    assert voice
    with pytest.raises(VoiceError, match=r"espeak-ng failed: .*voice"):
        voice.render(line("nuqneH"))


def test_a_voice_renders_the_same_words_once() -> None:
    calls: list[Path] = []

    def command(path: Path) -> list[str]:
        calls.append(path)
        write_wav(path, tone())
        return [PY, "-c", ""]

    voice = CommandVoice("python", command)
    a, b, c = (voice.render(line(text)) for text in ("one", "one", "two"))
    assert a is b
    assert a is not c
    assert len(calls) == 2
    assert not calls[0].exists()


# programs that fail


@pytest.mark.parametrize(
    ("command", "says"),
    [
        pytest.param(["formcheck-no-such-program"], "cannot be started", id="missing"),
        pytest.param([PY, "-c", "raise SystemExit('no device')"], "no device", id="told"),
        pytest.param([PY, "-c", "raise SystemExit(3)"], "exit status 3", id="fails silently"),
        pytest.param([PY, "-c", "import time; time.sleep(60)"], "did not end within 0 s", id="hangs"),
    ],
)
def test_a_program_that_fails_is_told_with_its_reason(command: list[str], says: str) -> None:
    with pytest.raises(VoiceError, match=says):
        run(command, Event(), 0.3 if "hangs" in says or "end" in says else 20)


def test_a_program_that_is_stopped_is_ended_and_no_error() -> None:
    stopped = Event()
    stopped.set()
    run([PY, "-c", "import time; time.sleep(60)"], stopped, 50)


def test_what_is_no_sound_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.wav").write_bytes(b"RIFF")
    for name in ("x.wav", "none.wav"):
        with pytest.raises(VoiceError, match=name):
            read_wav(tmp_path / name)


# tones


def test_tones_differ_by_meaning_in_more_than_their_pitch() -> None:
    def shape(urgency: Urgency) -> tuple[int, tuple[int, ...], float]:
        pattern = PATTERNS[urgency]
        pitches = [pitch for start, end, _, _ in pattern for pitch in (start, end)]
        ways = tuple(int(np.sign(b - a)) for a, b in zip(pitches, pitches[1:], strict=False))
        return len(pattern), ways, round(sum(seconds + pause for _, _, seconds, pause in pattern), 1)

    assert set(PATTERNS) == set(Urgency)
    for a, b in combinations(Urgency, 2):
        assert shape(a)[:2] != shape(b)[:2], (a, b)


@pytest.mark.parametrize("urgency", list(Urgency), ids=lambda each: each.name)
def test_tones_are_short_and_neither_click_nor_clip(urgency: Urgency) -> None:
    sound = Tones().render(line("x", urgency))
    assert 0.05 < sound.seconds < 1.5
    wave_ = sound.samples.astype(int)
    assert np.abs(wave_).max() < 20000
    assert max(abs(wave_[0]), abs(wave_[-1])) < 100
    assert np.abs(np.diff(wave_)).max() < 4000


# sound


def test_sound_is_cut_without_a_click_and_scaled() -> None:
    sound = tone(1.0)
    cut = sound.until(0.5)
    assert cut.seconds == 0.5
    assert cut.samples[-1] == 0
    assert sound.until(2.0).seconds == 1.0
    assert sound.until(0.0).seconds == 0.0
    assert abs(int(np.abs(sound.louder(0.5).samples).max()) - 4000) < 5
    assert not sound.louder(0.0).samples.any()


def test_sound_of_another_rate_takes_the_same_time() -> None:
    sound = Sound(tone(1.0).samples[:16000], 16000)
    assert sound.at_rate(RATE).seconds == pytest.approx(sound.seconds, abs=1e-3)
    with pytest.raises(ValueError, match="int16"):
        Sound(np.zeros((3, 2), np.int16))


def test_of_a_stereo_file_the_first_channel_is_taken(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "x.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(np.array([1, 9, 2, 9, 3, 9], "<i2").tobytes())
    assert read_wav(tmp_path / "x.wav").samples.tolist() == [1, 2, 3]


# players


def test_a_player_gets_the_sound_as_a_file_that_is_gone_afterwards(tmp_path: Path) -> None:
    copy = tmp_path / "heard.wav"
    player = CommandPlayer([PY, "-c", f"import shutil, sys; shutil.copy(sys.argv[1], {str(copy)!r})"])
    Played(Tones(), player, 0.5).speak(line("x", Urgency.COUNT), Event())
    expected = Tones().render(line("x", Urgency.COUNT)).louder(0.5)
    assert (read_wav(copy).samples == expected.samples).all()


class _Stream:
    """PortAudio in little: asks for blocks until it is told to stop."""

    def __init__(self, fail: bool = False, silent: bool = False, **options: Any) -> None:
        self.heard: list[int] = []
        self._fail, self._silent, self._options = fail, silent, options

    def __enter__(self) -> Any:
        if self._fail:
            raise OSError("Device unavailable")
        while not self._silent:
            block = np.full((512, 1), 77, np.int16)
            try:
                self._options["callback"](block, 512, None, None)
            except StopIteration:
                self.heard += block[:, 0].tolist()
                self._options["finished_callback"]()
                break
            self.heard += block[:, 0].tolist()
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def abort(self) -> None:
        self.heard.append(-1)


def _device(streams: list[_Stream], **how: bool) -> SoundDevice:
    def output(**options: Any) -> _Stream:
        streams.append(_Stream(**how, **options))
        return streams[-1]

    return SoundDevice(SimpleNamespace(CallbackStop=StopIteration, OutputStream=output))


def test_the_sound_device_gets_every_sample_and_then_silence() -> None:
    streams: list[_Stream] = []
    sound = tone(0.1)
    _device(streams).play(sound, Event())
    heard = streams[0].heard
    assert heard[: len(sound.samples)] == sound.samples.tolist()
    assert len(heard) % 512 == 0
    assert not any(heard[len(sound.samples) :])


def test_the_sound_device_stops_when_told_and_says_why_it_fails() -> None:
    streams: list[_Stream] = []
    stopped = Event()
    stopped.set()
    _device(streams, silent=True).play(tone(), stopped)
    assert streams[0].heard == [-1]
    with pytest.raises(VoiceError, match="Device unavailable"):
        _device(streams, fail=True).play(tone(), Event())


def test_without_a_loudspeaker_there_is_no_sound_device(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_: object) -> None:
        raise RuntimeError("Error querying device -1")

    monkeypatch.setitem(sys.modules, "sounddevice", SimpleNamespace(query_devices=none))
    assert SoundDevice.find() is None
    monkeypatch.setitem(sys.modules, "sounddevice", None)  # not installed
    assert SoundDevice.find() is None


# which engine


def _installed(monkeypatch: pytest.MonkeyPatch, players: list[str], programs: list[str], os: str = "Linux") -> None:
    def which(name: str) -> str | None:
        return f"/bin/{name}" if name in programs else None

    monkeypatch.setattr(choosing, "players", lambda: [CommandPlayer([f"/bin/{name}"]) for name in players])
    monkeypatch.setattr(voicing, "which", which)
    monkeypatch.setattr(voicing, "system", lambda: os)
    monkeypatch.setattr(voicing, "output", lambda _: "Samantha  en_US  # Hi\nTingting   zh_CN    # 你好\n")
    monkeypatch.setattr("formcheck.io.voice.engines.which", which)


@pytest.mark.parametrize(
    ("players", "programs", "os", "first", "notice"),
    [
        pytest.param(["aplay"], ["espeak-ng", "spd-say"], "Linux", "espeak-ng through aplay", "", id="Linux"),
        pytest.param(["aplay"], ["spd-say"], "Linux", "speech-dispatcher", "", id="only the desktop's service"),
        pytest.param([], ["espeak-ng", "spd-say"], "Linux", "speech-dispatcher", "", id="no player of ours"),
        pytest.param(["afplay"], ["say", "espeak-ng"], "Darwin", "say through afplay", "", id="macOS"),
        pytest.param(["x"], ["powershell"], "Windows", "Windows' voice through x", "", id="Windows"),
        pytest.param(["x"], ["say"], "Linux", "tones through x", "espeak-ng", id="another program called say"),
        pytest.param(["aplay"], [], "Linux", "tones through aplay", "tones are played", id="no voice"),
        pytest.param([], ["espeak-ng"], "Linux", "silence", "no loudspeaker", id="no loudspeaker"),
        pytest.param([], [], "Linux", "silence", "no loudspeaker", id="nothing"),
    ],
)
def test_what_is_installed_decides_and_less_than_speech_is_told(
    players: list[str], programs: list[str], os: str, first: str, notice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _installed(monkeypatch, players, programs, os)
    notices: list[str] = []
    desk = open_desk(Manner("zh"), notices.append)
    desk.close()
    assert desk.engine == first  # type: ignore[attr-defined]
    assert len(notices) == bool(notice)
    assert all(notice in each for each in notices)


def test_without_a_voice_a_file_has_tones(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _installed(monkeypatch, [], [])
    notices: list[str] = []
    desk = open_desk(Manner(), notices.append, tmp_path / "voice.wav")
    desk.put(1.0, (line("one", Urgency.COUNT),))
    desk.close()
    assert len(notices) == 1
    assert loud(tmp_path / "voice.wav", 1.0, 1.1) > 1000


def test_a_player_that_dies_gives_way_to_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "heard.wav"
    dead = CommandPlayer([PY, "-c", "import sys; print('no such card', file=sys.stderr); sys.exit(1)"])
    good = CommandPlayer([PY, "-c", f"import shutil, sys; shutil.copy(sys.argv[1], {str(copy)!r})"])
    _installed(monkeypatch, [], [])
    monkeypatch.setattr(choosing, "players", lambda: [dead, good])
    notices: list[str] = []
    desk = open_desk(Manner(), notices.append)
    desk.put(0.0, (line("x"),))
    desk.close()
    assert copy.exists()
    assert [("no such card" in each, "tones are played" in each) for each in notices] == [(False, True), (True, True)]


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Samantha"), ("zh", "Tingting"), ("de", "Eddy (German (Germany))"), ("xx", None)]
)
def test_macos_is_asked_for_a_voice_of_the_language(language: str, name: str | None) -> None:
    listed = (
        "Eddy (German (Germany)) de_DE    # Hallo!\nSamantha            en_US    # Hello! # 1\n"
        "Tingting            zh_CN    # 你好！\nMeijia              zh_TW    # 你好\n\n"
    )
    assert say_voice(listed, language) == name


def test_speech_dispatcher_is_told_manner_and_words_and_to_be_quiet(tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = tmp_path / "spd-say"
    program.write_text(f'#!/bin/sh\necho "$@" >> {log}\n')
    program.chmod(0o755)
    stopped = Event()
    engine = SpeechDispatcher(str(program), Manner("zh", 1.5, 0.25))
    engine.speak(line("-再高一点"), stopped)
    stopped.set()
    engine.speak(line("x"), stopped)
    rows = log.read_text().splitlines()
    assert rows[0] == "--wait -l zh -r 50 -i -50 -- -再高一点"
    assert rows[-1] == "--cancel"


# the file


def test_captions_say_what_is_heard_when(tmp_path: Path) -> None:
    desk = FileDesk(tmp_path / "voice.wav", [Tones()], pytest.fail)
    desk.put(3661.5, (line("one", Urgency.COUNT),))
    assert not (tmp_path / "voice.wav").exists()
    desk.close()
    assert (tmp_path / "voice.vtt").read_text().splitlines() == ["WEBVTT", "", "01:01:01.500 --> 01:01:01.600", "one"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["voice.vtt", "voice.wav"]


def test_a_file_that_cannot_be_written_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"file.voice\.wav"):
        open_desk(Manner(), lambda _: None, tmp_path / "file" / "voice.wav")


def test_a_disk_that_fills_up_is_told_at_the_end_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = FileDesk(tmp_path / "voice.wav", [Tones()], pytest.fail)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(wave.Wave_write, "writeframes", full)
        desk.put(1.0, (line("one"), line("two")))
        desk.put(9.0, ())
    with pytest.raises(OutputError, match="No space left"):
        desk.close()
    assert list(tmp_path.iterdir()) == []
