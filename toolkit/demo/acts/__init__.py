"""What each tool shows: one module a tool, with a function `show(stage, today)`."""
