"""Google Sheets on this machine: documents to read, held against Google's own discovery document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from toolkit.demo.google.contract import ApiError, Json, shipped

if TYPE_CHECKING:
    from toolkit.demo.google.contract import Call, Contract

PREFIX = "/v4/spreadsheets"
EXPORTS = ("/spreadsheets/d/", "/export-of/")
_WORDS = {400: "FAILED_PRECONDITION", 403: "PERMISSION_DENIED", 404: "NOT_FOUND"}


class SheetsError(ApiError):
    """A refusal in the words of Google's newer APIs (google.rpc.Status)."""

    def body(self) -> Json:
        fault: Json = {
            "code": self.status,
            "message": self.message,
            "status": _WORDS.get(self.status, "INVALID_ARGUMENT"),
        }
        if self.reason:
            info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": self.reason}
            fault["details"] = [{"@type": "type.googleapis.com/google.rpc.Help", "links": []}, info]
        return {"error": fault}


@dataclass
class Spreadsheets:
    """The member's sheets by id. `closed` are those of others, `files` are xlsx files that only lie in Drive, and `off`
    is a project whose owner hasn't switched the Sheets API on. `public` are those that anybody may look at: their title
    and the xlsx file that Google makes of them."""

    documents: dict[str, Json] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    off: bool = False
    public: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    @property
    def contract(self) -> Contract:
        return shipped("sheets", "v4")

    def put(self, document: Json) -> str:
        """Keep a spreadsheet (a Spreadsheet resource with its data); gives back its id. ApiError if it isn't one."""
        self.contract.check("Spreadsheet", document)
        self.documents[document["spreadsheetId"]] = document
        return str(document["spreadsheetId"])

    def export(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """What Google answers to who has no sign-in: a file from another address, or the way to the sign-in."""
        wanted = re.fullmatch(r"/(?:spreadsheets/d|export-of)/([^/]+)(?:/export)?", path)
        if wanted is None or wanted[1] not in self.public:
            return 302, {"Location": "/ServiceLogin?continue=x"}, b""
        if not path.startswith("/export-of/"):
            return 307, {"Location": f"/export-of/{wanted[1]}"}, b""
        title, content = self.public[wanted[1]]
        name = f"attachment; filename=\"x.xlsx\"; filename*=UTF-8''{quote(title)}.xlsx"
        return 200, {"Content-Type": "application/vnd.ms-excel", "Content-Disposition": name}, content

    def answer(self, call: Call, scopes: frozenset[str]) -> Json:
        """What spreadsheets.get gives, under the field mask that it must have here."""
        if not scopes & call.method.scopes:
            raise SheetsError(403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "Request had insufficient authentication scopes.")
        if self.off:
            raise SheetsError(403, "SERVICE_DISABLED", "Google Sheets API has not been used in this project before.")
        if call.method.id != "spreadsheets.get":
            raise SheetsError(404, "", f"Not here: {call.method.id}")
        wanted = call.path["spreadsheetId"]
        if wanted in self.closed:
            raise SheetsError(403, "", "The caller does not have permission")
        if wanted in self.files:
            raise SheetsError(400, "", "This operation is not supported for this document")
        if wanted not in self.documents:
            raise SheetsError(404, "", "Requested entity was not found.")
        mask = call.query.get("fields", [""])[0]
        if not re.fullmatch("[A-Za-z,()]+", mask):
            raise SheetsError(400, "", "This server wants a field mask.")
        return self.contract.masked("Spreadsheet", self.documents[wanted], mask)
