"""Figures for docs/performance.md: `make bench`. Every figure stands beside a plain baseline of the same run."""

import os

if "BENCH_SCALE" in os.environ:  # a section's own process
    import django

    django.setup()
