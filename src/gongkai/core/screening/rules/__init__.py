"""The declared rules: `load_rules()` reads those of this package, `load_rules(path)` a county's own."""

from gongkai.core.screening.rules.loader import load_rules, parse_rules
from gongkai.core.screening.rules.model import Rule, RuleError

__all__ = ["Rule", "RuleError", "load_rules", "parse_rules"]
