"""The registers' part of the demonstration: invented bodies, estates and people in real divisions, by actions alone."""
