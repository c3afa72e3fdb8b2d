"""Pairs in PostgreSQL's text search. A text longer than 16,383 tokens keeps its words, but not their places."""

from __future__ import annotations

from functools import reduce
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import F
from modelsearch.backends.database.postgres import postgres
from modelsearch.backends.database.postgres.query import CombinedLexeme, Lexeme
from modelsearch.query import Phrase, PlainText

from gongkai.foundation.search.tokens import NOTHING, Term, term, tokens


class PairIndexer(postgres.ObjectIndexer):
    title_text = body_text = ""  # for likenesses of letters, which nobody looks for

    def prepare_value(self, value: Any) -> str:
        return " ".join(tokens(super().prepare_value(value)))


postgres.ObjectIndexer = PairIndexer  # the index names its reader in its module, not in its class


class PairIndex(postgres.PostgresIndex):
    def _refresh_title_norms(self, full: bool = False) -> None:
        """Not kept: it reads the whole index at every save, and nothing here ranks by it."""


class Pairs:
    """What both ways of searching have in common: each stretch is a phrase of pairs."""

    LAST_TERM_IS_PREFIX: bool

    def build_tsquery_content(self, query: Any, config: Any = None, invert: bool = False) -> Any:
        if not isinstance(query, Phrase | PlainText):
            return super().build_tsquery_content(query, config=config, invert=invert)  # type: ignore[misc]
        parts = [query.query_string] if isinstance(query, Phrase) else query.query_string.split()
        last = len(parts) - 1 if isinstance(query, PlainText) and self.LAST_TERM_IS_PREFIX else None
        found = [term(part, at == last) for at, part in enumerate(parts)]
        lexemes = [_lexeme(one) for one in found if one] or [_lexeme(NOTHING)]
        every = isinstance(query, Phrase) or query.operator.lower() == "and"
        asked = SearchQuery(reduce(lambda a, b: a & b if every else a | b, lexemes), search_type="raw", config=config)
        return ~asked if invert else asked


def _lexeme(found: Term) -> Any:
    *before, last = found.tokens
    lexemes = [*(Lexeme(token) for token in before), Lexeme(last, prefix=found.prefix)]
    return reduce(lambda a, b: CombinedLexeme(a, "<->", b), lexemes)


class PairCompiler(Pairs, postgres.PostgresSearchQueryCompiler):
    def get_fields_vectors(self, search_query: Any) -> list[tuple[Any, float]]:
        """Single fields are looked for in the index as well: the record itself holds no pairs."""
        return [(F(f"index_entries__{'title' if name == 'title' else 'body'}"), 1.0) for name in self.search_fields]


class PairAutocompleteCompiler(Pairs, postgres.PostgresAutocompleteQueryCompiler):
    pass


class PairsOnPostgres(postgres.PostgresSearchBackend):
    index_class = PairIndex
    query_compiler_class = PairCompiler
    autocomplete_query_compiler_class = PairAutocompleteCompiler

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({"SEARCH_CONFIG": "simple", **params})  # stems nothing
