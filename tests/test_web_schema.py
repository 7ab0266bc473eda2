"""The API against its own description: whatever is asked, by it or against it, the answer is a described one."""

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from formcheck.exercises import find
from formcheck.io.history import History
from formcheck.ui.web.app import create_app
from formcheck.ui.web.settings import Limits, Settings
from tests.web import Served

API = schemathesis.openapi.from_dict(create_app(Settings()).openapi())


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    db = tmp_path_factory.mktemp("schema") / "h.db"
    with History.open(db) as history:
        for _ in range(3):
            session = history.begin_session()
            history.begin_set(session, find("bridge"))
            history.add_pain(session, "before", 3)
    with Served(Settings(db=db, limits=Limits(videos=0))) as served:
        yield served.origin


@API.parametrize()
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: schemathesis.Case, origin: str) -> None:
    case.call_and_validate(base_url=origin)
