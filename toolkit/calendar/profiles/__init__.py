"""Profiles: the hours of a member's school, shop or ward, kept under a name and used where they ask for it."""
