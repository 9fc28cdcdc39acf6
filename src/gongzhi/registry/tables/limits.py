"""How large a table may be. Technical bounds of this system, no statutory figures; FILE_LIMITS does not change them."""

MEBIBYTE = 1024 * 1024
#: Bytes of a file as it is sent, and of everything in an xlsx unpacked.
FILE = 64 * MEBIBYTE
UNPACKED = 512 * MEBIBYTE
#: How far one part of an xlsx may unfold, beside its packed size; small parts may unfold further.
RATIO, SMALL = 250, MEBIBYTE
PARTS = 5_000
ROWS = 300_000
COLUMNS = 200
#: Places of a sheet, from its first cell to its last: what reading it lays out at once.
PLACES = 8_000_000
#: The header stands among the first rows of a sheet.
HEADER_WITHIN = 30
#: So many errors and warnings are told one by one; the file of errors has all of them.
TOLD = 50
