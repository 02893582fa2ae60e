"""Sổ tay: a personal-productivity suite for Vietnamese salespeople, used from the terminal."""

__version__ = "0.1.0"
