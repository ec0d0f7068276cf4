"""Reads a JUnit file as others do: by the rules of Jenkins' schema junit-10.xsd, and with junitparser.

usage: junit.py FILE; prints the suites as JSON, and fails where the file breaks a rule.
"""
import json
import re
import sys
import xml.etree.ElementTree

import junitparser

PROBLEMS = {"skipped", "error", "failure"}
# Element: attributes that must be there, those that may, children. The schema has no `file` and `line` of a case.
RULES = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"},
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, set(), set()),
    "testcase": ({"name"}, {"time", "classname", "group", "file", "line"}, PROBLEMS | {"system-out", "system-err"}),
    "system-out": (set(), set(), set()),
    "system-err": (set(), set(), set()),
    **{name: (set(), {"type", "message"}, set()) for name in PROBLEMS},
}
TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?")
MIXED = PROBLEMS | {"system-out", "system-err"}


def check(element):
    required, allowed, children = RULES[element.tag]
    names = set(element.attrib)
    assert required <= names <= required | allowed, (element.tag, names)
    assert TIME.fullmatch(element.get("time", "")), element.get("time")
    assert element.tag in MIXED or not (element.text or "").strip(), element.tag
    for child in element:
        assert child.tag in children, (element.tag, child.tag)
        check(child)


root = xml.etree.ElementTree.parse(sys.argv[1]).getroot()
assert root.tag == "testsuites"
check(root)
suites = []
for suite in junitparser.JUnitXml.fromfile(sys.argv[1]):
    cases = list(suite)
    results = [[type(result).__name__.lower() for result in case.result] for case in cases]
    assert suite.tests == len(cases)
    for name, total in (("failure", suite.failures), ("error", suite.errors), ("skipped", suite.skipped)):
        assert total == sum(name in result for result in results), (suite.name, name)
    suites.append({
        "name": suite.name,
        "cases": [
            {
                "name": case.name, "className": case.classname, "result": (result or ["passed"])[0],
                "message": case.result[0].message if case.result else None, "output": case.system_out or "",
                "errors": case.system_err or "", "line": int(case._elem.get("line", "0")),
            }
            for case, result in zip(cases, results)
        ],
    })
for name in ("tests", "failures", "errors"):
    assert int(root.get(name)) == sum(int(suite.get(name)) for suite in root), name
print(json.dumps(suites))
