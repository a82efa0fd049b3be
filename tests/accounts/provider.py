"""An OpenID Connect provider on loopback, in a few lines: discovery, keys, tokens. What it says can be bent, so that each
lie is seen to be refused."""

import base64
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "teladan", "rahasia & panjang/sekali"


class Provider:
    """`claims` are said of whoever comes; `bend` changes the token's claims just before they are signed."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {"sub": "orang-1"}
        self.bend: Callable[[dict[str, Any]], object] = lambda claims: None
        self.document: dict[str, Any] = {}
        self.sign_with: Any = self.key
        self.algorithm = "RS256"
        self.kid = "kunci-1"
        self.is_down = False
        self.issuer = ""
        self._codes: dict[str, dict[str, str]] = {}

    def authorize(self, url: str) -> dict[str, str]:
        """What the browser brings back after somebody signed in there."""
        asked = dict(parse_qsl(urlsplit(url).query))
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split() and asked["client_id"] == CLIENT
        code = f"kode-{len(self._codes)}"
        self._codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def answer(self, path: str, form: dict[str, str], basic: str) -> tuple[int, Any]:
        if self.is_down:
            return 503, {"error": "down"}
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                **self.document,
            }
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return 200, {"keys": [{**public, "kid": "kunci-1", "use": "sig", "alg": "RS256"}]}
        return self._token(form, basic) if path == "/token" else (404, {})

    def _token(self, form: dict[str, str], basic: str) -> tuple[int, Any]:
        asked = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        expected = base64.b64encode(b"teladan:rahasia%20%26%20panjang%2Fsekali").decode()
        if asked is None or basic != f"Basic {expected}":
            return 401, {"error": "invalid_client"}
        if proof != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.claims,
        }
        self.bend(claims)
        headers = {"kid": self.kid} if self.kid else {}
        token = jwt.encode(claims, self.sign_with, algorithm=self.algorithm, headers=headers)
        return 200, {"id_token": token, "access_token": "x", "token_type": "Bearer"}


@contextmanager
def serving() -> Iterator[Provider]:
    """The provider at work on a free port of this machine."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply({})

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._reply({name: values[0] for name, values in parse_qs(raw).items()})

        def _reply(self, form: dict[str, str]) -> None:
            status, said = provider.answer(urlsplit(self.path).path, form, self.headers.get("Authorization", ""))
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
