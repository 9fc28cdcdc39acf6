"""The owners' side as a body: for now the terms of its committees, watched before they run out.

《绍兴市物业管理条例》第24条; 《业主大会和业主委员会指导规则》第47条; `practice.md` 2 and 12.7. Assemblies,
elections and the negative list come here too.
"""
