"""Writes the manual page from what the program says about itself.

    okteto-run --experimental-dump-help | python3 packaging/manual.py SECONDS STATUSES > okteto-run.1

SECONDS is the page's date, since 1970; STATUSES is docs/exit-status.md, whose first table is the page's.
"""

import datetime
import json
import re
import sys
import textwrap


def text(words):
    """Words as they are to be read: no request of roff, no escape, and dashes that can be copied."""
    words = words.replace("\\", "\\e").replace("-", "\\-").replace("…", "...").replace("–", "\\(en")
    return protected(words)


def protected(words):
    return "\\&" + words if words[:1] in (".", "'") else words


def wrapped(words):
    lines = textwrap.wrap(text(words), 78, break_long_words=False, break_on_hyphens=False)
    return [protected(line) for line in lines]


def argument(words):
    """One argument of a macro: a word that names a macro would be called, and a space would divide it."""
    words = text(words).replace('"', "\\(dq")
    if re.fullmatch(r"[A-Z%][A-Za-z0-9]{1,2}|[.,:;()\[\]?!|]", words):
        words = "\\&" + words
    return '"' + words + '"' if " " in words else words


def prose(words):
    """Paragraphs; lines that are indented are shown as they stand."""
    literal = False
    after_break = True
    for line in words.strip("\n").split("\n"):
        indented = line.startswith("  ")
        if indented and not literal:
            yield ".Bd -literal -offset indent -compact"
        elif literal and not indented:
            yield ".Ed"
        literal = indented
        if not line:
            after_break = True
            continue
        if after_break and not indented:
            yield ".Pp"
        after_break = False
        if indented:
            yield text(line[2:])
            continue
        # A sentence begins on a line of its own, which is how roff knows where one ends.
        for sentence in re.split(r"(?<=[.:]) (?=[A-Z])", line):
            yield from wrapped(sentence)
    if literal:
        yield ".Ed"


def shown(arguments):
    return [one for one in arguments if one["shouldDisplay"]]


def flag(name):
    return argument(name["name"] if name["kind"] in ("short", "longWithSingleDash") else "-" + name["name"])


def synopsis(path, command):
    yield ".Nm"
    yield ".Cm " + " ".join(argument(word) for word in path[1:])
    arguments = shown(command.get("arguments", []))
    if any(one["kind"] != "positional" for one in arguments):
        yield ".Op Ar options"
    for one in arguments:
        if one["kind"] == "positional":
            name = argument(one.get("valueName", "argument"))
            if one["isRepeating"]:
                name += " ..."
            yield ".Op Ar " + name if one["isOptional"] else ".Ar " + name


def listed(arguments):
    yield ".Bl -tag -width Ds"
    for one in arguments:
        value = argument(one.get("valueName", ""))
        if one["kind"] == "positional":
            yield ".It Ar " + value
        else:
            names = " , ".join("Fl " + flag(name) for name in one["names"])
            yield ".It " + names + (" Ar " + value if one["kind"] == "option" else "")
        about = list(prose(one.get("abstract", "")))
        yield from about[1:]
        if one.get("discussion"):
            yield from prose(one["discussion"])
        if one.get("defaultValue"):
            yield ".Pp"
            yield "The default is " + text(one["defaultValue"]) + "."
    yield ".El"


def subcommands(command):
    return [one for one in command.get("subcommands", []) if one["shouldDisplay"] and one["commandName"] != "help"]


# In every command's help; said once.
COMMON = ("help", "version")


def section(path, command):
    yield ".Ss " + " ".join(argument(word) for word in path)
    yield from list(prose(command.get("abstract", "")))[1:]
    if command.get("discussion"):
        yield from prose(command["discussion"])
    titles = {}
    for one in shown(command.get("arguments", [])):
        if one.get("preferredName", {}).get("name") not in COMMON:
            titles.setdefault(one.get("sectionTitle", ""), []).append(one)
    for title, arguments in titles.items():
        if title:
            yield ".Pp"
            yield ".Em " + argument(title)
        yield from listed(arguments)
    for one in subcommands(command):
        yield from section(path + [one["commandName"]], one)


def statuses(path):
    rows = []
    for line in open(path, encoding="utf-8"):
        cells = [cell.strip().replace("`", "") for cell in line.strip().strip("|").split("|")]
        if line.startswith("|"):
            rows.append(cells)
        elif rows:
            break
    if len(rows) < 3:
        sys.exit("manual.py: " + path + " has no table")
    yield ".Bl -tag -width 130,"
    for status, meaning, remedy in rows[2:]:
        yield ".It " + text(status)
        # The program's name stays as it is.
        begin = "" if meaning.startswith("okteto-run") else meaning[:1].upper()
        yield from wrapped(begin + meaning[len(begin) :] + ".")
        if remedy:
            yield from wrapped("What to do: " + remedy + ".")
    yield ".El"


def page(command, seconds, statuses_path):
    date = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    name = command["commandName"]
    yield ".\\\" Written by packaging/manual.py from the program's own help."
    yield ".Dd " + date.strftime("%B ") + str(date.day) + date.strftime(", %Y")
    yield ".Dt " + name.upper() + " 1"
    yield ".Os"
    yield ".Sh NAME"
    yield ".Nm " + name
    yield ".Nd " + text(command["abstract"][:1].lower() + command["abstract"][1:].rstrip("."))
    yield ".Sh SYNOPSIS"
    for one in subcommands(command):
        deeper = subcommands(one)
        for last in deeper or [one]:
            path = [name, one["commandName"]] + ([last["commandName"]] if deeper else [])
            yield from synopsis(path, last)
    yield ".Sh DESCRIPTION"
    yield from list(prose(command["discussion"]))[1:]
    yield ".Pp"
    yield "Every command takes"
    yield ".Fl h , Fl \\-help"
    yield "and"
    yield ".Fl \\-version ."
    yield ".Sh COMMANDS"
    for one in subcommands(command):
        yield from section([name, one["commandName"]], one)
    yield ".Sh ENVIRONMENT"
    yield "Each option of a command can be given by a variable:"
    yield ".Ev OKTETO_RUN_"
    yield "and the option's long name in upper case, with _ for each dash."
    yield "That of a flag is"
    yield ".Li true"
    yield "or"
    yield ".Li false ."
    yield "What is on the command line wins."
    yield ".Sh FILES"
    yield ".Bl -tag -width Ds"
    yield ".It Pa okteto.yml , .okteto/okteto.yml"
    yield "The manifest, where"
    yield ".Fl \\-file"
    yield "names no other."
    yield ".El"
    yield ".Sh EXIT STATUS"
    yield from statuses(statuses_path)
    yield ".Sh SEE ALSO"
    yield ".Xr docker 1 ,"
    yield ".Xr podman 1"


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: manual.py SECONDS STATUSES < HELP")
    command = json.load(sys.stdin)["command"]
    for line in page(command, int(sys.argv[1]), sys.argv[2]):
        sys.stdout.buffer.write((line + "\n").encode())


main()
