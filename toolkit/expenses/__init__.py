"""Expenses: a Vietnamese sentence becomes money, sorted."""
