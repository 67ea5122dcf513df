"""Views of supply, one file for each kind of record."""
