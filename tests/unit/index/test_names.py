import pytest

from wxsearch.index import names


def test_each_kind_is_known_again():
    """What a function of names makes is ours, and of the generation it was made for."""
    made = [
        names.manifest_name(7),
        names.unfinished_manifest_name(7),
        names.data_name(7, "postings"),
        names.table_name(7),
        names.unfinished_table_name(names.table_name(7)),
    ]
    assert [names.generation_of(name) for name in made] == [7] * 5
    assert [names.manifest_generation(name) for name in made] == [7, None, None, None, None]
    assert [names.is_data(name) for name in made] == [False, False, True, False, False]
    assert [names.is_table(name) for name in made] == [False, False, False, True, False]


@pytest.mark.parametrize(
    "name",
    ["manifest-07.json", "manifest-７.json", "manifest-7.json.bak", "xmanifest-7.json", "g7-abc.postings",
     "g7-0123456789ab.文", "_MAIN_7.toc~", "MAIN_7.toc", "write.lock", "gate.lock", "MAIN_WRITELOCK",
     "_MAIN_7.toc.0.5", "wxsearch.json", "",
     f"manifest-{'9' * 19}.json"],
)  # fmt: skip
def test_anything_else_is_not_ours(name):
    """A name that only resembles one of ours is left alone."""
    assert names.generation_of(name) is None


def test_names_differ():
    """A data file or an unfinished manifest never gets a name twice."""
    made = [names.data_name(1, "p") for _ in range(500)] + [
        names.unfinished_manifest_name(1) for _ in range(500)
    ]
    assert len(set(made)) == 1_000


def test_what_leads_to_others_is_removed_first():
    """Tables of contents, then manifests, then the rest."""
    mixed = [
        names.data_name(1, "p"),
        names.unfinished_table_name("_MAIN_1.toc"),
        names.unfinished_manifest_name(1),
        names.manifest_name(1),
        names.table_name(1),
    ]
    assert sorted(mixed, key=names.removal_rank) == mixed[::-1]
