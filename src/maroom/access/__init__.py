"""Who works here and what each may do: staff, roles and rights (the gate), PINs, and the key of the store on this machine.

Not for patients, and not for windows: a page asks `service.People`, the window tells who is signed in.
"""
