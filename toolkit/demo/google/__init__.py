"""The loopback Google Calendar, room by room: contract, state, series, consent, tokens, faults, wire."""
