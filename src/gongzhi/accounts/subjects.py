"""How the subject of an identity provider is kept: a digest bound to its issuer, so that none stands in for another."""

from hashlib import sha256


def uid_of(issuer: str, subject: str) -> str:
    """64 hexadecimal digits."""
    return sha256(f"{issuer}\n{subject}".encode()).hexdigest()
