"""Everything that formcheck raises for a reason its user can mend.

::

    FormcheckError
    ├── VideoError          a video cannot be read or written
    │   └── NoPersonError   it can, but nobody is in it
    ├── ModelError          the pose model is missing, damaged or no pose model
    ├── TraceError          a recorded trace cannot be read
    ├── OutputError         a result cannot be written
    ├── UnknownExerciseError
    ├── UnknownLanguageError
    ├── CameraError         a camera or stream cannot be opened, or is gone
    ├── VoiceError          a voice cannot speak, or not in the way that is asked for
    ├── HistoryError        the history cannot be opened, read or written
    ├── PlanError           a plan file says something that cannot be done
    ├── ReportError         a stored report.json cannot be read
    ├── PdfError            a PDF cannot be made here
    ├── WebError            the server cannot begin
    ├── BatchError          a batch cannot begin or go on
    └── CompareError        two sessions have nothing to compare

Each message says what is wrong, where, and what to do next. Anything else that escapes is a defect of formcheck.
"""


class FormcheckError(Exception):
    """Base of all errors that carry a message for the user."""


class VideoError(FormcheckError):
    """A video cannot be opened, decoded or encoded."""


class NoPersonError(VideoError):
    """A video was read to its end and no person was found in it."""


class ModelError(FormcheckError):
    """The pose model is missing, damaged, or is not a pose landmarker bundle."""


class TraceError(FormcheckError):
    """A recorded trace cannot be read."""


class OutputError(FormcheckError):
    """A result could not be written; nothing half-written was left behind."""


class UnknownExerciseError(FormcheckError):
    """No exercise has the name that was asked for."""


class UnknownLanguageError(FormcheckError):
    """There are no texts in the language that was asked for."""


class CameraError(FormcheckError):
    """A camera or stream cannot be opened, or is gone for good."""


class VoiceError(FormcheckError):
    """A voice or a loudspeaker does not work, or is asked for something it cannot do."""


class HistoryError(FormcheckError):
    """The history cannot be opened, read or written."""


class ReportError(FormcheckError):
    """A stored report.json cannot be read, or is not as it was written."""


class PlanError(FormcheckError):
    """A plan file cannot be read, or asks for something that cannot be done."""


class PdfError(FormcheckError):
    """A PDF cannot be made: the optional extra is missing, or it fails."""


class WebError(FormcheckError):
    """The server cannot begin: the optional extra is missing, or its address cannot be used."""


class BatchError(FormcheckError):
    """A batch cannot begin or go on: nothing to do, results in use by another one, or no cluster."""


class CompareError(FormcheckError):
    """What was named is no session, or two sessions have nothing in common."""
