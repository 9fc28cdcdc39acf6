"""Estates, units, owners, organisations, people and their appointments; who manages an estate on a day.

Governed by 《中华人民共和国民法典》第271–287条, 第937–950条; 《白山市物业服务人退出及应急服务管理办法》第7、8条.
"""
