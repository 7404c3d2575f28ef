"""The exercises, one module per lesson. Each module lists its own in `EXERCISES`."""
