"""A passkey in software: what a device answers, right or bent."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

FLAG = AuthenticatorData.FLAG
PRESENT = FLAG.UP
VERIFIED = FLAG.UP | FLAG.UV
HOUSE = "https://jiangong.example.org"


@dataclass
class SoftKey:
    host: str = "jiangong.example.org"
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def credential(self) -> AttestedCredentialData:
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        return AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)

    def made(
        self, asked: dict[str, Any], *, origin: str = HOUSE, flags: AuthenticatorData.FLAG = VERIFIED
    ) -> str:
        data = AuthenticatorData.create(self._host_hash(), flags | FLAG.AT, self.count, self.credential)
        attestation = AttestationObject.create("none", data, {})
        client = self._client("webauthn.create", asked["challenge"], origin)
        return self._answer(client, attestationObject=websafe_encode(attestation))

    def signed(
        self, asked: dict[str, Any], *, origin: str = HOUSE, flags: AuthenticatorData.FLAG = VERIFIED
    ) -> str:
        self.count += 1
        data = AuthenticatorData.create(self._host_hash(), flags, self.count)
        client = self._client("webauthn.get", asked["challenge"], origin)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            client, authenticatorData=websafe_encode(data), signature=websafe_encode(signature)
        )

    def _host_hash(self) -> bytes:
        return hashlib.sha256(self.host.encode()).digest()

    def _client(self, kind: str, challenge: str, origin: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()

    def _answer(self, client: bytes, **more: str) -> str:
        name = websafe_encode(self.credential_id)
        response = {"clientDataJSON": websafe_encode(client), **more}
        answer = {"id": name, "rawId": name, "type": "public-key", "response": response}
        return json.dumps({**answer, "clientExtensionResults": {}})
