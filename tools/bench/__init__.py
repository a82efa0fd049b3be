"""Benchmarks: fixed data, warm-up, five runs, median and spread, machine named. Results go to docs/benchmarks.md."""
