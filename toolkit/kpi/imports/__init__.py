"""Exports of shop systems: profiles as data, and how a file is read by them."""
