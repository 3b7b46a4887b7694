"""A device that makes passkeys and signs with them, in software: what a phone does, and what a thief would try."""

import hashlib
import json

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

ORIGIN = "https://staffroom.example"
PRESENT, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40


class Device:
    """One key. ``origin`` is the page that asks it, as the browser would say; ``count`` goes up with each use."""

    def __init__(self, name: str = "phone", origin: str = ORIGIN) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = hashlib.sha256(name.encode()).digest()
        self.origin = origin
        self.handle = ""
        self.count = 0

    def make(self, options: dict) -> str:
        """Answer to the question of making a key."""
        self.handle = options["user"]["id"]
        identity = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + self._public()
        data = self._head(PRESENT | VERIFIED | HOLDS_KEY) + identity
        whole = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", options["challenge"])
        return self._answer(
            {"clientDataJSON": said, "attestationObject": bytes_to_base64url(whole), "transports": ["internal"]}
        )

    def sign(self, options: dict, flags: int = PRESENT | VERIFIED) -> str:
        """Answer to the question of coming in."""
        self.count += 1
        data, said = self._head(flags), self._said("webauthn.get", options["challenge"])
        signature = self.key.sign(data + hashlib.sha256(_bytes(said)).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {
                "clientDataJSON": said,
                "authenticatorData": bytes_to_base64url(data),
                "signature": bytes_to_base64url(signature),
                "userHandle": self.handle,
            }
        )

    def _head(self, flags: int) -> bytes:
        host = self.origin.partition("://")[2].partition(":")[0]
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _public(self) -> bytes:
        point = self.key.public_key().public_numbers()
        # COSE: kty 2 (EC), alg -7 (ES256), crv 1 (P-256), x, y.
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})

    def _said(self, what: str, challenge: str) -> str:
        said = {"type": what, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return bytes_to_base64url(json.dumps(said).encode())

    def _answer(self, response: dict) -> str:
        name = bytes_to_base64url(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def _bytes(text: str) -> bytes:
    from webauthn.helpers import base64url_to_bytes

    return base64url_to_bytes(text)
