"""What can be said of a vital sign without asking anybody: reading what was typed, judging it, writing it out. Pure.

Figures and codes are data in `resources/vitals/`; what is found is a `Finding`, its sentence is the view's.
"""
