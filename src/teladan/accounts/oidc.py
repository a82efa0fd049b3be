"""Signing in at an agency's own provider: OpenID Connect Core 1.0, authorization code flow with PKCE (RFC 7636, S256).

Pure: no Django, no clock but the token's own, and the network only through `Fetch`. What a provider says is believed
only when its signature, issuer, audience, time and nonce are right.
"""

import hashlib
import hmac
import ipaddress
import json
import secrets
import tomllib
import urllib.error
import urllib.request
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol
from urllib.parse import quote, urlencode, urlsplit

import jwt

ALGORITHMS = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
]  # signed by a key
LEEWAY = 60  # seconds between two clocks
PATIENCE = 8  # seconds for each answer of the provider
LARGEST = 1_000_000  # bytes of an answer
MATCHES = ("nip", "email")
_REQUIRED = ("label", "issuer", "client_id", "secret_env", "claim", "matches")


class Unreachable(Exception):
    """The provider did not answer, or not with what the standard says."""


class Untrusted(Exception):
    """The provider's answer does not hold: signature, issuer, audience, time, nonce or state."""


@dataclass(frozen=True, kw_only=True)
class Provider:
    """An agency's provider. `claim` is what it says about a person; `matches` what of our account it is compared with."""

    agency: str
    label: str
    issuer: str
    client_id: str
    secret: str = field(repr=False)
    claim: str
    matches: str
    scopes: tuple[str, ...] = ("openid", "profile", "email")


@dataclass(frozen=True, kw_only=True)
class Endpoints:
    """Where the provider listens, from its discovery document."""

    authorization: str
    token: str
    keys: str
    methods: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What is remembered while somebody is away at the provider. All of it is secret to the browser's session."""

    state: str
    nonce: str
    verifier: str

    def as_data(self) -> dict[str, str]:
        """For the session."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Somebody as the provider vouches for them. `value` is the claim that is compared with accounts; empty: none."""

    subject: str
    value: str


class Fetch(Protocol):
    """Ask the network: GET, or POST when there is a form; the answer as JSON. Unreachable for anything else."""

    def __call__(self, url: str, *, form: Mapping[str, str] | None = None, basic: str = "") -> dict[str, Any]: ...


def read_providers(text: str, environ: Mapping[str, str]) -> dict[str, Provider]:
    """The providers of a TOML text, one table for each agency (its short name), secrets from the named variables of the
    environment. ValueError with a sentence that names the table."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"not TOML: {error}") from None
    return {agency: _provider(agency, table, environ) for agency, table in tables.items()}


def _provider(agency: str, table: Any, environ: Mapping[str, str]) -> Provider:
    if not isinstance(table, dict):
        raise ValueError(f"{agency} stands outside a table; write [short-name-of-the-agency] above it")
    missing = [key for key in _REQUIRED if not isinstance(table.get(key), str) or not table[key].strip()]
    if missing:
        raise ValueError(f"[{agency}] needs {', '.join(missing)}")
    if unknown := set(table) - {*_REQUIRED, "scopes"}:
        raise ValueError(f"[{agency}] does not know {', '.join(sorted(unknown))}")
    if table["matches"] not in MATCHES:
        raise ValueError(f"[{agency}] matches must be one of: {', '.join(MATCHES)}")
    if not is_safe(table["issuer"]):
        raise ValueError(f"[{agency}] issuer must begin with https://")
    secret = environ.get(table["secret_env"], "")
    if not secret:
        raise ValueError(f"[{agency}] names the variable {table['secret_env']}, which is empty")
    scopes = tuple(table.get("scopes", ("openid", "profile", "email")))
    if "openid" not in scopes:
        raise ValueError(f'[{agency}] scopes must hold "openid"')
    values = {key: table[key] for key in _REQUIRED if key != "secret_env"}
    return Provider(agency=agency, secret=secret, scopes=scopes, **values)


def is_safe(url: str) -> bool:
    """Encrypted, or on this very machine."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        return bool(parts.hostname)
    try:
        return parts.scheme == "http" and ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def discover(provider: Provider, fetch: Fetch) -> Endpoints:
    """OpenID Connect Discovery 1.0, 4: the document must name the very issuer that was configured."""
    found = fetch(provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise Untrusted("the discovery document names another issuer")
    urls = [str(found.get(key, "")) for key in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if not all(is_safe(url) for url in urls):
        raise Untrusted("an endpoint is missing or not encrypted")
    methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Endpoints(authorization=urls[0], token=urls[1], keys=urls[2], methods=tuple(methods))


def begin() -> Attempt:
    """Fresh secrets for one way there and back."""
    return Attempt(state=secrets.token_urlsafe(32), nonce=secrets.token_urlsafe(32), verifier=secrets.token_urlsafe(48))


def authorization_url(provider: Provider, at: Endpoints, attempt: Attempt, *, back: str) -> str:
    """Where the browser is sent. `back` is our address to which the provider returns it."""
    challenge = urlsafe_b64encode(hashlib.sha256(attempt.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": " ".join(provider.scopes),
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{at.authorization}{'&' if '?' in at.authorization else '?'}{urlencode(query)}"


def finish(
    provider: Provider, at: Endpoints, attempt: Attempt, answer: Mapping[str, str], *, back: str, fetch: Fetch
) -> Identity:
    """Who came back with `answer` (the query of the return). Untrusted when anything does not fit."""
    if not hmac.compare_digest(answer.get("state", "").encode(), attempt.state.encode()):
        raise Untrusted("another state")
    if answer.get("iss", provider.issuer) != provider.issuer:  # RFC 9207: mixed-up providers
        raise Untrusted("another issuer")
    if not answer.get("code"):
        raise Untrusted("no code")
    form = {
        "grant_type": "authorization_code",
        "code": answer["code"],
        "redirect_uri": back,
        "code_verifier": attempt.verifier,
    }
    basic = ""
    if "client_secret_basic" in at.methods:  # RFC 6749, 2.3.1
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.secret, safe='')}"
        basic = b64encode(pair.encode()).decode()
    else:
        form |= {"client_id": provider.client_id, "client_secret": provider.secret}
    tokens = fetch(at.token, form=form, basic=basic)
    claims = verified(provider, str(tokens.get("id_token", "")), fetch(at.keys), nonce=attempt.nonce)
    value = claims.get(provider.claim, "")
    if provider.matches == "email" and claims.get("email_verified") is not True:
        value = ""
    return Identity(subject=str(claims["sub"]), value=str(value) if isinstance(value, str | int) else "")


def verified(provider: Provider, token: str, keys: Mapping[str, Any], *, nonce: str) -> dict[str, Any]:
    """The claims of an ID token (OpenID Connect Core 1.0, 3.1.3.7). Untrusted unless all of it holds."""
    try:
        head = jwt.get_unverified_header(token)
        known = jwt.PyJWKSet.from_dict(dict(keys)).keys
        key = next(one for one in known if one.key_id == head.get("kid") or (len(known) == 1 and "kid" not in head))
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key.key,
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "exp", "iat", "sub"]},
        )
    except (jwt.PyJWTError, StopIteration, TypeError, ValueError, AttributeError) as error:
        raise Untrusted(str(error) or "no key of the provider fits") from None
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != provider.client_id:
        raise Untrusted("meant for another client")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise Untrusted("another nonce")
    return claims


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """A provider's machine addresses answer themselves; a redirect could lead a secret elsewhere."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def fetch_json(url: str, *, form: Mapping[str, str] | None = None, basic: str = "") -> dict[str, Any]:
    """`Fetch` over HTTP with a time limit and a size limit."""
    headers = {"Accept": "application/json", **({"Authorization": f"Basic {basic}"} if basic else {})}
    data = urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(url, data=data, headers=headers)  # noqa: S310  (callers let only safe addresses in)
    try:
        with urllib.request.build_opener(_NoDetours).open(request, timeout=PATIENCE) as response:
            found = json.loads(response.read(LARGEST))
    except urllib.error.HTTPError as error:
        error.close()
        raise Unreachable(f"{urlsplit(url).hostname} answered {error.code}") from None
    except (OSError, ValueError) as error:
        raise Unreachable(f"{urlsplit(url).hostname}: {error}") from None
    if not isinstance(found, dict):
        raise Unreachable(f"{urlsplit(url).hostname} did not answer with an object")
    return found
