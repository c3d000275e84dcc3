"""Sign-in to the clinic's server by SMART on FHIR: by the station's own key, or by a person in the browser.

Tokens and private keys are handed in and out by ports; nothing of them stands in a log, an exception or a `repr`.
"""
