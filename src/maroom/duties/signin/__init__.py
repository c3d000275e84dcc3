"""Who is at the keyboard: the page over everything, with no patient on it.

Not for what a person may do (access/rights) nor for which page comes next (the desk).
"""
