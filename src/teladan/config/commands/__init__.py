"""One module for each subcommand of `teladan`; its docstring is its help."""
