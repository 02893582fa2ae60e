"""What the sitestats commands show: blocks for a person, plain values for a program."""
