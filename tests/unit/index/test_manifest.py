import msgspec
import pytest
from msgspec.structs import replace

from wxsearch.index.manifest import (
    FORMAT,
    Damaged,
    FileEntry,
    Manifest,
    OtherFormat,
    SegmentEntry,
    decode,
    encode,
)

MANIFEST = Manifest(
    format=FORMAT,
    generation=7,
    previous=6,
    fold="37a96e68554b70da",
    articles=2,
    deleted=1,
    segments=(SegmentEntry(name="s", documents=3, deletions="g7-b", parts={"postings": ["g6-a", 5]}),),
    families="g7-f",
    files=(FileEntry("g6-a", 10, 2**32 - 1), FileEntry("g7-b", 0, 0), FileEntry("g7-f", 12, 5)),
)


def test_what_is_encoded_is_decoded():
    """A manifest comes back as it was, whatever the parts of its segments hold."""
    assert decode(encode(MANIFEST), 7) == MANIFEST
    assert encode(decode(encode(MANIFEST), 7)) == encode(MANIFEST)


def test_a_manifest_is_two_lines_of_json():
    """Anybody can read it; the second line has the CRC-32 of the first."""
    first, second, rest = encode(MANIFEST).split(b"\n")
    assert msgspec.json.decode(first)["files"][0] == {"name": "g6-a", "bytes": 10, "crc32": 2**32 - 1}
    assert set(msgspec.json.decode(second)) == {"crc32"}
    assert rest == b""


def test_every_flipped_bit_is_damage(tally):
    """No bit of a manifest can change unseen, nor make it look like another version's."""
    content, met = encode(MANIFEST), 0
    for place in range(len(content)):
        for bit in range(8):
            broken = content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]
            with pytest.raises(Damaged, match=r"manifest-7\.json"):
                decode(broken, 7)
            met += 1
    tally("flipped bits", met, 2_600)


def test_every_length_but_its_own_is_damage():
    """Cut anywhere, doubled or with something after it, a manifest is refused."""
    content = encode(MANIFEST)
    for broken in [*(content[:length] for length in range(len(content))), content * 2, content + b"\n"]:
        with pytest.raises(Damaged):
            decode(broken, 7)


def test_another_generation_is_damage():
    """A manifest under another's name is refused, so that two cannot change places."""
    with pytest.raises(Damaged, match="it is the manifest of generation 7"):
        decode(encode(MANIFEST), 8)


def test_another_format_is_not_damage():
    """A whole manifest of another format says its number, whatever else it holds."""

    class Foreign(msgspec.Struct):
        format: int = 99
        unheard_of: str = "…"

    with pytest.raises(OtherFormat) as raised:
        decode(encode(Foreign()), 7)
    assert raised.value.number == 99


@pytest.mark.parametrize(
    "wrong",
    [
        {"files": (FileEntry("../../etc/passwd", 1, 1),), "segments": ()},
        {"files": (FileEntry("/etc/passwd", 1, 1),), "segments": ()},
        {"files": (FileEntry("g1", -1, 1),), "segments": ()},
        {"files": ()},
        {"articles": -1},
        {"fold": 5},
    ],
)
def test_nonsense_under_a_right_seal_is_damage(wrong):
    """Paths, negative lengths, bitmaps that are no files and wrong types are refused."""
    with pytest.raises(Damaged):
        decode(encode(replace(MANIFEST, **wrong)), 7)


def test_unknown_fields_are_refused():
    """A manifest of this format holds what this format has."""

    class More(Manifest, frozen=True, kw_only=True):
        more: int = 1

    with pytest.raises(Damaged, match="more"):
        decode(encode(More(**msgspec.structs.asdict(MANIFEST))), 7)
