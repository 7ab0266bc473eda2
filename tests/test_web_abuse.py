"""What the server has to bear: strangers, other sites, garbage, floods. A clear answer, and nothing else suffers."""

import os
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from formcheck.ui.web.settings import Limits, Settings
from tests.web import JPEG, Seen, Served

TOKEN = "a-token-of-the-test"


def settings(**how) -> Settings:
    return Settings(**{"keep": False, "finder": lambda _: Seen([]), **how})


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with Served(settings()) as served:
        yield served


def code_of(closed: ConnectionClosed) -> int:
    assert closed.rcvd is not None
    return closed.rcvd.code


class TestStrangers:
    @pytest.mark.parametrize(
        "headers",
        [
            pytest.param({"Origin": "http://evil.example"}, id="another site"),
            pytest.param({"Origin": "null"}, id="nobody's"),
            pytest.param({"Origin": "http://127.0.0.1:1"}, id="another server of this machine"),
            pytest.param({"Origin": "file://"}, id="a file"),
            pytest.param({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, id="a picture in another page"),
            pytest.param({"Sec-Fetch-Site": "same-site"}, id="another port"),
            pytest.param({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, id="a link to the API"),
        ],
    )
    @pytest.mark.parametrize("path", ["/health", "/history/export"])
    def test_other_sites_pages_get_nothing(self, server: Served, headers: dict[str, str], path: str) -> None:
        answer = server.get(path, headers=headers)
        assert answer.status_code == 403
        assert answer.json()["error"]["key"] == "wrong_origin"
        assert "access-control-allow-origin" not in answer.headers

    def test_a_link_from_elsewhere_opens_the_page(self, server: Served) -> None:
        headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
        assert server.http.get("/", headers=headers).status_code == 200

    @pytest.mark.parametrize(
        "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[", "localhost@evil.example:1"]
    )
    def test_a_name_that_was_pointed_here_gets_nothing(self, server: Served, host: str) -> None:
        answer = server.get("/health", headers={"Host": host})
        assert answer.status_code in (400, 421)
        if answer.status_code == 421:
            assert answer.json()["error"]["key"] == "wrong_host"

    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST:1234"])
    def test_this_machines_own_names_are_served(self, server: Served, host: str) -> None:
        assert server.get("/health", headers={"Host": host}).status_code == 200

    def test_a_socket_of_another_site_is_closed(self, server: Served) -> None:
        with server.browser(origin="http://evil.example") as browser, pytest.raises(ConnectionClosed) as closed:
            browser.hear()
        assert code_of(closed.value) == 1008

    def test_a_socket_by_another_name_is_closed(self, server: Served) -> None:
        raw = socket.create_connection(("127.0.0.1", server.port))
        address = f"ws://evil.example:{server.port}/api/v1/live"
        with connect(address, sock=raw) as line, pytest.raises(ConnectionClosed) as closed:
            line.recv(10)
        assert code_of(closed.value) == 1008

    def test_there_is_no_other_socket(self, server: Served) -> None:
        with pytest.raises(InvalidStatus), connect(f"ws://127.0.0.1:{server.port}/elsewhere", proxy=None):
            pass

    def test_every_answer_says_what_browsers_may_do_with_it(self, server: Served) -> None:
        for path in ("/", "/api/v1/health", "/nothing", "/api/v1/nothing"):
            headers = server.http.get(path).headers
            policy = headers["content-security-policy"]
            assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["cross-origin-resource-policy"] == "same-origin"
            assert "server" not in headers
        assert server.get("/health").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("host", "status"),
    [("192.168.1.5:8377", 200), ("[fd00::1]", 200), ("My-PC", 200), ("evil.example", 421), ("192.168.1.5.nip.io", 421)],
)
def test_where_it_listens_everywhere_its_addresses_and_its_own_name_are_served(host: str, status: int) -> None:
    with Served(settings(host="0.0.0.0", names=("my-pc",))) as served:
        assert served.get("/health", headers={"Host": host}).status_code == status


@pytest.fixture(scope="module")
def guarded() -> Iterator[Served]:
    with Served(settings(token=TOKEN)) as served:
        yield served


class TestToken:
    @pytest.mark.parametrize(
        "how",
        [
            pytest.param({}, id="none"),
            pytest.param({"params": {"token": TOKEN}}, id="in the address of the API"),
            pytest.param({"headers": {"Authorization": "Bearer wrong"}}, id="a wrong one"),
            pytest.param({"headers": {"Cookie": "formcheck="}}, id="an empty one"),
            pytest.param({"headers": {"Cookie": b"formcheck=\xff;;=x"}}, id="a broken cookie"),
        ],
    )
    def test_nothing_is_told_without_it(self, guarded: Served, how: dict) -> None:
        answer = guarded.get("/health", **how)
        assert answer.status_code == 401
        assert answer.json()["error"]["key"] == "no_token"

    def test_not_even_the_page(self, guarded: Served) -> None:
        assert guarded.http.get("/").status_code == 401

    def test_the_printed_address_leads_to_the_page_and_leaves_a_cookie_that_scripts_and_sites_cannot_use(
        self, guarded: Served
    ) -> None:
        answer = guarded.http.get(f"/live?token={TOKEN}&x=1")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/live?x=1"
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        with httpx.Client(base_url=guarded.origin, trust_env=False, follow_redirects=True) as client:
            assert client.get(f"/?token={TOKEN}").status_code == 200
            assert client.get("/api/v1/health").status_code == 200

    def test_an_address_cannot_lead_elsewhere(self, guarded: Served) -> None:
        answer = guarded.http.get(f"{guarded.origin}//evil.example/?token={TOKEN}")
        assert answer.headers["location"] == "/evil.example/"

    def test_programs_may_show_it_in_a_header(self, guarded: Served) -> None:
        assert guarded.get("/health", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200

    def test_a_socket_needs_it_too(self, guarded: Served) -> None:
        with guarded.browser() as browser, pytest.raises(ConnectionClosed) as closed:
            browser.hear()
        assert code_of(closed.value) == 1008
        with guarded.browser(Cookie=f"formcheck={TOKEN}") as browser:
            assert browser.start()["type"] == "started"


class TestSockets:
    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(b"", id="empty"),
            pytest.param(b"\0" * 7, id="no time"),
            pytest.param(struct.pack("<d", 1.0), id="no picture"),
            pytest.param(struct.pack("<d", float("nan")) + JPEG, id="a time that is none"),
            pytest.param(struct.pack("<d", float("inf")) + JPEG, id="an endless time"),
            pytest.param(struct.pack("<d", 1.0) + os.urandom(5000), id="garbage"),
            pytest.param(struct.pack("<d", 1.0) + JPEG[:-50], id="half a picture"),
        ],
    )
    def test_a_broken_picture_is_left_out_and_the_session_goes_on(self, server: Served, data: bytes) -> None:
        with server.browser() as browser:
            browser.start()
            browser.socket.send(data)
            assert browser.wait_for("error")["key"] == "frame_broken"
            assert browser.show(dt=2.0)["type"] == "moment"

    @pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"type": "fly"}', '{"type": "start"}', "[" * 9000])
    def test_a_message_that_is_none_is_told_and_the_session_goes_on(self, server: Served, text: str) -> None:
        with server.browser() as browser:
            browser.start()
            browser.socket.send(text)
            assert browser.wait_for("error")["key"] in ("bad_message", "started_already")
            assert browser.show()["type"] == "moment"

    @pytest.mark.parametrize(
        "message",
        [
            pytest.param(struct.pack("<d", 1.0) + b"\0" * (2 * 2**20), id="picture"),
            pytest.param("x" * 20_000, id="text"),
            pytest.param("x" * (3 * 2**20), id="huge text"),
        ],
    )
    def test_a_message_that_is_too_large_closes_the_socket(self, server: Served, message: bytes | str) -> None:
        with server.browser() as browser:
            browser.start()

            def send_and_wait() -> None:
                browser.socket.send(message)
                browser.wait_for("never")

            with pytest.raises(ConnectionClosed) as closed:
                send_and_wait()
        # the server does not read it to its end: who still sends may see the reset before the reason
        reset = isinstance(closed.value.__cause__, ConnectionError)
        assert reset or code_of(closed.value) == 1009
        with server.browser() as another:
            assert another.start()["type"] == "started"

    def test_who_does_not_begin_is_sent_away(self) -> None:
        with Served(settings(limits=Limits(start_s=0.05))) as served, served.browser() as browser:
            assert browser.hear()["key"] == "no_start"
            with pytest.raises(ConnectionClosed) as closed:
                browser.hear()
        assert code_of(closed.value) == 1008

    def test_who_begins_with_something_else_is_told(self, server: Served) -> None:
        with server.browser() as browser:
            browser.order("pause")
            assert browser.hear()["key"] == "no_start"
            browser.send()
            assert browser.hear()["key"] == "no_start"
            assert browser.start()["type"] == "started"

    def test_of_a_hundred_sockets_a_few_get_a_session_and_the_rest_a_clear_no(self) -> None:
        limits = Limits(sessions=4, sockets=16)
        before = set(threading.enumerate())
        with Served(settings(limits=limits)) as served, ExitStack() as stack:
            answers = []
            for _ in range(100):
                browser = stack.enter_context(served.browser())
                try:
                    answers.append(browser.start())
                except ConnectionClosed:
                    answers.append({"key": "closed"})
            begun = [answer for answer in answers if answer.get("type") == "started"]
            refused = [answer for answer in answers if answer.get("key") == "busy"]
            assert len(begun) == 4
            assert len(refused) == 96
            new = set(threading.enumerate()) - before
            assert sum(thread.name.startswith("formcheck-live") for thread in new) == 4
            assert served.get("/health").status_code == 200
        assert not any(thread.name.startswith("formcheck-live") for thread in set(threading.enumerate()) - before)

    def test_a_session_whose_browser_is_away_makes_room_for_a_new_one(self) -> None:
        with Served(settings(limits=Limits(sessions=1))) as served:
            with served.browser() as browser:
                token = browser.start()["token"]
                browser.show()
            with served.browser() as browser:
                while browser.start()["type"] != "started":
                    pass
                assert browser.show()["type"] == "moment"
            with served.browser() as browser:
                told = browser.start(resume=token)
                assert told["type"] in ("started", "error")  # it has ended
                if told["type"] == "started":
                    assert browser.wait_for("over")["outcome"] == "ended"

    def test_who_sends_without_reading_holds_up_nobody(self, server: Served) -> None:
        with server.browser() as greedy, server.browser() as browser:
            greedy.start()
            for _ in range(300):
                greedy.send()
            browser.start()
            assert browser.show()["type"] == "moment"


class TestPaths:
    @pytest.mark.parametrize(
        "path",
        [
            "/../../pyproject.toml", "/..%2f..%2fpyproject.toml", "/%2e%2e/app.py", "/....//app.py", "/..\\app.py",
            "//etc/passwd", "/%00", "/js/../../app.py", "/api", "/api/", "/api/v1", "/" + "a" * 5000,
            "/api/v1/videos/..%2f..%2fx/report.html", "/api/v1/videos/x/../../../report.html",
        ],
    )  # fmt: skip
    def test_no_path_leads_out_of_the_pages_folder(self, server: Served, path: str) -> None:
        with socket.create_connection(("127.0.0.1", server.port)) as line:  # as it stands: clients tidy paths up
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        assert answer.split()[1] in (b"404", b"400", b"422")
        assert b"formcheck" not in answer.partition(b"\r\n\r\n")[2].replace(b"formcheck/", b"")

    def test_what_cannot_be_done_says_what_can(self, server: Served) -> None:
        for path in ("/", "/api/v1/health", "/api/v1/videos/x"):
            answer = server.http.put(path)
            assert answer.status_code == 405
            assert answer.headers["allow"]
            assert answer.json()["error"]["key"] == "wrong_method"


class TestUploads:
    def test_a_video_that_says_it_is_too_large_is_refused_before_it_comes(self, server: Served) -> None:
        with socket.create_connection(("127.0.0.1", server.port)) as line:
            head = "POST /api/v1/videos?name=x.mp4 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n"
            line.sendall(head.encode())
            assert line.recv(65536).split()[1] == b"413"

    def test_a_video_that_turns_out_too_large_is_cut_short_and_thrown_away(self) -> None:
        with Served(settings(limits=Limits(upload=100_000))) as served:
            chunks = (b"x" * 10_000 for _ in range(1000))
            try:
                status = served.http.post("/api/v1/videos?name=x.mp4", content=chunks).status_code
            except httpx.WriteError:  # it was hung up on in mid-sentence
                status = 413
            assert status == 413
            assert served.get("/videos").json() == []

    def test_a_video_that_comes_too_slowly_is_given_up(self) -> None:
        with (
            Served(settings(limits=Limits(chunk_s=0.1))) as served,
            socket.create_connection(("127.0.0.1", served.port)) as line,
        ):
            head = "POST /api/v1/videos?name=x.mp4 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nabc"
            line.sendall(head.encode())
            line.settimeout(20)
            assert line.recv(65536).split()[1] == b"408"

    def test_an_upload_that_is_broken_off_leaves_nothing(self) -> None:
        with Served(settings()) as served:
            with socket.create_connection(("127.0.0.1", served.port)) as line:
                head = "POST /api/v1/videos?name=x.mp4 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nabc"
                line.sendall(head.encode())
            assert served.get("/videos").json() == []

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            pytest.param("", 422, id="no name"),
            pytest.param("name=" + "x" * 300, 422, id="a long name"),
            pytest.param("name=x&exercise=squat", 422, id="no such exercise"),
            pytest.param("name=x", 422, id="an empty file"),
        ],
    )
    def test_what_cannot_be_taken_is_told(self, server: Served, query: str, status: int) -> None:
        answer = server.http.post(f"/api/v1/videos?{query}", content=b"")
        assert answer.status_code == status
        assert answer.json()["error"]["text"]

    def test_only_so_many_are_taken(self) -> None:
        with Served(settings(limits=Limits(videos=0))) as served:
            answer = served.http.post("/api/v1/videos?name=x.mp4", content=b"x")
        assert answer.status_code == 429
