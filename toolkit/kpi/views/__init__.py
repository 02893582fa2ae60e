"""What the kpi commands show: blocks for a person, plain values for a program."""
