"""Spreadsheets into a calendar, in bulk, repeatably and undoably."""
