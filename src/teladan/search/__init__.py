"""One search over everything that engines hand over: Indonesian stems, and nobody finds what they may not see."""
