"""The query of a collection: text that a person wrote, in which no sign is an operator."""

import re

# Each of these folds to a separator, as the comma does: words stay the words they are.
_SIGNS = str.maketrans(dict.fromkeys('"“”「」()（）:：-*\\', ","))
# Operators are capitals between blanks; small letters fold to the same.
_OPERATORS = re.compile(r"(?<!\S)(?:AND|OR|NOT)(?!\S)")


def plain_text(text: str) -> str:
    """The text so that a query of it asks for its words and for nothing else."""
    return _OPERATORS.sub(lambda operator: operator.group().lower(), text.translate(_SIGNS))
