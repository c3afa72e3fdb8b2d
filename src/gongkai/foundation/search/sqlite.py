"""Pairs in SQLite's FTS5."""

from __future__ import annotations

from functools import reduce
from typing import Any

from modelsearch.backends.database.sqlite import sqlite
from modelsearch.backends.database.sqlite.query import Lexeme, SearchQueryExpression
from modelsearch.query import Phrase, PlainText

from gongkai.foundation.search.tokens import NOTHING, Term, term, tokens


class PairIndexer(sqlite.ObjectIndexer):
    def prepare_value(self, value: Any) -> str:
        return " ".join(tokens(super().prepare_value(value)))


sqlite.ObjectIndexer = PairIndexer  # the index names its reader in its module, not in its class


class PairIndex(sqlite.SQLiteIndex):
    def _refresh_title_norms(self, full: bool = False) -> None:
        """Not kept: it reads the whole index at every save, and nothing here ranks by it."""


class Pairs:
    """What both ways of searching have in common: each stretch is a phrase of pairs."""

    LAST_TERM_IS_PREFIX: bool

    def build_search_query_content(self, query: Any, config: Any = None) -> Any:
        if isinstance(query, Phrase):
            return SearchQueryExpression(_lexeme(term(query.query_string)))
        if not isinstance(query, PlainText):
            return super().build_search_query_content(query, config=config)  # type: ignore[misc]
        parts = query.query_string.split()
        last = len(parts) - 1
        found = [term(part, self.LAST_TERM_IS_PREFIX and at == last) for at, part in enumerate(parts)]
        lexemes = [_lexeme(one) for one in found if one] or [_lexeme(None)]
        joined = reduce(lambda a, b: a & b if query.operator.upper() == "AND" else a | b, lexemes)
        return SearchQueryExpression(joined, config=config)


def _lexeme(found: Term | None) -> Lexeme:
    found = found or NOTHING
    return Lexeme(" ".join(found.tokens), prefix=found.prefix)


class PairCompiler(Pairs, sqlite.SQLiteSearchQueryCompiler):
    pass


class PairAutocompleteCompiler(Pairs, sqlite.SQLiteAutocompleteQueryCompiler):
    pass


class PairsOnSqlite(sqlite.SQLiteSearchBackend):
    index_class = PairIndex
    query_compiler_class = PairCompiler
    autocomplete_query_compiler_class = PairAutocompleteCompiler
