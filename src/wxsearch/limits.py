"""Every upper bound of the product, in one table.

The figures are in config/default.toml under [limits]; docs/settings.md says what happens
above each. A limit allows n and refuses n + 1.
"""

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The bounds; names end in their unit where it is not a plain count."""

    query_characters: int
    query_leaves: int
    search_milliseconds: int
    suggestion_characters: int
    suggestion_milliseconds: int
    query_depth: int
    filter_values: int
    filter_characters: int
    page_size: int
    window: int
    date_buckets: int
    source_buckets: int
    family_buckets: int
    family_members: int
    url_bytes: int
    body_bytes: int
    passages: int
    passage_characters: int
    highlight_characters: int
    article_bytes: int
    decompressed_bytes: int
    archive_members: int
    archive_bytes: int
    archive_ratio: int
    id_bytes: int
    title_characters: int
    label_characters: int
    breadcrumb_labels: int
    rejections: int
    rejected_bytes: int
    rejects_bytes: int
    rejects_kept: int
    page_seconds: int
    dictionary_words: int
    dictionary_word_characters: int
    synonym_groups: int
    variants: int
