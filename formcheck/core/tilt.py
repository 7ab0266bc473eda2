"""The pelvic tilt as an estimate: how far hip and waist moved from this person's own rest, and how sure that is.

Three cues see the pelvis rock: MediaPipe's hips, a patch of the picture over the near hip and one over the waist. Each
alone goes wrong: landmarks lag and are drawn along by the chest, a hand or a drawn arrow holds a patch still, breathing
lifts the waist. Their median per direction does not. A pelvis that turns under a resting chest takes hip and waist
toward the feet; one that turns about the hips lifts them. The larger of the two movements is the measure, each with its
own scale. ``docs/pelvic-tilt.md`` has the figures.
"""

from collections import deque
from dataclasses import dataclass
from math import hypot, inf, isfinite, nan

import numpy as np

from formcheck.core.arrival import Arrival
from formcheck.core.body import Body, Tilt
from formcheck.core.landmarks import Landmark
from formcheck.core.pose import FloatArray, Patch, Pose, Sight

ALONG_DEG = 470.0
"""Degrees for a movement of one trunk length toward the feet: 430 and 510 on two rendered bodies."""
UP_DEG = 720.0
"""Degrees for one trunk length upwards: 730 on a rendered body whose hips were pinned."""
SWING_DEG = 500.0
"""The same for counting, one scale for both: which of the two it is does not matter there."""
LIFT_DEG = 1.05
"""Degrees the pelvis turns back for each degree that hips off the mat tilt the trunk in the picture."""
LEAVES_DEG, LEFT_DEG = 1.1, 1.9
"""Slopes of the trunk above rest between which the hips leave the mat; a tilt alone adds at most 1."""

_SETTLE_S = 0.7
"""The model's landmarks glide to their places after the person was found."""
_ANCHOR_S = 0.4
_EARLY_S = 0.8
"""Patches do not glide: where they are seen to rest by now is rest, though the movement may begin at once."""
_WAITS_S = 8.0
"""For so long a recording that begins in mid-movement is given to come to rest."""
_REST_DEG = 1.8
"""Within this of rest, rest itself follows slowly: landmarks wander by a hundredth of the trunk in a minute."""
_REST_FOLLOWS_S = 6.0
_STILL_FOLLOWS_S, _KEPT_STILL_DEG_S = 1.5, 1.0
_GLIDES_S = 3.0
"""For so long after the person was found landmarks may still glide, and where they rest is followed quickly."""
_GLIDE_FOLLOWS_S = 0.7
_NEW_REST_S = 25.0
"""Somebody who stays this long elsewhere rests there now."""
_DOWN_S = 0.3
_STILL_DEG_S = 4.0
_GAP_S = 1.0
_PATCH_KEPT_S = 0.3
_LIKE = 0.85
_HELD_BACK, _HELD_BACK_FROM, _SPEED_OVER_S = 0.003, 0.01, 0.25
"""Trunk lengths by which MediaPipe's 1 Euro filter holds a slow joint back, and from what speed a second on."""
_LEAPS = 0.004
"""Trunk lengths by which a patch may leap from one look to the next, beyond going on as it went (mean over some 5)."""
_LEAPS_SHARE = 0.2
_ELSEWHERE = 0.35
"""Trunk lengths along the mat."""
_LOWER = 0.06
"""Trunk lengths that hips may come to lie lower than where they rested."""
_JUMP, _JUMP_PER_S = 0.02, 0.6
"""Trunk lengths that hips move at once only where the picture was cut; a fast bridge lifts them by 0.5 a second."""
_Z90 = 1.645
_FLOOR_DEG = 1.3
_LAG_S = 0.4
"""By how much MediaPipe's smoothing delays slow, small movements (measured: 0.2 to 0.4 s)."""
_MOST_DEG = 18.0
"""Nobody's pelvis tilts much further; hips that rise more are leaving the mat."""
_SCALE_90 = 0.30
"""Half-width of the scale's 90 % interval between bodies, of what is measured ..."""
_SCALE_90_ALONE = 0.45
"""... and without the texture."""
_LIFTED_ERROR_DEG = 6.0
_JITTER_S = 3.0
_NOISE_DEG = 0.5
"""Noise at rest until it has been measured."""


@dataclass(slots=True)
class _Cue:
    """One way to see the pelvis: where it is (x toward the feet, y up, trunk lengths), and where it rests."""

    now: FloatArray
    rest: FloatArray
    seen: tuple[FloatArray, ...] = ()  # the last two before now
    jitter: float = 0.0

    @property
    def moved(self) -> FloatArray:
        return self.now - self.rest

    @property
    def trusted(self) -> bool:
        """False where it is not known, or leaps: on plain cloth a patch finds now this place, now that."""
        return bool(isfinite(self.now[0])) and self.jitter < _LEAPS

    def look(self, now: FloatArray) -> None:
        """Take what is seen next."""
        if len(self.seen) == 2:
            leap = float(np.abs(now - 2 * self.seen[1] + self.seen[0]).max()) / 2
            self.jitter = max(leap if leap > 2 * _LEAPS else 0.0, self.jitter + _LEAPS_SHARE * (leap - self.jitter))
        self.seen = (*self.seen[-1:], now)
        self.now = now


class TiltMeter:
    """Feed it every frame of one person; it keeps track of where the pelvis rests."""

    def __init__(self) -> None:
        self._last_t = self._since = self._rested_t = nan
        self._trunk = nan
        self._early: dict[str, FloatArray] | None = None
        self._first = Arrival(_ANCHOR_S, (ALONG_DEG, UP_DEG))
        self._landmarks: _Cue | None = None
        self._last_hips = np.zeros(2)
        self._hips: deque[tuple[float, FloatArray]] = deque()
        self._slope = 0.0
        self._patches: dict[str, _Cue] = {}
        self._patch_t: dict[str, float] = {}
        self._seed: int | None = None
        self._noise = _NOISE_DEG  # of rest
        self._jitter, self._jitters = 0.0, 0  # from frame to frame
        self._recent: deque[tuple[float, float]] = deque()
        self._lifted_t: float | None = None
        self._zero_t = nan

    def step(self, sight: Sight, body: Body) -> Tilt | None:
        """Return the tilt now; None until the landmarks have settled, or while nobody lies."""
        pose = sight.pose
        if pose is None:
            return None
        if not sight.t - self._last_t < _GAP_S:
            self._reset(sight.t)
        dt, self._last_t = sight.t - self._last_t, sight.t
        shoulder, hip = _middle(pose, Landmark.LEFT_SHOULDER), _middle(pose, Landmark.LEFT_HIP)
        if abs(shoulder[1] - hip[1]) > abs(shoulder[0] - hip[0]):
            self._reset(sight.t)
            return None
        self._trunk = body.trunk if not isfinite(self._trunk) else self._trunk
        here, slope = self._in_trunks(hip, body), (shoulder - hip)[1] / self._trunk
        landmarks = self._landmarks or self._arrived(sight, body, here, slope)
        if landmarks is None:
            return None
        step = hypot(*(here - self._last_hips))
        self._last_hips = here
        landmarks.now = self._caught_up(here, sight.t)
        lower = slope - self._slope < -_LOWER  # what was taken for rest was not lying on the mat
        if abs(landmarks.moved[0]) > _ELSEWHERE or lower or step > _JUMP + _JUMP_PER_S * dt:
            self._reset(sight.t)
            return None
        self._take_patches(sight, body)
        tilt = self._read(sight.t, slope)
        self._follow_rest(tilt, slope, dt, sight.t)
        return tilt if self._lifted_t is None or tilt.lift > LEAVES_DEG else None  # come down, and not yet lying still

    def _arrived(self, sight: Sight, body: Body, here: FloatArray, slope: float) -> _Cue | None:
        """Find where the pelvis rests first: a place that is passed at speed is none."""
        age = sight.t - self._since
        self._take_patches(sight, body)
        self._first.add(sight.t, here, slope, {name: cue.now for name, cue in self._patches.items()})
        if age < _EARLY_S:
            return None
        if self._early is None:
            self._early = {name: self._first.place_of(name) for name in self._patches} if self._first.still else {}
        goes = self._first.goes
        if age < _SETTLE_S + _ANCHOR_S or (goes and not self._early and age < _WAITS_S):
            return None
        place, self._slope = self._first.place()
        for name, cue in list(self._patches.items()):
            cue.rest = self._early.get(name, cue.now) if goes else self._first.place_of(name)
            if not isfinite(cue.rest[0] + cue.now[0]):
                del self._patches[name]  # taken anew when it is seen again
        # where it begins to move at once, the landmarks have not settled at rest: they go on from the patches
        self._landmarks = _Cue(here, here - self._moved() if goes else place)
        self._last_hips = here
        self._zero_t = sight.t
        return self._landmarks

    def _reset(self, t: float) -> None:
        """Start afresh: somebody else, or elsewhere."""
        TiltMeter.__init__(self)
        self._last_t = self._since = self._rested_t = t

    def _in_trunks(self, p: FloatArray, body: Body) -> FloatArray:
        """A distance or place in pixels as trunk lengths, x toward the feet, y up."""
        return np.array([-p[0] if body.head_right else p[0], -p[1]]) / self._trunk

    def _caught_up(self, here: FloatArray, t: float) -> FloatArray:
        """Where the hips are, for where the model says they are: its smoothing holds slow movements back."""
        self._hips.append((t, here))
        while t - self._hips[0][0] > _SPEED_OVER_S:
            self._hips.popleft()
        past, was = self._hips[0]
        if t <= past:
            return here
        speed = (here - was) / (t - past)
        return np.asarray(here + _HELD_BACK * speed / (np.abs(speed) + _HELD_BACK_FROM), np.float64)

    def _take_patches(self, sight: Sight, body: Body) -> None:
        texture = sight.texture
        if texture is not None:
            if texture.seed != self._seed:
                self._patches.clear()
                self._seed = texture.seed
                if sight.t - self._since < _GLIDES_S and self._landmarks is not None:
                    self._landmarks.rest = self._landmarks.now  # patches are taken of a hip that lies still
            for name, patch in (("hip", texture.hip), ("belly", texture.belly)):
                if patch is not None and patch.likeness >= _LIKE:
                    self._take_patch(name, patch, sight.t, body)
        for name in [name for name in self._patches if sight.t - self._patch_t[name] > _PATCH_KEPT_S]:
            self._patch_t.pop(name)
            self._patches[name].now = np.full(2, nan)
            self._patch_t[name] = inf  # known where it rests, not where it is

    def _take_patch(self, name: str, patch: Patch, t: float, body: Body) -> None:
        now = self._in_trunks(np.array([patch.dx, patch.dy]), body)
        cue = self._patches.get(name)
        if cue is None:
            # taken in mid-movement, a patch goes on from where the other cues are
            self._patches[name] = _Cue(now, now - self._moved(), (now,))
        else:
            cue.look(now)
        self._patch_t[name] = t

    def _moved(self) -> FloatArray:
        """Median over the cues, for each direction by itself."""
        rows = [cue.moved for cue in self._cues()]
        return _median(np.array(rows)) if rows else np.zeros(2)

    def _cues(self) -> list[_Cue]:
        return [*([self._landmarks] if self._landmarks else []), *(c for c in self._patches.values() if c.trusted)]

    def _read(self, t: float, slope: float) -> Tilt:
        lift = float(np.degrees(np.arctan(slope - self._slope)))
        moved = self._moved()
        along, up = moved * (ALONG_DEG, UP_DEG)
        main = int(abs(up) > abs(along))
        value = float((along, up)[main])
        lifted = min(1.0, max(0.0, (lift - LEAVES_DEG) / (LEFT_DEG - LEAVES_DEG), (up - _MOST_DEG) / _MOST_DEG))
        cues = np.array([cue.moved[main] for cue in self._cues()]) * (ALONG_DEG, UP_DEG)[main]
        spread = float(_median(np.abs(cues - value))) if len(cues) > 2 else 0.0
        scale = _SCALE_90 if len(cues) > 1 else _SCALE_90_ALONE
        if self._recent:
            jitter = abs(value - self._recent[-1][1])
            self._jitters += 1
            share = max((t - self._recent[-1][0]) / _JITTER_S, 1 / self._jitters)
            self._jitter += min(1.0, share) * (jitter - self._jitter)
        self._recent.append((t, value))
        while t - self._recent[0][0] > _LAG_S:
            self._recent.popleft()
        if self._lifted_t is not None and lift > 0:
            lifted = 1.0  # on the way down: hips and waist come down with the trunk
        noise = max(self._noise, self._jitter)
        error = hypot(_FLOOR_DEG + _Z90 * noise, scale * value, spread, _LAG_S * self._speed())
        return Tilt(
            value=(1 - lifted) * value - lifted * LIFT_DEG * lift,
            error=hypot((1 - lifted) * error, lifted * _LIFTED_ERROR_DEG),
            noise=noise,
            lift=lift,
            swing=SWING_DEG * float(np.abs(self._agreed(moved)).max()),
            since=self._zero_t,
        )

    def _agreed(self, median: FloatArray) -> FloatArray:
        """For counting, the median or the mean, whichever is less: what one cue alone sees is no movement."""
        moved = [cue.moved for cue in self._cues()]
        mean = sum(moved[1:], moved[0]) / len(moved)
        agree = np.sign(mean) == np.sign(median)
        return np.asarray(np.where(agree, np.sign(median) * np.minimum(np.abs(mean), np.abs(median)), 0.0), np.float64)

    def _speed(self) -> float:
        """How fast the tilt has changed over the last moments, degrees a second."""
        (past, was), (t, value) = self._recent[0], self._recent[-1]
        return float((value - was) / (t - past)) if t > past else 0.0

    def _follow_rest(self, tilt: Tilt, slope: float, dt: float, t: float) -> None:
        """Where the pelvis rests: it drifts a little, and hips that have left the mat come down elsewhere."""
        if tilt.lift > LEFT_DEG:
            self._lifted_t = t
        elif self._lifted_t is not None and t - self._lifted_t > _DOWN_S and abs(self._speed()) < _STILL_DEG_S:
            self._lifted_t = None
            self._rest_here(slope)
        if abs(tilt.value) < _REST_DEG and tilt.lift < LEAVES_DEG:
            self._rested_t = t
            gliding, still = t - self._since < _GLIDES_S, abs(self._speed()) < _KEPT_STILL_DEG_S
            share = min(1.0, dt / (_GLIDE_FOLLOWS_S if gliding else _STILL_FOLLOWS_S if still else _REST_FOLLOWS_S))
            self._noise += share * (abs(tilt.value) * 1.25 - self._noise)  # mean deviation to standard deviation
            self._slope += share * (slope - self._slope)
            for cue in self._cues():
                cue.rest = cue.rest + share * cue.moved
        elif t - self._rested_t > _NEW_REST_S:
            self._rested_t = self._zero_t = t
            self._rest_here(slope)

    def _rest_here(self, slope: float) -> None:
        self._slope = slope
        for cue in self._cues():
            cue.rest = cue.now
        self._patches = {name: cue for name, cue in self._patches.items() if isfinite(cue.now[0])}


def _median(rows: FloatArray) -> FloatArray:
    """The median over the first axis; of two or three rows ``numpy.median`` costs ten times as much."""
    ordered, half = np.sort(rows, axis=0), len(rows) // 2
    return np.asarray(ordered[half] if len(rows) % 2 else (ordered[half - 1] + ordered[half]) / 2)


def _middle(pose: Pose, left: Landmark) -> FloatArray:
    """The middle between a left landmark and its right one: half the noise."""
    return np.asarray((pose.xy[left] + pose.xy[left + 1]) / 2, np.float64)
