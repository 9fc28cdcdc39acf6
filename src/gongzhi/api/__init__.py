"""The HTTP API, `/api/v1/`: what the screens can do, programs can do, by the same door.

`auth.py` says who asks, `problems.py` turns every refusal into a problem document, `views/` holds one file a subject,
each view a few lines around one call of a room below.
"""
