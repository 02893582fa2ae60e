"""CalDAV servers: which ones the member signed in to, how to reach them, which calendars they have."""
