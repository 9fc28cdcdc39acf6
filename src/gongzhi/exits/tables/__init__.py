"""Tables of a case: what many units paid, or paid beforehand, as one file. Read and refused as the registers' are."""
