"""Commission: what is owed, accounted for to the đồng."""
