"""The desk: signing in, choosing as whom one acts, the work list, a page a case; and two plain public pages.

Server-rendered, no JavaScript. Views read and show; changes go through the API's door.
"""
