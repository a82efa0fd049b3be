"""Learning records: a store of xAPI 2.0 statements (IEEE 9274.1.1) about accounts that are known by an opaque id
only."""
