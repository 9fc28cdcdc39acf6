"""The law as data: dated, cited packs from CN down to a county, local settings, adoptions, the 290 provisions.

Nothing here knows a number of the law; it stands in `packs/<code>.yaml` and is asked for by key, place and date:

    from gongzhi.law import queries as law

    law.value_of("notice.exit_days", "220602", date(2026, 3, 2))
    law.rule_of("exit.leave_after_confirmation", estate.county, case.opened_on)

The pure core (`schema`, `reading`, `layers`, `merging`, `book`) needs no database; `queries` lays local settings and
adoptions over it. `faults` and `naming` tell what is wrong with the data, `lint` what is odd in the regulations' own
wording, `compare` what differs between places or after a change, `coverage` what becomes of the 290 provisions.

A key nobody up the chain defines is *not required here*; a key set to null *must be set locally*.
"""
