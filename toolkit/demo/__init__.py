"""Sample data, a Google Calendar of this machine's own, and the show that walks through every tool."""
