"""A real identity provider on loopback: discovery, authorisation with PKCE, token endpoint, keys, signed tokens."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "gongzhi", "example-client-secret"


@lru_cache
def _key(whose: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class IdentityServer:
    """Its people sign in as `subject`. `lies` replace claims of the identity token; `forge` how it is signed."""

    def __init__(self) -> None:
        self.key, self.other_key = _key("own"), _key("other")
        self.subject = "employee-7"
        self.lies: dict[str, Any] = {}
        self.forge = ""
        self.discovery_lies: dict[str, Any] = {}
        self.asked: dict[str, dict[str, str]] = {}
        self.issuer = ""

    def discovery(self) -> dict[str, Any]:
        """What it says of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/people",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        } | self.discovery_lies

    def keys(self) -> dict[str, Any]:
        """Its public key."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def authorise(self, asked: dict[str, str]) -> str:
        """Its person agrees: back with a code."""
        code = secrets.token_urlsafe(16)
        self.asked[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """A code for tokens, once, to the client that asked, with the proof of PKCE."""
        asked = self.asked.pop(sent.get("code", ""), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        holds = asked is not None and (
            sent.get("client_secret"),
            proof,
            asked["code_challenge_method"],
            sent.get("redirect_uri"),
        ) == (CLIENT_SECRET, asked["code_challenge"], "S256", asked["redirect_uri"])
        if asked is None or not holds:
            return 400, {"error": "invalid_grant"}
        token = self.identity_token(asked["nonce"])
        return 200, {"access_token": "opaque", "token_type": "Bearer", "expires_in": 60, "id_token": token}

    def identity_token(self, nonce: str) -> str:
        """Its signed word."""
        at = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT_ID,
            "iat": at,
            "exp": at + 60,
            "nonce": nonce,
            "name": "示例姓名",
            "email": "someone@example.org",
        } | self.lies
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.forge == "none":
            return jwt.encode(claims, None, algorithm="none", headers={"kid": "one"})
        if self.forge == "client_secret":
            secret = CLIENT_SECRET * 2
            return jwt.encode(claims, secret, algorithm="HS256", headers={"kid": "one"})
        key = self.other_key if self.forge == "other_key" else self.key
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": "one"})


def _handler(server: IdentityServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                self.send_response(302)
                asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_header("Location", server.authorise(asked))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            pages = {"/.well-known/openid-configuration": server.discovery, "/keys": server.keys}
            page = pages.get(parts.path)
            self._answer(200, page()) if page else self._answer(404, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(*server.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _answer(self, status: int, told: dict[str, Any]) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    return Handler


@contextmanager
def running() -> Iterator[IdentityServer]:
    """The provider, listening on a free port of loopback."""
    server = IdentityServer()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(server)) as listening:
        server.issuer = f"http://127.0.0.1:{listening.server_port}"
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join(timeout=10)
