"""The vocabulary that the settings choose."""

from wxsearch.analysis.vocabulary import Kind
from wxsearch.analysis.vocabulary_files import Choice, VocabularyFiles
from wxsearch.settings import Settings


def vocabulary_files(settings: Settings) -> VocabularyFiles:
    """The files of the settings, looked at as often as the index is; opens nothing yet."""
    query = settings.query
    wanted: dict[Kind, bool] = {
        "regional": query.regional_words,
        "character": query.character_variants,
        "number": query.number_forms,
        "synonym": query.synonyms,
    }
    kinds = frozenset(kind for kind, is_wanted in wanted.items() if is_wanted)
    choice = Choice(query.dictionary, query.synonym_list, kinds, query.function_words)
    return VocabularyFiles(choice, settings.limits, settings.index.refresh_seconds)
