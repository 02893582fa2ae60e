"""The verbs of the sitestats tool; nothing here prints."""
