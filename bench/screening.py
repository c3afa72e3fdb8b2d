"""The whole screening pipeline on Chinese text, beside its peers and its floor, in one run.

    python -m bench.screening [--size MB] [--dense N]

Corpus: made here from the example notice with a fixed seed; documents of about 20 kB of UTF-8. Planted
in each megabyte: 25 words of the lexicon, 25 numbers of people (one in ten with an invisible character inside), 2 or 3
secrecy marks (about one thing to find in a document) and 200 dates, index numbers and amounts that must not be found.
`--dense N` plants N times as much. Median of five.

Floor: `str.find` of a word of three characters that does not occur. Peers: daachorse and pyahocorasick doing the same
lexicon alone, presidio's PatternRecognizer on the same patterns (needs requirements/bench.txt; left out otherwise).
"""

from __future__ import annotations

import argparse
import multiprocessing
import multiprocessing.synchronize
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from gongkai.core.screening import Screener
from gongkai.core.screening.identifiers.resident_id import check_digit
from gongkai.core.screening.lexicon import Entry, Lexicon, standard_lexicons
from gongkai.core.screening.rules import load_rules

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
DOCUMENT = 20_000  # bytes
ABSENT = "貔貅饕"
# The patterns of identifiers as regulations and textbooks give them, for the peer that works by patterns.
PATTERNS = {
    "ID": r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])",
    "MOBILE": r"(?<!\d)1[3-9]\d{9}(?!\d)",
    "TEL": r"(?<!\d)0\d{2,3}[-— ]?\d{7,8}(?!\d)",
    "CARD": r"(?<!\d)(?:62|4|5)\d{14,17}(?!\d)",
    "PASSPORT": r"(?<![A-Za-z])(?:[EeGg]\d{8}|[Ee][A-Za-z]\d{7}|[DdSsPp]\d{7,8})(?!\d)",
    "USCC": r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])",
    "PLATE": r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·]?"
    r"[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]",
    "EMAIL": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "SECRET": r"(?:绝\s*密|机\s*密|秘\s*密)\s*[★☆＊*]\s*(?:长期|\d{1,2}\s*(?:年|个?月)|[^\s，。；]{1,12}前)?",
}


def sentences() -> list[str]:
    """The example notice, cut at its full stops."""
    text = (ROOT / "examples" / "qinghe" / "notice.txt").read_text("utf-8")
    return [sentence for sentence in re.split(r"(?<=[。；\n])", text) if sentence.strip()]


def lexicon(rng: random.Random, size: int) -> list[str]:
    """Words of two to six characters, as frequent as in the text, that do not occur in it."""
    text = "".join(sentences())
    characters = [sign for sign in text if "\u4e00" <= sign <= "\u9fff"]
    more = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
    words: set[str] = set()
    while len(words) < size:
        word = "".join(rng.choice(rng.choice((characters, more))) for _ in range(rng.choice((2, 3, 3, 4, 4, 5, 6))))
        if word not in text:
            words.add(word)
    return sorted(words)


def corpus(rng: random.Random, words: list[str], size: int, dense: int = 1) -> list[str]:
    """Documents of `size` bytes altogether."""
    source, documents, total = sentences(), [], 0
    while total < size:
        pieces, length = [], 0
        planted: list[str] = []
        for _ in range(dense):
            planted += [rng.choice(words)] if rng.random() < 0.5 else []
            planted += [_number(rng)] if rng.random() < 0.5 else []
            planted += ["机密★5年\n"] if rng.random() < 0.05 else []
            planted += [_harmless(rng) for _ in range(4)]
        while length < DOCUMENT:
            pieces.append(rng.choice(source))
            length += len(pieces[-1].encode())
        for piece in planted:
            pieces.insert(rng.randrange(len(pieces)), f"，{piece}，")
        documents.append("".join(pieces))
        total += len(documents[-1].encode())
    return documents


def _number(rng: random.Random) -> str:
    start = (
        f"340621{rng.randrange(1940, 2005)}{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}{rng.randrange(1000):03}"
    )
    number = rng.choice((start + check_digit(start), f"138{rng.randrange(10**8):08}"))
    if rng.random() < 0.1:
        return number[:6] + "\u200b" + number[6:]
    return number


def _harmless(rng: random.Random) -> str:
    return rng.choice((
        f"{rng.randrange(2015, 2025)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}",
        f"索引号113406210030{rng.randrange(10**6):06}/{rng.randrange(2015, 2025)}-{rng.randrange(10**5):05}",
        f"{rng.randrange(10**6, 10**10)}元",
    ))  # fmt: skip


def speed(work: Callable[[str], object], documents: list[str], runs: int = RUNS) -> float:
    """Megabytes of UTF-8 a second, median of the runs; encoded forms are not kept from one run to the next."""
    size = sum(len(document.encode()) for document in documents) / 1e6
    times = []
    for _ in range(runs):
        fresh = [document[:1] + document[1:] for document in documents]
        begun = time.perf_counter()
        for document in fresh:
            work(document)
        times.append(time.perf_counter() - begun)
    return size / statistics.median(times)


def screener(words: list[str]) -> Screener:
    """Every rule and lexicon of the product, and the words."""
    return Screener(load_rules(), [*standard_lexicons(), Lexicon("bench", tuple(map(Entry, words)))])


def peers(words: list[str], documents: list[str]) -> Iterator[tuple[str, float]]:
    """Each peer on the same documents; the slow ones on a part of them."""
    from daachorse import CharwiseDoubleArrayAhoCorasick

    yield f"floor: str.find of {ABSENT}", speed(lambda text: text.find(ABSENT), documents)
    yield "daachorse, the lexicon alone", speed(CharwiseDoubleArrayAhoCorasick(words).find_overlapping, documents)
    try:
        import ahocorasick
    except ImportError:
        print("pyahocorasick is not installed (requirements/bench.txt)")
    else:
        automaton = ahocorasick.Automaton()
        for word in words:
            automaton.add_word(word, word)
        automaton.make_automaton()
        yield "pyahocorasick, the lexicon alone", speed(lambda text: list(automaton.iter(text)), documents)


def presidio(documents: list[str]) -> Iterator[tuple[str, float]]:
    try:
        from presidio_analyzer import Pattern, PatternRecognizer
    except ImportError:
        print("presidio-analyzer is not installed (requirements/bench.txt)")
        return
    recognisers = [
        PatternRecognizer(name, patterns=[Pattern(name, pattern, 0.5)], supported_language="zh")
        for name, pattern in PATTERNS.items()
    ]

    def work(text: str) -> None:
        for recogniser in recognisers:
            recogniser.analyze(text, recogniser.supported_entities)

    yield "presidio, patterns alone", speed(work, documents[: max(1, len(documents) // 10)])


def parts(judge: Screener, documents: list[str]) -> Iterator[tuple[str, float]]:
    """Milliseconds that the parts of the pipeline take for all documents, each by itself; the least of several runs."""
    words, numbers, patterns = judge._words, judge._numbers, judge._patterns
    triggered = [words.sort_out(document, words.find(document), [])[0] for document in documents]
    works: dict[str, Callable[[], object]] = {
        "words": lambda: [words.find(one) for one in documents],
        "numbers": lambda: [list(numbers.judge(one)) for one in documents],
        "patterns": lambda: [list(patterns.judge(one, seen)) for one, seen in zip(documents, triggered, strict=True)],
        "all of it": lambda: [judge.screen(one) for one in documents],
    }
    for name, work in works.items():
        times = []
        for _run in range(2 * RUNS):
            begun = time.process_time()
            work()
            times.append(time.process_time() - begun)
        yield name, 1000 * min(times)


def two_processes(words: list[str], documents: list[str]) -> float:
    """How many times the work of one process two do in the same time, each over documents of its own."""
    one, two = (statistics.median(_together(number, words, documents) for _ in range(RUNS)) for number in (1, 2))
    return 2 * one / two


def _together(number: int, words: list[str], documents: list[str]) -> float:
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(number + 1)
    workers = [context.Process(target=_share, args=(words, documents, ready)) for _ in range(number)]
    for worker in workers:
        worker.start()
    ready.wait()
    begun = time.perf_counter()
    for worker in workers:
        worker.join()
    return time.perf_counter() - begun


def _share(words: list[str], documents: list[str], ready: multiprocessing.synchronize.Barrier) -> None:
    judge = screener(words)
    judge.screen(documents[0])
    ready.wait()
    for document in documents:
        judge.screen(document)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=8, help="megabytes of text")
    parser.add_argument("--dense", type=int, default=1, help="times as much to find")
    options = parser.parse_args()
    size = options.size * 10**6
    for number in (10_000, 100_000):
        rng = random.Random(20240601)
        words = lexicon(rng, number)
        documents = corpus(rng, words, size, options.dense)
        judge = screener(words)
        found = sum(len(judge.screen(document)) for document in documents)
        rows = {**dict(peers(words, documents)), "gongkai, whole pipeline": speed(judge.screen, documents)}
        if number == 10_000:
            rows |= dict(presidio(documents))
        total = sum(len(document.encode()) for document in documents) / 1e6
        print(f"== {number:,} words, {total:.1f} MB in {len(documents)} documents, {found / total:.0f} findings a MB")
        whole = rows["gongkai, whole pipeline"]
        for name, value in rows.items():
            print(f"{name:<36} {value:9.1f} MB/s   gongkai is {whole / value:8.3f} × it", flush=True)
        print("parts:", ", ".join(f"{name} {value:.0f} ms" for name, value in parts(judge, documents)))
        print(f"{'two processes':<36} {two_processes(words, documents):9.2f} × one", flush=True)


if __name__ == "__main__":
    main()
