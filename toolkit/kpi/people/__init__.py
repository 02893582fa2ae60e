"""Who buys and who comes back, which deals were decided how, and what was promised. Pure."""
