"""Site statistics: who comes to a member's website, from where, what they do there, what it earns."""
