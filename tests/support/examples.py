"""How many examples are drawn: WXSEARCH_TESTS_PROPERTY_EXAMPLES (60; in CI 2,000)."""

import os

from hypothesis import settings as property_settings

EXAMPLES = int(os.environ.get("WXSEARCH_TESTS_PROPERTY_EXAMPLES", "60"))

bounded = property_settings(max_examples=EXAMPLES)
