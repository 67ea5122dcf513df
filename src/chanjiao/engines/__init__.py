"""Pure computing: no Django, no files of the project, no clock, no network.

Each engine is a small library of its own; none imports another.
"""
