"""The collector's thinking: what a page may tell, who may send how much, whose address counts. Nothing here listens."""
