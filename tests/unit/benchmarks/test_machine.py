"""What a report says of its machine."""

import platform

import msgspec

from wxsearch.benchmarks.machine import describe_machine


def test_machine_is_described_without_its_name_or_paths(root):
    """A report can be shown to anyone: no host name and no path of this machine."""
    machine = describe_machine((0.5, 0.5, 0.5))
    text = msgspec.json.encode(machine).decode()
    assert machine.cores >= 1
    assert machine.python == platform.python_version()
    assert "numpy" in machine.libraries
    assert str(root) not in text
    assert platform.node() not in text
