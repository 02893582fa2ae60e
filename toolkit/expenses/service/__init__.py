"""The verbs of the expenses tool, a module a group of verbs. Nothing here prints or asks."""
