"""Leaves out of the landmark network what nothing here asks for: the mask of the person.

The network's last branch paints a mask in full size. MediaPipe computes it whether it is asked for or not; it has a
tenth of the multiplications and, being large and thin, a larger part of the time. The landmarks do not depend on it:
without it they are the same to the last bit (``tests/test_slim.py``).

The network is a TensorFlow Lite flatbuffer. Nothing is moved in it: the list of operators is shortened, and the output
that was the mask names a small tensor that is computed anyway, because MediaPipe counts the outputs.
"""

import struct
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from flatbuffers.number_types import Int32Flags
from flatbuffers.table import Table

LANDMARKS_NETWORK = "pose_landmarks_detector.tflite"
_SCHEMA = b"TFL3"
_OUTPUTS = 5
_FLAG, _MASK = 1, 2
_HEADER = 30
_EXTRA = struct.Struct("<HH")
_PADDING = 0xD935
"""Kind of an extra field that is there to align what follows, as Android's zipalign writes it."""
_ALIGNED = 64
# fields of TensorFlow Lite's schema, version 3
_MODEL_SUBGRAPHS = 2
_GRAPH_TENSORS, _GRAPH_INPUTS, _GRAPH_OUTPUTS, _GRAPH_OPERATORS = 0, 1, 2, 3
_TENSOR_SHAPE = 0
_OPERATOR_INPUTS, _OPERATOR_OUTPUTS = 1, 2


def without_mask(bundle: bytes) -> bytes:
    """Return the bundle with a landmark network that computes no mask; unchanged where it is built otherwise."""
    with ZipFile(BytesIO(bundle)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    try:
        members[LANDMARKS_NETWORK] = _shortened(members[LANDMARKS_NETWORK])
    except (LookupError, TypeError, ValueError, struct.error):
        return bundle
    out = BytesIO()
    with ZipFile(
        out, "w", ZIP_STORED
    ) as packed:  # not compressed, and aligned: MediaPipe uses the files where they lie
        for name, content in members.items():
            info = ZipInfo(name)
            start = out.tell() + _HEADER + len(name) + _EXTRA.size
            padding = -start % _ALIGNED
            info.extra = _EXTRA.pack(_PADDING, padding) + bytes(padding)
            packed.writestr(info, content)
    return out.getvalue()


def _shortened(network: bytes) -> bytes:
    """Take the mask's operators out of a network.

    Raises:
        LookupError, TypeError, ValueError, struct.error: it is another network than was expected.
    """
    if network[4:8] != _SCHEMA:
        raise ValueError("no TensorFlow Lite network")
    data = bytearray(network)
    (root,) = struct.unpack_from("<I", data)
    (graph,) = _tables(Table(data, root), _MODEL_SUBGRAPHS)
    tensors = _tables(graph, _GRAPH_TENSORS)
    (picture,) = _numbers(graph, _GRAPH_INPUTS)
    outputs = _numbers(graph, _GRAPH_OUTPUTS)
    operators = _tables(graph, _GRAPH_OPERATORS)
    shape = _numbers(tensors[outputs[_MASK]], _TENSOR_SHAPE) if len(outputs) == _OUTPUTS else ()
    if shape != (*_numbers(tensors[picture], _TENSOR_SHAPE)[:3], 1):
        raise ValueError("the third output is no mask of the picture")
    made_by = {tensor: one for one, each in enumerate(operators) for tensor in _numbers(each, _OPERATOR_OUTPUTS)}
    kept = _needed(operators, made_by, (tensor for place, tensor in enumerate(outputs) if place != _MASK))
    stand_in = _numbers(operators[made_by[outputs[_FLAG]]], _OPERATOR_INPUTS)[0]
    struct.pack_into("<i", data, _vector(graph, _GRAPH_OUTPUTS)[0] + 4 * _MASK, stand_in)
    first, _ = _vector(graph, _GRAPH_OPERATORS)
    for place, one in enumerate(sorted(kept)):
        at = first + 4 * place
        struct.pack_into("<I", data, at, operators[one].Pos - at)  # an offset counts from where it stands
    struct.pack_into("<I", data, first - 4, len(kept))
    return bytes(data)


def _needed(operators: list[Table], made_by: dict[int, int], wanted: Iterable[int]) -> set[int]:
    """Return the operators from which the wanted tensors come."""
    needed: set[int] = set()
    waiting = list(wanted)
    while waiting:
        one = made_by.get(waiting.pop())
        if one is not None and one not in needed:
            needed.add(one)
            waiting += _numbers(operators[one], _OPERATOR_INPUTS)
    return needed


def _vector(table: Table, field: int) -> tuple[int, int]:
    """Where a vector's first element lies, and how many there are."""
    at = table.Offset(4 + 2 * field)
    return (table.Vector(at), table.VectorLen(at)) if at else (0, 0)


def _numbers(table: Table, field: int) -> tuple[int, ...]:
    first, count = _vector(table, field)
    return tuple(table.Get(Int32Flags, first + 4 * i) for i in range(count))


def _tables(table: Table, field: int) -> list[Table]:
    first, count = _vector(table, field)
    return [Table(table.Bytes, table.Indirect(first + 4 * i)) for i in range(count)]
