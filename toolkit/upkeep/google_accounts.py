"""The verbs of signing in to Google. Nothing here prints, and nothing here gives a key away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from toolkit.core.errors import ConflictError, RemoteError, SignInError
from toolkit.core.outcome import Outcome, Problem
from toolkit.disk.keychain import keychain_name
from toolkit.google.accounts import SignInKind, SignInState, accounts, forget, load, problem_of, save, status
from toolkit.google.checkup import refusal_of
from toolkit.google.client_secrets import ClientSecrets, keep_client, kept_client, kept_client_file, read_client
from toolkit.google.endpoint import Endpoint
from toolkit.google.measurement import ANALYTICS_READONLY, SEARCH_READONLY
from toolkit.google.signin import APP_CREATED, EVENTS_OWNED, WAIT_S, Offer, SignedIn, revoke, sign_in
from toolkit.google.spreadsheets import SHEETS_READONLY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from toolkit.core.dates import Clock
    from toolkit.disk.keychain import Keeper
    from toolkit.google.listener import Pages

Reach = Literal["own", "primary", "sheets", "analytics", "search-console"]
SCOPES: Final[Mapping[Reach, tuple[str, ...]]] = {
    "own": (APP_CREATED,),
    "primary": (APP_CREATED, EVENTS_OWNED),
    "sheets": (SHEETS_READONLY,),
    "analytics": (ANALYTICS_READONLY,),
    "search-console": (SEARCH_READONLY,),
}


@dataclass(frozen=True)
class Account:
    """A sign-in as a member sees it. `ends` is when Google said that it will be over; moments are aware. `kept` is
    where its keys are."""

    account: str
    state: SignInKind
    scopes: tuple[str, ...]
    signed_in: datetime | None
    ends: datetime | None
    kept: Keeper


@dataclass(frozen=True)
class Accounts:
    """Every account that is or was signed in here, and the Cloud project whose client is remembered."""

    accounts: tuple[Account, ...]
    project: str | None


@dataclass(frozen=True)
class SignedOut:
    """`revoked`: Google has forgotten the sign-in too."""

    account: str
    revoked: bool


class GoogleAccounts:
    def __init__(self, directory: Path, clock: Clock, keeper: Keeper = "file") -> None:
        """`clock` should be the machine's, whatever --today says: it is about when keys end. `keeper`: where the member
        wants keys to be kept."""
        self._directory, self._clock, self._keeper = directory, clock, keeper
        self._endpoint = Endpoint.from_environment()

    def client(self, given: Path | None) -> ClientSecrets:
        """The client to sign in with: the one in the file that is `given`, remembered from now on, or the one that is.

        Raises SignInError("google.no_client"), InputError("google.client_…"), RemoteError, StoreError.
        """
        if given is not None:
            client = read_client(given, self._endpoint)
            keep_client(self._directory, client)
            return client
        kept = kept_client(self._directory, self._endpoint)
        if kept is None:
            raise SignInError("google.no_client")
        return kept

    def sign_in(
        self,
        client: ClientSecrets,
        account: str,
        reach: Reach,
        *,
        show: Callable[[Offer], None],
        pages: Pages,
        port: int = 0,
        patience: float = WAIT_S,
    ) -> Outcome[Account]:
        """Let the member sign in in the browser; a sign-in that was kept under this name makes way for the new one,
        which is asked to do all that the old one may.

        Raises what `toolkit.google.signin.sign_in` raises, and StoreError.
        """

        keeper: Keeper = "file" if keychain_name() is None else self._keeper

        def keep(new: SignedIn) -> None:
            save(self._directory, new.credentials, account, signed_in=new.at, ends=new.ends, keeper=keeper)

        sign_in(
            client,
            {*SCOPES[reach], *self._state(account).scopes},
            show=show,
            keep=keep,
            pages=pages,
            now=self._clock.now,
            endpoint=self._endpoint,
            port=port,
            patience=patience,
        )
        missed = [] if keeper == self._keeper else [Problem("upkeep.no_keyring_here")]
        return Outcome(_account(self._state(account))).with_problems(*missed)

    def sign_out(self, account: str) -> Outcome[SignedOut]:
        """Have Google forget the sign-in and remove it from this machine; the latter even if the former fails.

        Raises ConflictError("upkeep.no_such_account") and StoreError.
        """
        if self._state(account).kind == "absent":
            known = ", ".join(accounts(self._directory))
            code = "upkeep.no_such_account" if known else "upkeep.no_account"
            raise ConflictError(code, value=account, known=known)
        problems = []
        try:
            credentials = load(self._directory, account)
            if credentials is not None:
                revoke(credentials, self._endpoint)
        except (SignInError, RemoteError):
            problems.append(Problem("upkeep.not_revoked"))
        forget(self._directory, account)
        return Outcome(SignedOut(account, revoked=not problems)).with_problems(*problems)

    def status(self, *, ask: bool = False) -> Outcome[Accounts]:
        """Every account and how it stands; with `ask`, Google is asked. A problem for each that can't be used."""
        problems: list[Problem] = []
        found = []
        for account in accounts(self._directory):
            asked = (
                refusal_of(self._directory, account)
                if ask and self._state(account).kind not in {"damaged", "unreadable"}
                else None
            )
            state = self._state(account)
            found.append(_account(state))
            why = problem_of(state) or asked
            if why is not None:
                problems.append(why.problem)
        return Outcome(Accounts(tuple(found), self._project())).with_problems(*problems)

    def _state(self, account: str) -> SignInState:
        return status(self._directory, account, now=self._clock.now)

    def _project(self) -> str | None:
        if not kept_client_file(self._directory).exists():
            return None
        try:
            client = kept_client(self._directory, self._endpoint)
        except Exception:  # noqa: BLE001 (the next sign-in says what is wrong with it)
            return None
        return client.project_id if client else None


def _account(state: SignInState) -> Account:
    return Account(state.account, state.kind, state.scopes, state.signed_in, state.ends, state.kept)
