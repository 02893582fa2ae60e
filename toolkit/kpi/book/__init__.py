"""The member's book of sales in the store."""
