"""The server of `teladan course preview`: one process on this machine alone."""

import os
from pathlib import Path

import django
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from teladan.config.bind import Bind
from teladan.config.console import Refusal, say


class _Quiet(WSGIRequestHandler):
    """Says nothing about requests: the page asks every second."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name is the library's)
        pass


def serve(folder: Path, where: Bind) -> int:
    """Show the course in `folder` until stopped. Refusal for an address that others can reach."""
    if not where.is_loopback:
        raise Refusal(
            f"Pratinjau hanya untuk komputer ini, bukan {where.host}.",
            next_step=f"Pakai --alamat 127.0.0.1:{where.port}, atau hapus --alamat.",
        )
    os.environ["TELADAN_PREVIEW_FOLDER"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "teladan.config.settings_preview"
    django.setup()
    from teladan.config.static import build_if_changed  # noqa: PLC0415  (needs the settings)

    build_if_changed(say)
    where.require_free()
    server = ThreadedWSGIServer((where.host, where.port), _Quiet, ipv6=":" in where.host)
    server.set_app(get_wsgi_application())
    say(f"Pratinjau {folder.name}: {where.url}/ (Ctrl-C menghentikan). Simpan berkas, dan halamannya memuat ulang.")
    try:
        server.serve_forever()
    finally:
        server.server_close()
    return 0
