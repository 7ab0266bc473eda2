"""Presentation times that always rise, whatever a file says."""

LEAP_S = 10.0
"""No frame of an exercise video stands for longer than this."""
_STEP_BACK_S = 1.0


class Timeline:
    """Places frames in time, mending what cannot be true.

    Args:
        nominal_s: duration of a frame where nothing better is known.

    Attributes:
        last: time of the last frame, s.
        mended: whether anything had to be mended.
    """

    def __init__(self, nominal_s: float) -> None:
        self._nominal = nominal_s
        self._shift = 0.0
        self._first: float | None = None
        self._untimed = False
        self.last = 0.0
        self.mended = False

    @property
    def span(self) -> float:
        """Time from the first to the last frame, s."""
        return self.last - (self._first or 0.0)

    def place(self, told: float | None) -> float:
        """Return the time of the next frame in s, strictly later than the one before.

        Args:
            told: what the file says, s from its start; None = nothing.
        """
        if self._first is None:
            believable = told is not None and 0 <= told <= LEAP_S
            self._untimed = told is None  # a bare stream has no times to be wrong
            self.mended = told is not None and told > LEAP_S
            t = told if believable and told is not None else 0.0
            self._shift = t - told if told is not None else 0.0
            self._first = self.last = t
            return t
        if told is None:
            self.mended = self.mended or not self._untimed
            t = self.last + self._nominal
        else:
            t = told + self._shift
            step = t - self.last
            if step > LEAP_S or step < -_STEP_BACK_S:
                # another clock from here on
                self.mended = True
                t = self.last + self._nominal
                self._shift = t - told
            elif step <= 0:
                # a repeated stamp, or two exchanged: the next one will be right again
                self.mended = True
                t = self.last + min(self._nominal, 0.001)
        self.last = t
        return t
