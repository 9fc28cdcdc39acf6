"""Public notices: the Publish kind, notices with proof, interruption and replacement, objections and their replies.

*公示无异议* is not a veto: a notice is cleared when its days are full and every objection received in time has its
written reply (`practice.md` 1.3).
"""
