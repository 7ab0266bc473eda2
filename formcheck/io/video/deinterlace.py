"""Whole pictures out of interlaced ones: combed edges mislead the pose model."""

from collections.abc import Iterator

import av
from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.stream import VideoStream


class Deinterlacer:
    """Passes progressive video through untouched; joins the fields of interlaced video, one frame for one.

    Args:
        stream: where the frames come from.
    """

    def __init__(self, stream: VideoStream) -> None:
        self._stream = stream
        self._graph: Graph | None = None

    def run(self, frames: Iterator[VideoFrame]) -> Iterator[VideoFrame]:
        """Yield the frames as whole pictures, with their times."""
        for frame in frames:
            if self._graph is None and not frame.interlaced_frame:
                yield frame
                continue
            graph = self._graph = self._graph or self._build()
            graph.push(frame)
            yield from self._ready(graph)
        if self._graph is not None:
            self._graph.push(None)
            yield from self._ready(self._graph)

    def _build(self) -> Graph:
        graph = Graph()
        source = graph.add_buffer(template=self._stream)
        weave = graph.add("bwdif", "mode=send_frame:deint=interlaced")
        sink = graph.add("buffersink")
        source.link_to(weave)
        weave.link_to(sink)
        graph.configure()
        return graph

    @staticmethod
    def _ready(graph: Graph) -> Iterator[VideoFrame]:
        while True:
            try:
                frame = graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            if isinstance(frame, VideoFrame):
                yield frame
