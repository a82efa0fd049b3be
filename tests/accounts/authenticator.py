"""A passkey device in a few lines, for tests without a browser: W3C Web Authentication Level 3, "none" attestation."""

import hashlib
import json
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Device:
    """A telephone that keeps one passkey. `origin` is where its browser believes to be."""

    def __init__(self, origin: str = "http://localhost", *, verifies: bool = True) -> None:
        self.origin, self.host = origin, origin.split("://")[1].split(":", maxsplit=1)[0]
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(self.origin.encode() + struct.pack(">d", id(self))).digest()
        self.user = ""

    def make(self, options: dict[str, Any]) -> str:
        """The JSON that answers creation options."""
        public = options["publicKey"]
        self.user = public["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        data = self._head(self.flags | HAS_KEY) + bytes(16) + struct.pack(">H", 32) + self.id + cbor.encode(cose)
        response = {
            "clientDataJSON": b64(self._client("webauthn.create", public["challenge"])),
            "attestationObject": b64(cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})),
        }
        return self._answer(response)

    def sign(self, options: dict[str, Any]) -> str:
        """The JSON that answers request options."""
        client, data = self._client("webauthn.get", options["publicKey"]["challenge"]), self._head(self.flags)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": b64(client),
            "authenticatorData": b64(data),
            "signature": b64(signature),
            "userHandle": self.user,
        }
        return self._answer(response)

    def _head(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + struct.pack(">I", 0)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _answer(self, response: dict[str, str]) -> str:
        said = {"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "clientExtensionResults": {}}
        return json.dumps({**said, "response": response})


def kept_credential() -> dict[str, Any]:
    """What is stored of a passkey, as if it had been made."""
    options = {"publicKey": {"challenge": b64(bytes(32)), "user": {"id": b64(b"x")}}}
    found: dict[str, Any] = json.loads(Device().make(options))
    return found
