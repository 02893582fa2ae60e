"""What needs two tools: composed above them, since they never import each other."""
