"""The classifier at run time: a normalised phrase in, scores of categories out. Standard library only.

`features` says what is seen of a phrase, `model` adds it up, `coding` is the file, `keywords` stands in when the file
can't be used. How the numbers come about is in `toolkit.expenses.training`.
"""
