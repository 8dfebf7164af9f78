"""Benchmarks: each subject beside its floor or peer, in the same run, interleaved."""
