"""Pure thinking shared by every tool: text, money, dates, working days, outcomes. No input, no output."""
