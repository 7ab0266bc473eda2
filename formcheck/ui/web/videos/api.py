"""The API's videos: send one, follow the queue, take the results, remove it."""

import shutil
import tempfile
from enum import StrEnum
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal

from anyio import to_thread
from fastapi import APIRouter, Path, Query, Request
from pydantic import AwareDatetime, BaseModel
from starlette.requests import ClientDisconnect
from starlette.responses import FileResponse, Response

from formcheck.exercises import AUTO, all_exercises
from formcheck.io.report.folder import ANGLES, PAGE, REPORT, VIDEO
from formcheck.io.report.page import script_hash
from formcheck.ui.web.common import Language, failures
from formcheck.ui.web.headers import report_policy
from formcheck.ui.web.problems import known
from formcheck.ui.web.settings import Settings
from formcheck.ui.web.videos.job import Job, stored_as
from formcheck.ui.web.videos.queue import VideoQueue, results_of
from formcheck.ui.web.videos.receiving import check_length, receive

_Id = Annotated[str, Path(min_length=1, max_length=40, description="As the upload has answered.")]
_Name = Annotated[str, Query(min_length=1, max_length=255, description="Of the file.")]
_NAMES = "|".join([AUTO, *(exercise.key for exercise in all_exercises())])
_Exercise = Annotated[str, Query(pattern=f"^({_NAMES})$", description="What is done in it; auto recognises it.")]
_TYPES = {
    PAGE: "text/html; charset=utf-8",
    VIDEO: "video/mp4",
    REPORT: "application/json",
    ANGLES: "text/csv; charset=utf-8",
}


class Result(StrEnum):
    """A result's file."""

    PAGE = "report.html"
    VIDEO = "annotated.mp4"
    REPORT = "report.json"
    ANGLES = "angles.csv"
    ORIGINAL = "original"


class VideoId(BaseModel):
    """Names a video from now on."""

    id: str


class ErrorInfo(BaseModel):
    """What did not work, as in a failure."""

    key: str
    text: str
    remedy: str
    values: dict[str, Any]


class VideoInfo(BaseModel):
    """A video in the queue; ``session`` is its number in the history, where it was taken in."""

    id: str
    name: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    progress: float
    remaining_s: float | None
    error: ErrorInfo | None
    summary: str | None
    kept: bool
    session: int | None


def router(queue: VideoQueue, settings: Settings) -> APIRouter:
    """Return the routes."""
    routes = APIRouter(prefix="/videos", tags=["videos"], responses=failures(422))
    limits = settings.limits
    coming = 0

    @routes.post(
        "",
        status_code=201,
        responses=failures(408, 413, 429, 503, 507),
        openapi_extra={
            "requestBody": {
                "required": True,
                "description": "The file.",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        },
    )
    async def upload(
        request: Request,
        *,
        name: _Name,
        exercise: _Exercise = AUTO,
        keep: Annotated[bool, Query(description="Keep the video after its analysis.")] = False,
        remember: Annotated[bool, Query(description="Take what is found into the history.")] = False,
        modified: Annotated[
            AwareDatetime | None,
            Query(description="When the file was changed last: taken for its day where the video does not say."),
        ] = None,
    ) -> VideoId:
        """Take a video in and queue it. The request's body is the file."""
        nonlocal coming
        queue.room()
        check_length(_length(request), queue.folder, limits)
        if coming >= limits.uploads:
            raise known(503, "uploads")
        coming += 1
        folder = FilePath(tempfile.mkdtemp(prefix="video-", dir=queue.folder))
        file = stored_as(name)
        try:
            await receive(aiter(request.stream()), folder / file, limits)
            job = Job(folder, name, file, None if exercise == AUTO else exercise, keep, remember, modified)
            queue.add(job)
        except ClientDisconnect:
            await to_thread.run_sync(_throw_away, folder)
            raise known(400, "gone") from None
        except BaseException:
            _throw_away(folder)
            raise
        finally:
            coming -= 1
        return VideoId(id=job.id)

    @routes.get("")
    def videos(language: Language = "en") -> list[VideoInfo]:
        """Return all videos, in the order in which they came."""
        return [_told(job, language) for job in queue.all()]

    @routes.delete("/{id}", status_code=204, responses=failures(404), response_class=Response)
    def remove(id: _Id) -> Response:  # noqa: A002 - the path's word
        """Cancel a video, or remove one that is through."""
        queue.remove(id)
        return Response(status_code=204)

    @routes.get(
        "/{id}/{result}",
        responses=failures(404, 409, 416) | {200: {"content": {kind: {} for kind in _TYPES.values()}}},
        response_class=FileResponse,
    )
    def result(id: _Id, result: Result) -> FileResponse:  # noqa: A002
        """Return a result's file, or the original where it was kept; of videos, parts can be asked for."""
        job = queue.find(id)
        if result is Result.ORIGINAL:
            return _original(job)
        path = results_of(job) / result.value
        if job.state != "done" or not path.is_file():
            raise known(409, "not_done")
        headers = {"Content-Security-Policy": report_policy(script_hash())} if result is Result.PAGE else {}
        return FileResponse(path, media_type=_TYPES[result.value], headers=headers)

    return routes


def _original(job: Job) -> FileResponse:
    path = job.folder / job.file
    if job.state != "done" or not path.is_file():
        raise known(404, "not_kept")
    return FileResponse(path, media_type="application/octet-stream", filename=job.name)


def _told(job: Job, language: str) -> VideoInfo:
    return VideoInfo(
        id=job.id,
        name=job.name,
        state=job.state,
        progress=round(job.progress, 3),
        remaining_s=job.remaining_s,
        error=ErrorInfo(**job.error) if job.error else None,
        summary=job.summary.get(language),
        kept=job.keep,
        session=job.session,
    )


def _length(request: Request) -> int | None:
    told = request.headers.get("content-length", "")
    return int(told) if told.isascii() and told.isdecimal() else None


def _throw_away(folder: FilePath) -> None:
    shutil.rmtree(folder, ignore_errors=True)
