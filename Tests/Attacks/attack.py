"""Attacks on okteto-run: each is tried, and a table says what was tried, what was seen, and whether it held.

usage: scripts/attack [--fast] [--group N]… OKTETO_RUN
       scripts/attack --table

--fast leaves out what needs the lab or minutes; --table prints the rows of SECURITY.md. The lab is the one that
OKTETO_RUN_LAB_ENV describes (`Lab/lab env --json`). Exit status: 0 when all held, 1 when one did not; 69 when something
that an attack needs is missing, unless it is left out by --fast.
"""
import concurrent.futures
import importlib
import json
import os
import pathlib
import sys
import traceback

from harness import ATTACKS, Broken, Missing, harness

for path in sorted(pathlib.Path(__file__).parent.glob("group_*.py")):
    importlib.import_module(path.stem)


def table():
    """The rows as they stand in SECURITY.md."""
    lines = ["| # | tried | what must hold |", "|--:|---|---|"]
    for attack in ATTACKS:
        lines.append(f"| {attack.group} | {attack.tried} | {attack.holds} |")
    return "\n".join(lines)


def attempt(attack, program, lab):
    """Tries one attack in a folder of its own."""
    with harness(program, lab) as place:
        try:
            return "held", attack.run(place)
        except Missing as reason:
            return "missing", str(reason)
        except Broken as reason:
            return "FAILED", str(reason)
        except Exception:  # noqa: BLE001: a fault of the suite must not pass for a success
            return "FAILED", traceback.format_exc(limit=-2).replace("\n", " ")


def main(arguments):
    fast, groups = False, set()
    while arguments and arguments[0].startswith("--"):
        option = arguments.pop(0)
        if option == "--table":
            print(table())
            return 0
        if option == "--fast":
            fast = True
        elif option == "--group" and arguments and arguments[0].isdigit():
            groups.add(int(arguments.pop(0)))
        else:
            print(__doc__, file=sys.stderr)
            return 64
    if len(arguments) != 1 or not os.access(arguments[0], os.X_OK):
        print(__doc__, file=sys.stderr)
        return 64
    lab = None
    if os.environ.get("OKTETO_RUN_LAB_ENV"):
        lab = json.loads(pathlib.Path(os.environ["OKTETO_RUN_LAB_ENV"]).read_text(encoding="utf-8"))
    chosen = [a for a in ATTACKS if (a.is_fast or not fast) and (not groups or a.group in groups)]
    program = os.path.abspath(arguments[0])
    counts = {"held": 0, "FAILED": 0, "missing": 0}
    # Most of the time is waiting. The order of the table is that of the suite.
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        for attack, (result, seen) in zip(chosen, pool.map(lambda a: attempt(a, program, lab), chosen)):
            counts[result] += 1
            print(f"{attack.group:>2}  {result:<7}  {attack.tried}\n             seen: {seen}", flush=True)
    print(f"{counts['held']} held, {counts['FAILED']} failed, {counts['missing']} could not be tried")
    return 1 if counts["FAILED"] else 69 if counts["missing"] and not fast else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
