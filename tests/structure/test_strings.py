"""Every string that a person reads can be translated: Chinese stands inside gettext, in code and in templates."""

import ast
import gettext
import re
from pathlib import Path

from django.apps import apps

SOURCE = Path(__file__).resolve().parents[2] / "src" / "gongkai"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "npgettext", "gettext_noop"}
DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
# core and cli speak Chinese to a terminal or a file, without Django; settings fail before translation is there.
OUTSIDE = ("core/", "cli/", "config/env.py", "config/settings.py", "config/keys.py", "config/refusals.py")


def modules():
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not name.startswith(OUTSIDE) and "/migrations/" not in name:
            yield name, ast.parse(path.read_text())


def docstrings(tree):
    for node in ast.walk(tree):
        body = getattr(node, "body", None) if isinstance(node, DOCUMENTED) else None
        if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            yield body[0].value


# Chinese that is compared or searched for is data: the words of notices and names, not of the interface.
READING = {"compile", "match", "search", "sub", "fullmatch", "split", "findall", "finditer"}
READING |= {"startswith", "endswith", "removesuffix", "removeprefix", "replace", "partition", "rpartition", "strip"}


def translated_or_data(tree):
    """The nodes in which Chinese may stand: gettext's arguments, what is compared or searched for, CONSTANTS."""
    yield from docstrings(tree)
    for node in ast.walk(tree):
        name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
        if name in GETTEXT | READING or isinstance(node, ast.Compare):
            yield from ast.walk(node)
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
            if names and all(name.isupper() for name in names):
                yield from ast.walk(node)


def untranslated(tree):
    """Chinese constants that a person may read and nobody could translate."""
    allowed = set(map(id, translated_or_data(tree)))
    for node in ast.walk(tree):
        said = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in allowed
        if said and CHINESE.search(node.value):
            yield f"{node.lineno}: {node.value[:40]}"


def test_chinese_in_code_goes_through_gettext():
    found = [f"{name}:{line}" for name, tree in modules() for line in untranslated(tree)]
    assert found == []


def test_chinese_in_templates_goes_through_translate():
    found = []
    for path in sorted(SOURCE.rglob("*.html")):
        text = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", "", path.read_text(), flags=re.S)
        text = re.sub(r"{%\s*blocktrans.*?endblocktrans(late)?\s*%}", "", text, flags=re.S)
        text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S)
        found += [
            f"{path.relative_to(SOURCE)}: {line.strip()[:60]}" for line in text.splitlines() if CHINESE.search(line)
        ]
    assert found == []


def words_in_code():
    for _name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in GETTEXT and node.args:
                word = node.args[0]
                if isinstance(word, ast.Constant) and isinstance(word.value, str):
                    yield word.value


def words_in_templates():
    for path in sorted(SOURCE.rglob("*.html")):
        yield from re.findall(r"{%\s*translate\s+\"([^\"]+)\"", path.read_text())


def test_the_catalogue_has_every_word():
    """A word that no catalogue knows is looked for in all of them, at each use; `make messages` collects them."""
    with (SOURCE / "locale/zh_Hans/LC_MESSAGES/django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    missing = {word for word in (*words_in_code(), *words_in_templates()) if word.strip() and word not in catalogue}
    assert {word for word in missing if (word, 0) not in catalogue} == set()


MSGID = re.compile(r'^msgid ((?:"(?:[^"\\]|\\.)*"\n)+)', re.MULTILINE)


def said_by(po):
    """The messages of a catalogue in English, by which translations are found."""
    for lines in MSGID.findall(po.read_text("utf-8")):
        if message := "".join(map(ast.literal_eval, lines.splitlines())):
            yield message


def known_to(mo):
    """The messages that a compiled catalogue has words for; of plurals the singular."""
    if not mo.is_file():
        return set()
    with mo.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    names = (key[0] if isinstance(key, tuple) else key for key in catalogue)
    return {name.rpartition("\x04")[2] for name in names}


def test_wagtail_speaks_chinese_on_every_screen():
    """What its own translation leaves in English stands in the office's catalogue."""
    own = SOURCE / "office" / "locale" / "zh_Hans" / "LC_MESSAGES"
    untold = []
    for app in apps.get_app_configs():
        if app.name.partition(".")[0] != "wagtail" or app.name == "wagtail.locales":
            continue
        for po in Path(app.path).glob("locale/en/LC_MESSAGES/*.po"):
            mo = po.with_suffix(".mo").name
            known = known_to(own / mo) | known_to(Path(app.path) / "locale" / "zh_Hans" / "LC_MESSAGES" / mo)
            untold += [f"{app.name}: {message}" for message in said_by(po) if message not in known]
    assert untold == []
