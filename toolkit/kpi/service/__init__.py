"""The verbs of the kpi tool; nothing here prints."""
