"""The shapes of pack files (pydantic). Only the loader uses them; everybody else gets the frozen data of `data`."""
