"""A file as memory: mapped read-only, without keeping a descriptor open.

Python's own mmap keeps a duplicate of the descriptor for as long as the map lives (only
from 3.13 on can it be told not to), and a snapshot maps hundreds of files.
"""

import ctypes
import mmap
import os
import weakref

_FAILED = ctypes.c_void_p(-1).value

_libc = ctypes.CDLL(None, use_errno=True)
_libc.mmap.restype = ctypes.c_void_p
_libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
_libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]


def map_descriptor(descriptor: int, size: int) -> memoryview:
    """The first `size` bytes of an open file; the caller closes the descriptor at once.

    The memory is given back when the view and all views and arrays made from it are
    gone. Raises OSError. Reading bytes that the file does not have kills the process,
    so files of an index are never cut.
    """
    if size == 0:
        return memoryview(b"")
    address = _libc.mmap(None, size, mmap.PROT_READ, mmap.MAP_SHARED, descriptor, 0)
    if address == _FAILED:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    region = (ctypes.c_ubyte * size).from_address(address)
    # Not at exit: other threads may still be reading then.
    weakref.finalize(region, _libc.munmap, address, size).atexit = False
    return memoryview(region).cast("B").toreadonly()
