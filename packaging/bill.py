"""Writes the bill of materials of a built program as SPDX 2.3 JSON.

    python3 packaging/bill.py VERSION SECONDS SHA256 PINS CHECKOUTS SWIFT ARCHITECTURE LIBRARY… > bill.spdx.json

SECONDS is the time of creation, since 1970; SHA256 that of the program. PINS is Package.resolved and CHECKOUTS the
folder with what it names, for the licences. SWIFT is the toolchain's version. A LIBRARY is PACKAGE=VERSION=SONAME.
"""

import datetime
import json
import os
import sys
import uuid

# The licences of the system's libraries, by what they are called there.
LIBRARY_LICENCES = {
    "libarchive.so.13": "BSD-2-Clause",
    "libcrypto.so.3": "Apache-2.0",
    "libcurl.so.4": "curl",
    "libexpat.so.1": "MIT",
    "libgcc_s.so.1": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libstdc++.so.6": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libyaml-0.so.2": "MIT",
}


def licence(folder):
    """That of a Swift package, as its own file has it; a text that is not known is not guessed."""
    for name in ("LICENSE.txt", "LICENSE"):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as file:
                words = " ".join(file.read().split())
            if "Apache License" in words and "Version 2.0" in words:
                return "Apache-2.0 WITH Swift-exception" if "Runtime Library Exception" in words else "Apache-2.0"
    return "NOASSERTION"


def package(identifier, name, version, location, licences, purl=None, **more):
    entry = {
        "SPDXID": "SPDXRef-" + identifier,
        "name": name,
        "versionInfo": version,
        "downloadLocation": location,
        "filesAnalyzed": False,
        "licenseConcluded": licences,
        "licenseDeclared": licences,
        "copyrightText": "NOASSERTION",
        **more,
    }
    if purl:
        entry["externalRefs"] = [
            {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": purl}
        ]
    return entry


def swift_packages(pins, checkouts):
    with open(pins, encoding="utf-8") as file:
        pinned = json.load(file)["pins"]
    for pin in sorted(pinned, key=lambda pin: pin["identity"]):
        url, state = pin["location"].removesuffix(".git"), pin["state"]
        yield package(
            "Package-" + pin["identity"],
            pin["identity"],
            state["version"],
            "git+" + url + ".git@" + state["revision"],
            licence(os.path.join(checkouts, os.path.basename(url))),
            "pkg:swift/" + url.removeprefix("https://") + "@" + state["version"],
            primaryPackagePurpose="LIBRARY",
        )


def libraries(architecture, given):
    for name, version, soname in sorted(one.split("=") for one in given):
        yield package(
            "Library-" + name.replace("+", "plus").replace(":", "-"),
            name,
            version,
            "NOASSERTION",
            LIBRARY_LICENCES.get(soname, "NOASSERTION"),
            "pkg:deb/debian/" + name.replace("+", "%2B") + "@" + version.replace("+", "%2B").replace(":", "%3A")
            + "?arch=" + architecture,
            primaryPackagePurpose="LIBRARY",
            comment="The system's, loaded as " + soname + "; the version is the one built against.",
        )


def bill(version, seconds, digest, pins, checkouts, swift, architecture, *given):
    program = package(
        "okteto-run",
        "okteto-run",
        version,
        "NOASSERTION",
        "Apache-2.0",
        checksums=[{"algorithm": "SHA256", "checksumValue": digest}],
        comment="The checksum is that of the program itself.",
        primaryPackagePurpose="APPLICATION",
    )
    runtime = package(
        "Swift", "swift", swift, "git+https://github.com/swiftlang/swift.git@swift-" + swift + "-RELEASE",
        "Apache-2.0 WITH Swift-exception", "pkg:github/swiftlang/swift@swift-" + swift + "-RELEASE",
        comment="Its standard library, concurrency, Dispatch and FoundationEssentials.", primaryPackagePurpose="LIBRARY",
    )
    linked = [runtime, *swift_packages(pins, checkouts)]
    loaded = list(libraries(architecture, given))
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", program)]
    relations += [("SPDXRef-okteto-run", "STATIC_LINK", one) for one in linked]
    relations += [("SPDXRef-okteto-run", "DYNAMIC_LINK", one) for one in loaded]
    created = datetime.datetime.fromtimestamp(int(seconds), datetime.timezone.utc)
    # A document's name must be its own: another program, another name; the same, the same.
    namespace = "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_OID, "okteto-run " + version + " " + digest))
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": "okteto-run-" + version + "-" + architecture,
        "documentNamespace": namespace,
        "creationInfo": {
            "created": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": ["Tool: okteto-run-scripts-package"],
        },
        "packages": [program, *linked, *loaded],
        "relationships": [
            {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other["SPDXID"]}
            for one, kind, other in relations
        ],
    }


def main():
    if len(sys.argv) < 9:
        sys.exit("usage: bill.py VERSION SECONDS SHA256 PINS CHECKOUTS SWIFT ARCHITECTURE LIBRARY…")
    json.dump(bill(*sys.argv[1:]), sys.stdout, indent=2)
    print()


main()
