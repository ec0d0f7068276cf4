"""Runs a program on a terminal of a given size and shows what stands on its screen at given moments.

Reads one JSON object from standard input: `program` (a list), `folder`, `environment`, `columns`, `rows`, and `steps`, done
one after the other:
    {"wait": TEXT}           until TEXT, a regular expression, is on the screen; {"gone": TEXT} until it is not
    {"shot": NAME}           keep the screen
    {"picture": PATH}        write the screen into a file, as SVG
    {"touch": PATH}          make an empty file
    {"resize": [C, R]}       give the terminal another size
    {"signal": NUMBER}       send a signal to the program
    {"pause": SECONDS}       let time pass
    {"end": true}            until the program has ended
Prints one JSON object: `status`, `shots` (the rows of each), `output` (everything as text). Exits with 70 when a wait took
too long, and says what was on the screen then.
"""
import codecs
import fcntl
import html
import itertools
import json
import os
import pty
import re
import select
import struct
import sys
import termios
import time

import pyte

PATIENCE = 60

# A picture's cell and margin in pixels, and its colours.
WIDTH, HEIGHT, MARGIN = 7.8, 17, 14
BACKGROUND = "#1e2227"
COLOURS = {
    "default": "#d5d9e0", "red": "#f47067", "green": "#6bc46d", "brown": "#dbab45", "blue": "#6cb6ff",
    "magenta": "#dcbdfb", "cyan": "#56d4dd",
}


class Terminal:
    def __init__(self, request):
        self.screen = pyte.Screen(request["columns"], request["rows"])
        self.stream = pyte.Stream(self.screen)
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.output = []
        self.status = None
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.chdir(request["folder"])
            self.resize_descriptor(0, request["columns"], request["rows"])
            program = request["program"]
            os.execve(program[0], program, request["environment"])
        self.resize_descriptor(self.descriptor, request["columns"], request["rows"])

    @staticmethod
    def resize_descriptor(descriptor, columns, rows):
        fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        self.resize_descriptor(self.descriptor, columns, rows)

    def rows(self):
        return [row.rstrip() for row in self.screen.display]

    def read(self, seconds):
        """Takes in what the program has printed; False when it has ended."""
        if not select.select([self.descriptor], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.descriptor, 65536)
        except OSError:  # EIO: nobody has the terminal open any more.
            data = b""
        if not data:
            if self.status is None:
                self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            return False
        text = self.decoder.decode(data)
        self.output.append(text)
        self.stream.feed(text)
        return True

    def wait(self, condition, what):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            is_alive = self.read(0.05)
            if time.monotonic() > deadline or not is_alive and not condition():
                print(f"waiting for {what} in vain; the screen:\n" + "\n".join(self.rows()), file=sys.stderr)
                sys.exit(70)

    def has(self, pattern):
        return re.search(pattern, "\n".join(self.rows())) is not None

    def picture(self):
        columns, count = self.screen.columns, max((i + 1 for i, row in enumerate(self.rows()) if row), default=1)
        width, height = columns * WIDTH + 2 * MARGIN, count * HEIGHT + 2 * MARGIN
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
            f'height="{height:g}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13">',
            f'<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>',
        ]
        for index in range(count):
            row = [self.screen.buffer[index][column] for column in range(columns)]
            for (colour, is_bold), run in itertools.groupby(enumerate(row), lambda c: (c[1].fg, c[1].bold)):
                run = list(run)
                text = "".join(character.data for _, character in run).rstrip()
                if not text.strip():
                    continue
                x, y = MARGIN + run[0][0] * WIDTH, MARGIN + (index + 0.75) * HEIGHT
                length = sum(2 if i + 1 < columns and row[i + 1].data == "" else 1 for i, c in run[: len(text)] if c.data)
                weight = ' font-weight="bold"' if is_bold else ""
                lines.append(
                    f'<text x="{x:g}" y="{y:g}" fill="{COLOURS.get(colour, COLOURS["default"])}" xml:space="preserve" '
                    f'textLength="{length * WIDTH:g}"{weight}>{html.escape(text)}</text>'
                )
        return "\n".join(lines + ["</svg>", ""])


def main():
    request = json.load(sys.stdin)
    terminal = Terminal(request)
    shots = {}
    for step in request["steps"]:
        ((kind, value),) = step.items()
        if kind == "wait":
            terminal.wait(lambda: terminal.has(value), value)
        elif kind == "gone":
            terminal.wait(lambda: not terminal.has(value), f"{value} to be gone")
        elif kind == "shot":
            shots[value] = terminal.rows()
        elif kind == "picture":
            with open(value, "w", encoding="utf-8") as file:
                file.write(terminal.picture())
        elif kind == "touch":
            open(os.path.join(request["folder"], value), "w").close()
        elif kind == "resize":
            terminal.resize(*value)
        elif kind == "signal":
            os.kill(terminal.pid, value)
        elif kind == "pause":
            deadline = time.monotonic() + value
            while (rest := deadline - time.monotonic()) > 0 and terminal.read(rest):
                pass
        elif kind == "end":
            terminal.wait(lambda: terminal.status is not None, "the program's end")
    json.dump({"status": terminal.status, "shots": shots, "output": "".join(terminal.output)}, sys.stdout)


main()
