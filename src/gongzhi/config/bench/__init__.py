"""`gongzhi bench`: the rows of `measures.md`, each beside its limit, in the same run on the same machine."""
