"""F14: 410: a delete of what is gone is done; a sync token that has gone means everything anew."""

from __future__ import annotations

import pytest
from googleapiclient.errors import HttpError

from builders.google_side import id_of, operation, target_on
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.client import is_object


@pytest.mark.parametrize("count", [1, 5])
def test_deleting_what_the_member_deleted_is_done(count: int) -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        made = [result.made for result in target.perform([operation("insert", number) for number in range(count)])]
        google.edit(id_of(0), status="cancelled")
        results = list(
            target.perform(
                [operation("delete", number, etag=one.etag if one else "") for number, one in enumerate(made)]
            )
        )
        assert {result.kind for result in results} == {"done"}
        assert google.events() == []


def test_a_listing_never_rests_on_a_sync_token() -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        list(target.perform([operation("insert")]))
        google.state.expire_sync_tokens()
        assert len(target.made_by("lịch học")) == 1
        service, calendar = target._service, google.calendars[0].resource["id"]
        with pytest.raises(HttpError) as caught:
            service.events().list(calendarId=calendar, syncToken="sync-0").execute()
        assert caught.value.status_code == 410
        assert is_object(service.events().list(calendarId=calendar).execute(), kind="calendar#events")
