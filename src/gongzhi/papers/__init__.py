"""Files by digest, official documents and their numbers.

A paper knows no case: who may read it is answered by the use that `procedures` records of it. Bytes are written
before the row that names them and are never overwritten; a number, once drawn, is never drawn again (作废 stays).
"""
