"""The Qt toolkit every page is made with: theme, icons, widgets, fields, lists, page, jobs, messages.

Knows no duty, no patient and no SQL. Views and the window import it; nothing below them does.
"""
