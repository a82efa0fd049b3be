"""The pure part of signing in elsewhere: which files are accepted, which addresses, which tokens."""

import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from teladan.accounts import oidc

GOOD = """
[dinkes-contoh]
label = "SSO Pemkab Contoh"
issuer = "https://sso.contoh.go.id"
client_id = "teladan"
secret_env = "RAHASIA_SSO"
claim = "nip"
matches = "nip"
"""


def test_providers_are_read_with_their_secrets_from_the_environment() -> None:
    found = oidc.read_providers(GOOD, {"RAHASIA_SSO": "s3kr3t"})["dinkes-contoh"]
    assert (found.issuer, found.claim, found.secret) == ("https://sso.contoh.go.id", "nip", "s3kr3t")
    assert found.scopes == ("openid", "profile", "email")
    assert "s3kr3t" not in repr(found)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("label = 'x'", "label stands outside a table"),
        ("[x", "not TOML"),
        (GOOD.replace('claim = "nip"\n', ""), "[dinkes-contoh] needs claim"),
        (GOOD.replace("https://", "http://"), "issuer must begin with https://"),
        (GOOD.replace('matches = "nip"', 'matches = "nama"'), "matches must be one of: nip, email"),
        (GOOD.replace("RAHASIA_SSO", "TIDAK_ADA"), "names the variable TIDAK_ADA, which is empty"),
        (GOOD + 'secret = "di sini"\n', "does not know secret"),
        (GOOD + 'scopes = ["profile"]\n', 'scopes must hold "openid"'),
    ],
)
def test_providers_malformed_are_named(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says.replace("[", r"\[")):
        oidc.read_providers(text, {"RAHASIA_SSO": "s3kr3t"})


@pytest.mark.parametrize(
    ("url", "is_safe"),
    [
        ("https://sso.contoh.go.id/token", True),
        ("http://127.0.0.1:9000/token", True),
        ("http://sso.contoh.go.id/token", False),
        ("http://127.0.0.1.contoh.go.id/", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("", False),
    ],
)
def test_addresses_are_encrypted_or_on_this_machine(url: str, is_safe: bool) -> None:
    assert oidc.is_safe(url) is is_safe


KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PROVIDER = oidc.read_providers(GOOD, {"RAHASIA_SSO": "s3kr3t"})["dinkes-contoh"]


def keys() -> dict[str, Any]:
    import json

    return {"keys": [{**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())), "kid": "a"}]}


def token(key: Any = KEY, algorithm: str = "RS256", kid: str | None = "a", **changed: Any) -> str:
    now = int(time.time())
    claims = {
        "iss": PROVIDER.issuer,
        "aud": "teladan",
        "sub": "1",
        "iat": now,
        "exp": now + 60,
        "nonce": "n",
        **changed,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, key, algorithm=algorithm, headers={"kid": kid} if kid else {})


@pytest.mark.parametrize(
    "fits", [{}, {"kid": None}, {"aud": ["teladan"]}, {"aud": ["teladan", "lain"], "azp": "teladan"}]
)
def test_token_that_holds_gives_its_claims(fits: dict[str, Any]) -> None:
    assert oidc.verified(PROVIDER, token(**fits), keys(), nonce="n")["sub"] == "1"


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://sso.contoh.go.id/"},
        {"iss": None},
        {"aud": "lain"},
        {"aud": None},
        {"aud": ["teladan", "lain"]},
        {"aud": ["teladan", "lain"], "azp": "lain"},
        {"azp": "lain"},
        {"exp": 1},
        {"exp": None},
        {"sub": None},
        {"nonce": "lain"},
        {"nonce": None},
        {"kid": "b"},
        {"key": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
        {"key": "s3kr3t-yang-cukup-panjang-untuk-hs256", "algorithm": "HS256"},
        {"key": "", "algorithm": "none"},
    ],
    ids="-".join,  # the same in every process
)
def test_token_that_lies_is_not_believed(lie: dict[str, Any]) -> None:
    with pytest.raises(oidc.Untrusted):
        oidc.verified(PROVIDER, token(**lie), keys(), nonce="n")


@pytest.mark.parametrize("text", ["", "a.b.c", "a", "..", "e30.e30.e30"])
def test_token_malformed_is_not_believed(text: str) -> None:
    for given in (text, token()[:-3]):
        with pytest.raises(oidc.Untrusted):
            oidc.verified(PROVIDER, given, keys(), nonce="n")


@pytest.mark.parametrize("found", [{}, {"keys": []}, {"keys": [{"kty": "?"}]}, {"keys": "x"}])
def test_token_without_usable_keys_is_not_believed(found: dict[str, Any]) -> None:
    with pytest.raises(oidc.Untrusted):
        oidc.verified(PROVIDER, token(), found, nonce="n")
