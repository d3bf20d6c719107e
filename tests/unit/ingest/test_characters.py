from wxsearch.ingest.characters import replace_unstorable


def test_nul_and_lone_surrogates_are_replaced_everywhere():
    """In texts, keys, lists and objects alike, and each is counted."""
    value = {"a\0": ["\ud800x", {"b": "\udfff"}], "n": 5, "fine": "好😀"}
    clean, count = replace_unstorable(value)
    assert clean == {"a\ufffd": ["\ufffdx", {"b": "\ufffd"}], "n": 5, "fine": "好😀"}
    assert count == 3
