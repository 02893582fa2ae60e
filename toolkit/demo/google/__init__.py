"""The loopback Google Calendar, room by room: contract, state, series, faults, wire."""
