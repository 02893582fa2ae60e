"""Independent judges of a sign-in: what Google's own libraries ask, and what they make of our answers and files."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.browsing import Member, consent
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.client_secrets import ClientSecrets
from toolkit.google.signin import APP_CREATED, EVENTS_OWNED, Handshake, consent_url

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

AUTH, TOKEN = "https://accounts.google.com/o/oauth2/auth", "https://oauth2.googleapis.com/token"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"


def flow(scopes: list[str], verifier: str, redirect_uri: str, auth: str = AUTH, token: str = TOKEN) -> Any:
    from google_auth_oauthlib.flow import Flow

    installed = {"client_id": "id", "client_secret": "s", "auth_uri": auth, "token_uri": token}
    return Flow.from_client_config({"installed": installed}, scopes, redirect_uri=redirect_uri, code_verifier=verifier)


@settings(max_examples=50)
@given(
    st.text(LETTERS, min_size=43, max_size=128),
    st.text(LETTERS, min_size=1, max_size=60),
    st.sampled_from([[APP_CREATED], [APP_CREATED, EVENTS_OWNED]]),
    st.integers(1024, 65535),
)
def test_we_ask_what_googles_own_library_asks(verifier: str, state: str, scopes: list[str], port: int) -> None:
    redirect = f"http://127.0.0.1:{port}/"
    theirs, _ = flow(scopes, verifier, redirect).authorization_url(state=state, prompt="consent")
    ours = consent_url(ClientSecrets("id", "s", AUTH, TOKEN), scopes, redirect, Handshake(state, verifier))
    assert ours.partition("?")[0] == theirs.partition("?")[0]
    assert parse_qs(urlsplit(ours).query, strict_parsing=True) == parse_qs(urlsplit(theirs).query)


def test_googles_own_library_signs_in_at_the_loopback_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")  # oauthlib holds loopback for the open internet
    with LoopbackGoogle() as google, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        member = Member(google)
        client = member.client()
        theirs = flow([APP_CREATED], Handshake().verifier, "http://127.0.0.1:1/", client.auth_uri, client.token_uri)
        theirs.oauth2session._client.client_id = theirs.client_config["client_id"] = client.client_id
        theirs.client_config["client_secret"] = client.client_secret
        url, state = theirs.authorization_url(prompt="consent")
        answer = {name: values[0] for name, values in parse_qs(urlsplit(consent(url)).query).items()}
        assert answer["state"] == state
        theirs.fetch_token(code=answer["code"])
        theirs.oauth2session.close()  # its connection would stay open until somebody else's test
        credentials = theirs.credentials
        assert google.tokens.scopes(f"Bearer {credentials.token}") == {APP_CREATED}
        assert credentials.refresh_token


def test_a_sign_in_we_kept_is_one_that_googles_own_library_reads(tmp_path: Path) -> None:
    from google.oauth2.credentials import Credentials

    from toolkit.google.accounts import save

    with LoopbackGoogle() as google:
        made = Member(google).sign_in()
        path = save(tmp_path, made.credentials, signed_in=made.at, ends=made.ends)
        read = Credentials.from_authorized_user_file(str(path))
        for name in ("token", "refresh_token", "client_id", "client_secret", "scopes", "expiry"):
            assert getattr(read, name) == getattr(made.credentials, name), name
