"""The regulation library: the packs' law by article, who cites it, and the official texts that an agency has imported."""
