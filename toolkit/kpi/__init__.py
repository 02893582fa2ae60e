"""KPI: a member's own targets against what they sold."""
