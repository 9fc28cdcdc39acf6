"""系统管理: what is registered without a case, and who answers for it.

Every change that needs no case has its form here, through the same door as the interface for programs; organisations,
people in post, accounts, the values the law leaves to the place, the audit record, and how the system itself is.
"""
