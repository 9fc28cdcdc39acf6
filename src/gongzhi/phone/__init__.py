"""The owner's start page: who manages my estate, what waits for me, what hangs there, what became of what I said.

A door for who lives at an estate or owns there, one question a screen, 360 px first. It owns no table: objections and
reports are said on the public pages, messages are marked where everybody marks them.
"""
