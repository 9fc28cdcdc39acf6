"""Joint decisions of the owners: in this release the recorded result of one vote, with its papers.

《民法典》第278条 and the place's rules. Exits ask for a decision as a child and are told whether it passed; they do not
change when ballots are cast and counted here.
"""
