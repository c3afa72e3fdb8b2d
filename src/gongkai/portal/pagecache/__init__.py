"""网页缓存: pages as they were answered to people who are not signed in, kept while nothing public changes (ADR 9)."""
