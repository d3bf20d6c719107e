import re

from wxsearch import errors


def _tree(kind: type[errors.WxsearchError]) -> list[type[errors.WxsearchError]]:
    public = [child for child in kind.__subclasses__() if child.__module__ == errors.__name__]
    return [kind, *(below for child in public for below in _tree(child))]


def test_codes_are_one_to_one():
    """Every error has a code of its own, in small letters and underscores."""
    codes = [kind.code for kind in _tree(errors.WxsearchError)]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z_]+", code) for code in codes)


def test_the_drawing_shows_the_tree():
    """The drawing in the docstring names every error beside its code, and nothing else."""
    drawn = dict(re.findall(r"(\w+) {2,}([a-z_]+)$", errors.__doc__, re.MULTILINE))
    assert drawn == {kind.__name__: kind.code for kind in _tree(errors.WxsearchError)}
