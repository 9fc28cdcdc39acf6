"""What answers at the port of a rehearsal that was thrown away: one sentence, and the way to the real system.

Whoever reloads a page of it would else meet a browser's own error, and not know whether the machine is down.
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from . import serving

#: Seconds a browser may take over its request.
PATIENCE = 5
PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>这个演练已经丢弃</title></head>'
    "<body><h1>这个演练已经丢弃</h1><p>它的页面不再打得开，也不能恢复；正式系统没有受影响。</p>{}</body></html>"
)
NO_LINK = mark_safe("<p>请回到正式系统的“演练”页面。</p>")


class _Answer(BaseHTTPRequestHandler):
    """Gone, whatever is asked for."""

    server_version, sys_version = "gongzhi", ""
    timeout = PATIENCE

    def do_GET(self) -> None:
        """Say that it is gone."""
        assert isinstance(self.server, Grave)
        self.send_response(410)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.server.page)))
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(self.server.page)

    do_HEAD = do_POST = do_GET  # noqa: N815 - names of the library

    def log_message(self, format: str, *args: object) -> None:
        """Nobody needs to know who asked."""


class Grave(ThreadingHTTPServer):
    """Listens at a loopback port until it is closed. OSError: somebody else does."""

    daemon_threads = True

    def __init__(self, port: int, site: str) -> None:
        way = (
            format_html('<p><a href="{}/rehearsals/">回正式系统的“演练”页面</a></p>', site)
            if site
            else NO_LINK
        )
        self.page = format_html(PAGE, way).encode()
        super().__init__((serving.HOST, port), _Answer)
        threading.Thread(target=self.serve_forever, name=f"grave-{port}", daemon=True).start()

    def close(self) -> None:
        """Let the port go."""
        self.shutdown()
        self.server_close()
