"""The guided programme: its order, its questions, and above all when it stops."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from importlib.resources import files

import pytest

from formcheck.core.events import Event, Hold, PainTold, ProgrammeEnded, Rep, SetBegan, SetEnded
from formcheck.core.pose import Sight
from formcheck.exercises import find
from formcheck.exercises.vocabulary import Dose, Holds
from formcheck.io.texts import LANGUAGES, Texts
from formcheck.session.coaching import Coaching, Say, Stage, Urgency
from formcheck.session.moment import Moment
from formcheck.session.plan import Plan, Step
from formcheck.session.programme import Programme
from formcheck.session.programme.safety import FLAGS
from formcheck.session.programme.words import introduction
from formcheck.session.summary import Result, Series
from tests import arms, lying

BRIDGE = Step(find("bridge"), Dose(reps=(8, 12)), rest_s=40)
TOWEL = Step(find("towel_stretch"), Dose(hold_s=(20, 30), each_leg=2), rest_s=20)
PLAN = Plan("two", "Two", (BRIDGE, TOWEL))
LYING = lying.pose(0.0)
DT = 0.1


class FakeSet:
    """A set that lasts so long, says something dull in every frame, and a summary at its end."""

    def __init__(self, step: Step, lasts_s: float = 6.0, done: int = 2) -> None:
        self.step_of, self.lasts_s, self.done_in_it = step, lasts_s, done
        self.stage: Stage = "set"
        self.over = self.paused = self.ending = False
        self.frames = 0
        self.finished = 0

    def step(self, sight: Sight) -> Moment:
        if not self.paused:
            self.frames += 1
        self.stage = "paused" if self.paused else "set"
        says: tuple[Say, ...] = (Say("coach.breathe", {}, Urgency.BREATH),)
        if self.ending or self.frames * DT >= self.lasts_s:
            self.over, self.stage = True, "over"
            says = (Say("coach.summary", {}, Urgency.STAGE),)
        return Moment(
            sight.t, self.step_of.exercise, None, {}, None, (), (), None, (), coaching=Coaching(self.stage, says=says)
        )

    def finish(self, _reading=()) -> Result:
        self.finished += 1
        holds = isinstance(self.step_of.exercise.counts, Holds)
        done = range(1, (self.done_in_it if self.frames > 1 else 0) + 1)
        return Result(
            exercise=self.step_of.exercise,
            recognised=False,
            side="right",
            frames=self.frames,
            seen_fraction=1.0,
            reps=[] if holds else [Rep(n, 0, 1, 1, 1, 2, 120, {}) for n in done],
            holds=[Hold(n, "left", 0, 20, 20.0, {}) for n in done] if holds else [],
            unfinished=(),
            warnings=(),
            series=Series(),
        )

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False

    def end(self) -> None:
        self.ending = True


@dataclass
class Run:
    """Plays a programme frame by frame; ``arm`` says of each frame whether it is up."""

    programme: Programme
    sets: list[FakeSet] = field(default_factory=list)
    t: float = 0.0
    moments: list[Moment] = field(default_factory=list)

    def frame(self, *, up: bool | None = None) -> Moment:
        """One frame; without ``up`` nobody is in the picture."""
        pose = None if up is None else replace(arms.raised(LYING, 1.0 if up else 0.0), t=self.t)
        self.moments.append(self.programme.step(Sight(self.t, pose)))
        self.t += DT
        return self.moments[-1]

    def until(self, reached: Callable[[Moment], bool], *, up: bool | None = None, most_s: float = 600.0) -> Moment:
        for _ in range(int(most_s / DT)):
            if reached(moment := self.frame(up=up)):
                return moment
        raise AssertionError(f"not reached in {most_s} s; said last: {self.said[-5:]}")

    def asked(self, key: str, **kwargs) -> Moment:
        return self.until(lambda m: bool(m.coaching.question and m.coaching.question.key == key), **kwargs)

    def stage(self, stage: Stage, **kwargs) -> Moment:
        return self.until(lambda m: m.coaching.stage == stage, **kwargs)

    def answers(self, **answers) -> None:
        """Go on to the end; answers questions by the last part of their key."""
        for _ in range(20_000):
            moment = self.frame()
            if moment.coaching.stage == "over":
                return
            if moment.coaching.question is not None:
                key = moment.coaching.question.key.rpartition(".")[2]
                given = answers[key]
                self.programme.answer(given.pop(0) if isinstance(given, list) else given)
        raise AssertionError("it does not end")

    @property
    def said(self) -> list[str]:
        return [say.key for moment in self.moments for say in moment.coaching.says]

    @property
    def events(self) -> list[Event]:
        return [event for moment in self.moments for event in moment.events]

    def of(self, kind: type) -> list:
        return [event for event in self.events if isinstance(event, kind)]


def begun(plan: Plan = PLAN, done: int = 2, **kwargs) -> Run:
    sets: list[FakeSet] = []

    def make(step: Step) -> FakeSet:
        sets.append(FakeSet(step, done=done))
        return sets[-1]

    return Run(Programme(plan, make, **kwargs), sets)


FINE = {"ask": "none", "before": 2, "after": 2, "end": 2, "numb": "no"}


def fine(**answers) -> dict:
    return {**FINE, **answers}


# ---- order


def test_everything_comes_in_order():
    run = begun()
    run.answers(**fine())
    order = [type(event).__name__ for event in run.events]
    assert order == [
        "PainTold", "SetBegan", "SetEnded", "PainTold", "SetBegan", "SetEnded", "PainTold", "PainTold", "ProgrammeEnded"
    ]  # fmt: skip
    assert [(p.asked, p.exercise) for p in run.of(PainTold)] == [
        ("before", None), ("after", "bridge"), ("after", "towel_stretch"), ("end", None)
    ]  # fmt: skip
    assert [(e.number, e.exercise, e.how) for e in run.of(SetEnded)] == [
        (1, "bridge", "done"), (2, "towel_stretch", "done")
    ]  # fmt: skip
    assert run.of(ProgrammeEnded)[0].reason == "done"


def test_what_is_said_comes_in_order():
    run = begun()
    run.answers(**fine())
    lines = [key for key in run.said if key.startswith(("programme.", "exercise."))]
    wanted = [
        "programme.welcome", "programme.exercise", "programme.dose_reps", "exercise.bridge.how.0",
        "exercise.bridge.how.1", "exercise.bridge.how.2", "programme.rest", "programme.exercise",
        "exercise.towel_stretch.how.0", "programme.last_rest", "programme.sum_reps",
        "programme.sum_holds", "programme.sum_pain", "programme.bye.done",
    ]  # fmt: skip
    assert [key for key in lines if key in wanted] == wanted


@pytest.mark.parametrize(("exercise", "told"), [("bridge", False), ("towel_stretch", False), ("knee_to_chest", True)])
def test_a_stretch_without_a_caution_of_its_own_gets_one(exercise, told):
    step = Step(find(exercise), find(exercise).dose)
    assert ("programme.let_go_if_numb" in [say.key for say in introduction(step, 1, 1)]) == told


def test_stages_come_in_order():
    run = begun()
    run.answers(**fine())
    stages = [moment.coaching.stage for moment in run.moments]
    changes = [b for a, b in zip([None, *stages], stages, strict=False) if a != b]
    once = ["setup", "set", "question", "rest"]
    assert changes == ["question", *once, *once, "question", "rest", "over"]


def test_the_instruction_being_told_is_shown():
    run = begun(before=2)
    run.stage("set")
    hints = [m.coaching.hint for m in run.moments if m.coaching.stage == "setup"]
    shown = [b for a, b in zip([None, *hints], hints, strict=False) if a != b]
    assert shown == ["exercise.bridge.title", *(f"exercise.bridge.how.{i}" for i in range(3))]


def test_its_result_has_a_segment_for_each_set():
    run = begun()
    run.answers(**fine())
    result = run.programme.finish()
    assert [part.exercise.key for part in result.parts] == ["bridge", "towel_stretch"]
    outcome = run.programme.outcome
    assert [(step.exercise.key, len(found.done)) for step, found in outcome.sets] == [
        ("bridge", 2), ("towel_stretch", 2)
    ]  # fmt: skip
    assert [pain.score for pain in outcome.pains] == [2, 2, 2, 2]
    assert outcome.reason == "done"
    assert [one.finished for one in run.sets] == [1, 1]


def test_numbness_is_asked_after_stretches_only():
    run = begun()
    run.answers(**fine())
    questions = {(m.exercise.key, m.coaching.question.key) for m in run.moments if m.coaching.question}
    assert {exercise for exercise, key in questions if key == "programme.numb"} == {"towel_stretch"}


def test_the_rest_is_counted_down_aloud():
    run = begun()
    run.answers(**fine())
    first = [m for m in run.moments if m.coaching.countdown and m.exercise.key == "bridge"]
    counts = [m.coaching.countdown for m in first]
    assert counts[0] == 40
    assert counts[-1] == 1
    assert counts == sorted(counts, reverse=True)
    told = [next(iter(say.values.values())) for m in first for say in m.coaching.says if say.urgency is Urgency.COUNT]
    assert told == [30, 10, 3, 2, 1]


@pytest.mark.parametrize("rest", [0, 2], ids=["none", "shorter than its announcement"])
def test_a_short_rest_is_no_obstacle(rest):
    run = begun(Plan("x", "x", (replace(BRIDGE, rest_s=rest), TOWEL)))
    run.answers(**fine())
    assert run.of(ProgrammeEnded)[0].reason == "done"


# ---- stops


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        pytest.param(2, 4, "pain_rise", id="rise of two"),
        pytest.param(0, 5, "pain_rise", id="rise of many"),
        pytest.param(5, 6, "pain_above", id="above five, risen by one"),
        pytest.param(2, 3, None, id="silent: rise of one"),
        pytest.param(5, 5, None, id="silent: five"),
        pytest.param(4, 0, None, id="silent: fallen"),
    ],
)
def test_pain_after_an_exercise_stops_it(before, after, reason):
    run = begun()
    run.answers(**fine(before=before, after=[after, before], end=before))
    assert run.of(ProgrammeEnded)[0].reason == (reason or "done")
    assert len(run.sets) == (1 if reason else 2)
    assert (f"programme.stop.{reason}" in run.said) is (reason is not None)
    if reason:
        assert "end" not in [pain.asked for pain in run.of(PainTold)]
        assert f"programme.bye.{reason}" in run.said


def test_it_says_by_how_much_pain_has_risen():
    run = begun()
    run.answers(**fine(before=1, after=3))
    told = next(say for m in run.moments for say in m.coaching.says if say.key == "programme.stop.pain_rise")
    assert (told.values, told.urgency) == ({"before": 1, "score": 3}, Urgency.SAFETY)


@pytest.mark.parametrize(("score", "begins"), [(5, True), (6, False), (10, False)])
def test_with_too_much_pain_nothing_begins(score, begins):
    run = begun()
    run.answers(**fine(before=score, after=score, end=score))
    assert bool(run.sets) is begins
    assert run.of(ProgrammeEnded)[0].reason == ("done" if begins else "pain_above")


def test_pain_at_the_end_is_answered_with_advice():
    run = begun()
    run.answers(**fine(end=4))
    assert "programme.worse_at_end" in run.said
    assert run.programme.outcome.reason == "done"


@pytest.mark.parametrize("flag", FLAGS, ids=lambda flag: flag.key)
def test_a_red_flag_means_no_session_and_whom_to_contact(flag):
    run = begun()
    run.answers(**fine(ask=flag.key))
    assert run.sets == []
    assert run.of(PainTold) == []
    ended = run.of(ProgrammeEnded)[0]
    assert (ended.reason, ended.detail) == ("red_flag", flag.key)
    wanted = [
        f"safety.when.{flag.contact}",
        f"safety.contact.{flag.key}",
        "safety.no_session",
        "programme.bye.red_flag",
    ]
    assert run.said[-4:] == wanted
    assert run.programme.finish().exercise is None


@pytest.mark.parametrize(
    ("key", "contact"),
    [("bladder", "now"), ("saddle", "now"), ("weakness", "now"), ("both_legs", "now"), ("fever", "today")],
)
def test_how_urgent_a_flag_is(key, contact):
    assert next(flag.contact for flag in FLAGS if flag.key == key) == contact


def test_the_most_urgent_flags_are_asked_first():
    order = ["now", "today", "soon"]
    asked = [order.index(flag.contact) for flag in FLAGS]
    assert asked == sorted(asked)


def test_numbness_in_the_stretch_stops_it_at_once():
    run = begun(first=1, before=2)
    run.stage("set")
    run.programme.stop(numb=True)
    moment = run.frame()
    assert [say.key for say in moment.coaching.says] == ["programme.stop.numb"]
    run.answers()
    assert run.of(SetEnded)[0].how == "stopped"
    assert run.of(ProgrammeEnded)[0].reason == "numb"
    assert run.sets[0].finished == 1
    assert run.of(PainTold) == []


def test_numbness_told_after_the_stretch_stops_it():
    run = begun(first=1, before=2)
    run.answers(**fine(numb="yes"))
    assert run.of(ProgrammeEnded)[0].reason == "numb"
    assert "programme.stop.numb" in run.said


def test_numbness_told_in_the_last_question_is_not_lost():
    run = begun()
    for key, value in (("safety.ask", "none"), ("programme.pain.before", 2)):
        run.asked(key)
        run.programme.answer(value)
    run.stage("set")
    run.programme.stop()
    run.asked("programme.pain.end")
    run.programme.stop(numb=True)
    run.answers()
    assert "programme.stop.numb" in run.said
    assert run.programme.outcome.reason == "numb"


# ---- the person's wishes


def test_stopping_asks_for_the_pain_and_sums_up():
    run = begun(before=2)
    run.stage("set")
    for _ in range(5):
        run.frame()
    run.programme.stop()
    run.answers(**fine())
    assert [pain.asked for pain in run.of(PainTold)] == ["end"]
    assert run.of(SetEnded)[0].how == "stopped"
    assert run.programme.outcome.reason == "stopped"
    assert "programme.sum_reps" in run.said
    assert "programme.bye.stopped" in run.said


@pytest.mark.parametrize(("numb", "reason"), [(False, "stopped"), (True, "numb")])
def test_stopped_before_the_first_frame_it_says_so(numb, reason):
    run = begun()
    run.programme.stop(numb=numb)
    run.answers()
    assert run.programme.outcome.reason == reason
    assert run.said[-1] == f"programme.bye.{reason}"
    assert not run.sets


def test_stopping_before_anything_was_done_asks_nothing():
    run = begun()
    run.asked("safety.ask")
    run.programme.stop()
    run.answers()
    assert (run.sets, run.of(PainTold), run.programme.outcome.reason) == ([], [], "stopped")


def test_skipping_the_instructions_skips_the_exercise():
    run = begun(before=2)
    run.stage("setup")
    run.programme.skip()
    run.answers(**fine())
    assert [event.exercise for event in run.of(SetBegan)] == ["towel_stretch"]


def test_skipping_every_exercise_ends_it_without_a_question():
    run = begun(before=2)
    for _ in range(2):
        run.stage("setup")
        run.programme.skip()
        run.frame()
    run.answers()
    assert (run.of(SetBegan), run.programme.outcome.reason) == ([], "done")
    assert "programme.bye.done" in run.said


def test_a_skipped_set_is_kept_with_what_was_done():
    run = begun(before=2)
    run.stage("set")
    run.frame()
    run.programme.skip()
    run.answers(**fine())
    assert [event.how for event in run.of(SetEnded)] == ["skipped", "done"]
    assert len(run.programme.outcome.sets[0][1].reps) == 2
    assert [pain.asked for pain in run.of(PainTold)] == ["after", "after", "end"]


def test_after_a_set_without_anything_done_no_pain_is_asked():
    run = begun(before=2, done=0)
    run.answers(**fine())
    assert [pain.asked for pain in run.of(PainTold)] == ["end"]
    assert "programme.sum_nothing" in run.said


def test_skipping_cuts_a_rest_short():
    run = begun(before=2)
    run.asked("programme.pain.after")
    run.programme.answer(2)
    run.stage("rest")
    run.programme.skip()
    moment = run.frame()
    assert (moment.coaching.stage, moment.exercise.key) == ("setup", "towel_stretch")
    run.answers(**fine())
    assert len(run.sets) == 2


def test_a_question_cannot_be_skipped():
    run = begun()
    run.asked("safety.ask")
    run.programme.skip()
    for _ in range(3000):
        assert run.frame().coaching.stage == "question"
    run.answers(**fine())
    assert len(run.sets) == 2


def test_pausing_a_set_pauses_it_and_nothing_else_goes_on():
    run = begun(before=2)
    run.stage("set")
    run.programme.pause()
    for _ in range(300):
        assert run.frame().coaching.stage == "paused"
    assert (run.programme.paused, run.sets[0].paused) == (True, True)
    run.programme.resume()
    assert run.frame().coaching.stage == "set"
    assert not run.programme.paused
    run.answers(**fine())
    assert run.programme.outcome.reason == "done"


def test_pausing_a_rest_keeps_what_is_left_of_it():
    run = begun(before=2)
    run.asked("programme.pain.after")
    run.programme.answer(2)
    left = run.stage("rest").coaching.countdown
    run.programme.pause()
    paused = [run.frame() for _ in range(1000)]
    assert {moment.coaching.stage for moment in paused} == {"paused"}
    assert [say.key for moment in paused for say in moment.coaching.says] == ["programme.paused"]
    run.programme.resume()
    assert run.frame().coaching.countdown in (left, left - 1)


def test_a_question_is_asked_again_after_a_pause():
    run = begun()
    run.until(lambda m: bool(m.coaching.question and m.coaching.question.counted))
    run.programme.pause()
    run.frame()
    assert run.programme.stage == "paused"
    run.programme.resume()
    said = len(run.said)
    run.until(lambda m: bool(m.coaching.question and m.coaching.question.counted))
    assert run.said[said] == "safety.ask"


def test_ending_ends_with_the_next_frame_and_keeps_the_set():
    run = begun(before=2)
    run.stage("set")
    run.frame()
    run.programme.end()
    moment = run.frame()
    assert moment.coaching.stage == run.programme.stage == "over"
    assert [type(event) for event in moment.events] == [SetEnded, ProgrammeEnded]
    assert [say.key for say in moment.coaching.says] == ["programme.ended", "programme.sum_reps"]
    assert run.programme.outcome.reason == "ended"
    assert len(run.programme.finish().reps) == 2
    assert run.frame().events == ()


def test_a_source_that_ends_in_mid_set_loses_nothing():
    run = begun(before=2)
    run.stage("set")
    run.frame()
    result = run.programme.finish()
    assert (result.exercise.key, len(result.reps)) == ("bridge", 2)
    assert run.programme.outcome.reason == "ended"


def test_resumed_after_a_break_it_goes_on_without_asking_what_it_knows():
    run = begun(first=1, before=1)
    run.answers(**fine(after=3))
    assert [event.exercise for event in run.of(SetBegan)] == ["towel_stretch"]
    assert run.of(SetBegan)[0].number == 2
    assert "safety.ask" not in run.said
    assert "programme.welcome_back" in run.said
    assert run.programme.outcome.reason == "pain_rise"  # against the pain before the break


@pytest.mark.parametrize("first", [-1, 2])
def test_an_exercise_that_is_not_in_the_plan_cannot_be_the_first(first):
    with pytest.raises(ValueError, match="no exercise"):
        begun(first=first)


# ---- answering


def test_an_answer_that_is_none_of_the_options_is_refused():
    run = begun()
    run.asked("safety.ask")
    with pytest.raises(ValueError, match="use one of"):
        run.programme.answer("perhaps")
    assert run.frame().coaching.question is not None


def test_an_answer_to_no_question_is_told_so():
    run = begun(before=2)
    run.stage("set")
    assert run.programme.answer(3) is False


def test_without_an_answer_it_asks_twice_and_then_waits():
    run = begun()
    run.until(lambda m: bool(m.coaching.question and m.coaching.question.waiting))
    assert run.said.count("safety.ask") == 2
    assert run.said.count("safety.flag.none") == 2
    assert run.said[-1] == "programme.waiting"
    for _ in range(6000):
        moment = run.frame()
        assert moment.coaching.question.waiting
    assert run.sets == []
    assert run.said.count("safety.ask") == 2
    run.answers(**fine())
    assert run.programme.outcome.reason == "done"


def test_a_raised_arm_asks_a_waiting_question_again():
    run = begun()
    run.until(lambda m: bool(m.coaching.question and m.coaching.question.waiting))
    for up in [False] * 10 + [True] * 10:
        run.frame(up=up)
    run.until(lambda m: bool(m.coaching.question and m.coaching.question.counted), up=False)
    assert run.said.count("safety.ask") == 3


def _raise_at(run: Run, value, after_s: float = 1.2) -> None:
    """Lie still until an answer is counted, react, and raise an arm for a second."""
    run.until(lambda m: bool((q := m.coaching.question) and q.counted and q.counted.value == value), up=False)
    for _ in range(int(after_s / DT)):
        run.frame(up=False)
    for _ in range(10):
        run.frame(up=True)


@pytest.mark.parametrize("score", [0, 3, 10])
@pytest.mark.parametrize("after_s", [0.4, 1.2, 2.6], ids=["quick", "usual", "slow"])
def test_an_arm_raised_at_a_number_tells_the_pain(score, after_s):
    run = begun()
    run.asked("safety.ask")
    run.programme.answer("none")
    _raise_at(run, score, after_s)
    run.until(lambda m: bool(run.of(PainTold)), up=False)
    assert run.of(PainTold)[0].score == score
    assert "programme.understood_number" in run.said


@pytest.mark.parametrize("value", ["bladder", "bones", "none"])
def test_an_arm_raised_answers_the_safety_question(value):
    run = begun()
    _raise_at(run, value)
    run.until(lambda m: m.coaching.question is None or m.coaching.question.key != "safety.ask", up=False)
    run.answers(**fine())
    assert run.programme.outcome.detail == ("" if value == "none" else value)
    assert bool(run.sets) is (value == "none")


def test_another_raised_arm_takes_an_answer_back():
    run = begun()
    _raise_at(run, "saddle")
    for up in [False] * 10 + [True] * 10:
        moment = run.frame(up=up)
    assert moment.coaching.question.chosen is None
    _raise_at(run, "none")
    run.asked("programme.pain.before", up=False)
    assert run.sets == []
    assert run.programme.outcome.detail == ""


def test_an_arm_that_stays_up_answers_nothing_else():
    run = begun()
    _raise_at(run, "none")
    run.asked("programme.pain.before", up=True)
    run.until(lambda m: bool((q := m.coaching.question) and q.counted and q.counted.value == 5), up=True)
    assert run.of(PainTold) == []


def test_lying_still_answers_nothing():
    run = begun()
    run.until(lambda m: bool(m.coaching.question and m.coaching.question.waiting), up=False)
    assert run.sets == []


# ---- speech


def _spoken(run: Run) -> Iterator[tuple[float, Say]]:
    for moment in run.moments:
        for say in moment.coaching.says:
            yield moment.t, say


def _long(say: Say) -> float:
    return 1.0 if say.urgency in (Urgency.COUNT, Urgency.BREATH) else 5.0


@pytest.mark.parametrize(
    "answers",
    [fine(), fine(after=6), fine(ask="fever"), fine(numb="yes")],
    ids=["done", "pain", "flag", "numb"],
)
def test_nothing_is_said_over_a_line_of_higher_rank(answers):
    run = begun(takes=_long)
    run.answers(**answers)
    until, rank = -1.0, Urgency.PRAISE
    for t, say in _spoken(run):
        if t < until - 1e-6 and say.key != "coach.breathe":
            assert say.urgency <= rank, f"{say.key} at {t:.1f} s speaks into {rank!r}"
        assert say.key != "coach.breathe" or t >= until - 1e-6 or rank >= say.urgency
        if say.key != "coach.breathe":
            until, rank = t + _long(say), say.urgency


def test_an_answer_by_key_does_not_wait_for_the_question_to_be_read():
    run = begun(takes=lambda say: 30.0)
    run.asked("safety.ask")
    run.programme.answer("none")
    assert run.frame().coaching.question.key == "programme.pain.before"


def test_the_pain_is_asked_only_after_the_sets_own_summary():
    run = begun(before=2, takes=_long)
    run.asked("programme.pain.after")
    spoken = {say.key: t for t, say in _spoken(run)}
    run.until(lambda m: "programme.pain.after" in [say.key for say in m.coaching.says])
    asked = run.moments[-1].t
    assert asked >= spoken["coach.summary"] + 5.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_has_its_words(language):
    texts = Texts(language)
    notes = Plan("n", "n", (replace(BRIDGE, notes="@slowly {please}", dose=Dose(reps=(5, 5))), TOWEL))
    heard = []
    for answers in (
        fine(), fine(after=[6]), fine(after=[4]), fine(end=8), fine(numb="yes"), fine(before=7),
        *(fine(ask=flag.key) for flag in FLAGS),
    ):  # fmt: skip
        run = begun(notes)
        run.answers(**answers)
        heard += [say for _, say in _spoken(run) if not say.key.startswith("coach.")]
    run = begun(done=0)
    run.until(lambda m: bool(m.coaching.question and m.coaching.question.waiting))
    run.answers(**fine())
    heard += [say for _, say in _spoken(run) if not say.key.startswith("coach.")]
    run = begun(first=1, before=2)
    run.until(lambda m: bool((q := m.coaching.question) and q.waiting and q.key == "programme.numb"))
    heard += [say for _, say in _spoken(run) if not say.key.startswith("coach.")]
    heard += introduction(Step(find("knee_to_chest"), TOWEL.dose), 1, 1)
    for say in heard:
        said = texts.said(say)
        assert said.strip()
        assert "@" not in said or "@slowly {please}" in said
        assert texts.takes_s(say) > 0.4
    programme = {key for key, _ in _items(_table("en")) if key.startswith(("programme.", "safety."))}
    elsewhere = {  # heard in other tests, or put into other lines
        "programme.ended", "programme.paused", "programme.understood",
        "programme.understood_number", "programme.bye.stopped", "programme.times_once", "programme.dose_hold_exact",
        *(f"programme.legs.{leg}" for leg in ("each", "left", "right", "both")),
    }  # fmt: skip
    assert programme - {say.key for say in heard} == elsewhere


def _table(language: str) -> dict:
    return tomllib.loads((files("formcheck.io.texts") / f"{language}.toml").read_text(encoding="utf-8"))


def _items(table: dict, before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _items(value, f"{before}{key}.")
        else:
            yield before + key, value


def test_both_languages_have_the_same_lines_with_the_same_places():
    def places(language: str) -> dict[str, list[str]]:
        table = {part: _table(language)[part] for part in ("programme", "safety")}
        return {key: sorted(re.findall(r"{\w+}", text)) for key, text in _items(table)}

    assert places("en") == places("zh")


@pytest.mark.parametrize(
    ("legs", "each_leg", "hold_s", "said"),
    [
        pytest.param((), 2, (20, 30), "Hold for 20 to 30 seconds. 2 times with each leg.", id="each leg"),
        pytest.param(("left", "right"), 1, (30, 30), "Hold for 30 seconds. Once with each leg.", id="once"),
        pytest.param(("left",), 3, (20, 30), "Hold for 20 to 30 seconds. 3 times with the left leg.", id="one leg"),
        pytest.param(("both",), 1, (20, 30), "Hold for 20 to 30 seconds. Once with both legs together.", id="both"),
    ],
)
def test_the_dose_is_told(legs, each_leg, hold_s, said):
    step = replace(TOWEL, legs=legs, dose=Dose(hold_s=hold_s, each_leg=each_leg))
    texts = Texts("en")
    lines = [texts.said(say) for say in introduction(step, 1, 4)]
    assert lines[0] == "Exercise 1 of 4: Towel stretch."
    assert " ".join(lines[1:3]) == said


def test_without_any_rest_the_pain_at_the_end_is_still_asked_calmly():
    run = begun(Plan("x", "x", (replace(BRIDGE, rest_s=0),)))
    run.answers(**fine())
    told = {pain.asked: pain.t for pain in run.of(PainTold)}
    assert told["end"] - told["after"] >= 20
