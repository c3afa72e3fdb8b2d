"""Floor 1. 内容筛查: a text or a file -> Findings: secrecy marks, personal information, wrong words, hidden content."""

from gongkai.core.screening.documents import Screening, screen_document, screen_text
from gongkai.core.screening.engine import Screener
from gongkai.core.screening.lexicon import Lexicon, LexiconError, lexicon_problems, load_lexicon, parse_lexicon
from gongkai.core.screening.model import Category, Finding, Severity
from gongkai.core.screening.rules import Rule, RuleError, load_rules

__all__ = [
    "Category",
    "Finding",
    "Lexicon",
    "LexiconError",
    "Rule",
    "RuleError",
    "Screener",
    "Screening",
    "Severity",
    "lexicon_problems",
    "load_lexicon",
    "load_rules",
    "parse_lexicon",
    "screen_document",
    "screen_text",
]
