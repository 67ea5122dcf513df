"""Views of the area, one file for each thing people look after here."""
