"""How results of the expenses tool look: blocks for a person, plain values for a program."""
