"""Where a video is cut into parts that can be worked on at once."""

from itertools import accumulate
from math import ceil

_LEAST_S = 40.0
"""Shorter videos stay whole: starting further networks would take longer than it saves."""
_MOST_S = 60.0
_EVEN = ((160.0, 8), (60.0, 4), (0.0, 2))
"""From which length on there are parts in multiples of what: two, four or eight cores are then busy to the end."""
_TAPER_S = 100.0
_TAPER = (0.5, 0.5, 0.25, 0.25)
"""Lengths, beside the others', of four more at the end of videos from there on: what the last lane finds is judged and
drawn when all lanes are done, so it should be little."""
_LOOK_S = 3.0
_AFTER_LOOK_S = 2.9
"""Others are counted at every third second; a cut just before it spares the two lanes the same look."""


def starts_of_parts(duration_s: float) -> list[float]:
    """Return the times at which the parts of a video begin, s.

    They hang on its length only, never on the machine: results must not.
    """
    if duration_s < _LEAST_S:
        return [0.0]
    multiple = next(multiple for least, multiple in _EVEN if duration_s >= least)
    count = multiple * ceil(duration_s / _MOST_S / multiple)
    shares = [1.0] * count + list(_TAPER if duration_s >= _TAPER_S else ())
    ends = [duration_s * end / sum(shares) for end in accumulate(shares[:-1])]
    return [0.0, *(round(_LOOK_S * round((end - _AFTER_LOOK_S) / _LOOK_S) + _AFTER_LOOK_S, 3) for end in ends)]
