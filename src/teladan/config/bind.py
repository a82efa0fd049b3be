"""Where the server listens (`TELADAN_BIND`), and under which address it is reached (`TELADAN_URL`)."""

import ipaddress
import os
import re
import socket
from dataclasses import dataclass

from teladan.config.console import Refusal
from teladan.config.environment import BadSetting, text

DEFAULT = "127.0.0.1:8000"
_FORM = re.compile(r"(?:(?P<host>\[[0-9a-fA-F:]+\]|[^\s:\[\]]+):)?(?P<port>\d{1,5})")


@dataclass(frozen=True)
class Bind:
    """A host (name or address, IPv6 without brackets) and a port."""

    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def url(self) -> str:
        """The address to open in a browser on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104  (told apart, not bound)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def require_free(self) -> None:
        """Refusal when something listens there already. The server itself would share the port without a word."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise Refusal(
                    f"Tidak dapat memakai {self.host}:{self.port} ({error.strerror}).",
                    next_step="Hentikan program yang memakainya, atau pilih lain: TELADAN_BIND=127.0.0.1:8001",
                ) from None

    def answers(self) -> bool:
        """Does something accept connections there?"""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104  (told apart, not bound)
        try:
            socket.create_connection((host, self.port), timeout=1).close()
        except OSError:
            return False
        return True


def bind() -> Bind:
    """From the environment."""
    return parse(text("TELADAN_BIND", DEFAULT))


def parse(given: str) -> Bind:
    """`host:port`, `[ipv6]:port` or a port alone. BadSetting for anything else."""
    match = _FORM.fullmatch(given)
    if match is None or not 0 < int(match["port"]) < 65536:
        raise BadSetting(f"TELADAN_BIND must be host:port such as {DEFAULT}, not {given!r}")
    return Bind((match["host"] or "127.0.0.1").strip("[]"), int(match["port"]))


def announce() -> None:
    """Let the settings know the address when nobody said another one; before they are read."""
    os.environ.setdefault("TELADAN_URL", bind().url)
