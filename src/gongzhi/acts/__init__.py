"""The one door for every change: lock, may, can, law, write, record; the hash chains and the public log.

A room declares a change with `@action` (door.py); the kernel of procedure goes through `enter` itself. Each change
is one row in the hash chain of its root (a case, an organisation, an estate …); every minute the heads of all chains
that moved are sealed as one leaf of an append-only Merkle log (RFC 9162 hashing), so that cutting a tail is found.
"""
