"""What stands between the logs and the figures: files, DuckDB, engines of others."""
