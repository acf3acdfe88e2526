"""Chained digests: each covers its own content and the digest before it, so a changed past shows."""

from __future__ import annotations

import hashlib
import json
from typing import Any

GENESIS = "0" * 64
_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def canonical(content: Any) -> bytes:
    """One byte string for one content: sorted keys, no spaces, UTF-8. Source of every digest in the house."""
    return _encoder.encode(content).encode()


def chained(*, previous: str, content: Any) -> str:
    return hashlib.sha256(previous.encode() + canonical(content)).hexdigest()
