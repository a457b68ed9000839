"""The HTTP side: a threaded HTTP/1.1 server on loopback that hands calls to the gateway."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from susul.sandbox.faults import DroppedError
from susul.sandbox.oauth import LOOPBACK
from susul.sandbox.routing import Call, Reply, json_reply

MOST_BODY = 40_000_000
WORTH_PACKING = 256

Answer = Callable[[Call], Reply]


class _Handler(BaseHTTPRequestHandler):
    """One connection, kept alive; an answer leaves in one write, so that no delayed acknowledgement holds it back."""

    protocol_version = "HTTP/1.1"
    server_version = "susul-sandbox"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = 65536
    server: Server

    def _serve(self) -> None:
        call = self._call()
        if call is None:
            return
        try:
            reply = self.server.answer(call)
        except DroppedError:
            self._drop()
            return
        self._write(reply)

    # The names that http.server looks for.
    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 - http.server's names

    def _call(self) -> Call | None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        if not _is_local(headers.get("host", "")):
            self._refuse(403, "Only a loopback name is served.")
            return None
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_BODY or "transfer-encoding" in headers:
            self._refuse(413, "The body must have a Content-Length, and be no longer than 40 MB.")
            return None
        body = self.rfile.read(int(length))
        place = urlsplit(self.path)
        query = parse_qs(place.query, keep_blank_values=True)
        return Call(self.command, place.path, query, headers, body)

    def _refuse(self, status: int, message: str) -> None:
        self.close_connection = True
        self._write(json_reply({"error": {"code": status, "message": message}}, status))

    def _drop(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _write(self, reply: Reply) -> None:
        body, packed = reply.body, False
        if len(body) > WORTH_PACKING and "gzip" in self.headers.get("Accept-Encoding", ""):
            body, packed = gzip.compress(body, 1), True
        self.send_response(reply.status)
        if reply.status != 204:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.status != 204:
            self.wfile.write(body)
            self.server.count(self.path, len(body))
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class's name
        """Quiet: the gateway keeps the log."""


def _is_local(host: str) -> bool:
    """Only a loopback name may lead here, so that no web page reaches the mailbox through a name of its own."""
    try:
        return urlsplit(f"//{host}").hostname in LOOPBACK
    except ValueError:
        return False


class Server(ThreadingHTTPServer):
    """Serves in a daemon thread until ``close``, which ends every open connection."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, answer: Answer, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.answer = answer
        self.bytes_sent = 0  # of bodies, as they left: packed where the client takes that; the controls' don't count
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="susul-sandbox", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def count(self, path: str, size: int) -> None:
        if not path.startswith("/sandbox/"):
            with self._guard:
                self.bytes_sent += size

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is no error of ours; the gateway keeps those that are."""

    def close(self) -> None:
        self.shutdown()
        self._thread.join()
        with self._guard:
            left = list(self._open)
        for connection in left:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()
