"""A provider leaves an estate: exit, settlement, handover — without an hour in which nobody is in charge.

《白山市物业服务人退出及应急服务管理办法》第三、四章; 《民法典》第946条至第950条. Cities differ by pack alone.
"""
