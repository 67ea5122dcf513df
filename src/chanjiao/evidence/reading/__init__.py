"""Untrusted files of the press desk: bytes to a mended page with its articles and facts.

Nothing here knows of Django, so that the confined process that does the work starts quickly and a
flaw in a parser reaches neither the database nor the settings.
"""
