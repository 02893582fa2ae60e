"""Sentences as people type them: words in one spelling, and who is named; what they mean is each tool's own."""
