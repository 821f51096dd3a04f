"""Random schemas, options and changes, the same for the same seed."""
