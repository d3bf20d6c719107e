import os

import pytest

from wxsearch import processor
from wxsearch.processor import SLOW_FEATURE, VARIABLE, is_zen_4, spare_slow_features

ZEN_4 = """processor\t: 0
vendor_id\t: AuthenticAMD
cpu family\t: 25
model name\t: AMD EPYC 9R14
flags\t\t: fpu vme sse4_2 avx2 avx512f avx512dq

processor\t: 1
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("AuthenticAMD", "GenuineIntel"),
        ("cpu family\t: 25", "cpu family\t: 26"),
        (" avx512f", ""),
        (ZEN_4, ""),
        (ZEN_4, "Processor: ARMv8"),
    ],
)
def test_other_processors_keep_all_they_have(old, new):
    """Intel's, AMD's newer ones, Zen 3 and whatever does not say what it is are not Zen 4."""
    assert is_zen_4(ZEN_4)
    assert not is_zen_4(ZEN_4.replace(old, new))


def test_only_the_first_processor_counts():
    """What a description says of others does not matter."""
    assert not is_zen_4("vendor_id: GenuineIntel\n\n" + ZEN_4)


@pytest.mark.parametrize(
    ("description", "before", "after"),
    [
        (ZEN_4, None, SLOW_FEATURE),
        (ZEN_4, "AVX2", "AVX2"),
        ("vendor_id: GenuineIntel", None, None),
        (None, None, None),
    ],
)
def test_the_variable_is_set_for_zen_4(monkeypatch, tmp_path, description, before, after):
    """NumPy is told what to spare on Zen 4 alone, and only where the user has not told it already."""
    file = tmp_path / "cpuinfo"
    if description is not None:
        file.write_text(description, encoding="utf-8")
    monkeypatch.setattr(processor, "_DESCRIPTION", file)
    monkeypatch.setenv(VARIABLE, before or "")
    if before is None:
        monkeypatch.delenv(VARIABLE)
    spare_slow_features()
    assert os.environ.get(VARIABLE) == after
